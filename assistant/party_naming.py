"""Decides whom a profession, an actor or a workplace describes where it stands."""

from __future__ import annotations

from assistant.party_again import beside_asker, general
from assistant.party_aside import aside
from assistant.party_bystander import ends_bystander_clause, note_own_staff, on_bystander, staff_led, staff_of
from assistant.party_opening import i_am_it, opens_as_asker
from assistant.party_others import by_position, counterpart, next_other, one_more
from assistant.party_places import acts_as_person, employ_from_there, is_person, names_a_person, run_by
from assistant.party_scene import Draft, Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

_HAS = frozenset("""har hade fått får finns möter träffar känner delar""".split())
_ONE = frozenset("""en ett två flera""".split())
_OR_LIKE = frozenset("""som och""".split())  # "sitter på samma familjecentral som en BVC-sköterska från …"
_A = frozenset("""en vår min""".split())
_AT_PLACE = frozenset("""inom på i vid hos för""".split())
_COLLEAGUE = ("kollega", "kollegan", "kollegor", "kollegorna", "kolleger", "kollegerna")
_WORKS = frozenset("""jobbar arbetar tjänstgör börjat började bytt""".split())
_AUTHORITY = "socialtjänstens myndighetssida"  # the actor of that name in the vocabulary
_DO = frozenset("""går har jobbar arbetar får""".split())
_MODALS = frozenset("""ska får kan vill måste behöver bör skulle""".split())
_SUBJECT_AFTER = frozenset("""om att när innan ifall""".split())
_ROLE_REACH = 6  # tokens from "som" to the profession
_MOVE_REACH = 6  # tokens from "bytt" to the workplace
_NEAR = 3  # tokens between a party and a workplace that is theirs
_MINE = frozenset("""mina min mitt våra""".split())
_GOES = frozenset("""komma kommer kom gå går gick kommit gått börja tillbaka hit""".split())


def take_party(scene: Scene, m: Mention) -> int:
    """Note what the mention names; return how many tokens it takes."""
    length = m.last - m.first
    weak = m.group == "workplace" and not names_a_person(scene, m)
    if (m.first in scene.used and not weak) or scene.negated(m.first) or aside(scene, m):
        return length
    if _take_writers_post(scene, m):
        return length
    m = _of_an_authority(scene, m) or m
    profession = Profession.OTHER if m.group == "actor" else Profession(m.value)
    only_place = weak and (run_by(scene, m) or _goes_there(scene, m))
    if only_place or _place_of_actor(scene, m, weak) or general(scene, m):
        return length
    if not weak and opens_as_asker(scene, m):
        scene.subject, scene.to_open, scene.asker.explicit = "asker", False, True
        scene.opened = True
    if scene.subject == "client":
        if _of_nobody_here(scene, m, profession):
            return length
        scene.subject = ""
    if weak and acts_as_person(scene, m):
        weak = False
    drafts = _drafts_for(scene, m, weak, profession)
    if drafts:
        _note(scene, m, drafts, profession, weak)
    if not weak:
        scene.to_open = scene.to_open and scene.and_follows(m.last)
    scene.after_role = False
    return length


def _of_an_authority(scene: Scene, m: Mention) -> Mention | None:
    """ "Socialsekreteraren på utredningsenheten", "en socialsekreterare på ekonomiskt bistånd": who isn't the
    family centre's own socionom; None for the others."""
    if m.value != Profession.SOCIAL_WORKER or not scene.tokens[m.first].lower.startswith("soc"):
        return None
    near = range(m.last, min(m.last + _NEAR, len(scene.tokens)))
    if m.last >= len(scene.tokens) or scene.tokens[m.last].lower not in _AT_PLACE:
        return None
    beside = (a for i in near for a in scene.by_first.get(i, ()))
    actor = next((a for a in beside if a.group == "actor" and a.value == _AUTHORITY), None)
    return Mention("actor", actor.value, m.first, m.last) if actor is not None else None


def _goes_there(scene: Scene, m: Mention) -> bool:
    """ "Pusha henne att komma till öppna förskolan": where a family goes."""
    return m.first >= 2 and scene.word_before(m, {"till"}) and scene.tokens[m.first - 2].lower in _GOES


def _take_writers_post(scene: Scene, m: Mention) -> bool:
    """ "Jag är rektor …" makes the writer nobody who shares; tell whether the mention does so, as in "får jag
    berätta för rektorn" it doesn't."""
    if m.group != "actor" or "who.bystander" not in scene.groups_at(m.first):
        return False
    on_bystander(scene, m)
    return scene.bystander_end == m.last


