"""How long did the answer take? Measured, never a reason to call an answer wrong."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score


def score_latency(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return the milliseconds that the assistant reports for the answer."""
    del case, editions
    return Score("latency", answer.latency_ms, True, f"{answer.latency_ms:.0f} ms")
