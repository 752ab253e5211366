"""Each of the 15 rows of the two tables, asked in its own words, gives its own row and verdict."""

import pytest

from assistant.answering import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Status, Verdict, Warning_

REQUIRED, NOT_REQUIRED = Verdict.CONSENT_REQUIRED, Verdict.CONSENT_NOT_REQUIRED
NAMED = {"2024": "", "2018": "Enligt 2018 års vägledning: "}


@pytest.fixture(scope="module")
def assistant(real_settings: Settings) -> Assistant:
    return Assistant.open(real_settings)


def asked(first: str, second: str) -> str:
    return f"Behöver jag samtycke om jag är {first} och ska dela uppgifter med en {second}?"


# The two cells' words, as they are printed; the condition of the third where it has one.
COMMON = {
    1: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid samma familjecentral",
        " Vi är båda anställda vid samma enhet av samma vårdgivare.",
        NOT_REQUIRED,
    ),
    2: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska verksam på samma familjecentral men anställd av vårdgivare med privat vårdavtal",
        "",
        REQUIRED,
    ),
    3: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid annan offentlig BVC",
        "",
        REQUIRED,
    ),
    4: (
        "barnmorska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid samma familjecentral",
        " BHV-sjuksköterskan och barnmorskan är anställda vid samma enhet.",
        NOT_REQUIRED,
    ),
}
SOCIAL_WORKER = "socionom anställd av kommunen"
CARE = "barnmorska anställd av Region Skåne vid samma familjecentral"
ROWS = {
    "2024": COMMON
    | {
        5: (
            "förskollärare anställd av kommun",
            "förskollärare anställd av kommun som arbetar på samma familjecentral",
            " Förskollärarna är anställda inom samma nämnd.",
            NOT_REQUIRED,
        ),
        6: (
            SOCIAL_WORKER,
            "förskollärare anställd av kommun som arbetar på samma familjecentral "
            "men är anställd av annan nämnd",
            "",
            REQUIRED,
        ),
        7: (SOCIAL_WORKER, CARE, "", REQUIRED),
        8: (
            "BHV-sjuksköterska anställd av privat vårdgivare",
            "barnmorska anställd av en privat vårdgivare vid samma eller annan familjecentral",
            "",
            Verdict.NO_UNAUTHORISED_DISCLOSURE,
        ),
    },
    "2018": COMMON
    | {
        5: (
            "förskollärare anställd av kommunen",
            "förskollärare anställd av kommunen som arbetar på samma familjecentral",
            " Förskollärarna är anställda inom samma nämnd.",
            NOT_REQUIRED,
        ),
        6: (
            SOCIAL_WORKER,
            "förskollärare anställd av kommunen som arbetar på samma familjecentral",
            "",
            REQUIRED,
        ),
        7: (SOCIAL_WORKER, CARE, "", REQUIRED),
    },
}
CASES = [(edition, number) for edition, rows in ROWS.items() for number in rows]
CONDITIONAL = [(edition, number) for edition, number in CASES if ROWS[edition][number][2]]


def check_row(answer: Answer, edition: str, number: int) -> None:
    assert (answer.edition, answer.citations[0].edition) == (edition, edition)
    assert answer.citations[0].table_row == number, [c.table_row for c in answer.citations]
    assert (Warning_.SUPERSEDED_EDITION in answer.warnings) == (edition == "2018")


@pytest.mark.parametrize(("edition", "number"), CASES)
def test_a_row_asked_in_its_own_words_gives_its_verdict(
    assistant: Assistant, edition: str, number: int
) -> None:
    # Prevents a row that can't be reached, or that answers with another row's verdict.
    first, second, condition, verdict = ROWS[edition][number]
    answer = assistant.answer(NAMED[edition] + asked(first, second) + condition)
    assert (answer.status, answer.verdict) == (Status.ANSWERED, verdict)
    check_row(answer, edition, number)


@pytest.mark.parametrize(("edition", "number"), CASES)
def test_a_row_reads_both_ways_round(assistant: Assistant, edition: str, number: int) -> None:
    # Prevents a row that only answers the party in its first cell.
    first, second, condition, verdict = ROWS[edition][number]
    question = f"Behöver en {second} samtycke för att dela uppgifter med en {first}?"
    answer = assistant.answer(NAMED[edition] + question + condition)
    assert (answer.status, answer.verdict) == (Status.ANSWERED, verdict)
    check_row(answer, edition, number)


@pytest.mark.parametrize(("edition", "number"), CONDITIONAL)
def test_without_its_condition_a_row_depends(assistant: Assistant, edition: str, number: int) -> None:
    # Prevents "inte nödvändigt om …" from being given without the "om".
    first, second, _, _ = ROWS[edition][number]
    answer = assistant.answer(NAMED[edition] + asked(first, second))
    assert (answer.status, answer.verdict) == (Status.NEEDS_FACTS, Verdict.DEPENDS)
    assert answer.follow_up is not None
    assert {branch.verdict for branch in answer.branches} >= {NOT_REQUIRED, REQUIRED}
    check_row(answer, edition, number)


@pytest.mark.parametrize("job", ["socionom", "förskollärare"])
@pytest.mark.parametrize("other", ["barnmorska", "BHV-sjuksköterska"])
@pytest.mark.parametrize("employer", ["Region Skåne", "vårdgivare med privat vårdavtal"])
@pytest.mark.parametrize("edition", ["2024", "2018"])
def test_row_7_is_each_of_its_pairs(
    assistant: Assistant, edition: str, job: str, other: str, employer: str
) -> None:
    # Prevents "socionom och förskollärare" from being read as both at once.
    question = asked(
        f"{job} anställd av kommunen", f"{other} anställd av {employer} vid samma familjecentral"
    )
    answer = assistant.answer(NAMED[edition] + question)
    assert answer.verdict is REQUIRED
    check_row(answer, edition, 7)


@pytest.mark.parametrize("first", ["barnmorska", "BHV-sjuksköterska"])
@pytest.mark.parametrize("second", ["barnmorska", "BHV-sjuksköterska"])
def test_row_8_never_says_that_consent_decides(assistant: Assistant, first: str, second: str) -> None:
    # Prevents 6 kap. 12 § PSL from reading as "fritt fram" or as "samtycke krävs".
    private = "anställd av privat vårdgivare"
    answer = assistant.answer(asked(f"{first} {private}", f"{second} {private}"))
    assert answer.verdict is Verdict.NO_UNAUTHORISED_DISCLOSURE
    check_row(answer, "2024", 8)
    text = answer.answer.lower()
    assert "obehörigt röjande" in text
    assert "fritt fram" not in text and "samtycke krävs" not in text
