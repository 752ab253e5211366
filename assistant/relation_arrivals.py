"""Decides whether somebody is plainly said to be employed at the asker's own unit: "hon hamnade på
min enhet". Only who can be no other than the one to share with counts."""

from __future__ import annotations

from assistant.relation_doubt import negated
from assistant.relation_others import COMPARED
from assistant.relation_pairs import judged
from assistant.relation_text import RelationText, Stated

_TO = frozenset("""på vid till i inom""".split())
_JUST = frozenset("""just precis faktiskt själva exakt""".split())
_MINE = frozenset("""min mitt vår vårt""".split())
_UNITS = frozenset(["relation.unit", "relation.workplace_unit"])
_OPEN = frozenset(
    """om ifall när ska skulle vill ville kommer kan får borde hoppas söker sökt är annars aldrig""".split()
)
_UNDOING = ("phrase.belief", "phrase.own_side", "phrase.past", "who.client", "actor")
_REACH = 9


def read_arrivals(text: RelationText) -> list[Stated]:
    """ "Kollegan bytte arbetsgivare och hamnade på min enhet" is one unit of both."""
    out: list[Stated] = []
    for m in text.mentions:
        if m.group != "phrase.arrives":
            continue
        place = _my_unit(text, m.last)
        if place is not None and _the_other_arrives(text, m.first) and not _undone(text, m.first, place):
            out.append(judged(text, place, "same_unit", True))
    return out


def _my_unit(text: RelationText, after: int) -> int | None:
    for i in range(after, min(after + _REACH, text.clause(after).stop)):
        at = i + 1 + (text.lower(i + 1) in _JUST)
        if text.lower(i) in _TO and text.lower(at) in _MINE and text.groups(at + 1) & _UNITS:
            return i
    return None


def _the_other_arrives(text: RelationText, at: int) -> bool:
    """The subject is a colleague or the one profession that is named besides the asker's own."""
    clause = text.clause(at)
    before = range(clause.start, at)
    if text.last_person(at, clause) != "other" or text.words(before) & _OPEN - {"är"}:
        return False
    kinds = {m.value for m in text.named if not text.of_the_asker(m.first)}
    actors = any(m.group == "actor" for m in text.named)
    named = text.has(before, "profession") or text.has(before, "who.colleague")
    return named and len(kinds) <= 1 and not actors


def _undone(text: RelationText, first: int, place: int) -> bool:
    """Doubt, the past, a loan or a third person anywhere in the sentence; "på min enhet" of two places."""
    sentence = text.sentence(place)
    if any(text.has(sentence, group) for group in _UNDOING) or negated(text, first) or negated(text, place):
        return True
    if text.has(range(place, sentence.stop), "phrase.leaves"):
        return True
    if text.lower(text.clause(first).start) in _OPEN or text.has(sentence, "phrase.third"):
        return True
    loans = [m for i in sentence for m in text.at.get(i, ()) if m.group == "phrase.on_loan"]
    compared = any(
        text.lower(i) == "som" and text.lower(i + 1) not in COMPARED for i in range(place, sentence.stop)
    )
    return bool(loans) or compared
