"""What the server does with a question or a judgement, without Gradio and without a browser."""

import json
import logging

import pytest
from fake_assistant import FakeAssistant

from assistant.feedback import FeedbackStore
from assistant.pages.chat_events import ChatEvents
from assistant.pages.chat_memory import Memory
from assistant.pages.chat_words import CRASHED

PERSONNUMMER = "191212121212"


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def events(fake: FakeAssistant) -> ChatEvents:
    return ChatEvents(fake, FeedbackStore("sqlite://"), 200)


def test_an_answer_is_an_exchange_to_append(events: ChatEvents) -> None:
    # Prevents an answer that never reaches the page,.
    reply = events.send("Hur många timmar?", "", "")
    memory = Memory.read(reply)
    assert memory.serial == 1 and 'id="fraga-1"' in memory.html
    assert memory.said.startswith("Svaret är klart")


def test_a_later_turn_carries_the_earlier_ones(events: ChatEvents, fake: FakeAssistant) -> None:
    # Prevents a follow-up option from being answered without its question.
    first = events.send("Det beror på vad?", "", "")
    events.send("Kommunen", "", first)
    question, history, _, _ = fake.asked[-1]
    assert question == "Kommunen"
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0].content == "Det beror på vad?"


def test_the_edition_in_force_leaves_the_question_free_to_name_another(
    events: ChatEvents, fake: FakeAssistant
) -> None:
    # Prevents "enligt 2018 års vägledning" from being answered out of 2024 because the switch says so.
    events.send("timmar enligt 2018?", '{"edition": "2024"}', "")
    assert fake.asked[-1][3] is None
    events.send("timmar?", '{"edition": "2018"}', "")
    assert fake.asked[-1][3] == "2018"


def test_the_profile_reaches_the_assistant(events: ChatEvents, fake: FakeAssistant) -> None:
    # Prevents chips that look chosen and change nothing.
    events.send("timmar?", '{"role": "Barnmorska", "employer": "Region Skåne"}', "")
    profile = fake.asked[-1][2]
    assert profile is not None and (profile.role, profile.employer) == ("Barnmorska", "Region Skåne")


def test_a_crash_is_said_in_swedish_and_logged_without_the_question(
    events: ChatEvents, caplog: pytest.LogCaptureFixture
) -> None:
    # Prevents a crash from passing for "the guideline doesn't say", and the question from the log.
    with caplog.at_level(logging.DEBUG):
        reply = events.send(f"krascha {PERSONNUMMER}", "", "")
    memory = Memory.read(reply)
    assert memory.error == CRASHED and memory.html == ""
    assert "RuntimeError" in caplog.text and PERSONNUMMER not in caplog.text
    assert "hemlig" not in caplog.text + reply


@pytest.mark.parametrize(
    ("question", "words"), [("  ", "Skriv en fråga"), ("x" * 201, "201"), (None, "Skriv en fråga")]
)
def test_what_cannot_be_asked_is_said_and_keeps_the_conversation(
    events: ChatEvents, question: object, words: str
) -> None:
    # Prevents a cut question from being answered, and a conversation lost to a slip.
    before = events.send("timmar?", "", "")
    reply = events.send(question, "", before)
    memory = Memory.read(reply)
    assert words in memory.error and len(memory.turns) == 1


def test_personal_data_is_in_nothing_that_goes_back(events: ChatEvents) -> None:
    # Prevents a personnummer from being shown again, or kept in the page's memory.
    reply = events.send(f"Samtycke för {PERSONNUMMER}?", "", "")
    assert PERSONNUMMER not in reply and "[personnummer]" in reply


def test_a_judgement_is_stored_with_the_answer_it_is_about(fake: FakeAssistant) -> None:
    # Prevents feedback that nobody can act on.
    store = FeedbackStore("sqlite://")
    events = ChatEvents(fake, store, 200)
    memory = events.send("Det beror på?", "", "")
    memory = events.send("Kommunen", "", memory)
    sent = {"number": 2, "helpful": False, "reason": "fel källa", "comment": f"ring {PERSONNUMMER}"}
    receipt = json.loads(events.judge(sent, memory))
    (row,) = store.all()
    assert receipt["ok"] and receipt["number"] == 2
    assert (row.question, row.helpful, row.reason) == ("Kommunen", False, "fel källa")
    assert row.rows == (2, 3) and "Tabell 1 rad 2" in row.citations[0]
    assert row.comment == "ring [personnummer]"
    assert row.history[0].content == "Det beror på?"


@pytest.mark.parametrize("sent", [None, {}, {"number": 9, "helpful": True}, {"number": "x", "helpful": 1}])
def test_a_judgement_of_nothing_is_refused_without_a_crash(events: ChatEvents, sent: object) -> None:
    # Prevents made-up judgements from entering the database.
    assert json.loads(events.judge(sent, ""))["ok"] is False


def test_the_endpoint_gives_the_contract_and_its_errors_in_swedish(events: ChatEvents) -> None:
    # Prevents a stack trace, and an object that differs from the command line's.
    from assistant.types import Profile

    assert events.as_data("timmar?", "", Profile())["status"] == "answered"
    assert events.as_data("krasch", "", Profile()) == {"error": CRASHED}
