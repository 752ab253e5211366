"""Decides which two of several people named in a story would share, where the one who writes is none of
them: "Elin är kurator. Hon vill att BVC-sköterskan Gunilla får veta …", "Kan Isak svara?"."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.clause_view import BOUNDARY, PARTY_GROUPS
from assistant.first_names import looks_like_a_name
from assistant.party_bystander import asks_for_others
from assistant.party_scene import Draft, Scene
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_JOINED = frozenset(
    """är som en , och jobbar arbetar kommunens regionens vår vårt här ( den anställd av""".split()
)
_TITLE_REACH = 5  # tokens from a name to what it is told to be
_LIST_REACH = 7  # tokens from "två förskollärare" to the names
_AND = frozenset("""och o & samt""".split())
_MODALS = frozenset("""får kan måste behöver ska skulle bör vill""".split())
_ME = frozenset("""mig mej""".split())
_MUNICIPAL = (Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER)
_PLURAL = ("lärare", "lärarna", "skor", "skorna", "nomer", "nomerna", "torer", "torerna", "givare", "givarna")
_UNTOLD = frozenset("""phrase.past phrase.belief phrase.change who.unsure phrase.supposed""".split())
_BOTH_OF_THEM = (["dem", "båda"], ["dom", "båda"], ["båda", "två"], ["bägge", "två"], ["för", "båda"])
_FROM = frozenset(["från", "av"])
_OUR = frozenset(["vår", "min"])
_LISTING = _AND | {",", "eller", "respektive"}
_WANTS = frozenset("""vill ville undrar undrade frågar frågade frågat bett bad ringde""".split())
_WANTS_WITHIN = 5  # tokens from the name
_OBJECTS = frozenset("""henne honom""".split())
_PRONOUNS = frozenset(["han", "hon"])
_BELIEF_REACH = 5  # tokens from an employer to "tror jag"
_ASKS = frozenset(["sharing.verbs", "sharing.consent"])


@dataclass(slots=True)
class _Person:
    """Somebody by name, as far as the text tells."""

    profession: Profession | None = None
    employer: Employer | None = None


def recast(scene: Scene) -> None:
    """Make the two who are named where the question is put the parties, if the writer is neither."""
    writer_known = scene.asker.profession is not None and not scene.bystander and scene.asker.explicit
    if writer_known and not asks_for_others(scene):
        return
    places = _name_places(scene)
    if len(set(places.values())) < 2 or _writer_shares(scene):
        return
    people = {name: _told_of(scene, name, places) for name in dict.fromkeys(places.values())}
    known = [name for name, person in people.items() if person.profession is not None]
    pair = known if len(known) == 2 else _asked_about(scene, places, known)
    if len(pair) != 2:
        return
    for name in pair:
        if people[name].employer is None and _is_ours(scene, name, places):
            people[name].employer = scene.asker.employer or scene.house_employer
    drafts = [Draft(people[name].profession, None, people[name].employer) for name in pair]
    _employ_both(scene, drafts)
    scene.asker, scene.others = drafts[0], [drafts[1]]
    scene.asker.explicit, scene.about_others, scene.names_other = False, True, True
    scene.places = []


def recast_recipients(scene: Scene) -> None:
    """Make those who are named where the writer asks the recipients: "Ulla är förskollärare …, Stefan är
    socionom. Måste jag fråga för Ulla, och för Stefan?", "… med dem båda"."""
    if scene.asker.profession is None or scene.about_others or not _asked_for_the_writer(scene):
        return
    places = _name_places(scene)
    asked = dict.fromkeys(name for at, name in places.items() if _in_question(scene, at))
    names = dict.fromkeys(places.values()) if len(asked) < 2 and _asks_of_both(scene) else asked
    if not names and _take_whom_pronoun_means(scene, places):
        return
    people = {name: _told_of(scene, name, places) for name in names}
    told = [name for name in names if people[name].profession is not None]
    jobs = {people[name].profession for name in told}
    if len(told) == 1 and len(scene.others) > 1 and not _listed(scene, places, told[0]):
        _keep_only(scene, jobs)
    if (
        len(told) != 2
        or len(scene.others) > 1
        or any((o.profession or o.weak) not in jobs for o in scene.others)
    ):
        return
    first = {name: min(at for at, text in places.items() if text == name) for name in told}
    told.sort(key=first.__getitem__)
    scene.others = [Draft(people[name].profession, None, people[name].employer) for name in told]
    scene.places = [first[name] for name in told]
    scene.names_other = True


def _asked_for_the_writer(scene: Scene) -> bool:
    """Whether "jag" or "vi" stands where it is asked: not in "vad avgör om Vera får svara?"."""
    groups = [g for i in range(len(scene.tokens)) if _in_question(scene, i) for g in scene.groups_at(i)]
    return "who.asker" in groups or "who.asker_group" in groups


def _take_whom_pronoun_means(scene: Scene, places: dict[int, str]) -> bool:
    """ "(BHV-sjuksköterskan Olga hör till min enhet.) Nu är det Mats som vill veta. Får jag berätta för
    honom?": the last who was named and wants to know, where all others are somebody else by name."""
    words = [i for i, t in enumerate(scene.tokens) if t.lower in _OBJECTS and _in_question(scene, i)]
    before = [at for at in places if words and at < words[0]]
    if not before:
        return False
    near = scene.tokens[max(0, max(before) - 1) : max(before) + _WANTS_WITHIN]  # "nu vill Sven …"
    wants = _WANTS.intersection(t.lower for t in near)
    if not wants:
        return False
    name = places[max(before)]
    people = {other: _told_of(scene, other, places) for other in dict.fromkeys(places.values())}
    person = people.pop(name)
    elsewhere = {other.profession for other in people.values()} - {None, person.profession}
    if person.profession is None or not all((o.profession or o.weak) in elsewhere for o in scene.others):
        return False
    scene.others = [Draft(person.profession, None, person.employer)]
    scene.places, scene.names_other = [], True
    return True


def _keep_only(scene: Scene, jobs: set[Profession | None]) -> None:
    """ "Socionomen Peter har också hört av sig …. Får jag svara Lovisa?": whose name or profession isn't in
    the question isn't asked about."""
    found = [m for i in range(len(scene.tokens)) if _in_question(scene, i) for m in scene.by_first.get(i, ())]
    asked = {
        Profession.OTHER if m.group == "actor" else Profession(m.value)
        for m in found
        if m.group in PARTY_GROUPS
    }
    kept = [o for o in scene.others if (o.profession or o.weak) in jobs | asked]
    if 0 < len(kept) < len(scene.others):
        scene.others, scene.places = kept, []


def _listed(scene: Scene, places: dict[int, str], name: str) -> bool:
    """ "(Får jag svara) Lovisa och honom?": the name is one of several."""
    beside = [
        scene.tokens[i].lower
        for at, text in places.items()
        if text == name and _in_question(scene, at)
        for i in (at - 1, at + 1)
    ]
    return bool(_LISTING.intersection(beside)) or _asks_of_both(scene)


def _asks_of_both(scene: Scene) -> bool:
    words = [t.lower for t in scene.tokens]
    return any(words[i : i + 2] in _BOTH_OF_THEM for i in range(len(words)))


def _in_question(scene: Scene, at: int) -> bool:
    return next((t.text for t in scene.tokens[at:] if t.text in BOUNDARY), "") == "?"


def _is_ours(scene: Scene, name: str, places: dict[int, str]) -> bool:
    """ "(Jag driver en privat BVC.) Vår BVC-sköterska Natalie …"."""
    titles = [title for at, text in places.items() if text == name and (title := _title_before(scene, at))]
    return any(scene.word_before(title, _OUR) for title in titles)


def _employ_both(scene: Scene, drafts: list[Draft]) -> None:
    """ "De är båda anställda av …", "BVC är utlagt på ett bolag": the employer that isn't told of each."""
    told = {d.employer for d in (scene.asker, *scene.others) if d.employer is not None}
    if all(d.employer is None for d in drafts) and len(told) == 1:
        for draft in drafts:
            if draft.profession not in _MUNICIPAL or told == {Employer.MUNICIPALITY}:
                draft.employer = next(iter(told))
    for draft in drafts:
        if draft.employer is None and draft.profession is not None:
            draft.employer = scene.run_by.get(draft.profession) or scene.employs_all


def _name_places(scene: Scene) -> dict[int, str]:
    """Where each name stands. Who has a profession is somebody to share; a child has none."""
    out: dict[int, str] = {}
    for i, token in enumerate(scene.tokens):
        before = scene.tokens[i - 1].lower if i else ""
        after = scene.tokens[i + 1].lower if i + 1 < len(scene.tokens) else ""
        opens = i == 0 or scene.tokens[i - 1].text in BOUNDARY
        before = "" if after == "," and before in _FROM else before  # "en fråga från Linnea, BVC-sköterska …"
        if not scene.covering(i) and looks_like_a_name(token.text, before, after):
            again = sum(t.text == token.text for t in scene.tokens) > 1
            if not opens or again or after in ("är", "och", "vill", ",", "jobbar", "arbetar"):
                out[i] = token.text
    return out


def _writer_shares(scene: Scene) -> bool:
    """ "Får jag …", "berätta för mig": the one who writes is a party."""
    for i, token in enumerate(scene.tokens):
        near = [t.lower for t in scene.tokens[max(0, i - 1) : i + 2]]
        if token.lower == "jag" and _MODALS.intersection(near):
            return True
        if token.lower in _ME and any("sharing.verbs" in scene.groups_at(k) for k in range(max(0, i - 6), i)):
            return True
    return False


def _told_of(scene: Scene, name: str, places: dict[int, str]) -> _Person:
    person = _Person()
    for at in (i for i, text in places.items() if text == name):
        job = _title_before(scene, at) or _title_after(scene, at, places) or _of_the_list(scene, at, places)
        if job is not None and person.profession is None:
            person.profession = Profession.OTHER if job.group == "actor" else Profession(job.value)
        person.employer = person.employer or _employer_of(scene, at, places)
    for at in _meant_by_pronoun(scene, name, places):
        if person.profession is None and (job := _title_after(scene, at, places)):
            person.profession = Profession(job.value)
        person.employer = person.employer or _employer_of(scene, at, places)
    return person


def _meant_by_pronoun(scene: Scene, name: str, places: dict[int, str]) -> list[int]:
    """Where "han" or "hon" opens a clause and this name is the last that was said."""
    found = []
    for i, token in enumerate(scene.tokens):
        before = max((at for at in places if at < i), default=None)
        opens = i > 0 and scene.tokens[i - 1].text in {*BOUNDARY, ","}
        if token.lower in _PRONOUNS and opens and before is not None and places[before] == name:
            found.append(i)
    return found


def _title_before(scene: Scene, at: int) -> Mention | None:
    """ "BVC-sköterskan Gunilla"."""
    return next(
        (m for m in scene.covering(at - 1) if m.group in ("profession", "actor") and m.last == at), None
    )


def _title_after(scene: Scene, at: int, places: dict[int, str]) -> Mention | None:
    """ "Elin är kurator", "Katarina, BHV-sjuksköterska hos …"."""
    for i in range(at + 1, min(at + 1 + _TITLE_REACH, len(scene.tokens))):
        job = next((m for m in scene.by_first.get(i, ()) if m.group == "profession"), None)
        if job is not None:
            listed = scene.tokens[i - 1].lower in _AND and i - 1 == at + 1
            named = job.last in places  # "Klara och förskolläraren Jan-Erik"
            return None if listed or named else job
        employer = any(m.group == "employer" for m in scene.covering(i))
        if i in places or not (scene.tokens[i].lower in _JOINED or employer):
            return None
    return None


def _of_the_list(scene: Scene, at: int, places: dict[int, str]) -> Mention | None:
    """ "Två förskollärare på familjecentralen, Lena och Dragan"."""
    beside = at - 2 in places and scene.tokens[at - 1].lower in _AND
    first = at - 2 if beside else at
    if not beside and not (at + 2 in places and scene.tokens[at + 1].lower in _AND):
        return None
    for i in range(first - 1, max(-1, first - 1 - _LIST_REACH), -1):
        job = next((m for m in scene.covering(i) if m.group == "profession"), None)
        if job is not None:
            return job if scene.tokens[job.last - 1].lower.endswith(_PLURAL) else None
        if scene.tokens[i].text in BOUNDARY:
            return None
    return None


def _employer_of(scene: Scene, at: int, places: dict[int, str]) -> Employer | None:
    """The employer that a clause tells of the name at its head, before another name is said."""
    for i in range(at + 1, len(scene.tokens)):
        token = scene.tokens[i]
        if token.text in BOUNDARY or i in places or "sharing.verbs" in scene.groups_at(i):
            return None
        if _UNTOLD.intersection(scene.groups_at(i)) or "who.asker" in scene.groups_at(i):
            return None
        if "profession" in scene.groups_at(i) and token.lower not in _JOINED and at + _TITLE_REACH < i:
            return None
        told = next((m for m in scene.by_first.get(i, ()) if m.group == "employer"), None)
        if told is not None and not scene.negated(i):
            return None if _only_believed(scene, told.last) else Employer(told.value)
    return None


def _only_believed(scene: Scene, at: int) -> bool:
    """ "Dragan är privat anställd, tror jag"."""
    rest = range(at, min(at + _BELIEF_REACH, len(scene.tokens)))
    end = next((i for i in rest if scene.tokens[i].text in BOUNDARY), rest.stop)
    return any("phrase.belief" in scene.groups_at(i) for i in range(at, end))


def _asked_about(scene: Scene, places: dict[int, str], known: list[str]) -> list[str]:
    """The two of more than two who are named where sharing or consent is spoken of, the last time."""
    found: list[str] = []
    ends = [i for i, t in enumerate(scene.tokens) if t.text in BOUNDARY] + [len(scene.tokens)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    for start, end in reversed(list(zip(starts, ends, strict=True))):
        question = end < len(scene.tokens) and scene.tokens[end].text == "?"
        if not question and not any(_ASKS.intersection(scene.groups_at(i)) for i in range(start, end)):
            continue
        found += [places[i] for i in range(start, end) if places.get(i) in known]
        found = list(dict.fromkeys(found))
        if len(found) >= 2:
            return found[:2] if len(found) == 2 else []
    return found
