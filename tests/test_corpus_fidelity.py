"""The restored editions say what their source texts say, and the proof can fail."""

import hashlib
import re
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ingest.fidelity import (
    KINDS,
    MarkdownError,
    Repair,
    RepairError,
    apply_repairs,
    check_editions,
    compare,
    load_repairs,
    main,
    markdown_words,
    source_words,
)

CORPUS = Path(__file__).parent.parent / "corpus"
EDITIONS: list[dict[str, Any]] = tomllib.loads((CORPUS / "editions.toml").read_text(encoding="utf-8"))[
    "edition"
]
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition["id"])


def texts(edition: dict[str, Any]) -> tuple[str, str, list[Repair]]:
    """Return an edition's source text, Markdown text and repairs."""
    return (
        (CORPUS / edition["source"]).read_text(encoding="utf-8"),
        (CORPUS / edition["markdown"]).read_text(encoding="utf-8"),
        load_repairs(CORPUS / "repairs.toml", edition["id"]),
    )


def heading_paths(markdown: str) -> list[str]:
    """Return the path of every heading below the document title."""
    paths: list[str] = []
    stack: list[str] = []
    for marks, title in re.findall(r"^(#{2,6}) (.+)$", markdown, re.MULTILINE):
        stack = [*stack[: len(marks) - 2], title]
        paths.append(" › ".join(stack))
    return paths


# --- the editions ---


@each_edition
def test_markdown_is_faithful_to_its_source(edition: dict[str, Any]) -> None:
    assert [str(difference) for difference in compare(*texts(edition))] == []


@each_edition
def test_source_is_the_recorded_one(edition: dict[str, Any]) -> None:
    digest = hashlib.sha256((CORPUS / edition["source"]).read_bytes()).hexdigest()
    assert digest == edition["source_sha256"]


@each_edition
def test_markdown_is_clean(edition: dict[str, Any]) -> None:
    raw = (CORPUS / edition["markdown"]).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", raw)
    assert "\r" not in raw and "\t" not in raw
    assert raw.endswith("\n") and not raw.endswith("\n\n")
    assert "\n\n\n" not in raw
    assert [line for line in raw.splitlines() if line != line.rstrip()] == []


@each_edition
def test_headings_nest_without_gaps(edition: dict[str, Any]) -> None:
    levels = [len(marks) for marks in re.findall(r"^(#+) ", texts(edition)[1], re.MULTILINE)]
    chapters = levels[1:] if levels[0] == 1 else levels  # the 2018 source prints no title
    assert chapters[0] == 2
    assert 1 not in chapters
    assert all(after <= before + 1 for before, after in pairwise(chapters))


@each_edition
def test_every_page_belongs_to_one_heading_in_order(edition: dict[str, Any]) -> None:
    paths = heading_paths(texts(edition)[1])
    places = [paths.index(path) for path in edition["pages"] if paths.count(path) == 1]
    assert len(places) == len(edition["pages"])
    assert places == sorted(places)
    assert list(edition["pages"].values()) == sorted(edition["pages"].values())


def test_pages_are_those_of_the_printed_table_of_contents() -> None:
    edition = next(edition for edition in EDITIONS if edition["id"] == "2024")
    entries = re.findall(r"^(.+?)\.*\t([0-9]+)$", texts(edition)[0], re.MULTILINE)
    printed_otherwise = {
        "Tre gemensamma riktlinjer": "Verksamhetens gemensamma ansvar",
        "Andra verksamheter som kan ingå i familjecentralsliknande verksamhet": (
            "Andra verksamheter som kan ingå i familjecentralerliknande verksamhet"
        ),
    }
    expected = [(printed_otherwise.get(title, title).lower(), int(page)) for title, page in entries]
    recorded = [(path.split(" › ")[-1].lower(), page) for path, page in edition["pages"].items()]
    assert recorded == expected


def test_exactly_one_edition_is_in_force() -> None:
    assert sorted(edition["status"] for edition in EDITIONS) == ["in_force", "superseded"]
    assert next(e["id"] for e in EDITIONS if e["status"] == "in_force") == "2024"


def test_every_repair_belongs_to_an_edition() -> None:
    entries = tomllib.loads((CORPUS / "repairs.toml").read_text(encoding="utf-8"))["repair"]
    assert {entry["edition"] for entry in entries} <= {edition["id"] for edition in EDITIONS}


# --- the proof can fail ---


@each_edition
@pytest.mark.parametrize("place", [0.05, 0.35, 0.65, 0.95])
def test_planted_errors_are_found(edition: dict[str, Any], place: float) -> None:
    source, markdown, repairs = texts(edition)
    prose = [match for match in re.finditer(r"(?<= )(\w{4,}) (\w{4,})(?= )", markdown)]
    spot = prose[int(len(prose) * place)]
    first, second = spot.groups()
    head, tail = markdown[: spot.start()], markdown[spot.end() :]

    def changes(planted: str) -> list[tuple[str, str]]:
        return [(d.source, d.markdown) for d in compare(source, head + planted + tail, repairs)]

    assert changes(f"{first} {second}") == []
    assert changes(first) == [(second, "")]
    assert changes(f"{first} inte {second}") == [("", "inte")]
    assert changes(f"{first}, {second}") == [(first, f"{first},")]
    if first != second:
        assert changes(f"{second} {first}") != []


