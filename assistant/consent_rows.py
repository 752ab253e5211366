"""World × Tabell 1 → outcome: what the rows, or else the principle of "Huvudman", say of one
situation with nothing left open. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.consent_worlds import World
from assistant.types import ConsentRow, Employer, Profession, RowParty, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guideline says of one world; verdict None is "it doesn't say"."""

    verdict: Verdict | None
    rows: tuple[int, ...]  # that carry the verdict; empty when the principle does
    failed: tuple[int, ...] = ()  # rows for these parties whose condition isn't met
    by_exception: bool = False  # row 3's vårdrelation


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
    if not (straight or turned) or _of_two_municipalities(world):
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


def _of_two_municipalities(world: World) -> bool:
    # "Anställd av kommun", both times: rows 5 and 6 are about one municipality and its nämnder.
    return world.asker[1] is world.other[1] is Employer.MUNICIPALITY and not world.same_huvudman


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
