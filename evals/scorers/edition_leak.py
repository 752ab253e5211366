"""Does the answer draw on the edition asked for, and on that one only?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.cases import expected_editions
from evals.model import Case, Score


def score_edition(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether the answer and all its citations are of one acceptable edition.

    A comparison may cite all editions.
    """
    allowed = expected_editions(case, editions)
    cited = {citation.edition for citation in answer.citations}
    if answer.edition not in allowed or cited - set(allowed):
        wrong = ", ".join(sorted({answer.edition, *cited} - set(allowed)))
        return Score("edition", 0.0, False, f"bygger på {wrong}, väntade {' | '.join(allowed)}")
    if case.kind != "comparison" and cited - {answer.edition}:
        return Score(
            "edition", 0.0, False, f"blandar utgåvorna {', '.join(sorted(cited | {answer.edition}))}"
        )
    return Score("edition", 1.0, True, "en utgåva")
