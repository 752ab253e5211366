"""What must hold of every combination of facts, whatever the rows say.

``second_reading`` is an independently written reading of the guideline's text.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from second_reading import right_verdicts

from assistant.consent import decide
from assistant.types import Edition, Employer, Facts, Party, Profession, Verdict
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
EDITIONS = ("2024", "2018")
KNOWN_OR_NOT = (True, False, None)
NOT_REQUIRED = Verdict.CONSENT_NOT_REQUIRED


def party(profession: Profession | None, employer: Employer | None) -> Party:
    return Party(profession, employer, "tandvården" if profession is Profession.OTHER else "")


PARTIES = [party(*pair) for pair in product((*Profession, None), (*Employer, None))]
RELATIONS = ("same_family_centre", "same_unit", "same_board", "care_relation", "same_huvudman")


@lru_cache(maxsize=1)
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


def every_combination() -> Iterator[Facts]:
    """All parties (each pair once, in one order) × all relations: 112,995 combinations."""
    for asker, other in combinations_with_replacement(PARTIES, 2):
        for values in product(KNOWN_OR_NOT, repeat=len(RELATIONS)):
            yield Facts(asker, other, **dict(zip(RELATIONS, values, strict=True)))


def apart(facts: Facts) -> bool:
    """Two different employers, or told to be two huvudmän."""
    a, b = facts.asker.employer, facts.other.employer
    return facts.same_huvudman is False or (a is not None and b is not None and a is not b)


def explain(wrong: list[tuple[Facts, Verdict | None]]) -> str:
    lines = [f"{verdict}: {facts}" for facts, verdict in wrong[:10]]
    return f"{len(wrong)} combinations, e.g.\n" + "\n".join(lines)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_combination_of_facts_gets_a_verdict_that_the_text_allows(name: str) -> None:
    # Prevents a slip in the rules that no hand-picked situation meets; and two huvudmän that
    # would be told to share freely.
    edition = editions()[name]
    wrong, free = [], []
    for facts in every_combination():
        verdict = decide(facts, edition).verdict
        if verdict not in right_verdicts(facts, name):
            wrong.append((facts, verdict))
        if verdict is NOT_REQUIRED and apart(facts):
            free.append((facts, verdict))
    assert not free, explain(free)
    assert not wrong, explain(wrong)


@pytest.mark.parametrize("name", EDITIONS)
def test_words_that_rule_out_an_employer_are_heeded(name: str) -> None:
    # Prevents "inte privat" from leaving the private rows standing.
    edition = editions()[name]
    wrong = []
    for job, gone, other in product(Profession, Employer, PARTIES):
        facts = Facts(Party(job, not_employers=frozenset({gone})), other)
        verdict = decide(facts, edition).verdict
        if verdict not in right_verdicts(facts, name):
            wrong.append((facts, verdict))
    assert not wrong, explain(wrong)


@pytest.mark.parametrize("name", EDITIONS)
def test_the_table_reads_both_ways_round(name: str) -> None:
    # Prevents another answer when the midwife asks about the nurse than the other way round.
    edition = editions()[name]
    for facts in random.Random(3).sample(list(every_combination()), 15_000):
        there, back = decide(facts, edition), decide(swapped(facts), edition)
        assert (there.verdict, set(there.rows)) == (back.verdict, set(back.rows)), facts


def swapped(facts: Facts) -> Facts:
    return replace(facts, asker=facts.other, other=facts.asker)


known_or_not = st.sampled_from(KNOWN_OR_NOT)
any_facts = st.builds(
    Facts,
    st.sampled_from(PARTIES),
    st.sampled_from(PARTIES),
    known_or_not,
    known_or_not,
    known_or_not,
    known_or_not,
    known_or_not,
    known_or_not,
)


def additions(facts: Facts) -> list[tuple[str, object, Facts]]:
    """Every way to learn one more fact."""
    out: list[tuple[str, object, Facts]] = []
    for name in (*RELATIONS, "same_branch"):
        if getattr(facts, name) is None:
            out += [(name, value, replace(facts, **{name: value})) for value in (True, False)]
    for side in ("asker", "other"):
        known: Party = getattr(facts, side)
        if known.profession is None:
            out += [
                (f"{side}.profession", p, replace(facts, **{side: party(p, known.employer)}))
                for p in Profession
            ]
        if known.employer is None:
            out += [
                (f"{side}.employer", e, replace(facts, **{side: party(known.profession, e)}))
                for e in Employer
            ]
    return out


def contradictory(facts: Facts) -> bool:
    """Facts that can't all be true: a unit or nämnd that is one and two at a time."""
    if facts.same_unit and facts.same_family_centre is False:
        return True
    one = facts.same_unit or facts.same_board or facts.same_huvudman
    split = facts.same_huvudman is False or (facts.same_unit and facts.same_board is False)
    return bool(one and split)


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(facts=any_facts, name=st.sampled_from(EDITIONS))
def test_learning_a_fact_never_waives_consent_unless_a_row_does(facts: Facts, name: str) -> None:
    # Prevents an answer that grows more permissive the more is typed.
    edition = editions()[name]
    assume(decide(facts, edition).verdict is Verdict.CONSENT_REQUIRED)
    for fact, value, more in additions(facts):
        after = decide(more, edition)
        if after.verdict is not NOT_REQUIRED or contradictory(more):
            continue
        excepted = {row.number for row in edition.consent_table if row.care_relation_exception}
        by_row_3 = fact == "care_relation" and value is True and set(after.rows) <= excepted
        one_area = fact in ("same_unit", "same_board") and value is True and after.rows
        assert by_row_3 or one_area, f"{fact}={value} of {facts}"


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(facts=any_facts, name=st.sampled_from(EDITIONS))
def test_not_required_always_rests_on_a_row(facts: Facts, name: str) -> None:
    # Prevents permission that is derived from the principle, which only forbids.
    finding = decide(facts, editions()[name])
    if finding.verdict is NOT_REQUIRED:
        assert finding.rows and not finding.by_principle, facts


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(facts=any_facts, name=st.sampled_from(EDITIONS))
def test_a_verdict_that_depends_names_the_fact_that_separates(facts: Facts, name: str) -> None:
    # Prevents "det beror på" without saying on what, and branches that are all the same.
    finding = decide(facts, editions()[name])
    if finding.verdict is Verdict.DEPENDS:
        assert finding.decisive
        assert len({(a.verdict, a.rows) for a in finding.alternatives}) > 1, facts


@pytest.mark.parametrize("name", EDITIONS)
def test_other_verksamhetsgrenar_are_never_told_to_share(name: str) -> None:
    # Prevents one nämnd from being taken for one secrecy area (section "Huvudman").
    edition = editions()[name]
    for facts in every_combination():
        if facts.asker.employer is facts.other.employer is Employer.MUNICIPALITY:
            verdict = decide(replace(facts, same_branch=False), edition).verdict
            assert verdict is not NOT_REQUIRED, facts
