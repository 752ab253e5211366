"""The items that Tabell 1 gives: each row's situations, with a fact changed or taken away.

The keys follow from the parsed rows here; the tests hold every one of them against the consent
engine. A distractor's verdict differs from the key's, or it is the same verdict for a reason that
the facts contradict. The verdicts on offer are mixed alike whatever the key is, so that counting
them tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import product

from assistant.quiz import Choice, Item, Source, Theme
from assistant.quiz_reasons import (
    STATEMENTS,
    VERDICTS,
    Reason,
    contradicted,
    decisive_fact,
    doubtful,
    why_wrong,
)
from assistant.quiz_wording import tell, wordings
from assistant.types import ConsentRow, Edition, Employer, Facts, Party, Profession, RowParty, Verdict

_HEALTH = (Employer.REGION, Employer.PRIVATE)
_CHOICES = 4
_BRANCHES = "oavsett om de är under samma nämnd"


@dataclass(frozen=True, slots=True)
class Case:
    """One situation, its key and the row to quote, before it is put into words."""

    id: str
    row: ConsentRow
    facts: Facts
    key: Reason
    levels: tuple[int, ...]  # difficulties that the situation is asked at
    rows: tuple[int, ...]  # the rows that decide; empty where a row's condition isn't met


def generated_items(edition: Edition) -> tuple[Item, ...]:
    """Return every item that the edition's Tabell 1 gives, each in all its wordings."""
    return tuple(
        _item(case, edition, level, wording)
        for case in cases(edition)
        for level in case.levels
        for wording in range(wordings(level))
    )


def cases(edition: Edition) -> tuple[Case, ...]:
    """Return every situation of the edition's Tabell 1, each once, with its key."""
    unique: dict[Facts, Case] = {}
    for row in edition.consent_table:
        for case in (*_complete(row), *_missing(row), *_employer_unknown(row, edition.consent_table)):
            mirrored = replace(case.facts, asker=case.facts.other, other=case.facts.asker)
            if case.facts not in unique and mirrored not in unique:
                unique[case.facts] = case
    return tuple(unique.values())


def choices(name: str, key: Reason, level: int, facts: Facts | None) -> tuple[Choice, ...]:
    """Return the key and three distractors from the neighbouring rows, in no telling order.

    ``name`` settles which of the possible distractors are taken. Without facts every distractor
    has another verdict than the key.
    """
    taken, wrong, open_places = [key], _wrong(key, facts), list(_mixture(name, level))
    open_places.remove(VERDICTS[key])
    for wanted in open_places:
        fitting = [reason for reason in wrong if VERDICTS[reason] is wanted and reason not in taken]
        if fitting and len(taken) < _CHOICES:
            taken.append(min(fitting, key=lambda reason: _order(name, reason)))
    return tuple(
        Choice(STATEMENTS[reason], reason is key, "" if reason is key else why_wrong(reason, facts))
        for reason in sorted(taken, key=lambda reason: _order(f"{name}|place", reason))
    )


def reason_of(row: ConsentRow) -> Reason:
    """Return why a row's outcome is what it is, as its cells have it."""
    if row.outcome is Verdict.NO_UNAUTHORISED_DISCLOSURE:
        return Reason.PRIVATE
    if row.outcome is Verdict.CONSENT_NOT_REQUIRED:
        return Reason.SAME_BOARD if "same_board" in row.outcome_requires else Reason.SAME_UNIT
    if not row.first.employers & row.second.employers:
        return Reason.HUVUDMAN
    return Reason.UNIT if row.same_unit is False else Reason.BRANCH


def _complete(row: ConsentRow) -> Iterator[Case]:
    """Yield the row's situations with all facts known, and those where its condition isn't met."""
    for facts in _situations(row):
        yield _case(row, facts, reason_of(row), (1, 2), (row.number,))
        if "same_unit" in row.outcome_requires:
            yield _case(row, replace(facts, same_unit=False), Reason.UNIT, (1, 2), ())
        if "same_board" in row.outcome_requires:
            yield _case(row, replace(facts, same_board=False), Reason.BOARD, (1, 2), ())
        if row.outcome is Verdict.CONSENT_REQUIRED and row.same_board is False:
            yield _case(row, replace(facts, same_board=True), Reason.BRANCH, (2,), ())
        if row.care_relation_exception:
            yield _case(row, replace(facts, care_relation=True), Reason.INNER, (1, 2), (row.number,))


def _missing(row: ConsentRow) -> Iterator[Case]:
    """Yield the row's situations with the deciding fact, or one that doesn't decide, left out."""
    for facts in _situations(row):
        if "same_unit" in row.outcome_requires:
            yield _case(row, replace(facts, same_unit=None), Reason.ASK_UNIT, (3,), (row.number,))
        if "same_board" in row.outcome_requires:
            yield _case(row, replace(facts, same_board=None), Reason.ASK_BOARD, (3,), (row.number,))
        if row.care_relation_exception:
            unplaced = replace(facts, same_family_centre=None, same_unit=None, care_relation=None)
            yield _case(row, unplaced, Reason.ASK_UNIT, (3,), (row.number,))
        if row.same_board is False:
            yield _case(row, replace(facts, same_board=None), Reason.BRANCH, (3,), (row.number,))
        if row.outcome is Verdict.NO_UNAUTHORISED_DISCLOSURE and facts.same_family_centre:
            yield _case(row, replace(facts, same_family_centre=None), Reason.PRIVATE, (3,), (row.number,))


