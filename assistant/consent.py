"""Facts × Tabell 1 → finding. Pure: no text of the question, no model, no I/O.

Unknown facts are left open: every situation ("world") that the known facts allow is read off
the table, and the finding says what all of them agree on, or which fact separates them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from assistant.types import ConsentRow, Edition, Employer, Facts, Party, Profession, RowParty, Verdict

HEALTH = (Profession.BHV_NURSE, Profession.MIDWIFE)
MUNICIPAL = (Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER)
_EMPLOYERS: dict[Profession, tuple[Employer, ...]] = {
    Profession.BHV_NURSE: (Employer.REGION, Employer.PRIVATE),
    Profession.MIDWIFE: (Employer.REGION, Employer.PRIVATE),
    Profession.PRESCHOOL_TEACHER: (Employer.MUNICIPALITY,),
    Profession.SOCIAL_WORKER: (Employer.MUNICIPALITY,),
    Profession.OTHER: (Employer.OTHER,),
}
FACT_NAMES = (
    "asker.employer",
    "other.employer",
    "asker.profession",
    "other.profession",
    "same_unit",
    "same_board",
)
_PARTY_FACTS = FACT_NAMES[:4]


@dataclass(frozen=True, slots=True)
class World:
    """One situation with nothing left open."""

    asker: tuple[Profession, Employer]
    other: tuple[Profession, Employer]
    same_family_centre: bool
    same_unit: bool
    same_board: bool
    same_huvudman: bool
    same_branch: bool
    care_relation: bool

    def value(self, fact: str) -> object:
        """The value of one of FACT_NAMES in this world."""
        match fact:
            case "asker.profession":
                return self.asker[0]
            case "asker.employer":
                return self.asker[1]
            case "other.profession":
                return self.other[0]
            case "other.employer":
                return self.other[1]
            case "same_unit":
                return self.same_unit
            case _:
                return self.same_board


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guideline says of one world; verdict None is "it doesn't say"."""

    verdict: Verdict | None
    rows: tuple[int, ...]  # that carry the verdict; empty when the principle does
    failed: tuple[int, ...] = ()  # rows for these parties whose condition isn't met
    by_exception: bool = False  # row 3's vårdrelation


