"""Decides which of those to share with a profession names: the last one once more, or somebody new."""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.party_again import (
    ASKED,
    before_described,
    employs,
    known_again,
    sentence_start,
    two_side_by_side,
)
from assistant.party_places import is_person
from assistant.party_scene import Draft, Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

_AND = frozenset("""och o samt & /""".split())
_AND_THEN = frozenset("""och o å men""".split())
_STAND_INS = ("vikari", "ersättar", "efterträdar")
_WANTS = frozenset("""vill ville behöver undrar undrade frågar frågade ringer ringde ber bad veta""".split())
_TOLD_NEAR = 5  # tokens around somebody in which they are told or want to know
_LIST_REACH = 4  # tokens between two of a list
_ONES_OWN = frozenset("""sin sina""".split())


def counterpart(scene: Scene, m: Mention, profession: Profession, weak: bool) -> Draft:
    """ "Kuratorn är socionom. Hon frågar förskolläraren …": a second profession is the other
    side where nobody says "jag"; else somebody more."""
    other = scene.other()
    if scene.joined(m) and "who.other" in scene.groups_at(m.first - 2) and other.profession is not None:
        return one_more(scene)  # "… om det bara är hon och BHV-sköterskan där"
    told_now = (scene.to_open or scene.after_verb(m)) and not weak and not _about_herself(scene, m)
    counted = scene.two and scene.asker.profession is other.profession is profession
    if told_now and other.profession is not None and not counted:  # "… undrar om hon får ringa …"
        if scene.asker.empty() and not scene.says_i and sum(not o.empty() for o in scene.others) == 1:
            scene.asker, scene.others = other, []
            return scene.other()
        return known_again(scene, m, profession) or one_more(scene)
    told = other.profession not in (None, profession) and scene.definite(m)
    if told and scene.asker.profession is profession and not scene.says_jag:
        return scene.asker  # "barnmorskan och BHV-sköterskan …. De är …. Om barnmorskan vill …"
    if scene.says_jag and not weak and _and_one_more(scene, m) and other.profession not in (None, profession):
        return known_again(scene, m, profession) or one_more(scene)
    differs = not weak and other.profession not in (None, profession)
    known = differs and Profession.OTHER not in (other.profession, profession)
    if known and scene.definite(m) and scene.says_jag and not scene.after_copula(m.first):
        return known_again(scene, m, profession) or one_more(scene)
    return scene.asker if differs and scene.asker.empty() and not scene.says_jag else other


def _about_herself(scene: Scene, m: Mention) -> bool:
    """ "Hon är en av mina barnmorskor", "hon jobbar som barnmorska för …": what she is."""
    return scene.after_copula(m.first) or "who.as_role" in scene.groups_at(m.first - 1)


def _and_one_more(scene: Scene, m: Mention) -> bool:
    """ "(Vi har en BVC-sköterska) och en barnmorska", "(… en kurator här på tisdagar) och en barnmorska"."""
    article = scene.word_before(m, {"en", "ett", "vår", "min"})
    between = range(max(0, scene.last_party_end), m.first - 2)
    near = len(between) <= _LIST_REACH and not any(
        scene.tokens[i].text in (*BOUNDARY, ",") or "who.copula" in scene.groups_at(i) for i in between
    )
    return article and near and scene.tokens[m.first - 2].lower in _AND


def by_position(scene: Scene, m: Mention, profession: Profession) -> Draft:
    """A party without any sign: the first is the asker (when nobody says "jag")."""
    if not scene.says_i and _goes_on(scene, m):
        return next_other(scene, m, profession)
    if not scene.says_i and scene.asker.empty() and not scene.others:
        return scene.asker
    if scene.coordinated(m) and scene.others and not scene.others[-1].empty() and not scene.pair:
        return next_other(scene, m, profession)
    employed = scene.asker.employer is not None and (scene.definite(m) or scene.after_verb(m))
    asker_told = scene.asker.explicit and (scene.asker.weak is not None or employed)
    if not scene.says_i and not scene.others and scene.asker.profession is None and not asker_told:
        return scene.asker
    return next_other(scene, m, profession)


def _goes_on(scene: Scene, m: Mention) -> bool:
    """ "O bvc-ssk på fc?", "och förskolläraren då?": one more of whom the conversation is about."""
    return m.first == 1 and scene.tokens[0].lower in _AND_THEN


def _yet_another(scene: Scene, m: Mention) -> bool:
    """ "Den privata BVC-sköterskan här, och BVC-sköterskan på …": two to share with, alike."""
    listed = scene.joined(m) or (scene.coordinated(m) and bool(scene.forward)) or _partly(scene, m)
    return listed and bool(scene.forward or scene.others[-1].employer) and m.group == "profession"


def _of_another_house(scene: Scene) -> bool:
    """ "(Den privata BVC-sköterskan visade det) för regionens BVC-sköterska": somebody employed elsewhere."""
    last = scene.others[-1]
    differs = bool(scene.forward) and all(e is not last.employer for e, _ in scene.forward)
    return scene.to_open and last.employer is not None and differs


