"""Decides whether the one who writes is none of the parties: a manager, a coordinator, a secretary
("Chef här. En av mina barnmorskor …", "Jag är sekreterare åt …") who asks about two others."""

from __future__ import annotations

from assistant.clause_view import PARTY_GROUPS
from assistant.party_again import sentence_start
from assistant.party_places import is_person
from assistant.party_scene import SIGNED, Draft, Scene
from assistant.types import Employer
from assistant.vocabulary import Mention

_BEFORE = frozenset(
    """en ett bara är e som tf vikarierande hej ny nyanställd här jobbar arbetar jag""".split()
)

_TOLD = frozenset("""med till för åt hos me t""".split())
_ASKS = frozenset("""frågar undrar skriver""".split())
_FOR = frozenset("""för åt""".split())
_FOR_NOBODY = frozenset("""att egen mig min säkerhets""".split())
_MY = frozenset("""min mina mitt vår våra our my""".split())
_THEY = frozenset("""de dom dem""".split())
_RUNS = frozenset("""driver äger ansvarar leder förestår""".split())


def on_bystander(scene: Scene, m: Mention) -> None:
    """ "Jag är chef …", "Samordnare här. …": what the clause goes on to say is not a party's."""
    if scene.definite(m) or scene.to_open or scene.asker.profession is not None:
        return
    before = scene.tokens[m.first - 1].lower if m.first else ""
    opens = m.first == 0 or scene.sentence_start
    says = scene.subject == "asker" and (before in _BEFORE or "who.copula" in scene.groups_at(m.first - 1))
    if scene.asks_as_bystander == m.first:
        return  # known from the start
    signs = before in SIGNED  # "mvh enhetschef"
    if opens or says or signs or scene.verb_opens(m.first) or _i_who_ask(scene, m) or _asks_as(scene, m):
        scene.bystander, scene.bystander_end = True, m.last
        scene.after_role = False
        scene.subject, scene.current = "client", []  # until the clause ends: nobody's facts


def _i_who_ask(scene: Scene, m: Mention) -> bool:
    """ "Jag som frågar är samordnare"."""
    words = [t.lower for t in scene.tokens[max(0, m.first - 5) : m.first]]
    copula = "who.copula" in scene.groups_at(m.first - 1)
    return copula and any(words[i : i + 2] == ["jag", "som"] for i in range(len(words)))


def _asks_as(scene: Scene, m: Mention) -> bool:
    """ "Frågar som samordnare.", "Undrar i egenskap av chef"."""
    start = sentence_start(scene, m.first)
    words = [t.lower for t in scene.tokens[start : m.first]]
    return len(words) in (2, 4) and words[0] in _ASKS and words[-1] in ("som", "av")


def asks_for_others(scene: Scene) -> bool:
    """ "Frågar för två kollegor", "undrar åt barnmorskan": the one who writes isn't one of them."""
    words = [t.lower for t in scene.tokens]
    said = zip(words, words[1:], words[2:], strict=False)
    return any(one in _ASKS and then in _FOR and whom not in _FOR_NOBODY for one, then, whom in said)


def ends_bystander_clause(scene: Scene, m: Mention) -> bool:
    """ "Jag är sekreterare åt …, som undrar om socionomen …": a profession that isn't theirs to lead
    ("chef för barnmorskorna") begins the story of the parties."""
    return scene.bystander and m.group != "workplace" and m.first - scene.bystander_end > 1


def settle_bystander(scene: Scene) -> None:
    """Two others who were named are the two parties; what a manager says of "mina" holds for both."""
    if not scene.bystander:
        return
    scene.about_others = scene.about_others or scene.two
    named = [o for o in scene.others if not o.empty()]
    if len(named) >= 2 and scene.asker.profession is None and scene.asker.weak is None:
        employer = scene.asker.employer
        scene.others.sort(key=lambda o: o is not scene.own_staff)
        take_first_as_asker(scene)
        house = scene.house_employer if scene.asker is scene.own_staff else None
        scene.asker.employer = scene.asker.employer or employer or house
        for draft in scene.staff:
            draft.employer = draft.employer or scene.house_employer
    elif scene.house_employer is not None and scene.two:
        for draft in (scene.asker, *scene.others):
            draft.employer = draft.employer or scene.house_employer


def runs_a_house(scene: Scene, at: int) -> None:
    """ "Jag driver ett privat BVC, och mina sköterskor …": the owner is none of those who share."""
    mine = at and scene.tokens[at].lower in _RUNS and scene.tokens[at - 1].lower in ("jag", "som")
    if not mine or not scene.asker.empty() or scene.others:
        return
    named = [m for found in scene.by_first.values() for m in found if m.group in PARTY_GROUPS]
    staff = [m for m in named if is_person(scene, m)]
    if any(_my_own(scene, m) for m in staff if m.first > at):
        scene.bystander, scene.bystander_end = True, at + 1
        scene.subject, scene.current = "client", []


def _my_own(scene: Scene, m: Mention) -> bool:
    """ "Min BVC-sköterska", "min anställda barnmorska"."""
    before = m.first - 1 - scene.word_before(m, {"anställda"})
    return before >= 0 and scene.tokens[before].lower in _MY


