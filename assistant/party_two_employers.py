"""Decides that two employers who are named together are one each: "två arbetsgivare: Region Skåne och ett
privat bolag", "två BVC-sköterskor, regionen respektive Capio"."""

from __future__ import annotations

from itertools import pairwise

from assistant.party_scene import Draft, Scene
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_COUNTED = frozenset("""två 2 olika skilda varsin""".split())
_EMPLOYERS = ("arbetsgivar", "vårdgivar", "huvudm", "utförar", "aktör")
_AND = frozenset("""och o å samt resp respektive & / ,""".split())
_LINKS = _AND | frozenset("""en ett den det av hos ( - –""".split())
_ENDS = frozenset(".?!")
_REACH = 8  # tokens from "två arbetsgivare" to the first of them
_HEALTH = (Profession.BHV_NURSE, Profession.MIDWIFE)


def note_two_employers(scene: Scene) -> None:
    """Note the two of "två vårdgivare med BVC: Region Skåne och ett privat bolag", which are nobody's yet."""
    named = sorted(
        (m for found in scene.by_first.values() for m in found if m.group == "employer"),
        key=lambda m: m.first,
    )
    for one, other in pairwise(named):
        if (
            one.value != other.value
            and joined_employers(scene, one, other)
            and _told_as_two(scene, one, other)
        ):
            scene.two_employers = (Employer(one.value), Employer(other.value))
            scene.spoken_for.update(range(one.first, other.last))
            further = next((m for m in named if other.last <= m.first <= other.last + 1), None)
            if further is not None and further.value == other.value:  # "… med vårdavtal"
                scene.spoken_for.update(range(further.first, further.last))
            return


def joined_employers(scene: Scene, one: Mention, other: Mention) -> bool:
    """Whether nothing but "och", "respektive" and small words stand between two employers."""
    between = [t.lower for t in scene.tokens[one.last : other.first]]
    if between[:2] == ["resp", "."]:
        between.pop(1)
    return bool(_AND.intersection(between)) and all(word in _LINKS for word in between)


def _told_as_two(scene: Scene, one: Mention, other: Mention) -> bool:
    return _counted(scene, one.first) or _one_each(scene, other.last)


def _one_each(scene: Scene, at: int) -> bool:
    """ "(Regionen och ett bolag) har var sin BVC-sköterska"."""
    words = [t.lower for t in scene.tokens[at : at + 3]]
    return "varsin" in words or words[1:] == ["var", "sin"]


def _counted(scene: Scene, at: int) -> bool:
    words: list[str] = []
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if scene.tokens[i].text in _ENDS:
            break
        words.insert(0, scene.tokens[i].lower)
    return any(one in _COUNTED and then.startswith(_EMPLOYERS) for one, then in pairwise(words))


def settle_two_employers(scene: Scene) -> None:
    """Give two of one profession an employer each: the one that is left, or, where neither is told and
    nobody says "jag", either, which changes no verdict."""
    others = [o for o in scene.others if not o.empty()]
    if scene.two_employers is not None and not others and not scene.says_i:
        others = scene.others = [Draft(scene.asker.profession)]  # "… har var sin BVC-sköterska"
    if scene.two_employers is None or len(others) != 1:
        return
    pair = [scene.asker, others[0]]
    jobs = {draft.profession or draft.weak for draft in pair}
    if len(jobs) != 1 or not jobs <= set(_HEALTH):
        return
    told = [draft.employer for draft in pair]
    left = [employer for employer in scene.two_employers if employer not in told]
    if told == [None, None] and "who.asker" not in scene.groups:
        for draft, employer in zip(pair, scene.two_employers, strict=True):
            draft.employer = employer
    elif told.count(None) == 1 and len(left) == 1:
        pair[told.index(None)].employer = left[0]


def part(scene: Scene, drafts: list[Draft], m: Mention) -> bool:
    """ "Två BVC-sköterskor, Region Skåne och Capio": the second employer is the second one's alone.

    Whether that is what is said; of two professions it isn't known whose is whose.
    """
    if len(drafts) not in (1, 2) or any(draft.employer is None for draft in drafts):
        return False
    one = drafts[0].employer
    before = [e for i in range(max(0, m.first - 4), m.first) for e in scene.by_first.get(i, ())]
    last = next((e for e in reversed(before) if e.group == "employer"), None)
    if drafts[-1].employer is not one or last is None or Employer(last.value) is not one:
        return False
    if Employer(m.value) is one or not joined_employers(scene, last, m):
        return False
    if len(drafts) == 1:
        drafts[0].employer = None  # "barnmorskan och BVC-sköterskan, regionen och Capio"
        return True
    alike = drafts[0].profession is drafts[1].profession
    drafts[0].employer = one if alike else None
    drafts[1].employer = Employer(m.value) if alike else None
    scene.current = drafts[1:] if alike else []  # whom "… med vårdavtal" tells more of
    return True
