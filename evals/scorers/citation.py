"""Is the evidence cited: all of it, the deciding piece first, some of it among the first three?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.types import Answer, Citation, Edition
from evals.matching import overlaps
from evals.model import Case, Score

_TOP = 3


def score_evidence(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return the share of the evidence that is cited; passed when all is, or one of evidence_any."""
    del editions
    if not case.evidence and not case.evidence_any:
        return None
    if case.evidence_any and _cites_any(answer.citations, case.evidence_any):
        return Score("evidence", 1.0, True, "citerar ett av de godtagna beläggen")
    missing = [span for span in case.evidence if not _cites_any(answer.citations, [span])]
    if not case.evidence:
        return Score("evidence", 0.0, False, "inget av de godtagna beläggen citeras")
    share = 1 - len(missing) / len(case.evidence)
    said = "saknar: " + " / ".join(f"”{span}”" for span in missing) if missing else "alla belägg citeras"
    return Score("evidence", share, not missing, said)


def score_evidence_first(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether the first quote is the deciding evidence."""
    del editions
    return _among("evidence_first", case, answer.citations[:1])


def score_evidence_top3(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether the deciding evidence is among the first three quotes."""
    del editions
    return _among("evidence_top3", case, answer.citations[:_TOP])


def score_section(case: Case, answer: Answer, editions: Mapping[str, Edition]) -> Score | None:
    """Return whether one of the first three quotes comes from the expected section."""
    del editions
    if case.section is None:
        return None
    found = [" › ".join(citation.section) for citation in answer.citations[:_TOP]]
    right = case.section in found
    return Score("section", float(right), right, f"citerade {found or 'inget'}, väntade {case.section}")


def _among(name: str, case: Case, citations: Sequence[Citation]) -> Score | None:
    deciding = (*case.evidence[:1], *case.evidence_any)
    if not deciding:
        return None
    right = _cites_any(citations, deciding)
    first = f"”{citations[0].quote[:120]}”" if citations else "inget citat"
    return Score(name, float(right), right, f"först stod {first}")


def _cites_any(citations: Sequence[Citation], spans: Sequence[str]) -> bool:
    return any(overlaps(citation.quote, span) for citation in citations for span in spans)
