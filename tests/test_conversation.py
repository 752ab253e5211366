"""Several turns become one situation: a later turn changes only the facts that it mentions."""

import pytest
from conversations import converse, other

from assistant.types import Employer, Party, Profession

NURSE, MIDWIFE = Profession.BHV_NURSE, Profession.MIDWIFE
TEACHER, SOCIAL = Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER
FIRST = "Jag är BHV-sjuksköterska i regionen. Behöver jag samtycke för att dela med BVC-sköterskan?"


def test_a_later_turn_changes_two_facts_and_keeps_the_rest() -> None:
    # Prevents a follow-up from forgetting who asks.
    situation = converse(FIRST, "Det beror på.", "Och om hon också är anställd av regionen, på samma enhet?")
    (facts,) = situation.reading.facts()
    assert (facts.asker.profession, facts.asker.employer) == (NURSE, Employer.REGION)
    assert (facts.other.profession, facts.other.employer) == (NURSE, Employer.REGION)
    assert facts.same_unit is True
    assert situation.sharing


@pytest.mark.parametrize(
    ("asked", "reply", "employer"),
    [
        ("Det beror på. Vem är BVC-sköterskan anställd av?", "Nej, privat.", Employer.PRIVATE),
        ("Vem är mottagaren anställd av?", "regionen", Employer.REGION),
        ("Vem är kollegan anställd av?", "Privat vårdgivare", Employer.PRIVATE),
    ],
)
def test_a_bare_reply_answers_what_was_asked_about_the_other(
    asked: str, reply: str, employer: Employer
) -> None:
    # Prevents "privat" from being read as the asker's own employer.
    situation = converse(FIRST, asked, reply)
    assert other(situation).employer is employer
    assert situation.reading.asker.employer is Employer.REGION


def test_a_bare_reply_answers_what_was_asked_about_the_asker() -> None:
    # Prevents the reply to "vem är du anställd av" from landing on the colleague.
    first = "Behöver jag samtycke för att dela med BVC-sköterskan från en privat vårdgivare?"
    situation = converse(first, "Det beror på. Vem är du anställd av?", "Regionen")
    assert situation.reading.asker.employer is Employer.REGION
    assert other(situation) == Party(NURSE, Employer.PRIVATE)


@pytest.mark.parametrize(("reply", "value"), [("Ja", True), ("Nej", False), ("japp", True), ("nä", False)])
def test_yes_and_no_answer_the_question_about_the_unit(reply: str, value: bool) -> None:
    # Prevents "ja" from being a new question about nothing.
    first = "Jag är barnmorska i regionen. Får jag dela med BVC-sköterskan i regionen på familjecentralen?"
    situation = converse(first, "Det beror på. Är ni anställda vid samma enhet?", reply)
    assert situation.reading.relations.same_unit is value


@pytest.mark.parametrize(("reply", "value"), [("Ja", True), ("Nej", False)])
def test_yes_and_no_answer_the_question_about_the_board(reply: str, value: bool) -> None:
    # Prevents the reply from being taken for the unit.
    first = "Jag är förskollärare. Får jag dela med den andra förskolläraren?"
    situation = converse(first, "Det beror på. Är ni anställda inom samma nämnd?", reply)
    assert situation.reading.relations.same_board is value
    assert situation.reading.relations.same_unit is None


def test_not_knowing_is_a_reply_that_settles_nothing() -> None:
    # Prevents "vet inte" from being read as "no".
    first = "Jag är barnmorska i regionen. Får jag dela med BVC-sköterskan i regionen på familjecentralen?"
    situation = converse(first, "Är ni anställda vid samma enhet?", "Vet inte")
    assert situation.reading.relations.same_unit is None
    assert situation.sharing


def test_a_new_complete_question_starts_over() -> None:
    # Prevents facts of an earlier case from deciding the next one.
    new = "Behöver jag samtycke för att berätta för förskolläraren?"
    situation = converse(f"{FIRST} Vi är på samma enhet.", "Nej.", new)
    assert other(situation) == Party(TEACHER)
    assert situation.reading.relations.same_unit is None
    assert situation.reading.asker.profession is NURSE


def test_another_profession_drops_the_former_ones_employer() -> None:
    # Prevents "och barnmorskan då?" from inheriting the nurse's private employer.
    first = "Jag är BHV-sjuksköterska i regionen. Får jag dela med den privata BVC-sköterskan?"
    situation = converse(first, "Samtycke krävs.", "Och barnmorskan då?")
    assert other(situation) == Party(MIDWIFE)


def test_what_the_assistant_said_is_no_fact() -> None:
    # Prevents the assistant's own branches ("är du privat anställd …") from becoming facts.
    said = "Är du anställd av kommunen krävs samtycke. Är ni på samma enhet krävs det inte."
    situation = converse(FIRST, said, "Men om hon är privat?")
    assert situation.reading.asker.employer is Employer.REGION
    assert situation.reading.relations.same_unit is None
    assert other(situation).employer is Employer.PRIVATE


def test_the_profile_fills_the_asker_throughout() -> None:
    # Prevents a profile from being forgotten after the first turn.
    known = Party(SOCIAL, Employer.MUNICIPALITY)
    situation = converse(
        "Får jag berätta för barnmorskan?", "Samtycke krävs.", "Och förskolläraren?", known=known
    )
    assert situation.reading.asker == known
    assert other(situation).profession is TEACHER


def test_a_question_about_the_text_leaves_the_situation_alone() -> None:
    # Prevents "hur dokumenterar jag" from being answered with a row of the table.
    situation = converse(FIRST, "Det beror på.", "Hur länge gäller ett samtycke?")
    assert not situation.sharing
