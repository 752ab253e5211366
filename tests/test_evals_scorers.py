"""Each scorer: what it lets through and what it catches."""

import dataclasses

import pytest
from evals_support import real_editions

from assistant.citing import cite
from assistant.types import Answer, Status, Verdict, Warning_
from evals.matching import overlaps
from evals.model import Case
from evals.scorers import score_answer
from evals.statistics import bootstrap, wilson

EDITIONS = real_editions()
ROW_7 = next(block for block in EDITIONS["2024"].blocks if block.table_row == 7)
ROW_2 = next(block for block in EDITIONS["2024"].blocks if block.table_row == 2)
OLD_ROW = next(block for block in EDITIONS["2018"].blocks if block.table_row == 6)
EVIDENCE = "Samtycke från vårdnadshavare krävs eftersom socionom och förskollärare inte har samma huvudmän"
ANSWER = Answer(
    "fråga", Status.ANSWERED, Verdict.CONSENT_REQUIRED, "2024", "Ja, **samtycke** krävs.", (cite(ROW_7),)
)


def case(**changes: object) -> Case:
    data = {"id": "c-1", "suite": "tabell1", "kind": "consent", "question": "fråga", "split": "dev"}
    return Case.model_validate({**data, **changes})


def passed(name: str, expected: Case, **changes: object) -> bool | None:
    gating, measured = score_answer(expected, dataclasses.replace(ANSWER, **changes), EDITIONS)
    return next((score.passed for score in (*gating, *measured) if score.name == name), None)


@pytest.mark.parametrize(
    ("given", "accepted", "kind", "safe"),
    [
        ("consent_not_required", ["consent_required"], "consent", False),
        ("consent_not_required", ["depends"], "consent", False),
        ("consent_not_required", ["no_unauthorised_disclosure"], "consent", False),
        ("consent_not_required", ["none"], "consent", False),
        ("consent_not_required", ["none"], "guideline", True),
        ("consent_not_required", ["depends", "consent_not_required"], "consent", True),
        ("no_unauthorised_disclosure", ["consent_required"], "consent", False),
        ("no_unauthorised_disclosure", ["depends"], "consent", True),
        ("consent_required", ["consent_not_required"], "consent", True),
        ("depends", ["consent_required"], "consent", True),
    ],
)
def test_more_lenient_than_any_right_verdict_is_dangerous(
    given: str, accepted: list[str], kind: str, safe: bool
) -> None:
    # The one mistake that must never ship; being too strict is wrong, not dangerous.
    assert passed("dangerous", case(verdicts=accepted, kind=kind), verdict=Verdict(given)) is safe


def test_an_absent_expectation_is_not_checked() -> None:
    # A case that says nothing of rows must not fail on rows.
    names = {score.name for score in score_answer(case(), ANSWER, EDITIONS)[0]}
    assert names == {"verbatim", "edition"}


def test_all_rows_must_be_quoted_and_none_first_where_none_applies() -> None:
    # Half of a depends answer is not the answer.
    assert passed("row", case(rows=[7])) is True
    assert passed("row", case(rows=[2, 7])) is False
    assert passed("row", case(rows=[2, 7]), citations=(cite(ROW_7), cite(ROW_2))) is True
    assert passed("row", case(rows=[])) is False


def test_all_evidence_must_be_cited_but_one_of_evidence_any_is_enough() -> None:
    # "any" and "all" are easily swapped.
    assert passed("evidence", case(evidence=[EVIDENCE])) is True
    assert passed("evidence", case(evidence=[EVIDENCE, "p g a olika huvudmän"])) is False
    assert passed("evidence", case(evidence_any=["p g a olika huvudmän", EVIDENCE])) is True
    assert passed("evidence", case(evidence=[EVIDENCE]), citations=()) is False


def test_the_deciding_evidence_first_and_among_three() -> None:
    # The order of the quotes is what the reader sees.
    later = (cite(ROW_2), cite(ROW_7))
    assert passed("evidence_first", case(evidence=[EVIDENCE])) is True
    assert passed("evidence_first", case(evidence=[EVIDENCE]), citations=later) is False
    assert passed("evidence_top3", case(evidence=[EVIDENCE]), citations=later) is True


def test_a_short_quote_inside_the_evidence_proves_nothing() -> None:
    # "Samtycke" stands in half the guideline.
    assert not overlaps("Samtycke från", EVIDENCE)
    assert overlaps("Samtycke från **vårdnadshavare**\n  krävs", EVIDENCE)


def test_a_quote_must_equal_the_text_at_its_place() -> None:
    # A paraphrase, a shifted span and an unknown edition all look like a quote.
    whole = cite(ROW_7)
    for change in (
        {"quote": whole.quote.replace("krävs", "behövs")},
        {"start": 0, "end": 9},
        {"edition": "1999"},
    ):
        assert passed("verbatim", case(), citations=(dataclasses.replace(whole, **change),)) is False
    assert passed("verbatim", case()) is True


def test_words_are_found_whatever_their_case_and_markdown() -> None:
    # "**Samtycke** krävs" holds "samtycke krävs".
    assert passed("required", case(must=["SAMTYCKE krävs", ["nej", "ja"]])) is True
    assert passed("required", case(must=[["nej", "aldrig"]])) is False
    assert passed("forbidden", case(must_not=["krävs inte"])) is True
    assert passed("forbidden", case(must_not=["samtycke  krävs"])) is False


def test_editions_may_be_mixed_in_a_comparison_only() -> None:
    # The superseded rule beside the one in force misleads.
    mixed = {"citations": (cite(ROW_7), cite(OLD_ROW))}
    assert passed("edition", case(), **mixed) is False
    assert passed("edition", case(kind="comparison"), **mixed) is True
    assert passed("edition", case(edition="2018")) is False
    assert passed("edition", case(warnings=["superseded_edition"])) is False


def test_personal_data_must_be_gone_from_the_repeated_question_too() -> None:
    # A number that is masked in the answer and left in the question is still stored.
    pnr = case(kind="personal_data", must_not=["19121212-1212"])
    assert passed("masking", pnr) is True
    assert passed("masking", pnr, question="mamman 19121212-1212") is False


def test_every_expected_warning_is_needed_and_more_are_allowed() -> None:
    # An extra warning is no fault, a missing one is.
    expected = case(warnings=["duty_to_report"])
    assert passed("warnings", expected) is False
    assert passed("warnings", expected, warnings=(Warning_.DUTY_TO_REPORT, Warning_.PERSONAL_DATA)) is True


def test_intervals_agree_with_published_values() -> None:
    # Wilson for 81 of 263: 0.2553-0.3662 (Newcombe 1998, table I).
    interval = wilson(81, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0).n == 0
    assert bootstrap([0.0, 1.0] * 50) == bootstrap([0.0, 1.0] * 50)
