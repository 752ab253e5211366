"""A run in numbers: how many are right, per score, suite and tag, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from evals.model import Scored
from evals.retrieval_metrics import retrieval_metrics
from evals.scorers import TITLES
from evals.scorers.verdict import verdict_name
from evals.statistics import Interval, wilson

Matrix = dict[tuple[str, str], int]  # (expected, given) -> cases


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of one run."""

    cases: int
    right: Interval
    dangerous: tuple[str, ...]  # case ids
    crashed: tuple[str, ...]  # case ids
    scores: dict[str, Interval] = field(default_factory=dict)  # share that passed, where checked
    suites: dict[str, Interval] = field(default_factory=dict)  # share of right cases
    retrieval: dict[str, Interval] = field(default_factory=dict)
    latency: dict[str, float] = field(default_factory=dict)  # p50, p95, max in milliseconds

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return asdict(self)


def summarise(results: Sequence[Scored]) -> Summary:
    """Return the run's numbers; a crash counts as wrong and as a failure of every gating score."""
    return Summary(
        cases=len(results),
        right=wilson(sum(result.right for result in results), len(results)),
        dangerous=tuple(result.case.id for result in results if result.dangerous),
        crashed=tuple(result.case.id for result in results if result.output.answer is None),
        scores=_score_shares(results),
        suites=_suite_shares(results),
        retrieval=retrieval_metrics(results),
        latency=_latency(results),
    )


def verdict_matrix(results: Sequence[Scored]) -> Matrix:
    """Return how often each verdict was given where which was expected."""
    return _matrix((r.case.verdicts, verdict_name(r.output.answer)) for r in results if r.output.answer)


def status_matrix(results: Sequence[Scored]) -> Matrix:
    """Return how often each status was given where which was expected."""
    return _matrix((r.case.status, r.output.answer.status.value) for r in results if r.output.answer)


def _matrix(pairs: Iterable[tuple[Sequence[str] | None, str]]) -> Matrix:
    """An acceptable outcome counts on the diagonal; another against the first acceptable one."""
    counts: Counter[tuple[str, str]] = Counter()
    for accepted, given in pairs:
        if accepted:
            counts[(given if given in accepted else accepted[0], given)] += 1
    return dict(counts)


def _score_shares(results: Sequence[Scored]) -> dict[str, Interval]:
    passed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for result in results:
        for score in (*result.scores, *result.measured):
            asked[score.name] += 1
            passed[score.name] += score.passed
    names = [name for name in TITLES if asked[name] and name != "latency"]
    return {name: wilson(passed[name], asked[name]) for name in names}


def _suite_shares(results: Sequence[Scored]) -> dict[str, Interval]:
    right: dict[str, list[bool]] = {}
    for result in results:
        right.setdefault(result.case.suite, []).append(result.right)
    return {suite: wilson(sum(found), len(found)) for suite, found in sorted(right.items())}


def _latency(results: Sequence[Scored]) -> dict[str, float]:
    values = [result.output.answer.latency_ms for result in results if result.output.answer]
    if not values:
        return {}
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": float(p50), "p95": float(p95), "max": float(max(values))}
