"""Decides whom a profession, an actor or a workplace describes where it stands."""

from __future__ import annotations

from assistant.party_scene import Draft, Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

# Words before a profession that make it somebody else than the one who writes.
_NOT_BARE = frozenset("""en ett den vår min regionens kommunens bolagets""".split())
_ELLIPTIC = frozenset("""är e jobbar arbetar som""".split())
_NEAR = 3  # tokens between a party and a workplace that is theirs


def take_party(scene: Scene, m: Mention) -> int:
    """Note what the mention names; return how many tokens it takes."""
    length = m.last - m.first
    weak = m.group == "workplace"
    if (m.first in scene.used and not weak) or scene.negated(m.first):
        return length
    profession = Profession.OTHER if m.group == "actor" else Profession(m.value)
    if not weak and _opens_as_asker(scene, m):
        scene.subject, scene.to_open, scene.asker.explicit = "asker", False, True
    if scene.subject == "client":
        return length
    drafts = _drafts_for(scene, m, weak, profession)
    for draft in drafts:
        _describe(scene, draft, m, profession)
    if drafts:
        scene.note_place(drafts, m.first)
        scene.current = drafts
        scene.last_party_end = m.last
        scene.employ_waiting()
    if not weak:
        scene.to_open = scene.to_open and scene.and_follows(m.last)
    scene.after_role = False
    return length


def _describe(scene: Scene, draft: Draft, m: Mention, profession: Profession) -> None:
    if m.group == "workplace":
        draft.weak = draft.weak or profession
    elif draft.profession is None or not (m.group == "actor" and draft is scene.asker):
        draft.profession = profession
        draft.label = m.value if m.group == "actor" else ""


def _drafts_for(scene: Scene, m: Mention, weak: bool, profession: Profession) -> list[Draft]:
    """Whom a profession (or a workplace) standing here describes."""
    if scene.after_role and scene.subject != "both" and not scene.to_open:
        scene.subject = "asker"
        scene.asker.explicit = True
        return [scene.asker]
    if scene.subject == "asker" and not scene.to_open:
        known = scene.asker.profession is not None and not _repeats(scene, scene.asker, profession, m)
        if weak or not (known or _somebody_else(scene, m)):
            return [scene.asker]
        scene.subject = "other"
        return [_next_other(scene, m, profession)]
    if scene.subject == "both":
        return [scene.asker, scene.other()]
    named = _named_before(scene, m, profession)
    if named or (scene.current and _repeats(scene, scene.current[-1], profession, m)):
        return [named] if named else scene.current
    if scene.subject == "other" and not (scene.to_open and scene.coordinated(m)):
        return [_counterpart(scene, profession, weak)]
    if weak and scene.current and not scene.to_open and m.first - scene.last_party_end <= _NEAR:
        return scene.current
    find = _next_other if scene.to_open else _by_position
    return [find(scene, m, profession)]


def _opens_as_asker(scene: Scene, m: Mention) -> bool:
    """ "Barnmorska här. …", "Är BVC-sköterska i regionen, …": an indefinite form that opens a
    sentence is who writes, when "jag" stands elsewhere or nobody else has been named."""
    if not scene.sentence_start or scene.to_open or scene.asker.profession is not None:
        return False
    before = scene.tokens[m.first - 1].lower if m.first else ""
    bare = not scene.definite(m) and before not in _NOT_BARE
    elliptic = before in _ELLIPTIC or scene.verb_opens(m.first)
    return bare and (scene.says_i or elliptic) and scene.subject in ("", "asker")


def _somebody_else(scene: Scene, m: Mention) -> bool:
    """A definite form that isn't what the asker says to be: "det är BVC-sköterskan också"."""
    says_so = m.first >= 2 and "who.copula" in scene.groups_at(m.first - 1)
    return scene.definite(m) and not (says_so and "who.asker" in scene.groups_at(m.first - 2))


def _repeats(scene: Scene, draft: Draft, profession: Profession, m: Mention) -> bool:
    """ "Barnavårdscentralens sköterska (BVC-sköterska)": the same once more."""
    between = scene.tokens[max(0, scene.last_party_end) : m.first]
    return draft.profession is profession and all(t.text in "(,/=" for t in between)


def _named_before(scene: Scene, m: Mention, profession: Profession) -> Draft | None:
    """ "BHV-sjuksköterskan och barnmorskan är …": definite forms of two who are known already."""
    parties = [scene.asker, *scene.others]
    before = scene.last_party_end == m.first - 1 and scene.joined(m)
    after = "profession" in scene.groups_at(m.last + 1) and scene.tokens[m.last].lower == "och"
    known = len({p.profession for p in parties} - {None}) == len(parties) == 2
    if scene.to_open or not (scene.definite(m) and known and (before or after)):
        return None
    return next((p for p in parties if p.profession is profession), None)


def _counterpart(scene: Scene, profession: Profession, weak: bool) -> Draft:
    """ "Kuratorn är socionom. Hon frågar förskolläraren …": a second profession is the other
    side where nobody says "jag"."""
    other = scene.other()
    differs = not weak and other.profession not in (None, profession)
    return scene.asker if differs and scene.asker.empty() and not scene.says_jag else other


def _by_position(scene: Scene, m: Mention, profession: Profession) -> Draft:
    """A party without any sign: the first is the asker (when nobody says "jag")."""
    if not scene.says_i and scene.asker.empty() and not scene.others:
        return scene.asker
    if scene.coordinated(m) and scene.others and not scene.others[-1].empty() and not scene.pair:
        return _next_other(scene, m, profession)
    if not scene.says_i and not scene.others and scene.asker.profession is None:
        return scene.asker
    return _next_other(scene, m, profession)


def _next_other(scene: Scene, m: Mention, profession: Profession) -> Draft:
    """The one to share with that a profession names: the latest, or a new one beside them."""
    scene.names_other = True
    if scene.pair and not scene.says_i and scene.asker.empty():
        return scene.asker
    if scene.tentative is not None and scene.others:
        scene.others[-1], scene.tentative = Draft(), None
        scene.subject = "other"
        return scene.others[-1]
    if not scene.others:
        return scene.other()
    last = scene.others[-1]
    if last.profession is None or last.profession is profession:
        return last
    if scene.coordinated(m) and not (scene.pair and scene.asker.empty()):
        scene.others.append(Draft())
    elif profession is not Profession.OTHER and last.profession is not Profession.OTHER:
        if scene.asker.empty() and not scene.says_i:
            return scene.asker
        scene.others.append(Draft())
    return scene.others[-1]
