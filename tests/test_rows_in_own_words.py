"""Each of the 15 rows of the two tables, asked in its own words, gives its own row and verdict."""

import pytest
from table_rows import CASES, NAMED, NOT_REQUIRED, REQUIRED, ROWS, asked, in_own_words

from assistant.answering import Assistant
from assistant.types import Answer, Status, Verdict, Warning_


@pytest.fixture
def assistant(real_assistant: Assistant) -> Assistant:
    return real_assistant


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
    answer = assistant.answer(in_own_words(edition, number))
    verdict = ROWS[edition][number][3]
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
