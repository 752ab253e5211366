"""Facts × Tabell 1 → finding. Pure: no text of the question, no model, no I/O.

Unknown facts are left open: every situation that they allow (``consent_worlds``) is read off the
table (``consent_rows``), and the finding says what all of them agree on, or which fact separates
them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.consent_rows import Outcome, read_world
from assistant.consent_worlds import FACT_NAMES, HEALTH, MUNICIPAL, World, worlds
from assistant.types import ConsentRow, Edition, Employer, Facts, Profession, Verdict

_PARTY_FACTS = FACT_NAMES[:4]


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
