"""The optional chat model picks passages; it never writes what the reader sees."""

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.chat_model import PassageChooser
from assistant.errors import ChatModelError
from assistant.settings import Settings
from assistant.types import Block, BlockKind, Hit, Passage, PassageKind


def hit(number: int) -> Hit:
    text = f"Stycke {number}."
    passage = Passage(f"p{number}", "2024", PassageKind.SENTENCE, ("A",), text, 0, len(text), None, "b")
    return Hit(
        Block("b", "2024", BlockKind.PARAGRAPH, ("A",), text, 0, len(text), None, (passage,)), passage, 0.5
    )


HITS = [hit(1), hit(2), hit(3)]


def choose(reply: str) -> list[Hit]:
    return PassageChooser(FakeListChatModel(responses=[reply])).choose("fråga", HITS)


def test_the_model_s_order_is_followed():
    assert choose('Här: {"stycken": [3, 1, 3]}') == [HITS[2], HITS[0]]


def test_an_empty_list_says_that_nothing_answers():
    assert choose('{"stycken": []}') == []


@pytest.mark.parametrize(
    "reply", ["Samtycke behövs inte.", '{"stycken": [9]}', '{"stycken": ["1"]}', "{}", '{"stycken": 2}', ""]
)
def test_anything_else_than_numbers_of_given_passages_is_refused(reply):
    # A model's own sentence must never pass for the guideline's.
    with pytest.raises(ChatModelError):
        choose(reply)


def test_no_model_is_configured_by_default(monkeypatch):
    monkeypatch.delenv("VAGLEDAREN_CHAT_MODEL", raising=False)
    assert PassageChooser.open(Settings(_env_file=None)) is None
