"""Decides whether "samma" is said of other people than the two who would share: the family, a third
profession, somebody's husband."""

from __future__ import annotations

from assistant.first_names import looks_like_a_name
from assistant.relation_text import RelationText
from assistant.vocabulary import Mention

COMPARED = frozenset("""jag ja mig mej oss vi me""".split())
_AND = frozenset("""och o samt & + / å""".split())
_PEOPLE = frozenset(["who.other", "who.colleague", "profession", "workplace", "who.asker", "who.asker_group"])
_PLURAL = ("or", "orna", "arna", "erna")
_THEM = frozenset("""båda bägge de dom""".split())
_I_OR_WE = frozenset("""jag ja vi mig mej""".split())
_BESIDE_A_NAME = frozenset("""och o & samt med""".split())
_WITH = frozenset("""som med""".split())
_CONCERNED = frozenset(["BHV-sjuksköterska", "barnmorska", "förskollärare"])  # rows 1, 4 and 5
_TELL_REACH = 5
_HERS = frozenset("""hennes hans hens""".split())
_WHOSE = frozenset("""hennes hans deras hens min mitt""".split())


def of_others(text: RelationText, at: int) -> bool:
    """ "Mamman jobbar på samma enhet", "hon är på samma enhet som min man": not the two."""
    clause = text.clause(at)
    if text.has(clause, "phrase.third") or _with_a_third(text, at):
        return True
    if (
        _with_her_colleague(text, clause)
        or _of_one_kind(text, at)
        or _of_two_thirds(text, at)
        or _of_those_before(text, at)
        or _compared_with_others(text, at)
        or of_two_by_name(text, at)
    ):
        return True
    before = range(clause.start, at)
    if text.last_person(at, clause) != "client":
        return False
    return text.has(before, "who.copula") and not text.has(before, "sharing.verbs")


def of_two_by_name(text: RelationText, at: int) -> bool:
    """ "(Jag är förskollärare.) Anna och Lisa hör båda till skolnämnden. Får jag prata med Lisa?": theirs
    alone, as in "samma enhet har hon med Karin"."""
    sentence = text.sentence(at)
    ours = {"who.asker", "who.asker_group"}
    if any(text.groups(i) & ours for i in sentence) or not _asked_for_oneself(text):
        return False
    return any(
        text.lower(i) in _BESIDE_A_NAME
        and not text.groups(i + 1)
        and i + 1 < len(text.tokens)
        and looks_like_a_name(text.tokens[i + 1].text, text.lower(i), text.lower(i + 2))
        for i in sentence
    )


def _asked_for_oneself(text: RelationText) -> bool:
    """Whether "jag" or "mig" stands where it is asked: not in "jag är chef. … Får Anna prata med Lisa?"."""
    places = range(len(text.tokens))
    return any("who.asker" in text.groups(i) and text.is_question(i) for i in places)


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
    unconcerned = bool(kinds - _CONCERNED) and text.has(range(len(text.tokens)), "who.asker")
    return len(kinds) == 2 and not asker and (unconcerned or len(_kinds(text.named)) > 2)


def _of_those_before(text: RelationText, at: int) -> bool:
    """ "BVC-sköterskorna pratar. Båda är på samma enhet. Får jag som barnmorska veta?": theirs alone."""
    sentence = text.sentence(at)
    before = text.sentence(sentence.start - 2) if sentence.start > 1 else range(0)
    told = [m for m in text.named if m.first in before]
    here = [m for m in text.named if m.first in sentence]
    ours = (text.words(before) | text.words(sentence)) & _I_OR_WE
    if text.lower(sentence.start) not in _THEM or len(_kinds(told)) != 1 or here or ours:
        return False
    plural = text.lower(told[-1].last - 1).endswith(_PLURAL)
    return (
        plural and bool(_kinds(text.named) - _kinds(told)) and text.has(range(len(text.tokens)), "who.asker")
    )


def _with_her_colleague(text: RelationText, clause: range) -> bool:
    """ "Barnmorskan och hennes kollega är på samma enhet": two others."""
    hers = any(
        text.lower(i) in _AND and text.lower(i + 1) in _HERS and "who.colleague" in text.groups(i + 2)
        for i in clause
    )
    return hers and not (text.has(clause, "who.asker") or text.has(clause, "who.asker_group"))


def _with_a_third(text: RelationText, at: int) -> bool:
    """ "Jag är på samma enhet som kuratorn. Får jag berätta för BVC-sköterskan?": not with her."""
    clause = text.clause(at)
    inside = [m for m in text.named if m.first in clause]
    third = [m for m in inside if _somebody_else(text, m)]
    says_i = text.has(range(len(text.tokens)), "who.asker")
    if not third or not (says_i or any(m.group == "actor" for m in third)):
        return False
    places = {m.value for i in clause for m in text.at.get(i, ()) if m.group == "workplace"}
    return bool(_recipients(text) - _kinds(third) - places)


def _somebody_else(text: RelationText, m: Mention) -> bool:
    """ "Kuratorn", "en kurator", "läkare": not how the asker tells what they are themselves."""
    definite = text.tokens[m.last - 1].text.lower().endswith("n")
    article = text.lower(m.first - 1) in ("en", "ett", "min", "vår") and text.lower(m.first - 2) in _WITH
    return m.group == "actor" or definite or article


def _recipients(text: RelationText) -> set[str]:
    """The professions, of those whom a shared enhet or nämnd concerns, that somebody would tell."""
    out = set()
    for m in text.named:
        before = range(max(text.sentence(m.first).start, m.first - _TELL_REACH), m.first)
        if m.value in _CONCERNED and text.has(before, "sharing.verbs"):
            out.add(m.value)
    return out


def _named_before(text: RelationText, at: int) -> list[Mention]:
    start = text.clause(at).start
    return [m for m in text.named if start <= m.first < at]


def _kinds(mentions: list[Mention]) -> set[str]:
    return {m.value for m in mentions}
