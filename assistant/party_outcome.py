"""Decides what the whole text adds up to once it has been read: who is the asker when nobody says
"jag", what a relation tells of the parties, and which relation is whose."""

from __future__ import annotations

from assistant.party_scene import Draft, Scene
from assistant.reading import Reading
from assistant.relations import Relations
from assistant.types import Employer


def outcome(scene: Scene) -> Reading:
    """The reading of a text that has been walked to its end."""
    _apply_relations(scene)
    asker, others = scene.asker, [d for d in scene.others if not d.empty() or d.not_employers]
    names_other = scene.names_other
    third_person = not scene.says_i and not asker.explicit
    if third_person and not others and not asker.empty() and not scene.two:
        asker, others, names_other = Draft(), [asker], True
    return Reading(
        asker=asker.party(),
        others=tuple(d.party() for d in others),
        relations=scene.relations,
        third_person=third_person,
        names_other=names_other or bool(others),
        own_relations=_own_relations(scene, len(others)),
    )


def _apply_relations(scene: Scene) -> None:
    """ "En annan BVC-sköterska" says that the asker is one too; "varandra" that both are."""
    if scene.relations.same_kind and scene.others and scene.asker.profession is None:
        scene.asker.profession = scene.others[0].profession
    if scene.relations.other_employer_elsewhere and scene.others:
        scene.others[0].employer = scene.others[0].employer or Employer.OTHER
    if scene.pair and all(o.empty() for o in scene.others) and scene.asker.profession is not None:
        scene.others = [Draft(scene.asker.profession, None, scene.asker.employer)]


def _own_relations(scene: Scene, count: int) -> tuple[Relations, ...]:
    """What is said of each of several recipients; what is said of all where it isn't parted."""
    if count < 2 or len(scene.places) != count:
        return ()
    starts, ends = [0, *scene.places[1:]], [*scene.places[1:], len(scene.tokens)]
    parts = [scene.between.relations(a, b) for a, b in zip(starts, ends, strict=True)]
    if all(part == Relations() for part in parts[:-1]):
        return ()
    return tuple(parts)
