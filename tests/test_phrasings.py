"""The reading tried on ways of saying who one is and whom it is about, each with others in turn."""

from itertools import cycle
from pathlib import Path

import phrasings as say
import pytest
from conversations import converse

from assistant.facts import fill_asker, read_text
from assistant.types import Employer, Party, Profession
from assistant.vocabulary import Vocabulary

VOCABULARY_FILE = Path(__file__).resolve().parent.parent / "corpus" / "vocabulary.toml"
JOBS = tuple(say.NAMES)
EMPLOYERS = (None, say.REGION, say.PRIVATE)
FORMS = [(employer, form) for employer, forms in say.ASKERS.items() for form in forms]
OTHER_FORMS = [(employer, form) for employer, forms in say.OTHERS.items() for form in forms]
KNOWN_FORMS = [(employer, form) for employer, forms in say.OF_A_KNOWN_ASKER.items() for form in forms]
PAIRS = [
    (one, other)
    for one in [(job, employer) for job in say.CARE for employer in EMPLOYERS]
    for other in [(job, employer) for job in JOBS for employer in EMPLOYERS]
    if one != other and (other[0] in say.CARE or other[1] is None)
]
Told = tuple[Profession, Employer | None]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(VOCABULARY_FILE)


def opened(text: str) -> str:
    return text[0].upper() + text[1:]


def put(sentence: str, **phrases: str) -> str:
    """The sentence with the phrases in it; one that ends a clause loses its comma there."""
    for key, phrase in phrases.items():
        before, _, after = sentence.partition("{" + key + "}")
        kept = phrase if after.startswith(" ") else phrase.rstrip(",")
        sentence = before + (kept if before else opened(kept)) + after
    return sentence


def is_told(party: Party, told: Told) -> bool:
    job, employer = told
    municipal = job not in say.CARE and party.employer in {None, Employer.MUNICIPALITY}
    return party.profession is job and (party.employer is employer or municipal)


def of(employer: Employer | None, at: int) -> tuple[Profession, str, str]:
    """The profession whose turn it is, with its indefinite and definite forms."""
    jobs = JOBS if employer is None else say.CARE
    job = jobs[at % len(jobs)]
    one, the = say.NAMES[job][at % len(say.NAMES[job])]
    return job, one, the


def misread(text: str, wanted: tuple[Told, Told], vocabulary: Vocabulary) -> str:
    reading = read_text(text, vocabulary)
    right = (
        len(reading.others) == 1
        and is_told(reading.asker, wanted[0])
        and is_told(reading.others[0], wanted[1])
    )
    return "" if right else f"{text} → {reading.asker}, {reading.others}"


