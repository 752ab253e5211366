"""Decides what the whole text adds up to once it has been read: who is the asker when nobody says
"jag", what a relation tells of the parties, and which relation is whose."""

from __future__ import annotations

from itertools import pairwise

from assistant.party_again import sentence_end, sentence_start
from assistant.party_bystander import settle_bystander, settle_each_other, settle_joined, settle_pair
from assistant.party_cast import recast, recast_recipients
from assistant.party_places import settle_places
from assistant.party_scene import Draft, Scene
from assistant.party_two_employers import settle_two_employers
from assistant.party_two_others import settle_of_one_kind, settle_two_others
from assistant.reading import Reading
from assistant.relations import Relations
from assistant.types import Employer, Profession

_COMPANIES = ("bolag", "företag", "vårdbolag", "vårdföretag", "privat")
_JOBS = frozenset("""jobb yrke arbete profession yrkesroll yrkestitel titel befattning""".split())
_BY_US = (["anställda", "hos", "oss"], ["anställda", "av", "oss"])
_OPEN = frozenset("""om ifall huruvida hade skulle""".split())
_NOT_NOW = ("phrase.past", "phrase.belief", "phrase.change", "phrase.came", "who.unsure")


def outcome(scene: Scene) -> Reading:
    """The reading of a text that has been walked to its end."""
    settle_bystander(scene)
    settle_pair(scene)
    settle_joined(scene)
    settle_each_other(scene)
    settle_two_others(scene)
    settle_of_one_kind(scene)
    _apply_relations(scene)
    settle_places(scene)
    settle_two_employers(scene)
    _another_company(scene)
    _employed_by_us(scene)
    for draft in (scene.asker, *scene.others) if scene.employs_all else ():
        draft.employer = draft.employer or scene.employs_all
    _absorb_the_asker(scene)
    recast(scene)
    recast_recipients(scene)
    asker, others = scene.asker, [d for d in scene.others if not d.empty() or d.not_employers]
    names_other = scene.names_other
    others = [d for d in others if not _own_workplace(scene, d)] or others
    third_person = scene.about_others or (not scene.says_i and not asker.explicit)
    if third_person and not others and not asker.empty() and not scene.two:
        asker, others, names_other = Draft(), [asker], True
    return Reading(
        asker=asker.party(),
        others=tuple(d.party() for d in others),
        relations=scene.relations,
        third_person=third_person,
        names_other=names_other or bool(others),
        own_relations=_own_relations(scene, len(others)),
        asker_inferred=scene.inferred and asker.profession is not None,
        asker_guessed=scene.guessed and asker.profession is not None,
        names=frozenset(name for name, told in scene.named.items() if told in others),
    )


def _another_company(scene: Scene) -> None:
    """ "Hon är privat, fast i ett annat bolag", "av olika bolag": then the asker works for one, too."""
    told = any(_is_company(scene, at) for at in scene.between.elsewhere)
    care = scene.asker.profession not in (Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER)
    one = len(scene.others) == 1 and scene.others[0].employer is Employer.PRIVATE
    if told and care and one and scene.asker.employer is None and not scene.asker.not_employers:
        scene.asker.employer = Employer.PRIVATE


def _employed_by_us(scene: Scene) -> None:
    """ "Vi är ett privat bolag, och både barnmorskan och BVC-sköterskan är anställda hos oss"."""
    words = [t.lower for t in scene.tokens if t.lower != "här"]
    said = any(words[i : i + 3] in _BY_US and not scene.negated(i) for i in range(len(words)))
    told = {scene.house_employer, scene.asker.employer} - {None}
    if said and len(told) == 1:
        for draft in (scene.asker, *(o for o in scene.others if not o.empty())):
            draft.employer = draft.employer or next(iter(told))


