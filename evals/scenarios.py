"""The quiz's consent scenarios as cases: one set of situations for quiz, tests and evals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evals.cases import build_case
from evals.errors import CaseFault
from evals.model import Case
from evals.yaml_file import LinedList, load_yaml

_CASE_KEYS = (
    "question",
    "turns",
    "profile",
    "edition",
    "status",
    "verdicts",
    "rows",
    "evidence",
    "evidence_any",
    "must",
    "must_not",
    "warnings",
)
_REQUIRED = ("id", "question", "verdicts", "rows")


def scenario_cases(path: Path, faults: list[CaseFault]) -> list[Case]:
    """Return the scenarios of one file that carry a consent situation, as cases of suite tabell1.

    The file is a list of mappings (or a mapping with the list under ``scenarios``); those with
    ``id``, ``question``, ``verdicts`` (or ``verdict``) and ``rows`` are taken, others belong to
    the quiz alone. Faults are appended with file and line.
    """
    data = load_yaml(path, faults)
    entries: Any = data.get("scenarios") if isinstance(data, Mapping) else data
    if entries is None:
        return []
    if not isinstance(entries, LinedList):
        faults.append(CaseFault(path.name, 1, repr(entries)[:60], "a list of scenarios"))
        return []
    cases = []
    for entry, line in zip(entries, entries.lines, strict=True):
        raw = _as_case(entry) if isinstance(entry, Mapping) else None
        if raw is not None:
            case = build_case(raw, path.name, line, lambda _loc: None, faults)
            cases += [case] if case else []
    return cases


def scenario_files(corpus_dir: Path) -> Iterable[Path]:
    """Return the scenario files of the corpus, in name order."""
    return sorted((corpus_dir / "scenarios").glob("*.yaml"))


def _as_case(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    data = dict(entry)
    if "verdict" in data and "verdicts" not in data:
        data["verdicts"] = data["verdict"] if isinstance(data["verdict"], list) else [data["verdict"]]
    if any(key not in data for key in _REQUIRED):
        return None
    raw = {key: data[key] for key in _CASE_KEYS if key in data}
    tags = [*data.get("tags", []), "scenario"]
    return raw | {
        "id": f"scenario-{data['id']}",
        "suite": "tabell1",
        "kind": "consent",
        "tags": tags,
        "split": data.get("split", "dev"),
    }