@each_edition
def test_every_repair_is_needed(edition: dict[str, Any]) -> None:
    source, markdown, repairs = texts(edition)
    for repair in repairs:
        assert compare(source, markdown, [other for other in repairs if other is not repair]), str(repair)


@each_edition
def test_unused_and_repeated_repairs_are_named(edition: dict[str, Any]) -> None:
    source, markdown, repairs = texts(edition)
    unused = Repair(edition["id"], "dropped_mark", "finns inte här *", "test", markdown="finns inte här")
    with pytest.raises(RepairError, match=r"finns inte här \*” *: found 0 times, expected 1"):
        compare(source, markdown, [*repairs, unused])
    repeated = Repair(edition["id"], "dropped_mark", "och", "test", markdown="och.")
    with pytest.raises(RepairError, match=r"“och”: found \d{2,} times, expected 1"):
        compare(source, markdown, [*repairs, repeated])


def test_difference_is_shown_with_its_context() -> None:
    [difference] = compare("ett två tre fyra fem", "ett två TRE fyra fem", context=1)
    assert str(difference) == "… två [source: “tre” | Markdown: “TRE”] fyra …"


def test_only_the_first_differences_are_returned() -> None:
    assert len(compare("a b c d e f", "a B c D e F", limit=2)) == 2


# --- notation ---


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("Rubrik\n\nEn rad\n\nsom bryts", "## Rubrik\n\nEn rad som bryts"),
        ("• ett\n\n• två - tre", "- ett\n- två - tre"),
        ("1. ett\n2. två", "1. ett\n2. två"),
        ("A\tB\nett\ttvå tre", "| A | B |\n| --- | --- |\n| ett | två tre |"),
        (r"[text \(x\)](https://x.se/%3a)", r"[text \(x\)](https://x.se/%3a)"),
        ("text (x) https://x.se/å", "[text (x)](https://x.se/å)"),
        ("<http://x.se/%3a1>", "<http://x.se/%3a1>"),
        ("lagar1 här.\n\n1 Noten.", "lagar[^1] här.\n\n[^1]: Noten."),
        ("1: Noten\n\n2: En till", "[^1]: Noten\n\n[^2]: En till"),
        ("ord¹ (6) tal.⁹ ut*", "ord[^¹] (6) tal.⁹ ut*\n\n[^¹]:"),
    ],
)
def test_same_words_in_either_notation(source: str, markdown: str) -> None:
    expected = source_words(source)
    assert markdown_words(markdown)[: len(expected)] == expected


@pytest.mark.parametrize(
    "changed",
    ["2. ett\n3. två", "- ett\n- två", "1. två\n2. ett"],
    ids=["numbered otherwise", "not numbered", "swapped"],
)
def test_numbers_of_items_count(changed: str) -> None:
    assert compare("1. ett\n2. två", changed)


def test_a_changed_link_target_is_found() -> None:
    assert compare("[text](https://x.se/1)", "[text](https://x.se/2)")


@pytest.mark.parametrize("markdown", ["ett *två*", "ett **två**", "`ett` två", "> ett två", "<b>ett</b> två"])
def test_constructs_no_edition_needs_are_refused(markdown: str) -> None:
    with pytest.raises(MarkdownError, match="unexpected"):
        compare("ett två", markdown)


# --- repairs ---


def test_a_repair_replaces_as_often_as_it_says() -> None:
    repair = Repair("x", "rejoined_word", "BHV- sköterska", "test", markdown="BHV-sköterska", count=2)
    words = source_words("BHV- sköterska och BHV- sköterska")
    assert " ".join(apply_repairs(words, [repair])) == "BHV-sköterska och BHV-sköterska"


def test_a_move_keeps_the_words_it_moves() -> None:
    repair = Repair("x", "moved_footnote", "1 Not … slut.", "test", moved_after="ord1.")
    words = source_words("ord1. mer 1 Not med ord slut. sist")
    assert " ".join(apply_repairs(words, [repair])) == "ord1. 1 Not med ord slut. mer sist"


def test_a_move_needs_its_anchor_once() -> None:
    repair = Repair("x", "moved_footnote", "1 Not", "test", moved_after="borta")
    with pytest.raises(RepairError, match="anchor “borta” found 0 times"):
        apply_repairs(["ord", "1", "Not"], [repair])


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "improved"},
        {"markdown": "BHV-skötare"},
        {"moved_after": "ord"},
        {"markdown": None},
        {"source": " "},
        {"reason": ""},
        {"count": 0},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_repair_that_reaches_too_far_is_refused(fields: dict[str, Any]) -> None:
    sound: dict[str, Any] = {
        "edition": "x",
        "kind": "rejoined_hyphen",
        "source": "BHV- sköterska",
        "markdown": "BHV-sköterska",
        "reason": "test",
    }
    Repair(**sound)
    with pytest.raises(RepairError):
        Repair(**sound | fields)


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "repairs.toml"
    path.write_text('[[repair]]\nedition = "x"\nwhy = "?"\n', encoding="utf-8")
    with pytest.raises(RepairError, match=r"repairs\.toml"):
        load_repairs(path, "x")


def test_every_kind_is_explained() -> None:
    assert all(KINDS.values())


def test_command_reports_each_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CORPUS)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{edition['id']}: faithful" for edition in EDITIONS]
    assert list(check_editions(CORPUS)) == [edition["id"] for edition in EDITIONS]
