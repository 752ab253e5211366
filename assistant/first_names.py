"""Decides whether a word is a person's name: capitalised, no shouting, no place and no company."""

from __future__ import annotations

_PLACED = frozenset("""i på från vid hos inom under bvc mvc familjecentralen kommun stad""".split())
_COMPANY_OR_PLACE = frozenset("""ab hb kb kommun familjecentral bvc mvc vårdcentral stad""".split())
_SHORTEST = 3


def looks_like_a_name(word: str, before: str, after: str) -> bool:
    """Whether a word with no other meaning is a name; ``before`` and ``after`` are its lower-case neighbours.

    "BVC Rosengård", "i Lund" and "Storken AB" aren't. The first word of a sentence has a capital anyway:
    what follows it tells, and is the caller's to look at.
    """
    capital = word.isalpha() and word[0].isupper() and not word.isupper()
    return capital and len(word) >= _SHORTEST and before not in _PLACED and after not in _COMPANY_OR_PLACE
