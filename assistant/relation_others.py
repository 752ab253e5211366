"""Decides whether "samma" is said of other people than the two who would share: the family, a third
profession, somebody's husband."""

from __future__ import annotations

from assistant.relation_text import RelationText
from assistant.vocabulary import Mention

COMPARED = frozenset("""jag ja mig mej oss vi me""".split())
_AND = frozenset("""och o samt & + / å""".split())
_PEOPLE = frozenset(["who.other", "who.colleague", "profession", "workplace", "who.asker", "who.asker_group"])
_PLURAL = ("or", "orna", "arna", "erna")
_WHOSE = frozenset("""hennes hans deras hens min mitt""".split())


def of_others(text: RelationText, at: int) -> bool:
    """ "Mamman jobbar på samma enhet", "hon är på samma enhet som min man": not the two."""
    clause = text.clause(at)
    if _of_one_kind(text, at) or _of_two_thirds(text, at) or _compared_with_others(text, at):
        return True
    before = range(clause.start, at)
    if text.last_person(at, clause) != "client":
        return False
    return text.has(before, "who.copula") and not text.has(before, "sharing.verbs")


def _compared_with_others(text: RelationText, at: int) -> bool:
    """ "Som psykologen", "som hennes man", "som förut"; not "som jag", "som barnmorskan"."""
    clause = text.clause(at)
    than = next((i for i in range(at, min(at + 5, clause.stop)) if text.lower(i) == "som"), None)
    if than is None or text.last_person(at, clause) == "asker":
        return False
    after = range(than + 1, min(than + 4, clause.stop))
    if text.has(after, "who.client") or text.has(after, "actor"):
        return True
    named = {g for i in after for g in text.groups(i)} & _PEOPLE
    if text.lower(than + 1) in _WHOSE and not named - {"who.other"}:
        return True
    if not named and not text.words(after) & COMPARED:
        return not text.has(after, "who.copula")
    third = named == {"profession"} and len(_kinds(text.named)) > 2
    return third and text.last_person(at, clause) == "other"


def _of_one_kind(text: RelationText, at: int) -> bool:
    """ "Vi barnmorskor är på samma enhet" where somebody of another profession is asked about."""
    clause = text.clause(at)
    named = _named_before(text, at)
    kinds = _kinds(named)
    workplaces = {m.value for i in clause for m in text.at.get(i, ()) if m.group == "workplace"}
    if len(kinds) != 1 or _kinds(text.named) <= kinds or workplaces - kinds:
        return False
    first, last = named[0].first, named[-1].last
    compared = any(text.lower(k) == "som" and text.lower(k + 1) in COMPARED for k in clause)
    joined = any("who.asker" in text.groups(k) or text.lower(k) in _AND for k in range(clause.start, first))
    plural = text.lower(last - 1).endswith(_PLURAL) or "who.asker_group" in text.groups(first - 1)
    return plural and not joined and not compared and not text.has(range(first, at), "who.asker")


def _of_two_thirds(text: RelationText, at: int) -> bool:
    """ "Barnmorskan och kuratorn är på samma enhet" where the asker is neither."""
    kinds = _kinds(_named_before(text, at))
    asker = text.has(text.clause(at), "who.asker") or text.has(text.clause(at), "who.asker_group")
    return len(kinds) == 2 and not asker and len(_kinds(text.named)) > 2


def _named_before(text: RelationText, at: int) -> list[Mention]:
    start = text.clause(at).start
    return [m for m in text.named if start <= m.first < at]


def _kinds(mentions: list[Mention]) -> set[str]:
    return {m.value for m in mentions}