def _of_nobody_here(scene: Scene, m: Mention, profession: Profession) -> bool:
    """Whether the mention goes on with a clause about the family, or about the manager who writes."""
    if staff_led(scene, m):
        scene.own_staff = one_more(scene)
        scene.own_staff.profession = profession
        return True
    return not (ends_bystander_clause(scene, m) or _begins_anew(scene, m))


def _begins_anew(scene: Scene, m: Mention) -> bool:
    """ "En familj har börjat gå i Lomma, och förskolläraren där … ringer mig": no longer the family."""
    return m.group == "profession" and scene.definite(m) and _after_comma_and(scene, m.first)


def _after_comma_and(scene: Scene, at: int) -> bool:
    before = [scene.tokens[i].lower for i in range(max(0, at - 2), at)]
    return before == [",", "och"]


def _place_of_actor(scene: Scene, m: Mention, weak: bool) -> bool:
    """ "Psykologen inom barnhälsovården", "läkaren på BVC", "… på bhv": where somebody with no row works."""
    if not weak and scene.tokens[m.last - 1].lower != "bhv" and m.value != _AUTHORITY:
        return False
    beside = scene.last_party_end == m.first - 1 and scene.tokens[m.first - 1].lower in _AT_PLACE
    return beside and bool(scene.current) and scene.current[-1].profession is Profession.OTHER


def _note(scene: Scene, m: Mention, drafts: list[Draft], profession: Profession, weak: bool) -> None:
    """Note that the mention describes those drafts, and what follows from that."""
    for draft in drafts:
        _describe(draft, m, profession, weak, draft is scene.asker)
    scene.note_place(drafts, m.first)
    note_own_staff(scene, m, drafts)
    if not weak and all(d is not scene.asker for d in drafts) and _fellow(scene, m):
        scene.fellow = profession
    scene.current = drafts
    scene.last_party_end = m.last
    scene.employ_waiting()
    if _so_is(scene, m):
        drafts[-1].employer = drafts[-1].employer or scene.asker.employer
    employ_from_there(scene, m, drafts)
    if len(drafts) == 1 and drafts[0] is not scene.asker and _i_and(scene, m):
        scene.current = [scene.asker, *drafts]


def _so_is(scene: Scene, m: Mention) -> bool:
    """ "I'm employed by a private provider, and so is the nurse"."""
    return [t.lower for t in scene.tokens[max(0, m.first - 3) : m.first]][:2] == ["so", "is"]


def _i_and(scene: Scene, m: Mention) -> bool:
    """ "Jag och barnmorskan Sigrid är …", not "mellan mig och barnmorskan som är …"."""
    at = m.last + (m.last < len(scene.tokens) and scene.tokens[m.last].text[:1].isupper())
    says_i = any(scene.tokens[i].lower == "jag" for i in range(max(0, m.first - 3), m.first))
    does = at < len(scene.tokens) and scene.tokens[at].lower in _DO
    return says_i and scene.joined_to_asker(m) and ("who.copula" in scene.groups_at(at) or does)


def _fellow(scene: Scene, m: Mention) -> bool:
    """ "Min förskollärarkollega": who says so is likely one too; "bvc-kollega" needn't mean that."""
    word = scene.tokens[m.last - 1].lower
    compound = word.startswith(("förskol", "barnmorsk", "socionom")) and word.endswith(_COLLEAGUE)
    return m.group == "profession" and compound


def _describe(draft: Draft, m: Mention, profession: Profession, weak: bool, asker: bool) -> None:
    draft.placed = m.group == "workplace" and (draft.placed or draft.empty())
    if weak:
        draft.weak = draft.weak or profession
    elif draft.profession is None or not (m.group == "actor" and asker):
        draft.profession = profession
        draft.label = m.value if m.group == "actor" else ""


def _drafts_for(scene: Scene, m: Mention, weak: bool, profession: Profession) -> list[Draft]:
    """Whom a profession (or a workplace) standing here describes."""
    if staff_of(scene, m) and not scene.to_open:
        scene.names_other = True
        scene.staff.append(one_more(scene))
        return scene.staff[-1:]
    both = scene.subject == "both" and "who.both" in scene.groups_at(m.first - 3)  # "båda är vi …"
    beside = beside_asker(scene, m) and scene.asker.profession in (None, profession) and not both
    me = i_am_it(scene, m)
    if me:
        _take_over(scene, profession)
    if beside or _in_role(scene, m) or me:
        scene.asker.explicit = True
        if beside:
            scene.told_before = list(scene.others)
        else:
            scene.subject = "asker"
        return [scene.asker]
    if scene.subject == "asker" and not scene.to_open:
        return [_in_askers_clause(scene, m, weak, profession)]
    if weak and (scene.at_own_place(m) or _of_my_clients(scene, m) or _opens_with_own_place(scene, m)):
        scene.asker.explicit = True
        return [scene.asker]
    if scene.subject == "both" and (fitting := _of_both(scene, profession)):
        return fitting
    return _elsewhere(scene, m, weak, profession)


