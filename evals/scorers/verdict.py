"""Is the verdict on consent right?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score
from evals.names import VERDICTS, either


def verdict_name(answer: Answer) -> str:
    """Return the verdict's name, "none" for a question that isn't about sharing."""
    return answer.verdict.value if answer.verdict is not None else "none"


def score_verdict(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether the verdict is one of the acceptable ones."""
    del editions
    if case.verdicts is None:
        return None
    given = verdict_name(answer)
    right = given in case.verdicts
    return Score(
        "verdict", float(right), right, f"{VERDICTS[given]}, väntat: {either(case.verdicts, VERDICTS)}"
    )
