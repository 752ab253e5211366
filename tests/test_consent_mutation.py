"""Break any one thing that was read from a row of Tabell 1, and a check fails.

The checks are the reduced enumeration of known parties against the second reading: the verdict,
the rows that carry it, and which rows' exception is told.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from second_reading import carrying_rows, right_verdicts

from assistant.consent import decide
from assistant.types import ConsentRow, Edition, Employer, Facts, Party, Profession, RowParty, Verdict
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ROWS = [("2024", n) for n in range(1, 9)] + [("2018", n) for n in range(1, 8)]

# Breaks that change nothing, and why. Not listed: the fields edition, passage and cells, on which
# no finding rests; test_consent_table holds them against the text.
TWO_HUVUDMEN = "consent is required at any family centre; a unit is never shared"
NO_BOARD = "a nämnd is never asked for where the municipality isn't the employer of both"
TOLD_TWICE = "the row's other cell demands it as well"
HARMLESS: dict[tuple[int, str, object], str] = {
    **{(row, "same_family_centre", value): TWO_HUVUDMEN for row in (2, 7) for value in (False, None)},
    **{(row, "same_unit", False): TWO_HUVUDMEN for row in (2, 7)},
    **{(row, "same_board", False): NO_BOARD for row in (1, 2, 3, 4, 7, 8)},
    **{(row, "same_unit", True): TOLD_TWICE for row in (1, 4)},
    (5, "same_board", None): TOLD_TWICE,
    (5, "outcome_requires", frozenset()): TOLD_TWICE,
}


@lru_cache(maxsize=1)
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


Situation = tuple[Facts, frozenset[Verdict | None], frozenset[tuple[int, ...]] | None]


@lru_cache(maxsize=2)
def situations(name: str) -> list[Situation]:
    """Known parties, with the verdicts and the rows that are right for them."""
    employers = (Employer.REGION, Employer.PRIVATE, Employer.MUNICIPALITY)
    parties = [Party(p, e) for p, e in product(Profession, employers) if p is not Profession.OTHER]
    parties += [Party(Profession.OTHER, employer, "tandvården") for employer in Employer]
    out = []
    for a, b in combinations_with_replacement(parties, 2):
        for centre, unit, board, care in product((True, False), *[(True, False, None)] * 2, (None, True)):
            facts = Facts(a, b, centre, unit, board, care)
            out.append((facts, right_verdicts(facts, name), carrying_rows(facts, name)))
    return out


@lru_cache(maxsize=1)
def nearest_first(name: str, number: int) -> list[Situation]:
    """The same, those first whose parties are the row's, or nearly: there a break of it shows soonest."""
    row = editions()[name].consent_table[number - 1]
    professions = row.first.professions | row.second.professions
    employers = row.first.employers | row.second.employers

    def strangeness(situation: Situation) -> int:
        parties = (situation[0].asker, situation[0].other)
        return sum((p.profession not in professions) + (p.employer not in employers) for p in parties)

    return sorted(situations(name), key=strangeness)


def complaint(edition: Edition, among: list[Situation]) -> str:
    """The first thing that a check finds wrong, "" if nothing."""
    for facts, verdicts, rows in among:
        finding = decide(facts, edition)
        if finding.verdict not in verdicts:
            return f"verdict {finding.verdict}: {facts}"
        if finding.verdict is not None and rows is not None and finding.rows not in rows:
            return f"rows {finding.rows}, not {set(rows)}: {facts}"
        if facts.care_relation is None and finding.exception_rows != tuple(r for r in finding.rows if r == 3):
            return f"exceptions {finding.exception_rows}: {facts}"
        if finding.failed_rows not in failing_rows(facts):
            return f"failed rows {finding.failed_rows}: {facts}"
    return ""


def failing_rows(facts: Facts) -> set[tuple[int, ...]]:
    """What may be told as rows for these very parties whose condition isn't met."""
    parties = {(p.profession, p.employer) for p in (facts.asker, facts.other)}
    nurse, midwife = (Profession.BHV_NURSE, Employer.REGION), (Profession.MIDWIFE, Employer.REGION)
    if parties == {nurse}:
        row, met = 1, facts.same_unit
    elif parties == {nurse, midwife}:
        row, met = 4, facts.same_unit
    elif parties == {(Profession.PRESCHOOL_TEACHER, Employer.MUNICIPALITY)}:
        row, met = 5, facts.same_board
    else:
        return {()}
    if facts.same_unit or met is None:
        return {(), (row,)}
    return {(row,)} if met is False and facts.same_family_centre else {()}


def breaks(row: ConsentRow) -> Iterator[tuple[str, object]]:
    """Every field that a verdict rests on, with each wrong value it could have been read as."""
    for side in ("first", "second"):
        for party in broken_parties(getattr(row, side)):
            yield side, party
    for field in ("same_family_centre", "same_unit", "same_board"):
        yield from ((field, value) for value in (True, False, None) if value is not getattr(row, field))
    for verdict in (
        Verdict.CONSENT_REQUIRED,
        Verdict.CONSENT_NOT_REQUIRED,
        Verdict.NO_UNAUTHORISED_DISCLOSURE,
    ):
        if verdict is not row.outcome:
            yield "outcome", verdict
    for demand in ("same_unit", "same_board"):
        if row.outcome_requires or row.outcome is Verdict.CONSENT_NOT_REQUIRED:
            yield "outcome_requires", row.outcome_requires ^ {demand}
    yield "care_relation_exception", not row.care_relation_exception
    yield "number", row.number + 20


def broken_parties(party: RowParty) -> Iterator[RowParty]:
    for profession in Profession:
        if changed := party.professions ^ {profession}:
            yield RowParty(changed, party.employers)
        if len(party.professions) == 1 and profession not in party.professions:
            yield RowParty(frozenset({profession}), party.employers)
    for employer in (Employer.REGION, Employer.PRIVATE, Employer.MUNICIPALITY):
        if changed_employers := party.employers ^ {employer}:
            yield RowParty(party.professions, changed_employers)
        if len(party.employers) == 1 and employer not in party.employers:
            yield RowParty(party.professions, frozenset({employer}))


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_the_checks_accept_the_table_as_it_was_read(name: str) -> None:
    # Prevents checks that complain of everything, and so notice every break.
    assert complaint(editions()[name], situations(name)) == ""


@pytest.mark.parametrize(("name", "number"), ROWS)
def test_a_broken_row_is_noticed(name: str, number: int) -> None:
    # Prevents a misread condition, outcome or party that no test would see.
    edition = editions()[name]
    row = edition.consent_table[number - 1]
    unnoticed = []
    for field, value in breaks(row):
        if (number, field, value) in HARMLESS:
            continue
        table = list(edition.consent_table)
        table[number - 1] = replace(row, **{field: value})
        broken = replace(edition, consent_table=tuple(table))
        if not complaint(broken, nearest_first(name, number)):
            unnoticed.append((field, value))
    assert not unnoticed, f"rad {number}: {unnoticed}"


@pytest.mark.parametrize(("name", "number"), ROWS)
def test_a_missing_row_is_noticed(name: str, number: int) -> None:
    # Prevents a row that never decides anything.
    edition = editions()[name]
    table = tuple(row for row in edition.consent_table if row.number != number)
    assert complaint(replace(edition, consent_table=table), nearest_first(name, number))
