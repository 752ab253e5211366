"""Baselines: the small summary of a blessed run that later runs are held against."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.errors import RunError
from evals.model import Scored
from evals.store import Run

BASELINES_DIR = Path(__file__).parent / "baselines"
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """How one case went in the blessed run."""

    digest: str  # Case.digest(): a case that was changed since isn't compared
    right: bool
    failed: tuple[str, ...]  # names of the failed scores, the measured ones included


@dataclass(frozen=True, slots=True)
class Baseline:
    """A blessed run in small."""

    run: str
    label: str
    engine: str
    corpus: str
    commit: str
    retrieval: dict[str, float]
    cases: dict[str, CaseRecord]


def make_baseline(run: Run) -> Baseline:
    """Return the run in small.

    Raises RunError for a run that may not be a baseline: a part of a suite, or with dangerous answers.
    """
    config = run.config
    dangerous = [result.case.id for result in run.results if result.dangerous]
    if config.split or config.filters:
        raise RunError(
            f"{run.name} är bara en del (--split eller --filter). Kör hela sviten och godkänn den."
        )
    if dangerous:
        raise RunError(f"{run.name} har farliga svar och kan inte godkännas: {', '.join(dangerous[:5])}.")
    retrieval = {name: round(interval.value, 4) for name, interval in run.summary().retrieval.items()}
    cases = {result.case.id: _record(result) for result in run.results}
    return Baseline(run.name, config.label, config.engine, config.corpus, config.commit, retrieval, cases)


def write_baseline(baseline: Baseline, folder: Path = BASELINES_DIR) -> Path:
    """Write the baseline, one case a line so that a diff can be read, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = baseline_path(baseline.label, baseline.engine, folder)
    head = {key: value for key, value in asdict(baseline).items() if key != "cases"}
    lines = [
        f"  {json.dumps(id_)}: {json.dumps(asdict(record), ensure_ascii=False)}"
        for id_, record in sorted(baseline.cases.items())
    ]
    text = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    path.write_text(text + ',\n "cases": {\n' + ",\n".join(lines) + "\n }\n}\n", encoding="utf-8")
    return path


def read_baseline(label: str, engine: str, folder: Path = BASELINES_DIR) -> Baseline:
    """Return the label's own baseline, else that of the whole set. Raises RunError."""
    for name in (label.removesuffix("-part"), WHOLE):
        path = baseline_path(name, engine, folder)
        if path.is_file():
            try:
                return TypeAdapter(Baseline).validate_json(path.read_bytes())
            except ValidationError as error:
                raise RunError(f"{path}: ingen läsbar baslinje ({error.errors()[0]['msg']}).") from error
    raise RunError(
        f"Det finns ingen baslinje för {label} ({engine}) i {folder}. "
        "Godkänn en körning: python -m evals bless"
    )


def baseline_path(label: str, engine: str, folder: Path = BASELINES_DIR) -> Path:
    """Return the file of a label's baseline: the llm engine has its own."""
    return folder / (f"{label}.json" if engine == "grounded" else f"{label}-{engine}.json")


def comparable(results: Sequence[Scored], baseline: Baseline) -> list[tuple[Scored, CaseRecord]]:
    """Return the results that the baseline knows with the same question and expectations."""
    pairs = ((result, baseline.cases.get(result.case.id)) for result in results)
    return [(result, record) for result, record in pairs if record and record.digest == result.case.digest()]


def _record(result: Scored) -> CaseRecord:
    failed = [score.name for score in (*result.scores, *result.measured) if not score.passed]
    return CaseRecord(result.case.digest(), result.right, tuple(failed))
