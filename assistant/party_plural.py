"""Decides what is said of the asker and the other at once: "vi är …", "båda", "två barnmorskor",
and which of the two an employer near such words belongs to."""

from __future__ import annotations

from itertools import pairwise

from assistant.clause_view import BOUNDARY, PARTY_GROUPS
from assistant.party_again import sentence_start
from assistant.party_scene import Draft, Scene
from assistant.party_subject import on_asker
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_TO = frozenset(["med", "me", "till", "för", "åt"])
_OF_BOTH = frozenset("""anställda varsin varsitt varsina två olika båda bägge""".split())
_BELONG = frozenset("""är e under i inom hos tillhör hör ligger till anställda av""".split())
_ONES_OWN = frozenset("""sin sitt""".split())  # "från var sin vårdgivare"
_OF_ONE = frozenset("""en ena ene andra andre one other""".split())
_OF_NEUTER = frozenset("""i som hos drivs""".split())  # not "anställda av ett bolag"
_TELLS_MORE = frozenset("""där och o med , som""".split())
_A = frozenset("""en ett""".split())
_BY = frozenset("""av hos åt från""".split())
_AND = frozenset("""och o å and""".split())
_FIRST = frozenset("""ena ene""".split())
_SECOND = frozenset("""andra andre""".split())
_DESCRIBED = 3  # tokens from a party to "av regionen"
_AFTER = 8  # tokens from an employer to "den ena" whom it employs


def on_group(scene: Scene, m: Mention) -> None:
    """ "Vi": the asker; with several of a kind ("vi är barnmorskor") the other too, till named."""
    if scene.subject == "both" and "who.both" in scene.groups_at(m.first - 2):
        return  # "båda är vi BHV-sjuksköterskor"
    on_asker(scene, m)
    if scene.subject == "asker" and scene.plural_follows(m.last):
        scene.about_both()
        scene.tentative = scene.other()


def on_both(scene: Scene, m: Mention) -> None:
    """ "Båda är …"; a profession that stands just before holds for the other too."""
    if scene.word_before(m, _TO):
        return  # "dela med båda": both of the others
    if two_others := _both_others(scene, m):
        scene.current = two_others
        return
    alone = scene.last_party_end == m.first and len(scene.current) == 1
    beside = alone and scene.current == [scene.asker]
    told = scene.current[0] if alone and _plural_before(scene, m) else None
    scene.about_both()
    if told is not None and told is not scene.asker and scene.asker.profession is None:
        scene.asker.profession = told.profession  # "regionanställda BVC-sköterskor båda två"
        scene.asker.employer = scene.asker.employer or told.employer
    if beside and scene.others[0].profession is None:
        scene.others[0].profession = scene.asker.profession  # "förskollärare båda två"


def _both_others(scene: Scene, m: Mention) -> list[Draft]:
    """ "Vår barnmorska och vår BVC-sköterska har båda …": two others, not the asker and one."""
    clause = range(sentence_start(scene, m.first), m.first)
    groups = {g for i in clause for g in scene.groups_at(i)}
    joined = sum("profession" in scene.groups_at(i) for i in clause) == 2
    told = len(scene.others) >= 2 and scene.current == scene.others[-1:]
    if not (joined and told) or groups & {"who.asker", "who.asker_group", "who.other", "sharing.verbs"}:
        return []
    return scene.others[-2:]


def _plural_before(scene: Scene, m: Mention) -> bool:
    return m.first > 0 and scene.tokens[m.first - 1].lower.endswith(("skor", "omer", "ärare", "ssk", "bm"))


def two_by_employer(scene: Scene, m: Mention) -> int:
    """ "En regionanställd och en privatanställd BVC-sköterska" are two; return how many tokens that takes."""
    words = [t.lower for t in scene.tokens[m.last : m.last + 2]]
    second = next((e for e in scene.by_first.get(m.last + 2, ()) if e.group == "employer"), None)
    if not (words[:1] and words[0] in _AND and words[1] in _A) or second is None or second.value == m.value:
        return 0
    job = next((p for p in scene.by_first.get(second.last, ()) if p.group == "profession"), None)
    described = scene.last_party_end >= 0 and m.first - scene.last_party_end <= _DESCRIBED
    if job is None or (described and scene.tokens[m.first - 1].lower in _BY | {"i"}):
        return 0  # "en BVC-sköterska i regionen och en privat BVC-sköterska"
    drafts = [Draft(Profession(job.value), None, Employer(e.value)) for e in (m, second)]
    scene.names_other = True
    if scene.subject == "asker" and "who.copula" in scene.groups_at(m.first - 2):
        scene.asker, drafts = drafts[0], drafts[1:]  # "vi är en privat och en …"
        scene.asker.explicit = True
    scene.others = [o for o in scene.others if not o.empty()] + drafts
    scene.places = []
    scene.subject, scene.current, scene.to_open = "", drafts[-1:], False
    scene.last_party_end = job.last
    return job.last - m.first


