"""What a later turn refers to, and whether what was answered before is found again."""

import pytest

from assistant.follow_ups import Topic, resolve
from assistant.replies import NOT_IN_GUIDELINE
from assistant.types import Turn

ASKED = "Får samordnaren vara chef?"
TOLD = "Rollen är inte knuten till en viss profession."


def said(question: str, told: str = TOLD) -> Topic:
    return resolve(question, [Turn("user", ASKED), Turn("assistant", told)])


@pytest.mark.parametrize("question", ["var står det?", "Hur var det 2018?", "kan du förklara kortare?"])
def test_what_is_asked_about_once_more_was_answered(question: str) -> None:
    # Prevents "det säger vägledningen inte" about what was just quoted.
    topic = said(question)
    assert (topic.query, topic.again) == (ASKED, True)


@pytest.mark.parametrize("told", [NOT_IN_GUIDELINE, "Det står inte i vägledningen.", ""])
def test_what_was_not_answered_is_no_surer_the_second_time(told: str) -> None:
    # Prevents an answer to "var står det?" where nothing stood.
    assert not said("var står det?", told).again


@pytest.mark.parametrize("question", ["och vad tjänar hon?", "Vem utser styrgruppen i en ny kommun?"])
def test_a_new_question_is_judged_by_itself(question: str) -> None:
    # Prevents a follow-up about something else from riding on the answer before it.
    assert not said(question).again
