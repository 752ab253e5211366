"""Is the reader warned: personal data, the duty to report, a superseded edition?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score


def score_warnings(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether every expected warning is given (further ones are allowed)."""
    del editions
    if case.warnings is None:
        return None
    missing = set(case.warnings) - {warning.value for warning in answer.warnings}
    said = f"saknar {', '.join(sorted(missing))}" if missing else "alla finns"
    return Score("warnings", float(not missing), not missing, said)
