"""The gate: is a run as good as its baseline, without danger and above the thresholds?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.baseline import Baseline, comparable
from evals.errors import RunError
from evals.model import Scored
from evals.names import percent
from evals.scorers import TITLES
from evals.statistics import Interval
from evals.summary import Summary, summarise

THRESHOLDS_FILE = Path(__file__).parent / "thresholds.toml"
GREEN, RED, COULD_NOT_RUN = 0, 1, 2

FAULTS = {
    "dangerous": "Farliga svar: säger att samtycke inte behövs där det kan behövas",
    "crash": "Frågor som slutar i ett fel",
    "status": "Fel slags svar: svarar där den ska avstå eller fråga, eller tvärtom",
    "verdict": "Fel besked om samtycke",
    "row": "Fel rad i Tabell 1",
    "evidence": "Belägget saknas bland citaten",
    "section": "Fel avsnitt citeras",
    "verbatim": "Citat som inte står ordagrant i vägledningen",
    "required": "Nödvändiga ord saknas",
    "forbidden": "Förbjudna ord i svaret",
    "edition": "Fel utgåva, eller utgåvor som blandas",
    "warnings": "Varningar saknas",
    "masking": "Personuppgifter som inte maskeras",
    "retrieval": "Sökningen hittar belägget sämre",
}


class _Limits(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    dangerous_answers: int
    crashes: int
    broken_cases: int
    score_drop: float
    min_cases: int


class Thresholds(BaseModel):
    """The limits of thresholds.toml; its comments say what each means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gate: _Limits
    scores: dict[str, float]
    suites: dict[str, float]
    retrieval: dict[str, float]
    latency: dict[str, float]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why the gate is red."""

    kind: str  # a score's name, "crash", "retrieval", "latency" or "suite"
    title: str
    detail: str
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateResult:
    """The gate's decision with its reasons, the gravest first."""

    findings: tuple[Finding, ...]
    compared: int  # cases that the baseline knows unchanged
    new_failures: tuple[str, ...]  # wrong, but not in the baseline: told, not held against the run

    @property
    def exit_code(self) -> int:
        """0 as good or better, 1 not."""
        return RED if self.findings else GREEN


def read_thresholds(path: Path = THRESHOLDS_FILE) -> Thresholds:
    """Return the thresholds. Raises RunError when the file is missing or wrong."""
    try:
        return Thresholds.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise RunError(f"{path}: {str(error).splitlines()[0]}") from error


def judge_run(results: Sequence[Scored], baseline: Baseline, thresholds: Thresholds) -> GateResult:
    """Return whether the run holds against its baseline and the thresholds, and why not."""
    summary = summarise(results)
    pairs = comparable(results, baseline)
    known = {result.case.id for result, _ in pairs}
    findings = [
        *_absolute(summary, thresholds),
        *_regressions(results, baseline, thresholds),
        *_drops(results, baseline, thresholds),
        *_retrieval_drop(results, summary, baseline, thresholds),
        *_below(summary, thresholds),
    ]
    new = tuple(r.case.id for r in results if r.case.id not in known and not r.right)
    return GateResult(tuple(findings), len(known), new)


def _absolute(summary: Summary, thresholds: Thresholds) -> list[Finding]:
    found = []
    limits = thresholds.gate
    for kind, ids, limit in (
        ("dangerous", summary.dangerous, limits.dangerous_answers),
        ("crash", summary.crashed, limits.crashes),
    ):
        if len(ids) > limit:
            found.append(Finding(kind, FAULTS[kind], f"{len(ids)} fall, högst {limit} tillåts", ids))
    return found


def _regressions(results: Sequence[Scored], baseline: Baseline, thresholds: Thresholds) -> list[Finding]:
    """One finding for each score that now fails in cases that were right."""
    broken = [r for r, record in comparable(results, baseline) if record.right and not r.right]
    if len(broken) <= thresholds.gate.broken_cases:
        return []
    found = []
    for name, title in FAULTS.items():
        ids = tuple(r.case.id for r in broken if any(score.name == name for score in r.failed()))
        if ids and name != "dangerous":
            detail = f"{len(ids)} fall som var rätt i baslinjen ({baseline.run}) är fel nu"
            found.append(Finding(name, title, detail, ids))
    return sorted(found, key=lambda finding: -len(finding.case_ids))


def _drops(results: Sequence[Scored], baseline: Baseline, thresholds: Thresholds) -> list[Finding]:
    """Measured shares that fell, over the cases that both runs have."""
    pairs = comparable(results, baseline)
    found = []
    for name in ("evidence_first", "evidence_top3"):
        checked = [(r, record, score) for r, record in pairs if (score := r.score(name))]
        if not checked:
            continue
        now = sum(score.passed for _, _, score in checked) / len(checked)
        then = sum(name not in record.failed for _, record, _ in checked) / len(checked)
        if now < then - thresholds.gate.score_drop:
            ids = tuple(r.case.id for r, rec, score in checked if not score.passed and name not in rec.failed)
            found.append(Finding(name, f"Sämre: {TITLES[name]}", f"{percent(then)} → {percent(now)}", ids))
    return found


def _retrieval_drop(
    results: Sequence[Scored], summary: Summary, baseline: Baseline, thresholds: Thresholds
) -> list[Finding]:
    """Retrieval is only compared over the same cases: its baseline values are means."""
    if {result.case.id for result in results} != set(baseline.cases):
        return []
    return [
        Finding(
            "retrieval",
            FAULTS["retrieval"],
            f"{name}: {percent(then)} → {percent(summary.retrieval[name].value)}",
        )
        for name, then in baseline.retrieval.items()
        if name in summary.retrieval and summary.retrieval[name].value < then - thresholds.gate.score_drop
    ]


def _below(summary: Summary, thresholds: Thresholds) -> list[Finding]:
    groups: tuple[tuple[str, Mapping[str, Interval], Mapping[str, float]], ...] = (
        ("", summary.scores, thresholds.scores),
        ("suite", summary.suites, thresholds.suites),
        ("retrieval", summary.retrieval, thresholds.retrieval),
    )
    found = []
    for kind, values, limits in groups:
        for name, limit in limits.items():
            interval = values.get(name)
            if interval and interval.n >= thresholds.gate.min_cases and interval.value < limit:
                title = f"Under gränsen: {TITLES.get(name, name)}"
                detail = f"{percent(interval.value)} av {interval.n}, gränsen är {percent(limit)}"
                found.append(Finding(kind or name, title, detail))
    for name, limit_ms in thresholds.latency.items():
        if summary.latency.get(name, 0.0) > limit_ms:
            title = f"Över gränsen: svarstid {name}"
            found.append(
                Finding("latency", title, f"{summary.latency[name]:.0f} ms, gränsen är {limit_ms:.0f}")
            )
    return found
