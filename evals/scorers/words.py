"""Do the words that no right answer can lack stand in it, and the forbidden ones not?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.matching import contains_phrase
from evals.model import Case, Score


def score_required(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return the share of required words that stand in the answer's text; passed when all do."""
    del editions
    if not case.must:
        return None
    missing = [
        words for words in case.must if not any(contains_phrase(answer.answer, word) for word in words)
    ]
    share = 1 - len(missing) / len(case.must)
    said = "saknar " + ", ".join(f"”{' / '.join(words)}”" for words in missing) if missing else "alla finns"
    return Score("required", share, not missing, said)


def score_forbidden(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether none of the forbidden words stands in the answer's text."""
    del editions
    if not case.must_not:
        return None
    found = [word for word in case.must_not if contains_phrase(answer.answer, word)]
    return Score(
        "forbidden", float(not found), not found, f"innehåller {', '.join(found)}" if found else "inga"
    )
