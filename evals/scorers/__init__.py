"""One capability per file; each function takes (case, answer, editions) and gives a Score.

None means that the case doesn't check it. ``GATING`` scores make a case right or wrong;
``MEASURED`` ones are averaged, shown and held to thresholds, but don't make a case wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.types import Answer, Edition
from evals.model import Case, Score
from evals.scorers.citation import score_evidence, score_evidence_first, score_evidence_top3, score_section
from evals.scorers.dangerous import score_dangerous
from evals.scorers.edition_leak import score_edition
from evals.scorers.latency import score_latency
from evals.scorers.masking import score_masking
from evals.scorers.row import score_row
from evals.scorers.status import score_status
from evals.scorers.verbatim import score_verbatim
from evals.scorers.verdict import score_verdict
from evals.scorers.warning import score_warnings
from evals.scorers.words import score_forbidden, score_required

Scorer = Callable[[Case, Answer, Mapping[str, Edition]], Score | None]

GATING: tuple[Scorer, ...] = (
    score_dangerous,
    score_status,
    score_verdict,
    score_row,
    score_evidence,
    score_section,
    score_verbatim,
    score_required,
    score_forbidden,
    score_edition,
    score_warnings,
    score_masking,
)
MEASURED: tuple[Scorer, ...] = (score_evidence_first, score_evidence_top3, score_latency)

TITLES = {
    "dangerous": "Inget farligt svar",
    "status": "Rätt slags svar",
    "verdict": "Rätt besked om samtycke",
    "row": "Rätt rad i Tabell 1",
    "evidence": "Belägget citeras",
    "section": "Rätt avsnitt citeras",
    "verbatim": "Citaten är ordagranna",
    "required": "Nödvändiga ord finns med",
    "forbidden": "Förbjudna ord saknas",
    "edition": "Rätt utgåva",
    "warnings": "Rätt varningar",
    "masking": "Personuppgifter maskeras",
    "evidence_first": "Bästa belägget först",
    "evidence_top3": "Belägget bland de tre första",
    "latency": "Svarstid",
}


def score_answer(
    case: Case, answer: Answer, editions: Mapping[str, Edition]
) -> tuple[tuple[Score, ...], tuple[Score, ...]]:
    """Return the gating scores and the measured scores that the case asks for."""
    gating = (scorer(case, answer, editions) for scorer in GATING)
    measured = (scorer(case, answer, editions) for scorer in MEASURED)
    return tuple(s for s in gating if s), tuple(s for s in measured if s)