def _employer_unknown(row: ConsentRow, table: Iterable[ConsentRow]) -> Iterator[Case]:
    """Yield situations at one family centre in which the other's employer isn't said."""
    for facts in _situations(row):
        if facts.other.employer not in _HEALTH or not facts.same_family_centre:
            continue
        profession = facts.other.profession
        unknown = Facts(facts.asker, Party(profession), same_family_centre=True)
        fitting = [_fitting(replace(unknown, other=Party(profession, each)), table) for each in _HEALTH]
        if not all(fitting):
            continue
        rows = tuple(sorted({found.number for found in fitting if found}))
        outcomes = {found.outcome for found in fitting if found}
        key = Reason.ASK_EMPLOYER if len(outcomes) > 1 else reason_of(row)
        yield _case(row, unknown, key, (3,), rows)


def _situations(row: ConsentRow) -> Iterator[Facts]:
    """Yield the row's complete facts: each pair of parties, at one family centre and apart."""
    centres = (True,) if row.same_family_centre else (False,) if row.same_unit is False else (True, False)
    for first, second, centre in product(_parties(row.first), _parties(row.second), centres):
        municipal = first.employer is second.employer is Employer.MUNICIPALITY
        yield Facts(
            first,
            second,
            same_family_centre=centre,
            same_unit=True if "same_unit" in row.outcome_requires else row.same_unit,
            same_board=True if "same_board" in row.outcome_requires else row.same_board,
            care_relation=False if row.care_relation_exception else None,
            same_huvudman=True if municipal else None,
        )


def _parties(cell: RowParty) -> list[Party]:
    professions = sorted(cell.professions, key=list(Profession).index)
    employers = sorted(cell.employers, key=list(Employer).index)
    return [Party(profession, employer) for profession, employer in product(professions, employers)]


def _fitting(facts: Facts, table: Iterable[ConsentRow]) -> ConsentRow | None:
    """Return the first row at one family centre whose parties are these two, read both ways."""
    for row in table:
        if row.same_unit is False:
            continue
        for one, two in ((row.first, row.second), (row.second, row.first)):
            if (
                facts.asker.profession in one.professions
                and facts.asker.employer in one.employers
                and facts.other.profession in two.professions
                and facts.other.employer in two.employers
            ):
                return row
    return None


def _case(row: ConsentRow, facts: Facts, key: Reason, levels: tuple[int, ...], rows: tuple[int, ...]) -> Case:
    known = "".join(
        {True: "j", False: "n", None: "-"}[value]
        for value in (facts.same_family_centre, facts.same_unit, facts.same_board, facts.care_relation)
    )
    parties = "+".join(
        f"{(party.profession or '?')[:4]}.{(party.employer or '?')[:3]}"
        for party in (facts.asker, facts.other)
    )
    return Case(f"rad{row.number}:{parties}:{known}".replace(" ", ""), row, facts, key, levels, rows)


def _item(case: Case, edition: Edition, level: int, wording: int) -> Item:
    name = f"{case.id}:{level}.{wording}"
    drawn = tuple(
        replace(choice, why=decisive_fact(case.key, case.facts)) if choice.right else choice
        for choice in choices(name, case.key, level, case.facts)
    )
    return Item(
        id=name,
        theme=Theme.TABLE,
        difficulty=level,
        edition=edition.id,
        story=tell(case.facts, level, wording),
        choices=drawn,
        source=_source(case, edition),
        decisive=decisive_fact(case.key, case.facts),
        case=case.id,
        verdicts=(VERDICTS[case.key],),
        rows=case.rows,
        facts=case.facts,
    )


def _source(case: Case, edition: Edition) -> Source:
    passages = {passage.id: passage for block in edition.blocks for passage in block.passages}
    if case.key is Reason.BRANCH and case.facts.same_board:
        found = next((passage for passage in passages.values() if _BRANCHES in passage.text), None)
        if found is not None:
            return Source(found.section, found.text)
    section = passages[case.row.passage].section
    return Source(section, case.row.cells[2], case.row.number)


def _wrong(key: Reason, facts: Facts | None) -> list[Reason]:
    """Return the reasons that are wrong beside a key: another verdict, or contradicted by facts."""
    other = [reason for reason in Reason if VERDICTS[reason] is not VERDICTS[key]]
    if facts is None:
        return other
    same = [reason for reason in Reason if VERDICTS[reason] is VERDICTS[key] and reason is not key]
    kept = other + [reason for reason in same if contradicted(reason, key, facts)]
    return [reason for reason in kept if not doubtful(reason, facts)]


def _mixture(name: str, level: int) -> tuple[Verdict, ...]:
    """Return the verdicts to offer beside the key's own, most wanted first."""
    required, free = Verdict.CONSENT_REQUIRED, Verdict.CONSENT_NOT_REQUIRED
    private, depends = Verdict.NO_UNAUTHORISED_DISCLOSURE, Verdict.DEPENDS
    last: tuple[Verdict, ...]
    if level == 3:
        last = (free, private) if _coin(name) else (private, free)
        return (depends, required, depends, *last, required, free)
    last = (private, depends, free) if _coin(name) else (depends, private, free)
    return (required, free, required, *last)


def _coin(name: str) -> bool:
    return blake2b(name.encode(), digest_size=1).digest()[0] % 2 == 0


def _order(name: str, reason: Reason) -> bytes:
    return blake2b(f"{name}|{reason}".encode(), digest_size=8).digest()