@pytest.mark.parametrize(("employer", "form"), FORMS, ids=[form.strip() for _, form in FORMS])
def test_who_writes_is_read_whatever_follows(
    employer: Employer | None, form: str, vocabulary: Vocabulary
) -> None:
    # Prevents "hon som får sin lön av Capio" from telling who employs the one who writes.
    wrong, questions = [], cycle(say.ASKED)
    for at, (theirs, other) in enumerate(OTHER_FORMS):
        job, one, _ = of(employer, at)
        their_job, their_one, the = of(theirs, at + at // len(JOBS))
        if job is their_job:
            continue
        who = other.format(one=their_one, the=the)
        text = opened(form.format(one=one)) + put(next(questions), who=who)
        wrong.append(misread(text, ((job, employer), (their_job, theirs)), vocabulary))
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("question", say.ASKED)
def test_whom_it_is_about_is_read_however_it_is_asked(question: str, vocabulary: Vocabulary) -> None:
    # Prevents one way of asking from hiding who employs the other.
    wrong, forms = [], cycle(FORMS)
    for at, (theirs, other) in enumerate(OTHER_FORMS):
        employer, form = next(forms)
        job, one, _ = of(employer, at)
        their_job, their_one, the = of(theirs, at + 1)
        if job is their_job:
            continue
        text = opened(form.format(one=one)) + put(question, who=other.format(one=their_one, the=the))
        wrong.append(misread(text, ((job, employer), (their_job, theirs)), vocabulary))
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("question", say.ASKED_OF_TWO)
def test_two_others_are_the_parties_whoever_writes(question: str, vocabulary: Vocabulary) -> None:
    # Prevents two of a profession from becoming one, with the employer of either for both.
    wrong, writers = [], cycle(say.WRITERS)
    for at, (first, second) in enumerate(PAIRS):
        names = []
        for job, employer in (first, second):
            forms = say.TWO_OTHERS[employer]
            one, the = say.NAMES[job][0]
            names.append(forms[at % len(forms)].format(one=one, the=the))
        if names[0] == names[1]:
            continue
        text = next(writers) + put(question, one=names[0], other=names[1])
        reading = read_text(text, vocabulary)
        parties = [reading.asker, *reading.others]
        orders = ((first, second), (second, first))
        right = len(parties) == 2 and any(all(map(is_told, parties, order)) for order in orders)
        wrong.append("" if right else f"{text} → {parties}")
    assert not list(filter(None, wrong))


@pytest.mark.parametrize(("theirs", "form"), KNOWN_FORMS, ids=[form for _, form in KNOWN_FORMS])
def test_what_is_said_of_the_other_is_never_the_askers(
    theirs: Employer | None, form: str, vocabulary: Vocabulary
) -> None:
    # Prevents "bvc-ssk är också privat" from making the one who writes a privately employed nurse.
    known = Party(Profession.SOCIAL_WORKER, Employer.MUNICIPALITY)
    for job in say.CARE:
        for one, the in say.NAMES[job]:
            for name in (one, the) if one in {"bm", "bvc-ssk"} else (the,):
                reading = fill_asker(read_text(opened(form.format(the=name)), vocabulary), known)
                assert reading.asker == known
                assert [is_told(o, (job, theirs)) for o in reading.others] == [True]


@pytest.mark.parametrize("value", [True, False, None])
@pytest.mark.parametrize("two", say.TWO_NURSES)
def test_one_unit_is_read_only_where_it_is_said(two: str, value: bool | None, vocabulary: Vocabulary) -> None:
    # Prevents a same chef, a hearsay or a doubt from waiving consent.
    for said in say.UNIT[value]:
        text = f"{two}{said} Får jag berätta för henne om ett barn?"
        assert (text, read_text(text, vocabulary).relations.same_unit) == (text, value)


@pytest.mark.parametrize("asked", say.UNIT_ASKED)
def test_a_reply_settles_the_unit_only_where_it_says_so(asked: str) -> None:
    # Prevents "vi har samma chef" from being a yes.
    question = (
        "Vi är två BHV-sjuksköterskor i Region Skåne på samma familjecentral. Behövs samtycke mellan oss?"
    )
    for value, replies in say.UNIT_REPLIES.items():
        for reply in replies:
            relations = converse(question, asked, reply).reading.relations
            assert (reply, relations.same_unit) == (reply, value)


def test_a_reply_settles_the_board_only_where_it_says_so() -> None:
    # Prevents a shared förvaltning, rektor or förskola from being one nämnd.
    question = "Förskollärare här. Får jag prata med en annan förskollärare på familjecentralen om ett barn?"
    for value, replies in say.BOARD_REPLIES.items():
        for reply in replies:
            relations = converse(question, "Är ni anställda inom samma nämnd?", reply).reading.relations
            assert (reply, relations.same_board) == (reply, value)


@pytest.mark.parametrize("each", say.ONE_EACH)
def test_two_of_a_kind_have_an_employer_each(each: str, vocabulary: Vocabulary) -> None:
    # Prevents the second employer from being both of theirs, and the private providers' rule with it.
    for sentence in say.TWO_OF_A_KIND:
        reading = read_text(put(sentence, each=each), vocabulary)
        employers = [party.employer for party in (reading.asker, *reading.others)]
        assert (sentence, set(employers), len(employers)) == (sentence, {say.REGION, say.PRIVATE}, 2)
