"""Decides what a comparison with the asker tells of the asker: "hon är regionanställd precis som
jag", "BVC-sköterska liksom jag"."""

from __future__ import annotations

from assistant.party_scene import Scene
from assistant.relation_names import is_board_word
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_ADDED = 9  # tokens after "det är jag med" in which another role may follow
_ALSO = frozenset("""också oxå med me likaså""".split())
_LIKE = frozenset("""som liksom precis likt exakt as like just""".split())
_LEADS = frozenset("""är e jobbar arbetar som en i hos för av åt från anställd och""".split())
_BETWEEN = frozenset("""också oxå och o å en ett även därtill dessutom med me ( ,""".split())


def likens(scene: Scene, m: Mention) -> bool:
    """Note what the asker ("jag", "mig", "vi") is said to be like somebody else; whether that is said."""
    at = m.last - 1 if scene.tokens[m.last - 1].lower not in _LIKE else m.first
    first = at
    while first > 0 and scene.tokens[first - 1].lower in _LIKE:
        first -= 1
    if first == at and not (m.last - m.first > 1 and scene.tokens[m.first].lower in _LIKE):
        return False
    if [t.lower for t in scene.tokens[first:at]] == ["som"] and _goes_on(scene, m):
        return False
    found = _attributes_before(scene, first)
    if not found and scene.subject == "other":
        found = _attributes_after(scene, m.last)
    for mention in found:
        if mention.group == "employer":
            scene.asker.employer = scene.asker.employer or Employer(mention.value)
        elif scene.asker.profession is None:
            scene.asker.profession = Profession(mention.value)
    if found:
        scene.likened.add(m.last - 1)
    scene.asker.explicit = scene.asker.explicit or bool(found)
    return bool(found)


def _goes_on(scene: Scene, m: Mention) -> bool:
    """ "BVC-sköterskan som jag delar reception med": no likeness, where a verb follows."""
    following = scene.tokens[m.last] if m.last < len(scene.tokens) else None
    verb = following is not None and following.lower.endswith(("ar", "er", "ade", "de", "te", "at"))
    groups = set(scene.groups_at(m.last)) - {
        "sharing.verbs",
        "who.copula",
        "relation.same",
        "turns.undermines",
    }
    return verb and not groups


def so_am_i(scene: Scene, m: Mention) -> bool:
    """ "(Gunnel är bvc-sköterska hos regionen.) Det är jag med": the asker is what she is.

    What a "fast som barnmorska" adds comes later, and holds.
    """
    says = [t.lower for t in scene.tokens[max(0, m.first - 2) : m.first]] == ["det", "är"]
    also = m.last < len(scene.tokens) and scene.tokens[m.last].lower in _ALSO
    ends = m.last + 1 >= len(scene.tokens) or scene.tokens[m.last + 1].text in ".,!?;"
    if not (says and also and ends and scene.others and scene.asker.profession is None):
        return False
    other = scene.others[-1]
    rest = range(m.last, min(m.last + _ADDED, len(scene.tokens)))
    if not any("who.as_role" in scene.groups_at(i) for i in rest):
        scene.asker.profession = other.profession
    scene.asker.employer, scene.asker.explicit = other.employer, True
    scene.likened.add(m.last)  # this "med" is no preposition
    return True


def _attributes_after(scene: Scene, at: int) -> list[Mention]:
    """ "(Hon är liksom jag) BVC-sköterska i regionen": what stands right after, verbs and all."""
    found: list[Mention] = []
    i = at
    while i < len(scene.tokens):
        beside = [m for m in scene.by_first.get(i, ()) if m.group in ("profession", "employer")]
        if beside:
            found.append(beside[0])
            i = beside[0].last
        elif scene.tokens[i].lower in _LEADS:
            i += 1
        else:
            break
    return [m for m in found if m.first not in scene.used and not scene.between.unsure & {m.first}]


def _attributes_before(scene: Scene, at: int) -> list[Mention]:
    """The profession and the employer that stand right before, joined by "och" at most."""
    found: list[Mention] = []
    i = at - 1
    while i >= 0:
        beside = [m for m in scene.covering(i) if m.group in ("profession", "workplace", "employer")]
        if beside:
            found.append(beside[0])
            i = beside[0].first - 1
        elif not found and (is_board_word(scene.tokens[i].lower) or scene.tokens[i].lower in ("under", ",")):
            i -= 1  # "förskollärare under skolnämnden, precis som jag"
        elif found and scene.tokens[i].lower in _BETWEEN and scene.tokens[i].text != ",":
            i -= 1
        else:
            break
    return [m for m in found if m.first not in scene.used and not scene.between.unsure & {m.first}]