def _is_company(scene: Scene, at: int) -> bool:
    """ "Ett annat bolag", "en annan privat vårdgivare", not "en annan vårdgivare", nor one of the past."""
    company = scene.tokens[at].lower.startswith(_COMPANIES)
    sentence = range(sentence_start(scene, at), sentence_end(scene, at))
    return company and not any(g in _NOT_NOW for i in sentence for g in scene.groups_at(i))


def _absorb_the_asker(scene: Scene) -> None:
    """ "Vårdcentralen har både BVC och barnmorska. Får jag som barnmorska prata med BVC-sköterskan?":
    the barnmorska who was told of first is the one who writes."""
    same = [o for o in scene.told_before if o.profession is scene.asker.profession]
    if len(scene.others) < 2 or not same:
        return
    if same[0].employer in (None, scene.asker.employer) or scene.asker.employer is None:
        scene.asker.employer = scene.asker.employer or same[0].employer
        scene.others = [o for o in scene.others if o is not same[0]]
        scene.places = scene.places[1:]


def _own_workplace(scene: Scene, draft: Draft) -> bool:
    """ "Barnmorskorna är en enhet och BVC en annan. Får jag, BVC-sköterska, …": where the asker works."""
    only_place = draft.employer is None and (draft.placed or draft.profession is None)
    job = draft.profession or draft.weak
    return only_place and job is not None and job is scene.asker.profession and scene.asker.explicit


def _apply_relations(scene: Scene) -> None:
    """ "En annan BVC-sköterska" says that the asker is one too; "varandra" that both are."""
    if scene.others and scene.asker.profession is None:
        _infer_the_asker(scene)
    alike = scene.relations.same_kind or _says_same_job(scene)
    if alike and all(o.empty() for o in scene.others) and scene.asker.profession:
        scene.others = [Draft(scene.asker.profession)]
    one = scene.others[0] if len(scene.others) == 1 else None
    if scene.relations.same_kind and one is not None and one.profession is None and one.weak is None:
        one.profession = scene.asker.profession  # "jag och en annan barnmorska är båda …"
    if scene.relations.other_employer_elsewhere and scene.others:
        scene.others[0].employer = scene.others[0].employer or Employer.OTHER
    if scene.pair and all(o.empty() for o in scene.others) and scene.asker.profession is not None:
        scene.others = [Draft(scene.asker.profession, None, scene.asker.employer)]


def _infer_the_asker(scene: Scene) -> None:
    """ "En annan förskollärare", "min förskollärarkollega": the asker is likely one too."""
    alike = scene.relations.same_kind or _says_same_job(scene)
    same_kind = scene.others[0].profession if alike else None
    asker, municipal = scene.asker, scene.fellow in (Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER)
    fits = asker.employer is None or (asker.employer is Employer.MUNICIPALITY) == municipal
    speaks = scene.says_i and asker.weak is None and not scene.about_others
    asker.profession = same_kind or (scene.fellow if fits and speaks else None)
    scene.inferred = scene.asker.profession is not None
    scene.guessed = scene.inferred and same_kind is None


def _says_same_job(scene: Scene) -> bool:
    """ "(Lovisa är BHV-sjuksköterska …,) jag gör samma jobb", not "spelar det roll om vi har samma yrke?"."""
    if len([o for o in scene.others if not o.empty()]) > 1:
        return False
    words = [t.lower for t in scene.tokens]
    for at, pair in enumerate(pairwise(words)):
        if pair[0] == "samma" and pair[1] in _JOBS and not scene.negated(at):
            told = words[sentence_start(scene, at) : at]
            return not _OPEN.intersection(told)
    return False


def _own_relations(scene: Scene, count: int) -> tuple[Relations, ...]:
    """What is said of each of several recipients; what is said of all where it isn't parted."""
    if count < 2 or len(scene.places) != count:
        return ()
    starts, ends = [0, *scene.places[1:]], [*scene.places[1:], len(scene.tokens)]
    parts = [scene.between.relations(a, b) for a, b in zip(starts, ends, strict=True)]
    if all(part == Relations() for part in parts[:-1]):
        return ()
    return tuple(parts)
