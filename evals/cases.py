"""The case files (``evals/cases/*.yaml``) → cases, every fault with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.types import Edition, EditionStatus
from evals.errors import CaseFault, CaseFaults
from evals.matching import normal
from evals.model import Case
from evals.yaml_file import LinedList, LinedMap, line_of, load_yaml

CASES_DIR = Path(__file__).parent / "cases"
SECTION_SEPARATOR = " › "
LineOf = Callable[[Sequence[int | str]], int | None]


def load_cases(
    folder: Path, editions: Mapping[str, Edition], more: Callable[[list[CaseFault]], list[Case]] | None = None
) -> tuple[Case, ...]:
    """Return all cases of the folder's YAML files, in file order, checked against the editions.

    ``more`` reads further cases (the quiz's scenarios) and appends its faults to the list.

    Raises CaseFaults with every fault found: broken YAML, unknown keys and values, an id used
    twice, a row, section or evidence that the edition doesn't have.
    """
    faults: list[CaseFault] = []
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        cases += read_case_file(path, faults)
    cases += more(faults) if more else []
    faults += check_cases(cases, editions)
    if not cases and not faults:
        faults.append(CaseFault(str(folder), None, "no case", "at least one *.yaml with cases"))
    if faults:
        raise CaseFaults(faults)
    return tuple(cases)


def read_case_file(path: Path, faults: list[CaseFault]) -> list[Case]:
    """Return the file's readable cases; what can't be read is appended to ``faults``."""
    data = load_yaml(path, faults)
    if data is None:
        return []
    if not isinstance(data, LinedMap) or not isinstance(data.get("cases"), LinedList):
        faults.append(CaseFault(path.name, 1, "no list of cases", "`suite:` and `cases:` with a list"))
        return []
    for key, line in data.lines.items():
        if key not in ("suite", "cases"):
            faults.append(CaseFault(path.name, line, f"the unknown key {key}", "suite, cases"))
    cases = []
    for entry, line in zip(data["cases"], data["cases"].lines, strict=True):
        if not isinstance(entry, LinedMap):
            faults.append(CaseFault(path.name, line, repr(entry), "a case: a mapping with `id:`"))
            continue
        raw = {"suite": data.get("suite"), **entry}
        case = build_case(raw, path.name, line, partial(line_of, entry), faults)
        if case:
            cases.append(case)
    return cases


def build_case(
    raw: Mapping[str, Any], file: str, line: int, key_line: LineOf, faults: list[CaseFault]
) -> Case | None:
    """Return the case, or None with its faults appended; ``key_line`` finds a key's line."""
    try:
        return Case.model_validate({**raw, "file": file, "line": line})
    except ValidationError as error:
        name = raw.get("id", "?")
        for fault in error.errors():
            loc = [part for part in fault["loc"] if part not in ("file", "line")]
            found = f"{name}: {'.'.join(map(str, loc))} = {_short(fault['input'])}"
            if fault["type"] == "missing":
                found = f"{name}: no {loc[-1]}"
            elif fault["type"] == "extra_forbidden":
                found = f"{name}: the unknown key {loc[-1]}"
            faults.append(CaseFault(file, key_line(loc) or line, found, fault["msg"]))
    return None


def check_cases(cases: Sequence[Case], editions: Mapping[str, Edition]) -> list[CaseFault]:
    """Return the faults that only show against the other cases and the editions."""
    faults = list(_duplicates(cases))
    texts = {id_: [normal(block.text) for block in edition.blocks] for id_, edition in editions.items()}
    for case in cases:
        if case.edition is not None and case.edition not in editions:
            faults.append(_fault(case, f"edition {case.edition!r}", f"one of {', '.join(editions)}"))
            continue
        allowed = expected_editions(case, editions)
        faults += _wrong_rows(case, [editions[id_] for id_ in allowed])
        faults += _wrong_sections(case, [editions[id_] for id_ in allowed])
        for span in (*case.evidence, *case.evidence_any):
            if not any(normal(span) in text for id_ in allowed for text in texts[id_]):
                found = f"evidence {_short(span)}"
                expected = f"a span that stands word for word in one paragraph of {' or '.join(allowed)}"
                faults.append(_fault(case, found, expected))
    return faults


def expected_editions(case: Case, editions: Mapping[str, Edition]) -> tuple[str, ...]:
    """Return the ids of the editions that a right answer may draw on.

    A comparison draws on all; otherwise the picked edition, else the superseded ones when the
    case expects that warning, else all when the text names an older edition, else the one in force.
    """
    superseded = tuple(i for i, e in editions.items() if e.status is EditionStatus.SUPERSEDED)
    if case.kind == "comparison":
        return tuple(editions)
    if case.edition is not None:
        return (case.edition,)
    if "superseded_edition" in (case.warnings or ()):
        return superseded
    said = " ".join([case.question, *(turn.content for turn in case.turns)])
    if any(id_ in said for id_ in superseded):
        return tuple(editions)
    return tuple(id_ for id_ in editions if id_ not in superseded)


def _duplicates(cases: Iterable[Case]) -> Iterable[CaseFault]:
    seen: dict[str, Case] = {}
    for case in cases:
        if case.id in seen:
            first = seen[case.id]
            yield _fault(
                case, f"the id {case.id} again", f"an id used once (first at {first.file}:{first.line})"
            )
        seen.setdefault(case.id, case)


def _wrong_rows(case: Case, editions: Sequence[Edition]) -> Iterable[CaseFault]:
    known = {row.number for edition in editions for row in edition.consent_table}
    for row in case.rows or ():
        if row not in known:
            yield _fault(case, f"row {row}", f"a row of Tabell 1: {min(known)}-{max(known)}")


def _wrong_sections(case: Case, editions: Sequence[Edition]) -> Iterable[CaseFault]:
    if case.section is None:
        return
    known = {SECTION_SEPARATOR.join(section.path) for edition in editions for section in edition.sections}
    if case.section not in known:
        yield _fault(case, f"section {case.section!r}", "a section's path as printed, joined with ' › '")


def _fault(case: Case, found: str, expected: str) -> CaseFault:
    return CaseFault(case.file, case.line, f"{case.id}: {found}", expected)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 90 else f"{text[:87]}…'"
