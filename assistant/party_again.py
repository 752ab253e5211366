"""Decides whether a profession names somebody who is known already: an apposition to "jag" or "mig",
a party named once more, or the general ("barnmorskor och BVC-sköterskor emellan")."""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.party_scene import Draft, Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

_BETWEEN = frozenset(
    """, ( - – som är e den en ett i egenskap av min roll bara själv enkel vanlig
    också oxå även jobbar arbetar sitter på vid inom hos""".split()
)
_ME = frozenset("""mig mej""".split())
_HAVE = frozenset("""har hade fick får""".split())
_AN = frozenset("""en ett""".split())
_AS = ["i", "egenskap", "av"]
_AT = frozenset("""på vid inom hos""".split())
_DOES = frozenset("""är e jobbar arbetar""".split())
_SETS_APART = frozenset(""", ( - – som""".split())
_SOMEBODY_NEW = frozenset("""annan andra en ett någon två another""".split())
_PLURALS = ("skor", "skorna", "nomer", "nomerna", "lärare", "lärarna", "ssk", "bm", "systrar")
_REACH = 8
_SEVERAL = ("or", "orna", "omer", "omerna", "lärarna", "rarna")
_BESIDE = 9  # tokens from one of a kind to the "och" before the next
_DETERMINED = frozenset("""den vår min en the our a""".split())
ASKED = frozenset("""bett bad ber""".split())
_BEFORE_A_SECOND = ASKED | frozenset("""och o & samt""".split())  # "barnmorskan har bett barnmorskan …"
_AND = frozenset("""och o å samt / & eller""".split())


def beside_asker(scene: Scene, m: Mention) -> bool:
    """ "Frågade mig, förskolläraren, …", "av mig som socionom", "oss barnmorskor", "jag (bm)"."""
    if (at_once := _right_beside(scene, m)) is not None:
        return at_once
    apart, told_employer = False, False
    for i in range(m.first - 1, max(-1, m.first - 1 - _REACH), -1):
        if i in scene.likened and (m.group == "employer" or _of_the_other(scene, i)):
            return False
        if _asker_ends_at(scene, i):
            if i >= 2 and scene.tokens[i - 1].lower == "till" and "who.colleague" in scene.groups_at(i - 2):
                return False  # "en kollega till mig, barnmorska, …"
            if i and scene.tokens[i - 1].lower in _HAVE and scene.tokens[i + 1].lower in _AN:
                return False  # "nu har vi en privat barnmorska här"
            group = i == m.first - 1 and "who.asker_group" in scene.groups_at(i)
            return apart or told_employer or (group and plural(scene, m))
        token = scene.tokens[i]
        employer = any(e.group == "employer" for e in scene.covering(i))
        if not employer and token.lower not in _BETWEEN:
            return False
        apart = apart or token.lower in _SETS_APART
        told_employer = told_employer or employer
    return False


def _right_beside(scene: Scene, m: Mention) -> bool | None:
    """What nothing but a few fixed words between the asker and the profession tell; None for nothing."""
    if m.group == "workplace" and scene.word_before(m, _AT | {"från"}) and _asker_ends_at(scene, m.first - 2):
        return True  # "veta av mig på BVC"
    if m.first and scene.tokens[m.first - 1].lower in _ME and not scene.definite(m):
        return True  # "ha hjälp av mig bvc-ssk i regionen"
    if [t.lower for t in scene.tokens[max(0, m.first - 3) : m.first]] == _AS and not scene.definite(m):
        return _asker_ends_at(scene, m.first - 4)  # "då jag i egenskap av BHV-sjuksköterska vet …"
    return None


def _of_the_other(scene: Scene, at: int) -> bool:
    """ "(Hon arbetar precis som) jag som BVC-sköterska", not "… liksom jag som är BVC-sköterska"."""
    words = [t.lower for t in scene.tokens[at + 1 : at + 3]]
    return scene.subject == "other" and not (words[:1] == ["som"] and words[-1] in _DOES)


def _asker_ends_at(scene: Scene, at: int) -> bool:
    return any(m.group in ("who.asker", "who.asker_group") and m.last == at + 1 for m in scene.covering(at))


