"""Personal data is masked in every layout that people write, and nothing else is touched."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.privacy import Found, Kind, Masked, mask
from assistant.privacy_words import WORDS_FILE, load_words

ROOT = Path(__file__).parent.parent
DATA: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "personal_data.yaml").read_text(encoding="utf-8")
)
KINDS = {"telefon": "telefonnummer", "e-post": "e-postadress"}  # the data's words for ours

# Test numbers that Skatteverket publishes, as (century, YYMMDD, last four).
NUMBERS = [("19", "121212", "1212"), ("18", "900101", "9802"), ("19", "701063", "2391")]
numbers = st.sampled_from(NUMBERS)
separators = st.sampled_from(
    ["-", "–", "—", "‑", "−", "+", " ", "\u00a0", "\u202f", " - ", "\n", "-\n", "", "/", "\u200b-"]
)
letters = st.text(st.characters(exclude_categories=["Cs", "Nd", "Nl", "No"]), max_size=30)
surroundings = st.one_of(
    letters,
    st.sampled_from(
        ["", "Mamman (", "pnr:", "Får jag enligt 26 kap. 9 § OSL dela om ", ", 8 veckor. ", "kl 13 kom "]
    ),
)


@st.composite
def written_numbers(draw: st.DrawFn) -> str:
    """A test number in one of the layouts that people write."""
    century, date, last = draw(numbers)
    if century == "18" or draw(st.booleans()):
        parts = [century + date[:2], date[2:4], date[4:]]
        written = draw(st.sampled_from(["", "-", ".", " "])).join(parts)
    else:
        written = date
    written += draw(separators) + last
    if draw(st.booleans()):
        position = draw(st.integers(1, len(written) - 1))
        written = (
            written[:position] + draw(st.sampled_from(["\u200b", "\u2060", "\ufeff"])) + written[position:]
        )
    if draw(st.booleans()):
        written = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in written)
    return written


# A layout that one pattern forgets sends a person's number to the log.
@settings(max_examples=300, deadline=None, derandomize=True)
@given(surroundings, written_numbers(), surroundings)
def test_test_number_is_masked_in_any_layout_and_surroundings(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert masked.any
    assert number not in masked.text
    assert not any(c.isdecimal() for c in mask("x " + number + " y").text)


# One slip of the finger makes the checksum wrong, and the number is still someone's.
@settings(max_examples=150, deadline=None, derandomize=True)
@given(numbers, st.integers(0, 11), st.integers(1, 9))
def test_number_with_one_wrong_digit_is_masked(number: tuple[str, str, str], place: int, step: int) -> None:
    digits = "".join(number)
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    written = f"{wrong[:8]}-{wrong[8:]}"
    assert mask(f"gäller {written} här").text in {
        "gäller [personnummer] här",
        "gäller [samordningsnummer] här",
    }


PIECES = [
    "Anna Karlsson",
    "har autism",
    "070-1740605",
    "a@example.se",
    "[namn]",
    "tel",
    "Elsas efternamn är Holm",
    " ",
    "pnr ",
]


# A second masking that finds more, or mangles a placeholder, shows that the first leaked or damaged.
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.one_of(letters, written_numbers(), st.sampled_from(PIECES)), max_size=6).map("".join))
def test_masking_is_idempotent_and_leaves_clean_text_as_it_was(text: str) -> None:
    masked = mask(text)
    again = mask(masked.text)
    assert (again.text, again.found) == (masked.text, ())
    if not masked.any:
        assert masked.text == text


# Ordinary questions with years, paragraphs and given names would lose what they ask about.
ORDINARY_TEXTS = (
    "Mona och jag|Sara på BVC|vad gäller enligt 25 kap. 1 § OSL|HSLF-FS 2016:40|SOU 2017:47"
    "|Prop. 2002/03:35|kl 08.30-16.00|mellan 2018 och 2024|s. 12-18|Region Skåne|Berg Wikander (2006)"
    "|Danermark|Oskar Hammar|Sara Österberg|Malmö stad|barn med autism|mamman är deprimerad"
    "|behövs samtycke?|15 h/vecka|Skånes Kommuner|ring 1177|1 250 000 kr|rad 1, 2, 3 och 4"
    "|våld i nära relationer|Familjens Hus|(2010:659)|2024-05-12|Rädda Barnen|BHV-sjuksköterskan Lena"
)
ORDINARY = st.sampled_from(ORDINARY_TEXTS.split("|"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(ORDINARY, min_size=1, max_size=6), st.sampled_from([", ", ". ", " och ", "\n"]))
def test_ordinary_question_text_is_untouched(parts: list[str], joint: str) -> None:
    assert mask(joint.join(parts)) == Masked(joint.join(parts), ())


# Quotes, authors, links and tables of the guideline are what answers are made of.
@pytest.mark.parametrize("edition", ["2018", "2024"])
def test_the_guideline_itself_holds_nothing_to_mask(edition: str) -> None:
    text = (ROOT / "corpus" / f"{edition}.md").read_text(encoding="utf-8")
    assert [(f.kind, text[f.start : f.end]) for f in mask(text).found] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Karlsson har autism", "[namn] har autism"),
        ("Anna Karlssons autism", "[namn] autism"),
        ("mamman anna karlsson är gravid", "mamman [namn] är gravid"),
        ("ANNA KARLSSON HAR ADHD", "[namn] HAR ADHD"),
        ("Fartun Abdullahi är deprimerad", "[namn] är deprimerad"),
        ("Karlsson, Anna har diabetes", "[namn] har diabetes"),
        ("Anna och Erik Karlsson: våld i hemmet", "[namn] och [namn]: våld i hemmet"),
        ("Anna Karlsson har ADHD. Anna vill inte.", "[namn] har ADHD. [namn] vill inte."),
        ("Elsas efternamn är Nilsson, hon har autism", "Elsas efternamn är [namn], hon har autism"),
        ("Patienten Ahmed al-Masri är sjukskriven", "Patienten [namn] är sjukskriven"),
        ("per andersson är alkoholist", "[namn] är alkoholist"),
    ],
)  # Each is a way of writing a name that a rule for "Xxx Yyy" alone would miss.
def test_full_name_beside_a_detail_is_masked(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna Karlsson undrar om öppettiderna",  # a name without a detail
        "Mona och jag pratade om en mamma med depression",  # a given name without a family name
        "Anna Lisa har autism",  # a double given name
        "Vår samordnare Lena Persson undrar om barn med autism får delta",  # a colleague who asks
        "Vad säger Risholm Mothander om psykisk ohälsa?",  # an author in the guideline
        "Capio Citykliniken i Lund har barn med astma",  # an organisation
        "Barn med Downs Syndrom och Cystisk Fibros",  # diagnoses in capitals
        "Vad Gäller När Barnet Har Autism?",  # a headline
        "per månad får vi tre barn med autism",  # a given name that is a word
    ],
)
def test_what_is_no_full_name_with_a_detail_is_left(text: str) -> None:
    assert mask(text).text == text


OTHER_NUMBERS = (
    "Region Skånes organisationsnummer är 232100-0255|2024-05-12 - 2024-05-19|20240512-20240519"
    "|2024-05-12 0830|ISBN 978-91-44-01234-5|1 2 3 4 5 6 7 8 9 10 11 12|bankgiro 123-4567"
    "|Kvinnofridslinjen 020-50 50 50|ring 1177, 112 eller 116 111|kl. 08.30-16.00, 13:00-15:30"
    "|2014 2015 2016 2017 2018|sid 10, 11, 12, 2013|möte @ kl 8.30|dnr 2024-O-000123"
)


@pytest.mark.parametrize("text", OTHER_NUMBERS.split("|"))
# Digits in the shape of a number, a phone or an address that belong to no person.
def test_other_numbers_are_left(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0701-74 06 05", Kind.PHONE),
        ("(070) 174 06 05", Kind.PHONE),
        ("+46 (0)70-174 06 05", Kind.PHONE),
        ("46701740605", Kind.PHONE),
        ("tel 628 04 14", Kind.PHONE),
        ("0 7 0 1 7 4 0 6 0 5", Kind.PHONE),
        ("+44 7700 900123", Kind.PHONE),
        ("tel:0701740621barnets mamma", Kind.PHONE),
        ("anna(at)example.com", Kind.EMAIL),
        ("anna snabel-a example punkt se", Kind.EMAIL),
        ("anna\u200b@example.se", Kind.EMAIL),
        ("åsa @ example.se", Kind.EMAIL),
        ("anna@example", Kind.EMAIL),
        ("701000-2393", Kind.PERSONNUMMER),
        ("701063-2391", Kind.SAMORDNINGSNUMMER),
        ("19700060-2391", Kind.SAMORDNINGSNUMMER),
        ("19121212-121", Kind.PERSONNUMMER),
        ("https://example.se/?pnr=191212121212", Kind.PERSONNUMMER),
    ],
)
# The kind goes into the placeholder and the warning: a wrong one explains the wrong thing.
def test_kind_is_told(text: str, kind: Kind) -> None:
    assert [f.kind for f in mask(text).found] == [kind]


# A span that is off by the invisible characters would cut the text in the wrong place.
def test_found_spans_point_into_the_original_text() -> None:
    text = "Hej\u200b! １９１２１２１２\u2060－１２１２\u200b, åsa@example.se"
    assert mask(text).found == (Found(Kind.PERSONNUMMER, 6, 20), Found(Kind.EMAIL, 23, 37))
    assert mask(text).text == "Hej\u200b! [personnummer]\u200b, [e-postadress]"


# A pattern that backtracks would hang here for minutes: the test can't end then.
@pytest.mark.parametrize(
    "piece", ["1", "1 ", "07 ", "a@", "A-", "Anna ", "pnr ", "\u200b", "[", "1912 12 ", "tel 0"]
)
def test_long_monotonous_text_comes_back(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert len(mask(text).text) <= 3 * len(text)


# A broken word list must stop the start, not switch the protection off.
def test_broken_word_list_is_an_error_that_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "privacy.toml"
    broken.write_text("[names]\ngiven = 'anna'\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"privacy\.toml"):
        load_words.__wrapped__(broken)


# A capital letter or an empty entry in the data would never match, or match everything.
def test_word_lists_are_lower_case_and_without_empty_entries() -> None:
    data = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    entries = [
        e for table in data.values() for v in table.values() for e in (v.split() if isinstance(v, str) else v)
    ]
    assert all(e and e == e.lower() and "\u00ad" not in e for e in entries)


def _score() -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """True positives, misses and false alarms per kind, and the positives that still leak."""
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    leaks = []
    for case in DATA["positive"] + DATA["negative"]:
        masked = mask(case["text"])
        wanted = {KINDS.get(k, k) for k in case.get("kinds", [])}
        got = {str(f.kind) for f in masked.found}
        hit.update(wanted & got)
        missed.update(wanted - got)
        false.update(got - wanted)
        if any(secret in masked.text for secret in case.get("secrets", [])):
            leaks.append(case["id"])
    return hit, missed, false, leaks


# A later rule may trade misses for false alarms unseen. The half of the data with even ids was kept
# out of the development and measured once: names 0.93 precision, 0.82 recall, every other kind 1.00;
# the gaps that it showed were mended afterwards, so on this file the figures are a regression guard.
@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [
        ("personnummer", 0.98, 0.99),
        ("samordningsnummer", 0.98, 0.99),
        ("telefonnummer", 0.98, 0.96),
        ("e-postadress", 0.98, 0.99),
        ("namn", 0.96, 0.96),
    ],
)
def test_precision_and_recall_on_the_labelled_examples(kind: str, precision: float, recall: float) -> None:
    hit, missed, false, _ = _score()
    assert hit[kind] / (hit[kind] + false[kind]) >= precision
    assert hit[kind] / (hit[kind] + missed[kind]) >= recall


# The kind may be right and still a part of the secret be left in the text.
def test_no_secret_of_the_labelled_examples_is_left() -> None:
    assert _score()[3] == []