def _of_my_clients(scene: Scene, m: Mention) -> bool:
    """ "Ett av mina barn på BVC": where the asker works."""
    client = "who.client" in scene.groups_at(m.first - 2) and scene.word_before(m, _AT_PLACE)
    return client and m.first >= 3 and scene.tokens[m.first - 3].lower in _MINE


def _opens_with_own_place(scene: Scene, m: Mention) -> bool:
    """ "Privat BVC i Lomma, jag är sjuksköterskan. …": what a text opens with before "jag"."""
    opens = all(any(e.group == "employer" for e in scene.covering(i)) for i in range(m.first))
    end = m.last + (2 if m.last < len(scene.tokens) and scene.tokens[m.last].lower == "i" else 0)
    comma = end < len(scene.tokens) and scene.tokens[end].text == ","
    return opens and bool(scene.forward) and comma and "who.asker" in scene.groups_at(end + 1)


def _take_over(scene: Scene, profession: Profession) -> None:
    """ "En privat barnmorska vill berätta för …. Barnmorskan är jag.": hers is the asker's."""
    told = [o for o in scene.others if o.profession is profession]
    if len(scene.others) > 1 and len(told) == 1:
        scene.asker.employer = scene.asker.employer or told[0].employer
        scene.others = [o for o in scene.others if o is not told[0]]
        scene.places = []


def _in_askers_clause(scene: Scene, m: Mention, weak: bool, profession: Profession) -> Draft:
    """The asker in a clause about them, unless it names what they aren't: somebody else then."""
    if scene.asker.profession is profession and _one_of(scene, m.first):
        return scene.asker
    if not weak and m.group == "profession" and _new_job(scene, m):
        scene.asker.employ_anew(profession)
        return scene.asker
    elsewhere = any(e is not scene.asker.employer for e, _ in scene.forward) and not _moved_to(scene, m)
    if weak and scene.asker.employer and elsewhere:
        scene.subject = "other"  # "(jag är hos Capio) och här finns också regionens BVC"
        return next_other(scene, m, profession)
    own = scene.asker.profession or scene.asker.weak
    if weak and scene.forward and own not in (None, profession) and not _moved_to(scene, m):
        scene.subject = "other"  # "(jag är på BVC) och regionens MVC ligger i samma hus"
        return next_other(scene, m, profession)
    known = scene.asker.profession is not None and not _repeats(scene, scene.asker, profession, m)
    if weak or not (known or _somebody_else(scene, m)):
        return scene.asker
    scene.subject = "other"
    return next_other(scene, m, profession)


def _moved_to(scene: Scene, m: Mention) -> bool:
    """ "Nu har jag bytt till Region Skånes BVC"."""
    near = range(max(0, m.first - _MOVE_REACH), m.first)
    return any("phrase.moved" in scene.groups_at(i) and scene.tokens[i + 1].lower == "till" for i in near)


def _elsewhere(scene: Scene, m: Mention, weak: bool, profession: Profession) -> list[Draft]:
    """Whom it describes in a clause that is not the asker's own."""
    if _beside_own_staff(scene, m):
        return [one_more(scene)]
    named = _named_before(scene, m, profession)
    if named or (scene.current and _repeats(scene, scene.current[-1], profession, m)):
        return [named] if named else scene.current
    if scene.subject == "other" and not (scene.to_open and scene.coordinated(m)):
        return [counterpart(scene, m, profession, weak)]
    near = m.first - scene.last_party_end <= _NEAR
    if weak and scene.current and not scene.to_open and near:
        return [one_more(scene)] if _another_house(scene, m, profession) else scene.current
    find = next_other if scene.to_open else by_position
    return [find(scene, m, profession)]


def _beside_own_staff(scene: Scene, m: Mention) -> bool:
    """ "En av mina BVC-sköterskor vill prata med BVC-sköterskan en trappa ner": whom she would tell."""
    alone = scene.own_staff is not None and len(scene.others) == 1 and scene.others[0] is scene.own_staff
    new = scene.to_open or (scene.word_before(m, {"en"}) and scene.tokens[m.first - 2].lower in _OR_LIKE)
    return alone and scene.bystander and new and is_person(scene, m)


