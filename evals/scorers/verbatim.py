"""Do the quotes stand in the guideline, letter for letter, where the citation says?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Citation, Edition
from evals.model import Case, Score


def score_verbatim(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return the share of quotes that equal their edition's text from start to end."""
    del case
    if not answer.citations:
        return None
    wrong = [citation for citation in answer.citations if not _is_verbatim(citation, editions)]
    share = 1 - len(wrong) / len(answer.citations)
    said = f"står inte ordagrant: ”{wrong[0].quote[:160]}”" if wrong else "alla citat är ordagranna"
    return Score("verbatim", share, not wrong, said)


def _is_verbatim(citation: Citation, editions: Mapping[str, Edition]) -> bool:
    edition = editions.get(citation.edition)
    quote = citation.quote
    return (
        edition is not None and bool(quote.strip()) and edition.text[citation.start : citation.end] == quote
    )
