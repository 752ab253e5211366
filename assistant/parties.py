"""Who is who: one pass over the tokens of a text, clause by clause, each mention to its reader.

Decides only the order. Whom a clause is about: ``party_subject`` and ``party_plural``. Whom a
profession describes: ``party_naming``; an employer: ``party_employers``. What it all adds up to:
``party_outcome``. What they share is ``party_scene``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.clause_view import BOUNDARY, PARTY_GROUPS
from assistant.party_again import single_parties
from assistant.party_aside import in_passing
from assistant.party_bystander import on_bystander, runs_a_house
from assistant.party_employers import on_also, take_employer
from assistant.party_names import on_name
from assistant.party_naming import take_party
from assistant.party_outcome import outcome
from assistant.party_plural import on_all, on_both, on_group, on_two
from assistant.party_scene import Scene
from assistant.party_subject import (
    elliptic_subject,
    on_asker,
    on_client,
    on_colleague,
    on_other,
    on_possessive,
    on_role,
    on_to,
    on_verb,
)
from assistant.party_two_employers import note_two_employers
from assistant.reading import Reading
from assistant.relations import RelationReading
from assistant.vocabulary import Mention, Token

# Words that may stand before the profession that opens a sentence ("Hej, privat barnmorska här …").
_OPENERS = frozenset(
    """hej hejsan hallå god dag morgon en ett är e jobbar arbetar som privat privata privatanställd
    regionanställd offentlig kommunal kommunanställd ny nyanställd , ! i på
    enl enligt 2018 2018s 2024 års vägledning vägledningen""".split()
)
_HANDLERS: Mapping[str, Callable[[Scene, Mention], None]] = {
    "who.asker": on_asker,
    "who.asker_group": on_group,
    "who.both": on_both,
    "who.other": on_other,
    "who.colleague": on_colleague,
    "who.client": on_client,
    "who.two": on_two,
    "who.all": on_all,
    "who.bystander": on_bystander,
    "who.to": on_to,
    "who.as_role": on_role,
    "who.possessive": on_possessive,
    "who.also": on_also,
    "sharing.verbs": on_verb,
}


def read_parties(
    tokens: list[Token],
    mentions: list[Mention],
    between: RelationReading,
    names: frozenset[str] = frozenset(),
) -> Reading:
    """The reading of a whole text; ``between`` is what ``read_relations`` read in it, ``names`` are the
    first names by which earlier turns called those to share with."""
    scene = Scene(tokens, mentions, between)
    scene.known_names = names
    note_two_employers(scene)
    scene.single_parties_elsewhere = single_parties(scene)
    elliptic_subject(scene, 0)
    at = 0
    while at < len(tokens):
        if tokens[at].text in BOUNDARY:
            scene.new_clause()
            at += 1
            elliptic_subject(scene, at)
        else:
            at += in_passing(scene, at) or _take_token(scene, at)
    return outcome(scene)


def _take_token(scene: Scene, at: int) -> int:
    """Read all that begins at a token; return how many tokens that takes."""
    on_name(scene, at)
    runs_a_house(scene, at)
    step = max([1, *(_take(scene, m) for m in scene.by_first.get(at, ()))])
    if scene.tokens[at].lower not in _OPENERS and "employer" not in scene.groups_at(at):
        scene.sentence_start = False
    return step


def _take(scene: Scene, m: Mention) -> int:
    if m.group in PARTY_GROUPS:
        return take_party(scene, m)
    if m.group == "employer":
        return take_employer(scene, m)
    handler = _HANDLERS.get(m.group)
    if handler and m.first not in scene.used:
        handler(scene, m)
    return 1
