"""Decides which party an employer belongs to: the one it stands beside, the one that follows,
both, or somebody elsewhere."""

from __future__ import annotations

from assistant.party_plural import both_of_them, one_of_both
from assistant.party_scene import Draft, Scene
from assistant.types import Employer
from assistant.vocabulary import Mention

# Words that link a party with the employer after it ("barnmorska som är anställd av …").
_LINKS = frozenset(
    """anställd anställda av i hos för från på åt vid som är e jobbar arbetar inom offentligt en ett (
    / m den annan annat""".split()
)


def take_employer(scene: Scene, m: Mention) -> int:
    """Give the employer to whom it belongs; return how many tokens the mention takes."""
    length = m.last - m.first
    if m.first in scene.between.unsure:
        return length
    employer = Employer(m.value)
    negated = scene.negated(m.first)
    elsewhere = scene.between.elsewhere.intersection(range(m.first, m.last))
    if elsewhere and not both_of_them(scene, m.first) and not _adjacent_party(scene, m.first):
        scene.names_other = True
        scene.other().employ(employer, False)
        return length
    if "who.both" in scene.groups_at(m.last) and not scene.current:
        scene.about_both()
    if both_of_them(scene, m.first):
        scene.current = [scene.asker, scene.other()]
    if not _adjacent_party(scene, m.first) and scene.party_follows(m.last):
        scene.forward.append((employer, negated))
        return length
    for draft in _targets(scene, m.first):
        draft.employ(employer, negated)
    return length


def on_also(scene: Scene, m: Mention) -> None:
    """ "Hon är det också.": the other has the asker's employer."""
    ends = m.last >= len(scene.tokens) or scene.tokens[m.last].text in ".?!,"
    if ends and scene.subject == "other" and scene.others and scene.others[-1].employer is None:
        scene.others[-1].employer = scene.asker.employer


def _targets(scene: Scene, at: int) -> list[Draft]:
    """Whom an employer standing here belongs to; nobody in a clause about the client."""
    if scene.subject == "client":
        return []
    if one := one_of_both(scene, at):
        return one
    if scene.current:
        return scene.current
    if scene.to_open or scene.others:
        scene.names_other = True
        return [scene.other()]
    return [scene.asker] if scene.says_i else []


def _adjacent_party(scene: Scene, at: int) -> bool:
    """Whether only linking words stand between the last party and this place."""
    between = scene.tokens[max(0, scene.last_party_end) : at]
    if scene.last_party_end < 0 or len(between) > 4:
        return False
    return all(t.lower in _LINKS for t in between)