def on_two(scene: Scene, m: Mention) -> None:
    """ "Två barnmorskor …": both, or two to share with ("till två barnmorskor")."""
    following = [g for i in range(m.last, m.last + 3) for g in scene.groups_at(i)]
    if not any(g in PARTY_GROUPS or g == "employer" for g in following):
        return
    if (scene.word_before(m, _TO) and not scene.pair) or _goes_on_a_list(scene, m):
        scene.to_open = True
        return
    scene.about_both()
    scene.two_at = m.first


def _goes_on_a_list(scene: Scene, m: Mention) -> bool:
    """ "Jag som är socionom, två förskollärare och …": two more of another kind."""
    listed = scene.last_party_end == m.first - 1 and scene.word_before(m, {",", "och", "o", "samt"})
    named = [p for i in range(m.last, m.last + 2) for p in scene.by_first.get(i, ())]
    kinds = {p.value for p in named if p.group == "profession"}
    last = {p.value for p in scene.covering(m.first - 2) if p.group == "profession"}
    return listed and bool(kinds) and bool(last) and not kinds & last


def on_all(scene: Scene, m: Mention) -> None:
    """ "…, alla regionanställda", "alla tillhör regionen": the employer that follows is everybody's."""
    following = range(m.last, min(m.last + 3, len(scene.tokens)))
    employer = next((i for i in following if "employer" in scene.groups_at(i)), None)
    linked = range(m.last, employer or m.last)
    employed = employer is not None and all(scene.tokens[i].lower in _BELONG for i in linked)
    known = bool(scene.others) and not scene.asker.empty()
    if employed and known and not any("profession" in scene.groups_at(i) for i in following):
        scene.about_both()


def both_of_them(scene: Scene, at: int) -> bool:
    """ "En barnmorska och en BVC-sköterska anställda av …", "… hos varsin privat vårdgivare"."""
    window = range(max(0, at - 4), at)
    words = [scene.tokens[i].lower for i in window]
    plural = {w for w in words if w in _OF_BOTH}
    plural |= {own for var, own in pairwise(words) if var in ("var", "vars") and own in _ONES_OWN}
    if plural == {"två"} and any("profession" in scene.groups_at(i) for i in window):
        return False  # "(jag, en socionom och) två barnmorskor från regionen"
    if not plural or not scene.others or scene.others[-1].empty() or scene.asker.empty():
        return False
    return scene.asker.employer is None and scene.others[-1].employer is None


def one_of_both(scene: Scene, at: int) -> list[Draft]:
    """ "Två BVC-sköterskor, en i regionen och en som är privat": each employer is one's own.

    "Två BVC, ett i regionens regi där jag är sjuksköterska och ett som drivs privat": the second is the
    other's. Returns the one whose employer stands at ``at``, in a list, or nobody. Counts those told.
    """
    second = scene.each == 1 and scene.current == [scene.asker] and bool(scene.others)
    if not scene.two or not (len(scene.current) == 2 or second):
        return []
    before = [t.lower for t in scene.tokens[max(0, at - 4) : at]]
    last_and = max((i for i, word in enumerate(before) if word in _AND), default=-1)
    words = before[last_and + 1 :]
    told = _OF_NEUTER | ({"av"} if scene.each else set())  # "… och ett av Capio"
    neuter = any(pair[0] == "ett" and pair[1] in told for pair in pairwise(words))
    if not (_OF_ONE.intersection(words) or neuter or _owned(scene, at, words)):
        return []
    scene.each += 1
    if second:
        scene.subject, scene.current = "other", scene.others[-1:]  # "… med vårdavtal" tells more of that one
        return scene.current
    one = [scene.current[scene.each > 1]]
    if scene.each > 1:
        scene.current = one  # "… och en av en privat vårdgivare med vårdavtal"
    return one


def _owned(scene: Scene, at: int, words: list[str]) -> bool:
    """ "Ett regiondrivet där jag är … och ett privat med vårdavtal", not "ett privat bolag"."""
    last = next((m.last for m in scene.by_first.get(at, ()) if m.group == "employer"), at + 1)
    after = scene.tokens[last].lower if last < len(scene.tokens) else "."
    bare = words[-1:] == ["ett"] and not _BY.intersection(words) and last == at + 1
    return bare and (after in _TELLS_MORE or after in BOUNDARY)


def the_one_named_after(scene: Scene, at: int) -> list[Draft]:
    """ "Regionen har anställt den ena och ett bolag den andra": whose employer stands at ``at``.

    Returns that one of the two, in a list, or nobody.
    """
    if len(scene.current) != 2 or not scene.two:
        return []
    for i in range(at + 1, min(at + _AFTER, len(scene.tokens))):
        if scene.tokens[i].text in BOUNDARY or ("employer" in scene.groups_at(i) and i > at + 3):
            return []
        if scene.tokens[i].lower in _FIRST:
            return [scene.current[0]]
        if scene.tokens[i].lower in _SECOND and scene.tokens[i - 1].lower in ("den", "de"):
            return [scene.current[1]]
    return []
