"""Asks the cases of the subject, in threads, and scores what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from assistant.errors import InvalidInputError
from assistant.types import Answer, Edition, Status
from evals.cases import expected_editions
from evals.matching import normal
from evals.model import Case, Output, Scored
from evals.scorers import score_answer
from evals.subject import Subject

RETRIEVED = 10  # blocks asked for when retrieval is measured by itself


def ask_cases(
    subject: Subject, cases: Sequence[Case], jobs: int = 1, advance: Callable[[], object] = lambda: None
) -> list[Output]:
    """Return one output per case, in the cases' order; ``advance`` is called after each.

    An answer that ends in an exception becomes an output with its error: the run goes on.
    """

    def one(case: Case) -> Output:
        output = ask_case(subject, case)
        advance()
        return output

    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        return list(pool.map(one, cases))


def ask_case(subject: Subject, case: Case) -> Output:
    """Return what the subject answers to the case, with the blocks that retrieval alone finds."""
    started = time.perf_counter()
    try:
        answer = subject.answer(case.asked, case.history, case.asker, case.edition)
    except InvalidInputError as error:
        if case.kind != "odd_input":
            return _failed(case, error, started)
        # Refusing input that can't be taken, in words, is a way to decline it.
        answer = Answer(case.asked[:200], Status.DECLINED, None, case.edition or "", str(error))
    except Exception as error:  # any crash is this case's result, told in the report
        return _failed(case, error, started)
    seconds = time.perf_counter() - started
    return Output(case.id, case.input_digest(), answer, "", seconds, _retrieved(subject, case, answer))


def score_outputs(
    cases: Sequence[Case], outputs: Sequence[Output], editions: Mapping[str, Edition]
) -> list[Scored]:
    """Return each case with its scores. Outputs of a question that has changed are left out."""
    by_id = {output.case_id: output for output in outputs}
    scored = []
    for case in cases:
        output = by_id.get(case.id)
        if output is not None and output.input_digest == case.input_digest():
            scored.append(score_output(case, output, editions))
    return scored


def score_output(case: Case, output: Output, editions: Mapping[str, Edition]) -> Scored:
    """Return the case with the scores of its output; without an answer there are none."""
    if output.answer is None:
        return Scored(case, output)
    gating, measured = score_answer(case, output.answer, editions)
    searched = _searched_edition(case, output.answer, editions)
    relevant = relevant_blocks(case, editions[searched]) if output.hits is not None else ()
    return Scored(case, output, gating, measured, relevant)


def relevant_blocks(case: Case, edition: Edition) -> tuple[str, ...]:
    """Return the ids of the edition's blocks that hold a piece of the case's evidence."""
    spans = [normal(span) for span in (*case.evidence, *case.evidence_any)]
    return tuple(block.id for block in edition.blocks if any(span in normal(block.text) for span in spans))


def _retrieved(subject: Subject, case: Case, answer: Answer) -> tuple[str, ...] | None:
    """Return the ids that retrieval alone finds; None for cases that don't measure it."""
    single = not case.turns and case.kind == "guideline" and bool(case.evidence or case.evidence_any)
    if not single:
        return None
    edition = _searched_edition(case, answer, subject.editions)
    return tuple(hit.block.id for hit in subject.retrieve(case.asked, edition, RETRIEVED))


def _searched_edition(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> str:
    """The edition that retrieval is measured in: the answer's, if it is a right one."""
    allowed = expected_editions(case, editions)
    return answer.edition if answer.edition in allowed else allowed[0]


def _failed(case: Case, error: Exception, started: float) -> Output:
    told = f"{type(error).__name__}: {error}"
    return Output(case.id, case.input_digest(), None, told, time.perf_counter() - started)
