"""What a short later turn refers to: the question that the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Turn
from assistant.vocabulary import tokenize

_OPENERS = frozenset("""och men då fast and but so ok okej jaha aha hm mm samt""".split())
_ANAPHORS = frozenset("""det den de dem dom då där dit detta denna dessa dess it that they them""".split())
_FILLERS = frozenset(
    """vad är hur vem var när vilka vilken vilket kan får ska måste gäller och om men det den då de i
    på av för att jag vi du ni man också även något någon mer mycket många står säger sa gör göra
    finns har lite ju väl så sen alltså egentligen menas menar menade tack the is what who how many
    where does do of förklara kortare enklare""".split()
)
_ONLY_WHERE = re.compile(
    r"^\W*(och\s+)?(var|vart|vilket avsnitt|vilken sida|i vilket avsnitt|på vilken sida|where)\b"
    r".*(står|finns|hittar|läsa|sida|avsnitt|say|stand)",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"\b(kortare|kort version|sammanfatta|enklare|i korthet|kortfattat|med andra ord"
    r"|shorter|simpler|summari[sz]e)\b",
    re.IGNORECASE,
)
_MAX_WORDS = 9


@dataclass(frozen=True, slots=True)
class Topic:
    """The question to look up, and whether the reader wants it shorter."""

    query: str
    short: bool = False
    continued: bool = False


def resolve(question: str, history: Sequence[Turn]) -> Topic:
    """The question with what it leans on from earlier turns; itself where it stands alone."""
    earlier = [t.content for t in history if t.role == "user" and t.content.strip()]
    if not earlier or not leans_on_history(question):
        return Topic(question, short=False)
    topic = _last_standing_alone(earlier)
    short = bool(_SHORTER.search(question))
    if short or _ONLY_WHERE.search(question) or _content_words(question) == 0:
        return Topic(topic, short=short, continued=True)
    return Topic(f"{topic} {question}", continued=True)


def leans_on_history(question: str) -> bool:
    """Whether a turn can't be understood without the one before it."""
    words = [t.lower for t in tokenize(question) if t.text[0].isalnum()]
    if not words:
        return True
    if _SHORTER.search(question) and len(words) <= _MAX_WORDS:
        return True
    if _ONLY_WHERE.search(question) and _content_words(question) <= 1:
        return True
    if words[0] in _OPENERS and len(words) <= _MAX_WORDS + 3:
        return True
    if len(words) <= _MAX_WORDS and _ANAPHORS & set(words) and _content_words(question) <= 2:
        return True
    return _content_words(question) <= 1 and len(words) <= 5


def _content_words(question: str) -> int:
    words = [t.lower for t in tokenize(question) if t.text[0].isalpha()]
    return sum(w not in _FILLERS for w in words)


def _last_standing_alone(earlier: list[str]) -> str:
    for text in reversed(earlier):
        if not leans_on_history(text):
            return text
    return earlier[0]
