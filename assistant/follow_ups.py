"""What a short later turn refers to: the question that the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ranker import ANSWERABLE
from assistant.types import Hit, Turn
from assistant.vocabulary import tokenize

_OPENERS = frozenset("""och o å men då fast and but so ok okej jaha aha hm mm samt""".split())
_ANAPHORS = frozenset("""det den de dem dom då där dit detta denna dessa dess it that they them""".split())
_FILLERS = frozenset(
    """vad är hur vem var när vilka vilken vilket kan får ska måste gäller och om men det den då de i
    på av för att jag vi du ni man också även något någon mer mycket många står säger sa gör göra
    finns har lite ju väl så sen alltså egentligen menas menar menade tack the is what who how many
    where does do of va d e å o dej mej förklara kortare enklare
    stod gällde sades löd förr förut tidigare gamla nya enligt vägledning vägledningen år""".split()
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
_SILENT = re.compile(
    r"\b(säger vägledningen inte|står inte i|säger inte|framgår inte|svarar inte på|does not say)\b",
    re.IGNORECASE,
)
_MAX_WORDS = 9
_FEW = 4  # content words: so short a question may still be about what came before
_LEANING, _STANDING = 1.5, 0.6
_AGAIN = 0.1  # a probability: what was answered a turn ago needs less of it than the ranker's threshold
_ITSELF, _ON_AVERAGE = 0.45, 0.36  # probabilities; calibrated on the development conversations


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look up for a turn.

    ``query`` stands on its own; ``context`` is the query together with the question before it,
    "" where there is none. ``weight`` says how much the context counts beside the query.
    """

    query: str
    context: str = ""
    weight: float = 0.0
    short: bool = False  # the reader wants it shorter
    again: bool = False  # what was answered a turn ago is asked about once more ("var står det?")


def resolve(question: str, history: Sequence[Turn]) -> Topic:
    """The question with what it leans on from earlier turns; itself where it stands alone."""
    earlier = [t.content for t in history if t.role == "user" and t.content.strip()]
    if not earlier:
        return Topic(question)
    topic = _last_standing_alone(earlier)
    leans = leans_on_history(question)
    if leans:
        short = bool(_SHORTER.search(question))
        if short or _ONLY_WHERE.search(question) or _content_words(question) == 0:
            return Topic(topic, short=short, again=_answered(history))
    if leans or _content_words(question) <= _FEW:
        return Topic(question, f"{topic} {question}", _LEANING if leans else _STANDING)
    return Topic(question)


def _answered(history: Sequence[Turn]) -> bool:
    """Whether the latest turn of the assistant's told something, and not that nothing is said."""
    said = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    return bool(said.strip()) and not _SILENT.search(said)


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


def answered_again(hits: list[Hit]) -> bool:
    """Whether what was answered before is found once more, be it in the other edition."""
    return bool(hits) and hits[0].features[ANSWERABLE] >= _AGAIN


def answers_in_context(alone: list[Hit], together: list[Hit]) -> bool:
    """Whether so short a turn is answered: surer than a whole question has to be, by itself and on
    the average of both look-ups ("och vad tjänar hon?" finds whatever was spoken of before)."""
    itself, both = alone[0].features[ANSWERABLE], together[0].features[ANSWERABLE]
    return itself >= _ITSELF and (itself + both) / 2 >= _ON_AVERAGE


def merge(alone: list[Hit], together: list[Hit], weight: float) -> list[Hit]:
    """The hits of a turn by itself and in its context, best first; scores add up to at most 1."""
    total: dict[str, float] = {}
    for hits, share in ((alone, 1 / (1 + weight)), (together, weight / (1 + weight))):
        for hit in hits:
            total[hit.block.id] = total.get(hit.block.id, 0.0) + share * hit.score
    by_id = {hit.block.id: hit for hit in (*alone, *together)}
    best = sorted(total, key=lambda id_: -total[id_])
    return [replace(by_id[id_], score=total[id_]) for id_ in best]
