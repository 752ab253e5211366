"""What a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Edition
from evals.baseline import Baseline
from evals.gate import GateResult
from evals.store import Run


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What a report is made of; everything but the run and the editions is optional."""

    run: Run
    editions: Mapping[str, Edition]
    gate: GateResult | None = None
    baseline: Baseline | None = None
    beside: Run | None = None  # the same cases on the other engine
    against: Run | None = None  # an earlier run to compare with, answers side by side