def plural(scene: Scene, m: Mention) -> bool:
    """Whether a profession is named in the plural, or in a form that may be it."""
    return scene.tokens[m.last - 1].lower.endswith(_PLURALS)


def known_again(scene: Scene, m: Mention, profession: Profession) -> Draft | None:
    """The party that a profession names once more, None if it is somebody new.

    The asker only where nobody says "jag" or "barnmorska här": who does doesn't call themselves
    "barnmorskan".
    """
    if scene.forward or scene.used.intersection(range(max(0, m.first - 2), m.first)):
        return None
    before = scene.tokens[m.first - 1].lower if m.first else ""
    if before in _SOMEBODY_NEW or (scene.joined(m) and scene.to_open and not _earlier(scene, m, profession)):
        return None
    if two_side_by_side(scene, m, profession):
        return None
    parties = list(scene.others)
    if not scene.says_jag and not scene.opened:
        parties.insert(0, scene.asker)
    told = {p.profession or p.weak for p in (scene.asker, *scene.others)} | set(scene.run_by)
    same = [p for p in parties if (p.profession or p.weak) is profession]
    once_more = scene.definite(m) and not scene.to_open and scene.asker in same
    once_more = once_more and not scene.after_verb(m)  # "vill ringa BVC-sköterskan": somebody else
    return same[0] if len(same) == 1 and (len(told - {None}) > 1 or once_more) else None


def two_side_by_side(scene: Scene, m: Mention, profession: Profession) -> bool:
    """ "Regionens barnmorska och barnmorskan (privat)", "… och vår barnmorska": a second one of the kind."""
    at = before_described(scene, m)
    if at < 0 or scene.tokens[at].lower not in _BEFORE_A_SECOND or scene.last_party_end < 0:
        return False
    between = scene.tokens[scene.last_party_end : at]
    last = scene.current[-1].profession if scene.current else None
    near = len(between) <= _BESIDE and not any(t.text in BOUNDARY for t in between)
    several = scene.tokens[m.last - 1].lower.endswith(_SEVERAL)
    return near and last is profession and not several


def before_described(scene: Scene, m: Mention) -> int:
    """The token before a party and its "den", "vår" and employer; -1 at the text's start."""
    at = m.first - 1
    while at >= 0 and (scene.tokens[at].lower in _DETERMINED or employs(scene, at)):
        at -= 1
    return at


def employs(scene: Scene, at: int) -> bool:
    return any(e.group == "employer" for e in scene.covering(at))


def _earlier(scene: Scene, m: Mention, profession: Profession) -> bool:
    """ "(Prata med barnmorskan) och BVC-sköterskan" where she was told of before the barnmorska."""
    told = any(o.profession is profession for o in scene.others)
    return told and scene.definite(m) and all(d.profession is not profession for d in scene.current)


def general(scene: Scene, m: Mention) -> bool:
    """ "Barnmorskor och BVC-sköterskor emellan": not who asks about whom, where both are told."""
    if not plural(scene, m) or not scene.single_parties_elsewhere:
        return False
    return _joined_plural(scene, m.last, 1) or _joined_plural(scene, m.first - 1, -1)


def _joined_plural(scene: Scene, at: int, step: int) -> bool:
    if not 0 <= at < len(scene.tokens) or scene.tokens[at].lower not in _AND:
        return False
    beside = scene.covering(at + step)
    return any(b.group == "profession" and plural(scene, b) for b in beside)


def single_parties(scene: Scene) -> bool:
    """Whether at least two professions are named in the singular."""
    found = [m for ms in scene.by_first.values() for m in ms if m.group == "profession"]
    jobs = {m.value for m in found if not plural(scene, m)}
    return len(jobs) > 1 or ("who.between" not in scene.groups and len(jobs) == 1 < len(found) - 2)


def sentence_start(scene: Scene, at: int) -> int:
    """The first token of the sentence that holds ``at``."""
    while at > 0 and scene.tokens[at - 1].text not in BOUNDARY:
        at -= 1
    return at


def sentence_end(scene: Scene, at: int) -> int:
    """Where the sentence that holds ``at`` ends: its punctuation, or the text's end."""
    while at < len(scene.tokens) and scene.tokens[at].text not in BOUNDARY:
        at += 1
    return at