def tell_regions_own(scene: Scene, m: Mention) -> bool:
    """ "(Mina sköterskor undrar om de får prata med) regionens": the same profession, employed elsewhere."""
    whose = scene.tokens[m.last - 1].lower.endswith("s") and scene.to_open and not scene.party_follows(m.last)
    own = scene.own_staff
    if not (whose and scene.bystander and own is not None and own.profession is not None):
        return False
    employer = Employer(m.value)
    if employer in (own.employer, scene.house_employer):
        return False
    if all(o is own or o.employer is not employer for o in scene.others):
        scene.others.append(Draft(own.profession, None, employer))
    scene.to_open = False
    return True


def staff_of(scene: Scene, m: Mention) -> bool:
    """ "Som enhetschef har jag både barnmorskor och BVC-sköterskor": whom a manager has are none of them."""
    start = sentence_start(scene, m.first)
    words = [t.lower for t in scene.tokens[start : m.first]]
    has = any(words[i : i + 2] in (["har", "jag"], ["jag", "har"]) for i in range(len(words)))
    return scene.bystander and scene.subject == "asker" and has and m.group == "profession"


def staff_led(scene: Scene, m: Mention) -> bool:
    """ "Jag är chef för socionomerna. Får de …": whom the one who writes leads, where "de" come next."""
    led = scene.bystander and m.first - scene.bystander_end == 1 and scene.definite(m)
    if not led or m.group != "profession" or scene.others:
        return False
    for i in range(m.last, len(scene.tokens)):
        if scene.tokens[i].lower in _THEY:
            return True
        if {"profession", "who.possessive", "actor"} & set(scene.groups_at(i)):
            return False
    return False


def note_own_staff(scene: Scene, m: Mention, drafts: list[Draft]) -> None:
    """ "En av mina pedagoger vill …": of those a manager names, their own staff is who would share."""
    if not scene.bystander or scene.own_staff is not None or drafts[0] is scene.asker:
        return
    words = [t.lower for t in scene.tokens[max(0, m.first - 3) : m.first]]
    mine = next((i for i, word in enumerate(words) if word in _MY), None)
    if mine is not None and not _TOLD.intersection(words[:mine]):
        scene.own_staff = drafts[0]


def take_first_as_asker(scene: Scene) -> None:
    """The first who was named is the one side: the writer is neither."""
    scene.asker = scene.others.pop(0)
    scene.asker.explicit = False
    scene.places = scene.places[1:]
    scene.about_others = True


def settle_joined(scene: Scene) -> None:
    """ "Förskolläraren och socionomen lyder under samma nämnd. Då slipper vi väl fråga?": the two who
    are named side by side are the parties where nobody says "jag"."""
    nobody = "who.asker" not in scene.groups and scene.asker.profession is None and scene.asker.weak is None
    others = [o for o in scene.others if not o.empty()]
    if not nobody or len(others) != 2 or "who.asker_group" not in scene.groups:
        return
    named = [m for at in sorted(scene.by_first) for m in scene.by_first[at] if m.group == "profession"]
    if len(named) < 2 or named[1].first != named[0].last + 1 or not scene.joined(named[1]):
        return
    both_known = scene.definite(named[0]) and scene.definite(named[1])
    if both_known and not scene.word_before(named[0], _TOLD | _MY):
        employer = scene.asker.employer
        take_first_as_asker(scene)
        scene.asker.employer = scene.asker.employer or employer


def settle_each_other(scene: Scene) -> None:
    """ "Privat BVC och privat BMM. Får vi dela med varandra?", "… om en barnmorska och en BVC-sköterska":
    the two who are named are the parties."""
    others = [o for o in scene.others if not o.empty()]
    same = {o.profession or o.weak for o in others} == {scene.asker.profession}
    ours = scene.asker.empty() or (same and scene.asker.employer is None)  # "…, och vi sköterskor därifrån"
    if len(others) != 2 or not ours or "who.asker" in scene.groups:
        return
    named = [m for at in sorted(scene.by_first) for m in scene.by_first[at] if m.group in PARTY_GROUPS]
    if not named:
        return  # two employers only
    first = named[0].first
    told = scene.after_verb(named[0]) or any(
        t.lower in _TOLD for t in scene.tokens[max(0, first - 3) : first]
    )
    each_other = {"who.between", "who.asker_group"} <= scene.groups
    nobody = not scene.says_i and scene.joined_parties(named)
    if not told and (each_other or nobody):
        take_first_as_asker(scene)


def settle_pair(scene: Scene) -> None:
    """ "Får barnmorskan berätta för BVC-sköterskan?" asked by somebody who says "jag" elsewhere, or
    only "vår familjecentral": the two are the parties."""
    if scene.told_by is None or scene.asker.profession is not None or scene.asker.weak is not None:
        return
    others: list[Draft] = [o for o in scene.others if not o.empty()]
    if len(others) == 2 and others[0] is scene.told_by:
        employer = scene.asker.employer
        take_first_as_asker(scene)
        scene.asker.employer = scene.asker.employer or employer
