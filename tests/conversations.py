"""Conversations for the tests: user and assistant in turn, read against the real vocabulary."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.consent import decide
from assistant.conversation import Situation, read_conversation
from assistant.facts import Reading
from assistant.types import Edition, Party, Turn, Verdict
from assistant.vocabulary import Vocabulary
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The edition in force."""
    return next(e for e in load_corpus(CORPUS) if e.id == "2024")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary as it stands."""
    return Vocabulary.load(CORPUS / "vocabulary.toml")


def decisive(reading: Reading) -> str:
    """The fact that the assistant would ask for."""
    return decide(reading.facts()[0], edition()).decisive


def converse(*contents: str, known: Party = Party()) -> Situation:
    """User and assistant in turn, the user first; the last is the question."""
    *earlier, question = contents
    history = [Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(earlier)]
    return read_conversation(question, history, known, vocabulary(), decisive)


def other(situation: Situation) -> Party:
    """The only recipient."""
    (party,) = situation.reading.others
    return party


def verdicts(situation: Situation) -> list[Verdict | None]:
    """What the table says of each recipient."""
    return [decide(facts, edition()).verdict for facts in situation.reading.facts()]
