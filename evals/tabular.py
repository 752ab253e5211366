"""Cases as a table (CSV or XLSX) for people who don't write YAML, there and back.

One row a case. Cells with several values have one value a line; alternatives in ``must`` are
separated by " / "; an earlier turn is "user: …" or "assistant: …" and ends at the next one.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from evals.cases import build_case
from evals.errors import CaseFault, CaseFaults, RunError
from evals.model import Case

COLUMNS = (
    "id",
    "suite",
    "kind",
    "question",
    "repeat_times",
    "turns",
    "role",
    "employer",
    "edition",
    "status",
    "verdicts",
    "rows",
    "section",
    "evidence",
    "evidence_any",
    "must",
    "must_not",
    "warnings",
    "tags",
    "split",
)
_LISTS = ("status", "verdicts", "evidence", "evidence_any", "must_not", "warnings", "tags")
_NO_ROWS = "inga"
_FORMULA = re.compile(r"^[=+\-@\t]|^'")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def export_cases(cases: Sequence[Case], path: Path) -> None:
    """Write the cases to a .csv or .xlsx file. Raises RunError for another ending."""
    rows = [_cells(case) for case in cases]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerows([COLUMNS, *rows])
    elif path.suffix == ".xlsx":
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "fall"
        for row in (COLUMNS, *rows):
            sheet.append(list(row))
        sheet.freeze_panes = "B2"
        book.save(path)
    else:
        raise RunError(f"{path.name}: väntade en fil som slutar på .csv eller .xlsx.")


def import_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a .csv or .xlsx file. Raises CaseFaults with file and row of each fault."""
    lines = _read_csv(path) if path.suffix == ".csv" else _read_xlsx(path)
    header = [cell.strip() for cell in next(iter(lines), [])]
    faults: list[CaseFault] = []
    unknown = [name for name in header if name and name not in COLUMNS]
    missing = [name for name in ("id", "suite", "kind", "question", "split") if name not in header]
    if unknown or missing:
        found = f"the unknown columns {unknown}" if unknown else f"no column {missing}"
        raise CaseFaults([CaseFault(path.name, 1, found, f"the columns {', '.join(COLUMNS)}")])
    cases = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        cells = dict(zip(header, map(_unescape, line), strict=False))
        case = build_case(_raw(cells), path.name, number, lambda _loc: None, faults)
        if case:
            cases.append(case)
    if faults:
        raise CaseFaults(faults)
    return tuple(cases)


def write_yaml(cases: Sequence[Case], path: Path) -> None:
    """Write the cases of one suite as a case file that a person can go on editing.

    Raises RunError when they belong to several suites (a case file holds one).
    """
    suites = sorted({case.suite for case in cases})
    if len(suites) != 1:
        raise RunError(f"{path.name}: fallen hör till flera sviter ({', '.join(suites)}); dela upp dem.")
    parts = [f"suite: {suites[0]}", "cases:"]
    for case in cases:
        data = case.model_dump(mode="json", exclude={"suite"}, exclude_defaults=True)
        data.setdefault("question", case.question)
        data["must"] = [item[0] if len(item) == 1 else item for item in data.get("must", [])]
        parts.append("\n".join(_yaml_lines(data)))
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _yaml_lines(data: Mapping[str, Any]) -> Iterable[str]:
    """Every value is written as JSON, which is YAML: no quoting rule to get wrong."""
    lead = "  - "
    for key, value in data.items():
        if value is None or (value == [] and key != "rows"):
            continue
        nested = isinstance(value, list) and key in ("evidence", "evidence_any", "turns", "must") and value
        if nested:
            yield f"{lead}{key}:"
            yield from (f"      - {json.dumps(item, ensure_ascii=False)}" for item in value)
        else:
            yield f"{lead}{key}: {json.dumps(value, ensure_ascii=False)}"
        lead = "    "


def _cells(case: Case) -> list[str]:
    values: dict[str, str] = {
        "id": case.id,
        "suite": case.suite,
        "kind": case.kind,
        "question": case.repeat.text if case.repeat else case.question,
        "repeat_times": str(case.repeat.times) if case.repeat else "",
        "turns": "\n".join(f"{turn.role}: {turn.content}" for turn in case.turns),
        "role": (case.profile and case.profile.role) or "",
        "employer": (case.profile and case.profile.employer) or "",
        "edition": case.edition or "",
        "rows": "" if case.rows is None else ", ".join(map(str, case.rows)) or _NO_ROWS,
        "section": case.section or "",
        "must": "\n".join(" / ".join(words) for words in case.must),
        "split": case.split,
    }
    for name in _LISTS:
        values[name] = "\n".join(getattr(case, name) or ())
    return [_escape(values[name]) for name in COLUMNS]


def _raw(cells: Mapping[str, str]) -> dict[str, Any]:
    raw: dict[str, Any] = {name: cells[name] for name in ("id", "suite", "kind", "split") if name in cells}
    question, times = cells.get("question", ""), cells.get("repeat_times", "").strip()
    if times:
        raw["repeat"] = {"text": question, "times": times}
    raw["question"] = "" if times else question
    for name in _LISTS:
        if cells.get(name):
            raw[name] = cells[name].split("\n")
    for name in ("edition", "section"):
        raw[name] = cells.get(name) or None
    if cells.get("must"):
        raw["must"] = [line.split(" / ") for line in cells["must"].split("\n")]
    profile = {name: cells[name] for name in ("role", "employer") if cells.get(name)}
    raw |= {"profile": profile} if profile else {}
    raw |= {"turns": _turns(cells["turns"])} if cells.get("turns") else {}
    rows = cells.get("rows", "").strip()
    raw["rows"] = None if not rows else [] if rows == _NO_ROWS else [row.strip() for row in rows.split(",")]
    return raw


def _turns(cell: str) -> list[dict[str, str]]:
    pieces = re.split(r"(?:^|\n)(user|assistant): ", cell)
    return [{"role": role, "content": text} for role, text in zip(pieces[1::2], pieces[2::2], strict=True)]


def _escape(text: str) -> str:
    """Guard against formulas in spreadsheets and characters that a cell can't hold."""
    text = _UNSAFE.sub(lambda m: "".join(f"_x{ord(c):04X}_" for c in m[0][:1]) + m[0][1:], text)
    return f"'{text}" if _FORMULA.match(text) else text


def _unescape(text: str) -> str:
    text = text[1:] if text.startswith("'") else text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _read_csv(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: går inte att läsa som UTF-8 ({error}).") from error
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _read_xlsx(path: Path) -> list[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, KeyError, ValueError) as error:
        raise RunError(f"{path}: går inte att läsa som .xlsx ({error}).") from error
    sheet = book.worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
