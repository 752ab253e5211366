"""Did the assistant answer, ask, abstain or decline as it should?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score
from evals.names import STATUSES, either


def score_status(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether the answer's status is one of the acceptable ones."""
    del editions
    if case.status is None:
        return None
    right = answer.status.value in case.status
    return Score(
        "status",
        float(right),
        right,
        f"{STATUSES[answer.status.value]}, väntat: {either(case.status, STATUSES)}",
    )
