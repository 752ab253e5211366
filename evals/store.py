"""Run folders: what was run, every output, the scores and the numbers, as files."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.fingerprint import corpus_fingerprint
from assistant.settings import PROJECT_ROOT, Settings
from evals.errors import RunError
from evals.model import Case, Output, Score, Scored
from evals.summary import Summary, summarise

RUNS_DIR = Path(__file__).parent / "runs"
CONFIG, CASES, OUTPUTS, SCORES, SUMMARY = (
    "config.json",
    "cases.jsonl",
    "outputs.jsonl",
    "scores.jsonl",
    "summary.json",
)


@dataclass(frozen=True, slots=True)
class RunConfig:
    """What a run was made of."""

    started: str  # UTC, ISO 8601
    label: str  # "all", or the suites joined with "+"; "-part" added when split or filtered
    suites: tuple[str, ...]
    split: str | None
    filters: tuple[str, ...]
    jobs: int
    engine: str
    chat_model: str
    embedding_model: str
    corpus: str  # corpus_fingerprint()
    code: str  # digest of assistant/*.py
    commit: str
    python: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back, or just made."""

    path: Path
    config: RunConfig
    results: tuple[Scored, ...]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.name

    def summary(self) -> Summary:
        """Return the run's numbers."""
        return summarise(self.results)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases a run takes, and on which engine."""

    engine: str
    suites: tuple[str, ...] = ()
    split: str | None = None
    filters: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """ "all" or the suites; "-part" when a split or filter leaves some of them out."""
        return ("+".join(self.suites) or "all") + ("-part" if self.split or self.filters else "")


def make_config(settings: Settings, chosen: Selection, jobs: int) -> RunConfig:
    """Return the configuration of a run that starts now."""
    return RunConfig(
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        label=chosen.label,
        suites=chosen.suites,
        split=chosen.split,
        filters=chosen.filters,
        jobs=jobs,
        engine=chosen.engine,
        chat_model=settings.chat_model if chosen.engine == "llm" else "",
        embedding_model=settings.embedding_model,
        corpus=corpus_fingerprint(settings.corpus_dir),
        code=_code_digest(PROJECT_ROOT),
        commit=_commit(PROJECT_ROOT),
        python=platform.python_version(),
    )


def write_run(path: Path, config: RunConfig, results: Sequence[Scored]) -> Run:
    """Write the run's files into the folder (made when missing) and return the run."""
    path.mkdir(parents=True, exist_ok=True)
    _write_json(path / CONFIG, asdict(config))
    _write_lines(
        path / CASES, (result.case.model_dump(mode="json") | _place(result.case) for result in results)
    )
    _write_lines(path / OUTPUTS, (asdict(result.output) for result in results))
    _write_lines(path / SCORES, map(_score_line, results))
    _write_json(path / SUMMARY, summarise(results).as_dict())
    return Run(path, config, tuple(results))


def read_run(path: Path) -> Run:
    """Return the run of a folder. Raises RunError when it isn't one or a file is broken."""
    try:
        config = TypeAdapter(RunConfig).validate_json((path / CONFIG).read_bytes())
        cases = [TypeAdapter(Case).validate_json(line) for line in _lines(path / CASES)]
        outputs = [TypeAdapter(Output).validate_json(line) for line in _lines(path / OUTPUTS)]
        scores = [json.loads(line) for line in _lines(path / SCORES)]
    except OSError as error:
        raise RunError(f"{path} är ingen körning ({error.strerror}: {error.filename}).") from error
    except (ValidationError, ValueError) as error:
        raise RunError(f"{path}: en fil går inte att läsa ({str(error).splitlines()[0]}).") from error
    if [line["id"] for line in scores] != [case.id for case in cases]:
        raise RunError(f"{path}: {SCORES} hör inte till {CASES}. Kör: python -m evals rescore {path}")
    results = map(_scored, cases, outputs, scores)
    return Run(path, config, tuple(results))


def find_run(name: str | None, runs_dir: Path = RUNS_DIR) -> Path:
    """Return the folder of a run by path or by name, the newest for None. Raises RunError."""
    if name is not None:
        for candidate in (Path(name), runs_dir / name):
            if (candidate / CONFIG).is_file():
                return candidate
        raise RunError(f"Hittar ingen körning {name!r}. Körningar ligger i {runs_dir}.")
    runs = [path.parent for path in runs_dir.glob(f"*/{CONFIG}")]
    if not runs:
        raise RunError(f"Det finns ingen körning i {runs_dir}. Gör en: python -m evals run")
    return max(runs, key=lambda path: (path / CONFIG).stat().st_mtime_ns)


def new_run_folder(config: RunConfig, runs_dir: Path = RUNS_DIR) -> Path:
    """Return a folder name that isn't taken: time, label and engine."""
    stamp = config.started.replace("-", "").replace(":", "")[:15]
    path = base = runs_dir / f"{stamp}-{config.label}-{config.engine}"
    number = 2
    while path.exists():
        path, number = base.with_name(f"{base.name}-{number}"), number + 1
    return path


def _place(case: Case) -> dict[str, Any]:
    return {"file": case.file, "line": case.line}


def _score_line(result: Scored) -> dict[str, Any]:
    return {
        "id": result.case.id,
        "right": result.right,
        "scores": [asdict(score) for score in result.scores],
        "measured": [asdict(score) for score in result.measured],
        "relevant": list(result.relevant),
        "judged": asdict(result.judged) if result.judged else None,
    }


def _scored(case: Case, output: Output, line: dict[str, Any]) -> Scored:
    return Scored(
        case,
        output,
        tuple(Score(**score) for score in line["scores"]),
        tuple(Score(**score) for score in line["measured"]),
        tuple(line["relevant"]),
        Score(**line["judged"]) if line["judged"] else None,
    )


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def _code_digest(root: Path) -> str:
    total = hashlib.sha256()
    for path in sorted((root / "assistant").rglob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _commit(root: Path) -> str:
    """Return the commit that is checked out, "" outside a repository or before the first commit."""
    command = ["git", "-C", str(root), "rev-parse", "--short=12", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