def _partly(scene: Scene, m: Mention) -> bool:
    """ "(Dels till den privata BVC-sköterskan,) dels till en BVC-sköterska på …"."""
    near = [t.lower for t in scene.tokens[max(0, m.first - 4) : m.first]]
    return "dels" in near and sum(t.lower == "dels" for t in scene.tokens[: m.first]) > 1


def next_other(scene: Scene, m: Mention, profession: Profession) -> Draft:
    """The one to share with that a profession names: the latest, or a new one beside them."""
    scene.names_other = True
    if scene.others and (_stands_in(scene, m) or _her_own(scene, m)):
        return one_more(scene)
    if again := known_again(scene, m, profession):
        return again
    if scene.pair and not scene.says_i and scene.asker.empty():
        return scene.asker
    if scene.tentative is not None and scene.others:
        scene.others[-1], scene.tentative = Draft(), None
        scene.subject = "other"
        return scene.others[-1]
    if not scene.others:
        return scene.other()
    return _beside_the_last(scene, m, profession)


def _her_own(scene: Scene, m: Mention) -> bool:
    """ "(Vår BVC-sköterska vill visa det för) sin privatanställda BVC-kollega": somebody more."""
    at = m.first - 1
    while at > 0 and employs(scene, at):
        at -= 1
    return at >= 0 and scene.tokens[at].lower in _ONES_OWN and not scene.others[-1].empty()


def _stands_in(scene: Scene, m: Mention) -> bool:
    """ "(Karin är sjuk. Får jag berätta för) vikarien som är BVC-sköterska": somebody new."""
    near = [t.lower for t in scene.tokens[max(0, m.first - 4) : m.first]]
    return any(word.startswith(_STAND_INS) for word in near) and not scene.others[-1].empty()


def _beside_the_last(scene: Scene, m: Mention, profession: Profession) -> Draft:
    """The last of the others named more closely, or one more."""
    last = scene.others[-1]
    if scene.bystander and scene.to_open and is_person(scene, m) and len(scene.others) == 1:
        return last if last.empty() else one_more(scene)
    if last.profession is None and last.weak not in (None, profession) and scene.joined(m):
        return one_more(scene)
    if last.profession is profession:
        return one_more(scene) if _second_of_the_kind(scene, m, profession) else last
    if last.profession is None:
        return last
    if scene.coordinated(m) and not (scene.pair and scene.asker.empty()):
        return one_more(scene)
    return _of_another_kind(scene, m, profession)


def _second_of_the_kind(scene: Scene, m: Mention, profession: Profession) -> bool:
    """Whether a party of the last one's profession is named beside that one; notes who would tell whom."""
    last = scene.others[-1]
    tells = is_person(scene, m) and _tells(scene, m)
    if _of_another_house(scene) or tells:
        scene.told_by = last if _tells(scene, m) else None
        return True  # "… att en barnmorska visar journalen för regionens barnmorska"
    beside = two_side_by_side(scene, m, profession) and m.group == "profession" and last in scene.current
    beside = beside or _from_one_to(scene, m)
    listed = scene.coordinated(m) and not (scene.pair and scene.asker.empty())
    return beside or (_yet_another(scene, m) and listed)


def _from_one_to(scene: Scene, m: Mention) -> bool:
    """ "(Ett meddelande) från BVC-sköterskan i regionen till BVC-sköterskan som är privat"."""
    start = sentence_start(scene, m.first)
    words = [t.lower for t in scene.tokens[start : m.first]]
    to = before_described(scene, m)
    return to >= 0 and scene.tokens[to].lower == "till" and "från" in words and scene.bystander


def _of_another_kind(scene: Scene, m: Mention, profession: Profession) -> Draft:
    last = scene.others[-1]
    if profession is Profession.OTHER or last.profession is Profession.OTHER:
        figures_only = profession is Profession.OTHER and not (scene.to_open or _is_told(scene, m))
        somebody = figures_only and last.profession is not Profession.OTHER
        return Draft() if somebody else last  # who only figures in the story is none of the parties
    if scene.asker.empty() and not scene.says_i:
        return scene.asker
    if _tells(scene, m):
        scene.told_by = last
    return one_more(scene)


def _is_told(scene: Scene, m: Mention) -> bool:
    """ "Rektorn behöver också få veta", "nu ringer mormor": not "… när läkaren är på semester"."""
    near = range(max(0, m.first - _TOLD_NEAR), min(m.last + _TOLD_NEAR, len(scene.tokens)))
    wants = any(scene.tokens[i].lower in _WANTS for i in near)
    return wants or any("sharing.verbs" in scene.groups_at(i) for i in near)


def one_more(scene: Scene) -> Draft:
    """Somebody more to share with."""
    scene.others.append(Draft())
    return scene.others[-1]


def _tells(scene: Scene, m: Mention) -> bool:
    """ "Får barnmorskan berätta för …": nobody says "jag" between who would tell and who is told."""
    told = range(max(scene.last_party_end, sentence_start(scene, m.first)), m.first)
    groups = {g for i in told for g in scene.groups_at(i)}
    at = before_described(scene, m)
    asked = at > 0 and scene.tokens[at].lower in ASKED
    direct = scene.to_open or "sharing.verbs" in scene.groups_at(at)
    told_by = asked or (direct and "sharing.verbs" in groups)
    return told_by and not groups & {"who.asker", "who.asker_group"}