@dataclass(frozen=True, slots=True)
class Alternative:
    """What holds for one value of the fact that separates the outcomes."""

    value: object
    verdict: Verdict | None  # DEPENDS where this value alone doesn't settle it
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the table says of the facts, and why."""

    facts: Facts
    verdict: Verdict | None  # None: the guideline doesn't say
    rows: tuple[int, ...]  # all rows that still fit, the deciding first
    failed_rows: tuple[int, ...]
    by_principle: bool  # at least one possibility rests on the principle, not on a row
    decisive: str  # the fact that separates, or that would change the verdict; "" if none
    alternatives: tuple[Alternative, ...]
    assumed: tuple[str, ...]
    exception_rows: tuple[int, ...]  # rows whose vårdrelation exception wasn't mentioned
    by_exception: bool


def decide(facts: Facts, edition: Edition) -> Finding:
    """The finding for one pair of parties by the edition's own table (design: all rows that the
    facts don't exclude; they agree: the verdict; they don't: depends)."""
    table = edition.consent_table
    read = [(w, read_world(w, table)) for w in worlds(facts)]
    open_party = facts.asker.profession is None or facts.other.profession is None
    verdicts = {o.verdict for _, o in read}
    if verdicts == {Verdict.CONSENT_REQUIRED, None}:
        verdicts = {Verdict.CONSENT_REQUIRED}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.DEPENDS
    decisive = _decisive(read, open_party) if verdict is Verdict.DEPENDS else ""
    rows = _ordered(read, verdict)
    return Finding(
        facts=facts,
        verdict=verdict,
        rows=rows,
        failed_rows=tuple(r for r in _unique(o.failed for _, o in read) if r not in rows),
        by_principle=any(not o.rows for _, o in read),
        decisive=decisive or _would_change(facts, edition, verdict),
        alternatives=_alternatives(read, decisive) if decisive else (),
        assumed=_assumed(facts),
        exception_rows=_exceptions(rows, facts, table),
        by_exception=any(o.by_exception for _, o in read),
    )


# --------------------------------------------------------------------------- reading the table


def read_world(world: World, table: tuple[ConsentRow, ...]) -> Outcome:
    """What the table, or else the principle of "Huvudman", says of one situation."""
    fitting = [row for row in table if _fits(row, world)]
    if world.care_relation:
        excepted = tuple(r.number for r in fitting if r.care_relation_exception)
        elsewhere = not world.same_unit and not world.same_family_centre
        if excepted and elsewhere and world.same_huvudman:
            return Outcome(Verdict.CONSENT_NOT_REQUIRED, excepted, by_exception=True)
    met = [row for row in fitting if _met(row, world)]
    failed = tuple(row.number for row in fitting if not _met(row, world))
    if met:
        strictest = min((row.outcome for row in met), key=_strictness)
        rows = tuple(r.number for r in met if r.outcome is strictest)
        return Outcome(strictest, rows, failed)
    return Outcome(_principle(world), (), failed)


def _strictness(verdict: Verdict) -> int:
    order = (Verdict.CONSENT_REQUIRED, Verdict.NO_UNAUTHORISED_DISCLOSURE, Verdict.CONSENT_NOT_REQUIRED)
    return order.index(verdict)


def _fits(row: ConsentRow, world: World) -> bool:
    straight = _in(world.asker, row.first) and _in(world.other, row.second)
    turned = _in(world.asker, row.second) and _in(world.other, row.first)
    if not (straight or turned):
        return False
    if row.same_family_centre is not None and row.same_family_centre != world.same_family_centre:
        return _place_is_beside_the_point(row, world)
    if row.same_unit is False and world.same_unit:
        return False
    if row.same_board is False and world.same_board:
        return False
    if row.outcome is Verdict.CONSENT_NOT_REQUIRED:
        return True  # what is demanded and lacking is told: _met
    return not ((row.same_unit and not world.same_unit) or (row.same_board and not world.same_board))


def _place_is_beside_the_point(row: ConsentRow, world: World) -> bool:
    # Rows that demand consent because the huvudmän differ say "samma familjecentral" of the
    # situation they describe; at another one the same difference holds, and so does the demand.
    differ = world.asker[1] is not world.other[1]
    return differ and row.outcome is Verdict.CONSENT_REQUIRED


def _met(row: ConsentRow, world: World) -> bool:
    if row.outcome is not Verdict.CONSENT_NOT_REQUIRED:
        return True
    if world.asker[1] is not world.other[1] or not world.same_huvudman:
        return False
    if ("same_unit" in row.outcome_requires or row.same_unit) and not world.same_unit:
        return False
    return not (
        ("same_board" in row.outcome_requires or row.same_board)
        and not (world.same_board and world.same_branch)
    )


def _in(party: tuple[Profession, Employer], cell: RowParty) -> bool:
    return party[0] in cell.professions and party[1] in cell.employers


def _principle(world: World) -> Verdict | None:
    """No row: consent is sought first between huvudmän, enheter, nämnder and verksamhetsgrenar
    (section "Huvudman"); within one and the same the guideline doesn't say."""
    (job, employer), (other_job, other_employer) = world.asker, world.other
    if employer is not other_employer or not world.same_huvudman:
        return Verdict.CONSENT_REQUIRED
    if Profession.OTHER in (job, other_job):
        return None if world.same_unit else Verdict.CONSENT_REQUIRED
    if employer is Employer.MUNICIPALITY:
        apart = job is not other_job or not world.same_board or not world.same_branch
        return Verdict.CONSENT_REQUIRED if apart else None
    if employer is Employer.PRIVATE:
        return None if world.same_unit else Verdict.CONSENT_REQUIRED
    return None if world.same_unit else Verdict.CONSENT_REQUIRED


# --------------------------------------------------------------------- what the facts leave open


def worlds(facts: Facts) -> Iterator[World]:
    """Every situation that the facts allow."""
    for a, b in product(_jobs(facts.asker), _jobs(facts.other)):
        if not _employers_possible(facts, a, b):
            continue
        for centre, unit, board in _places(facts, a, b):
            yield World(
                a,
                b,
                centre,
                unit,
                board,
                same_huvudman=a[1] is b[1] and facts.same_huvudman is not False,
                same_branch=facts.same_branch is not False,
                care_relation=facts.care_relation is True,
            )


def _jobs(party: Party) -> list[tuple[Profession, Employer]]:
    professions = (party.profession,) if party.profession else (*HEALTH, *MUNICIPAL)
    out: list[tuple[Profession, Employer]] = []
    for profession in professions:
        usual = _EMPLOYERS[profession]
        if party.employer is not None:
            if party.profession is not None or party.employer in usual:
                out.append((profession, party.employer))
        else:
            left = tuple(e for e in usual if e not in party.not_employers)
            out.extend((profession, e) for e in (left or (Employer.OTHER,)))
    return out or [(Profession.OTHER, party.employer or Employer.OTHER)]


def _employers_possible(facts: Facts, a: tuple[Profession, Employer], b: tuple[Profession, Employer]) -> bool:
    """Samma enhet or samma huvudman means one employer, unless the employers were both told."""
    told = facts.asker.employer is not None and facts.other.employer is not None
    if told or Profession.OTHER in (a[0], b[0]):
        return True
    if facts.same_unit or facts.same_huvudman:
        return a[1] is b[1] or not _one_employer_possible(facts)
    return not (facts.same_huvudman is False and a[1] is b[1] is Employer.REGION)


