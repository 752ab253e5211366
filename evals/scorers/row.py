"""Are the rows of Tabell 1 that decide among the quotes?"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score


def score_row(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return the share of the expected rows that are quoted; passed when all are.

    An empty list says that no row decides: then none may stand first among the quotes.
    """
    del editions
    if case.rows is None:
        return None
    quoted = {citation.table_row for citation in answer.citations if citation.table_row is not None}
    shown = ", ".join(map(str, sorted(quoted))) or "ingen"
    if not case.rows:
        first = answer.citations[0].table_row if answer.citations else None
        return Score(
            "row", float(first is None), first is None, f"citerade först rad {first}, väntade ingen rad"
        )
    share = len(quoted & set(case.rows)) / len(set(case.rows))
    return Score("row", share, share == 1, f"citerade rad {shown}, väntade {', '.join(map(str, case.rows))}")
