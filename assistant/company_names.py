"""Decides where a company is named: "anställd av Läkargruppen Väster AB" is privately employed."""

from __future__ import annotations

from assistant.types import Employer
from assistant.vocabulary import Mention, Token

_FORMS = ("AB", "HB", "KB")
_LONGEST = 4  # words of a name before its "AB"
_PLACES = ("workplace", "profession")  # "BVC Solen AB": the workplace stays one


def with_companies(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """The mentions with each "… AB" as a private employer; a word of such a name is nothing else.

    A name that sounds like a profession ("Läkargruppen Väster AB") is no person.
    """
    named = [span for i in range(1, len(tokens)) if (span := _name(tokens, mentions, i)) is not None]
    if not named:
        return mentions
    inside = {i for span in named for i in span}
    kept = [m for m in mentions if not inside.issuperset(range(m.first, m.last))]
    found = [Mention("employer", Employer.PRIVATE.value, span.start, span.stop) for span in named]
    return sorted([*kept, *found], key=lambda m: (m.first, -m.last))


def _name(tokens: list[Token], mentions: list[Mention], at: int) -> range | None:
    """The tokens of the name that ends with the "AB" at ``at``; None where there is none."""
    if tokens[at].text not in _FORMS:
        return None
    first = at
    while first > max(0, at - _LONGEST) and _part_of_name(tokens, mentions, first - 1):
        first -= 1
    return range(first, at + 1) if first < at else None


def _part_of_name(tokens: list[Token], mentions: list[Mention], at: int) -> bool:
    text = tokens[at].text
    place = any(m.group in _PLACES and m.first <= at < m.last for m in mentions)
    return text[:1].isupper() and not (place and (text.isupper() or at == 0))