def _one_employer_possible(facts: Facts) -> bool:
    return any(a[1] is b[1] for a, b in product(_jobs(facts.asker), _jobs(facts.other)))


def _places(
    facts: Facts, a: tuple[Profession, Employer], b: tuple[Profession, Employer]
) -> Iterator[tuple[bool, bool, bool]]:
    """(same family centre, same unit, same board) where they matter; the family centre is
    taken to be the same unless it is said or decides."""
    one_region = a[1] is b[1] is Employer.REGION
    units = _open(facts.same_unit) if one_region else (bool(facts.same_unit),)
    boards = _open(_board(facts)) if a[1] is b[1] is Employer.MUNICIPALITY else (False,)
    for unit, board in product(units, boards):
        if facts.same_family_centre is not None:
            centres: tuple[bool, ...] = (facts.same_family_centre,)
        elif one_region and not unit:
            # Row 3's exception is about another BVC: with a vårdrelation that is what is meant.
            centres = (False,) if facts.care_relation else (True, False)
        else:
            centres = (True,)
        if unit and centres == (False,) and facts.same_unit is None:
            continue  # an enhet isn't spread over two family centres
        for centre in centres:
            yield centre or unit, unit and a[1] is b[1], board


def _board(facts: Facts) -> bool | None:
    if facts.same_huvudman is False:
        return False
    return True if facts.same_board is None and facts.same_unit else facts.same_board


def _open(value: bool | None) -> tuple[bool, ...]:
    return (True, False) if value is None else (value,)


# -------------------------------------------------------------------------- what separates them

_Read = list[tuple[World, Outcome]]


def _decisive(read: _Read, open_party: bool) -> str:
    """The fact whose answer leaves the least uncertainty about the verdict.

    As long as it isn't known who somebody is, that is asked before enhet and nämnd.
    """
    gains = {fact: _gain(read, fact) for fact in FACT_NAMES}
    if open_party and max(gains[fact] for fact in _PARTY_FACTS) > 0:
        gains = {fact: gains[fact] for fact in _PARTY_FACTS}
    best = max(gains.values())
    return next(fact for fact in gains if gains[fact] >= best - 1e-9)


def _gain(read: _Read, fact: str) -> float:
    groups: dict[object, list[Verdict | None]] = {}
    for world, outcome in read:
        groups.setdefault(world.value(fact), []).append(outcome.verdict)
    if len(groups) < 2:
        return -1.0
    total = len(read)
    before = _entropy([o.verdict for _, o in read])
    return before - sum(len(g) / total * _entropy(g) for g in groups.values())


def _entropy(verdicts: list[Verdict | None]) -> float:
    counts = Counter(verdicts)
    return -sum(n / len(verdicts) * math.log2(n / len(verdicts)) for n in counts.values())


def _alternatives(read: _Read, fact: str) -> tuple[Alternative, ...]:
    groups: dict[object, _Read] = {}
    for world, outcome in read:
        groups.setdefault(world.value(fact), []).append((world, outcome))
    out = []
    for value, part in groups.items():
        verdicts = {o.verdict for _, o in part} - {None} or {None}
        verdict = next(iter(verdicts)) if len(verdicts) == 1 else Verdict.DEPENDS
        out.append(Alternative(value, verdict, _ordered(part, verdict)))
    return tuple(out)


def _ordered(read: _Read, verdict: Verdict | None) -> tuple[int, ...]:
    """The rows that carry an outcome, in the table's order; for depends also those that would
    if their condition were met."""
    rows = _unique(o.rows for _, o in read)
    if verdict is Verdict.DEPENDS and not rows:
        rows = _unique(o.failed for _, o in read)
    return tuple(sorted(rows))


def _unique(groups: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for group in groups for number in group))


def _would_change(facts: Facts, edition: Edition, verdict: Verdict | None) -> str:
    """The single fact that, were it otherwise, would change this verdict; "" if none would."""
    if verdict in (None, Verdict.DEPENDS):
        return ""
    jobs = (facts.asker.profession, facts.other.profession)
    if all(job in HEALTH for job in jobs):
        employers = (facts.asker.employer, facts.other.employer)
        return "same_unit" if employers == (Employer.REGION, Employer.REGION) else "other.employer"
    if all(job is Profession.PRESCHOOL_TEACHER for job in jobs):
        return "same_board"
    return "other.profession" if edition.consent_table else ""


def _assumed(facts: Facts) -> tuple[str, ...]:
    out = []
    for party in (facts.asker, facts.other):
        if party.profession in MUNICIPAL and party.employer is None:
            out.append(f"{party.profession.value}:municipality")
    if facts.same_family_centre is None:
        out.append("same_family_centre")
    return tuple(out)


def _exceptions(rows: tuple[int, ...], facts: Facts, table: tuple[ConsentRow, ...]) -> tuple[int, ...]:
    if facts.care_relation is not None:
        return ()
    return tuple(r.number for r in table if r.number in rows and r.care_relation_exception)
