"""Which situations of Tabell 1 do the cases hold? Row × who asks × edition × wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import ConsentRow, Edition, EditionStatus
from evals.model import Case, Scored

NO_ROW = 0
ROLES = {
    "BHV-sjuksköterska": r"bhv|bvc|barnhälsovård|sjuksköt|ssk|dsk|distriktssk|nurse",
    "Barnmorska": r"barnmorsk|\bbm\b|mvc|mhv|bmm|midwife",
    "Förskollärare": r"förskol|fskl?\b|pedagog|preschool",
    "Socionom": r"socionom|kurator|socialsekr|socialrådg|\bsoc\b|social worker",
}
OTHER_ROLE = "Tredje person eller okänd"
# The first group whose tag a case has is its wording.
WORDINGS = {
    "engelska": ("english",),
    "flera turer": ("followup", "three-turns", "changed-fact", "new-question"),
    "fakta saknas": ("missing-fact", "missing", "asker-unknown", "employer-unknown", "profession-unknown"),
    "nekande": ("negation",),
    "telegram": ("telegram", "short", "jargon"),
    "slarvigt": ("sloppy", "typos"),
    "berättelse": ("story",),
    "formellt": ("formal",),
}
OTHER_WORDING = "vardagligt"
_ASKER = re.compile(r"\b(?:jag|i am|i'm|i work)\b[^.?!]{0,60}", re.IGNORECASE)


@dataclass(slots=True)
class Cell:
    """How many situations, and how many of those asked are right."""

    total: int = 0
    asked: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix: a row of an edition as a role asks about it."""

    edition: str
    row: int  # NO_ROW where no row applies
    role: str
    cells: Mapping[str, Cell]  # wording group -> cell


def wording_names() -> tuple[str, ...]:
    """Return the wording groups, in the matrix' order."""
    return (*WORDINGS, OTHER_WORDING)


def coverage_lines(
    cases: Sequence[Case], results: Iterable[Scored], editions: Mapping[str, Edition]
) -> list[Line]:
    """Return a line for every row and each role that the row concerns, with or without situations."""
    by_id = {result.case.id: result for result in results}
    table: dict[tuple[str, int, str], dict[str, Cell]] = defaultdict(
        lambda: {name: Cell() for name in wording_names()}
    )
    for case in cases:
        if case.suite != "tabell1" or case.kind != "consent":
            continue
        for row in case.rows or (NO_ROW,):
            _count(table[(_edition(case, editions), row, asker_role(case))][wording(case)], case, by_id)
    lines = []
    for id_, edition in editions.items():
        concerned = {row.number: _roles(row) for row in edition.consent_table}
        for row in (*concerned, NO_ROW):
            for role in (*ROLES, OTHER_ROLE):
                cells = table[id_, row, role]
                if role in concerned.get(row, ROLES) or any(cell.total for cell in cells.values()):
                    lines.append(Line(id_, row, role, cells))
    return lines


def asker_role(case: Case) -> str:
    """Return who asks: by the profile, else by the first profession after "jag"."""
    if case.profile and case.profile.role:
        return case.profile.role
    said = " . ".join([*(turn.content for turn in case.turns if turn.role == "user"), case.question])
    for match in _ASKER.finditer(said):
        places = {name: re.search(words, match[0], re.IGNORECASE) for name, words in ROLES.items()}
        found = {name: place.start() for name, place in places.items() if place}
        if found:
            return min(found, key=lambda name: found[name])
    return OTHER_ROLE


def wording(case: Case) -> str:
    """Return the wording group of the case."""
    tags = set(case.tags)
    return next((name for name, words in WORDINGS.items() if tags & set(words)), OTHER_WORDING)


def _roles(row: ConsentRow) -> set[str]:
    """The row's two professions, as the profile writes them."""
    names = {profession.value for profession in row.first.professions | row.second.professions}
    return {role for role in ROLES if role in names or role.lower() in names}


def _count(cell: Cell, case: Case, by_id: Mapping[str, Scored]) -> None:
    cell.total += 1
    result = by_id.get(case.id)
    if result is None:
        return
    cell.asked += 1
    cell.right += result.right
    if not result.right:
        cell.wrong.append(case.id)


def _edition(case: Case, editions: Mapping[str, Edition]) -> str:
    if case.edition:
        return case.edition
    superseded = [i for i, e in editions.items() if e.status is EditionStatus.SUPERSEDED]
    in_force = [i for i, e in editions.items() if e.status is EditionStatus.IN_FORCE]
    return (superseded if superseded and "superseded_edition" in (case.warnings or ()) else in_force)[0]
