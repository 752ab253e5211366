"""What known facts leave open: every situation ("world") that they allow. Pure.

Decides who can be employed by whom, and which of samma familjecentral, enhet and nämnd are
possible and matter; says nothing of consent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from assistant.types import Employer, Facts, Party, Profession

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
