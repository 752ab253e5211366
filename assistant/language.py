"""Whether a question is written in English rather than Swedish."""

from __future__ import annotations

from assistant.vocabulary import tokenize

_ENGLISH = frozenset(
    """the is are do does i my we our what who which how when where why can may must should need needs
    with of and or to for from about have has a an at in be it they she he if not share tell
    consent parents parent guideline""".split()
)
_SWEDISH = frozenset(
    """och är jag vi att det som en ett på med av för om inte får kan ska vad vem hur vilka när var
    har till den de hos måste behöver behövs krävs samtycke enligt från""".split()
)


def is_english(text: str) -> bool:
    """True where English function words outnumber the Swedish ones."""
    words = [t.lower for t in tokenize(text)]
    english = sum(w in _ENGLISH for w in words)
    swedish = sum(w in _SWEDISH or any(c in "åäö" for c in w) for w in words)
    return english >= 2 and english > 1.5 * swedish
