"""Decides what a comparison with the asker tells of the asker: "hon är regionanställd precis som
jag", "BVC-sköterska liksom jag"."""

from __future__ import annotations

from assistant.party_scene import Scene
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_LIKE = frozenset("""som liksom precis likt exakt as like just""".split())
_BETWEEN = frozenset("""också oxå och o å en ett även därtill dessutom med me ( ,""".split())


def likens(scene: Scene, m: Mention) -> bool:
    """Note what the asker ("jag", "mig", "vi") is said to be like somebody else; whether that is said."""
    at = m.last - 1 if scene.tokens[m.last - 1].lower not in _LIKE else m.first
    first = at
    while first > 0 and scene.tokens[first - 1].lower in _LIKE:
        first -= 1
    if first == at and not (m.last - m.first > 1 and scene.tokens[m.first].lower in _LIKE):
        return False
    found = _attributes_before(scene, first)
    for mention in found:
        if mention.group == "employer":
            scene.asker.employer = scene.asker.employer or Employer(mention.value)
        elif scene.asker.profession is None:
            scene.asker.profession = Profession(mention.value)
    if found:
        scene.likened.add(m.last - 1)
    scene.asker.explicit = scene.asker.explicit or bool(found)
    return bool(found)


def _attributes_before(scene: Scene, at: int) -> list[Mention]:
    """The profession and the employer that stand right before, joined by "och" at most."""
    found: list[Mention] = []
    i = at - 1
    while i >= 0:
        beside = [m for m in scene.covering(i) if m.group in ("profession", "workplace", "employer")]
        if beside:
            found.append(beside[0])
            i = beside[0].first - 1
        elif found and scene.tokens[i].lower in _BETWEEN and scene.tokens[i].text != ",":
            i -= 1
        else:
            break
    return [m for m in found if m.first not in scene.used and not scene.between.unsure & {m.first}]
