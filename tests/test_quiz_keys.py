"""Every item that Tabell 1 can give, held against the consent engine, which was written apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.consent import decide
from assistant.quiz import Item
from assistant.quiz_items import generated_items
from assistant.quiz_reasons import STATEMENTS, VERDICTS, Reason
from assistant.types import Edition, Employer, Facts, Party, Verdict
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
REASONS = {text: reason for reason, text in STATEMENTS.items()}
# The fact that each "Det går inte att säga förrän du vet …" asks for, with its possible values.
ASKED = {
    Reason.ASK_UNIT: ("same_unit", (True, False)),
    Reason.ASK_BOARD: ("same_board", (True, False)),
    Reason.ASK_EMPLOYER: ("other", tuple(Employer)[:3]),
}


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module", params=["2024", "2018"])
def edition(request, editions) -> Edition:
    return editions[request.param]


@pytest.fixture(scope="module")
def items(edition) -> tuple[Item, ...]:
    return generated_items(edition)


def test_every_key_is_the_engines_verdict(items, edition):
    # Prevents a quiz that teaches another rule than the assistant answers with.
    wrong = [
        (item.id, item.verdicts[0], decide(item.facts, edition).verdict)
        for item in items
        if decide(item.facts, edition).verdict is not item.verdicts[0]
    ]
    assert not wrong, wrong


def test_every_quoted_row_is_one_that_the_engine_uses(items, edition):
    # Prevents feedback that shows a row which doesn't decide the situation.
    for item in items:
        finding = decide(item.facts, edition)
        if item.rows:
            assert set(item.rows) & set(finding.rows), (item.id, item.rows, finding.rows)
        else:
            # The row whose condition isn't met, or the sentence on verksamhetsgrenar.
            quoted = item.source.table_row
            assert quoted is None or quoted in finding.failed_rows, (item.id, finding)


def test_no_distractor_has_the_engines_verdict_for_a_true_reason(items, edition):
    # Prevents a second right choice: another verdict, or the same for a reason that is false.
    seen = 0
    for item in items:
        verdict = decide(item.facts, edition).verdict
        for choice in item.choices:
            reason = REASONS[choice.text]
            if choice.right:
                assert VERDICTS[reason] is verdict, item.id
            elif VERDICTS[reason] is verdict:
                seen += 1
                assert is_false(reason, item.facts, edition), (item.id, reason)
    assert seen > 20


def is_false(reason: Reason, facts: Facts, edition: Edition) -> bool:
    """Whether a reason can't be the one in this situation, told by the facts and the engine alone."""
    employers = (facts.asker.employer, facts.other.employer)
    if reason is Reason.HUVUDMAN:
        return employers[0] is employers[1] is not None and Employer.PRIVATE not in employers
    if reason is Reason.BRANCH:
        return set(employers) != {Employer.MUNICIPALITY}
    if reason is Reason.BOARD:
        return set(employers) != {Employer.MUNICIPALITY} or facts.same_board is True
    if reason in ASKED:
        return not separates(reason, facts, edition)
    return reason is Reason.ASK_LISTED and set(employers) != {Employer.REGION}


def separates(reason: Reason, facts: Facts, edition: Edition) -> bool:
    """Whether telling the fact that is asked for gives different verdicts."""
    name, values = ASKED[reason]
    if name == "other":
        if facts.other.employer is not None:
            return False
        told = [replace(facts, other=Party(facts.other.profession, value)) for value in values[::2]]
    else:
        if getattr(facts, name) is not None:
            return False
        told = [replace(facts, **{name: value}) for value in values]
    verdicts = {decide(each, edition).verdict for each in told}
    return len(verdicts) > 1


def test_a_missing_fact_that_is_asked_for_separates_the_outcomes(items, edition):
    # Prevents a key that asks for something which changes nothing.
    asked = [item for item in items if item.verdicts == (Verdict.DEPENDS,)]
    assert asked
    for item in asked:
        assert separates(REASONS[item.choices[item.right].text], item.facts, edition), item.id


def test_every_row_of_the_table_is_asked_about_at_every_difficulty_it_has(items, edition):
    # Prevents a row that parsing knows and the quiz leaves out.
    for level in (1, 2):
        rows = {row for item in items if item.difficulty == level for row in item.rows}
        assert rows == {row.number for row in edition.consent_table}


def test_ids_and_stories_are_unique_and_choices_are_four_with_one_right(items):
    # Prevents the same question twice in a quiz, and items without a key.
    assert len({item.id for item in items}) == len(items)
    assert len({item.story for item in items}) > 0.95 * len(items)
    for item in items:
        assert len(item.choices) == 4, item.id
        assert len({choice.text for choice in item.choices}) == 4, item.id
        assert sum(choice.right for choice in item.choices) == 1, item.id


def test_the_quote_of_every_item_stands_in_the_edition(items, edition):
    # Prevents a citation that the reader can't find.
    for item in items:
        assert item.source.quote in edition.text, item.id
        assert any(section.path == item.source.section for section in edition.sections), item.id