def _another_house(scene: Scene, m: Mention, profession: Profession) -> bool:
    """ "Regionens bvc och den privata bvc:n": two of a kind, with an employer each."""
    last = scene.current[-1]
    differs = last.employer is not None and any(e is not last.employer for e, _ in scene.forward)
    return last.weak is profession and differs and scene.coordinated(m) and last is not scene.asker


def _of_both(scene: Scene, profession: Profession) -> list[Draft]:
    """Which of the asker and the other a profession describes: those who have no other one."""
    both = [scene.asker, scene.other()]
    known = [None if d.profession is Profession.OTHER else d.profession for d in both]
    if None in known and known != [None, None] and profession not in known:
        return [d for d, job in zip(both, known, strict=True) if job is None]
    if None in known:
        return both
    return [d for d, job in zip(both, known, strict=True) if job is profession]  # "får barnmorskan ringa?"


def _in_role(scene: Scene, m: Mention) -> bool:
    """ "Som barnmorska …", not "som barnmorskan"."""
    near = m.first - scene.role_at <= _ROLE_REACH  # not "en familj som gick hos oss, nu ringde Anna, som …"
    role = scene.after_role and near and scene.subject != "both"
    return role and not scene.to_open and not scene.definite(m)


def _somebody_else(scene: Scene, m: Mention) -> bool:
    """A definite form that isn't what the asker says to be: "det är BVC-sköterskan också"; or
    whom the asker has: "vi har en barnmorska i huset"."""
    if m.first in scene.signed:
        return False  # "öppna förskolan här, …"
    does = m.last < len(scene.tokens) and scene.tokens[m.last].lower in _MODALS
    if scene.word_before(m, _SUBJECT_AFTER) and does:
        return True  # "måste jag ha samtycke om bm ska få veta?"
    at = m.first - 1
    while at > 0 and any(e.group == "employer" for e in scene.covering(at)):
        at -= 1  # "har vi en privat barnmorska"
    has = {t.lower for t in scene.tokens[max(0, at - 2) : at]} if scene.tokens[at].lower in _ONE else set()
    if has & _HAS and ("who.copula" not in scene.groups_at(at - 1)):
        return True
    start = m.first - 2 if _one_of(scene, m.first) else m.first
    says_so = start >= 2 and "who.copula" in scene.groups_at(start - 1)
    return scene.definite(m) and not (says_so and "who.asker" in scene.groups_at(start - 2))


def _new_job(scene: Scene, m: Mention) -> bool:
    """ "Tidigare var jag barnmorska, nu är jag BVC-sköterska", "har börjat som förskollärare": what
    the asker says to be last replaces what they were."""
    if scene.definite(m) or scene.asker.profession in (None, Profession(m.value)):
        return False
    words = [t.lower for t in scene.tokens[max(0, m.first - 4) : m.first]]
    said = words[:-1] if words[-1:] == ["nu"] else words
    is_one = said[-2:] in (["är", "jag"], ["jag", "är"], ["men", "är"], ["numera", "är"])
    works_as = words[-1:] == ["som"] and bool(_WORKS.intersection(words))
    return is_one or works_as


def _one_of(scene: Scene, at: int) -> bool:
    """ "(Jag är) en av barnmorskorna"."""
    return at >= 2 and [t.lower for t in scene.tokens[at - 2 : at]] in (["en", "av"], ["ena", "av"])


def _repeats(scene: Scene, draft: Draft, profession: Profession, m: Mention) -> bool:
    """ "Barnavårdscentralens sköterska (BVC-sköterska)", "kuratorn, som är kommunens socionom": once more."""
    start = max(0, scene.last_party_end)
    between = scene.tokens[start : m.first]
    relative = [t.lower for t in between[:3]] == [",", "som", "är"]
    rest = range(start + 3, m.first) if relative else range(start, m.first)
    told = all(scene.tokens[i].text in "(,/=" or (relative and _whose(scene, i)) for i in rest)
    return draft.profession is profession and told


def _whose(scene: Scene, at: int) -> bool:
    return scene.tokens[at].lower in _A or "employer" in scene.groups_at(at)


def _named_before(scene: Scene, m: Mention, profession: Profession) -> Draft | None:
    """ "BHV-sjuksköterskan och barnmorskan är …": definite forms of two who are known already."""
    parties = [scene.asker, *scene.others]
    before = scene.last_party_end == m.first - 1 and scene.joined(m)
    after = "profession" in scene.groups_at(m.last + 1) and scene.tokens[m.last].lower == "och"
    known = len({p.profession for p in parties} - {None}) == len(parties) == 2
    if scene.to_open or not (scene.definite(m) and known and (before or after)):
        return None
    return next((p for p in parties if p.profession is profession), None)
