"""Decides whether two who are named would share with each other, where the writer says "vår", "oss" or
"jag" of something else: "Vår BVC-sköterska har blivit uppringd av … Vad kan sköterskan lämna ut?"."""

from __future__ import annotations

from operator import attrgetter

from assistant.party_again import employs, plural, sentence_end, sentence_start
from assistant.party_bystander import asks_for_others, take_first_as_asker
from assistant.party_places import is_person
from assistant.party_scene import Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

_MODALS = frozenset("""får kan måste behöver ska skulle bör""".split())
_ASKS_LEAVE = frozenset("""fråga frågar be ber ha inhämta inhämtar hämta tillfråga""".split())
_TO_ME = frozenset("""till för med me åt av från""".split())
_ME = frozenset("""mig mej oss""".split())
_MINE = frozenset("""min mitt mina""".split())
_THEY = frozenset("""de dom dem""".split())
_RECEIVES = frozenset("""få ta veta se läsa höra""".split())
_GIVER = frozenset("""av från""".split())
_HELD = frozenset("""gällde gäller gälla""".split())
_THE = frozenset("""den vår""".split())
_WOULD = frozenset("""vill ska får kan skulle behöver tänker brukar ville""".split())
_AND = frozenset("""och o & samt""".split())
_NEAR = 3  # tokens after "jag" or "de" in which the verb stands
_VERB_WITHIN = 6  # tokens from "kan sköterskan" to "få veta"


def settle_two_others(scene: Scene) -> None:
    """Make the two the parties if the text says that they share, and not that the writer does."""
    others = [o for o in scene.others if not o.empty()]
    asked_for = asks_for_others(scene) and (_they_share(scene) or _one_shares(scene))
    if len(others) == len(scene.others) == 2 and (_with_each_other(scene) or asked_for):
        take_first_as_asker(scene)
        return
    if len(others) != 2 or len(scene.others) != 2 or not scene.asker.empty() or _writer_shares(scene):
        return
    shares = _they_share(scene) or _one_shares(scene) or _told_the_other(scene) or _held_for(scene)
    shares = shares or _would_both(scene)
    if "who.between" in scene.groups or shares:
        take_first_as_asker(scene)


def _with_each_other(scene: Scene) -> bool:
    """ "Får barnmorskan och BVC-sköterskan prata med varandra? Frågar som förskollärare"."""
    people = (m for found in scene.by_first.values() for m in found if is_person(scene, m))
    named = sorted(people, key=attrgetter("first"))
    if len(named) < 2 or not scene.joined(named[1]) or named[0].last != named[1].first - 1:
        return False
    start, end = sentence_start(scene, named[0].first), sentence_end(scene, named[1].last)
    groups = {group for i in range(start, end) for group in scene.groups_at(i)}
    ours = groups & {"who.asker", "who.asker_group"}
    return "who.between" in groups and not ours and scene.word_before(named[0], _MODALS)


def settle_of_one_kind(scene: Scene) -> None:
    """ "Förskollärarna på vår öppna förskola pratar sinsemellan", "hur är det förskollärare emellan?": both
    are what is named."""
    others = [o for o in scene.others if not o.empty()]
    if len(others) != 1 or scene.asker.weak is not None:
        return
    known = {scene.asker.profession, others[0].profession} - {None}
    for m in (m for found in scene.by_first.values() for m in found):
        if m.group != "profession" or {m.value} != known or not plural(scene, m):
            continue
        end = len(scene.tokens) if scene.bystander else sentence_end(scene, m.last)
        groups = {group for i in range(m.last, end) for group in scene.groups_at(i)}
        if "who.between" in groups and "who.asker" not in groups:
            scene.about_others = scene.about_others or scene.bystander
            alike = scene.asker.profession is None  # not two who were named apart
            for draft in (scene.asker, others[0]):
                draft.profession = Profession(m.value)
            told = others[0].employer if alike else None
            scene.asker.employer = scene.asker.employer or told or scene.house_employer
            others[0].employer = others[0].employer or scene.house_employer
            return


def _writer_shares(scene: Scene) -> bool:
    """ "Får vi …", "jag berättar", "säga till mig", "mina familjer"; not "måste vi fråga föräldrarna?"."""
    for i, token in enumerate(scene.tokens):
        before = scene.tokens[i - 1].lower if i else ""
        if token.lower in _ME and before in _TO_ME:
            return True
        if token.lower in _MINE and "who.client" in scene.groups_at(i + 1):
            return True
        if not {"who.asker", "who.asker_group"}.intersection(scene.groups_at(i)) or token.lower in _ME:
            continue
        after = [t.lower for t in scene.tokens[i + 1 : i + 1 + _NEAR]]
        asks_leave = bool(_ASKS_LEAVE.intersection(after))
        verbs = any("sharing.verbs" in scene.groups_at(k) for k in range(i + 1, i + 1 + _NEAR))
        if not asks_leave and (before in _MODALS or _MODALS.intersection(after[:1]) or verbs):
            return True
    return False


def _they_share(scene: Scene) -> bool:
    """ "Kan de utbyta uppgifter?", "efteråt går de igenom …"; not "kan de få veta det?"."""
    for i, token in enumerate(scene.tokens):
        if token.lower in _THEY:
            after = [t.lower for t in scene.tokens[i + 1 : i + 1 + _NEAR]]
            verbs = any("sharing.verbs" in scene.groups_at(k) for k in range(i - 1, i + 1 + _NEAR))
            if (verbs or "igenom" in after) and not _RECEIVES.intersection(after[:2]):
                return True
    return False


def _one_shares(scene: Scene) -> bool:
    """ "Vad kan sköterskan lämna ut?", "kan förskolläraren få listan av barnmorskan?"."""
    for m in (m for found in scene.by_first.values() for m in found):
        if not _asked_of(scene, m):
            continue
        verbs = {t.lower for t in scene.tokens[m.last : m.last + _VERB_WITHIN]}
        if not _RECEIVES & verbs:
            return True
        if any(is_person(scene, n) and scene.word_before(n, _GIVER) for n in _after(scene, m)):
            return True
    return False


def _told_the_other(scene: Scene) -> bool:
    """ "Gjorde sköterskan rätt som inte svarade när förskolläraren frågade?": two people in one sentence."""
    named = sorted(m.first for found in scene.by_first.values() for m in found if is_person(scene, m))
    if len(named) != 2 or sentence_end(scene, named[0]) != sentence_end(scene, named[1]):
        return False
    before = scene.tokens[named[1] - 1].lower == "inför"  # "vill dra en familj inför kuratorn"
    return before or any("sharing.verbs" in scene.groups_at(i) for i in range(named[0], named[1]))


def _would_both(scene: Scene) -> bool:
    """ "Vår kurator och barnmorskan som är privat vill prata ihop sig": the two would do it."""
    named = sorted(
        (m for found in scene.by_first.values() for m in found if is_person(scene, m)),
        key=attrgetter("first"),
    )
    if len(named) != 2 or sentence_end(scene, named[0].first) != sentence_end(scene, named[1].first):
        return False
    between = {t.lower for t in scene.tokens[named[0].last : named[1].first]}
    after = range(named[1].last, sentence_end(scene, named[1].last))
    would = next((i for i in after if scene.tokens[i].lower in _WOULD), None)
    return (
        bool(_AND.intersection(between))
        and would is not None
        and any("sharing.verbs" in scene.groups_at(i) for i in range(would, after.stop))
    )


def _held_for(scene: Scene) -> bool:
    """ "Vad gällde för barnmorska och BHV-sjuksköterska som båda var …?"."""
    people = (m for found in scene.by_first.values() for m in found if is_person(scene, m))
    named = sorted(people, key=attrgetter("first"))
    before = [t.lower for t in scene.tokens[max(0, named[0].first - 2) : named[0].first]] if named else []
    return len(named) > 1 and before[-1:] == ["för"] and before[0] in _HELD and scene.joined(named[1])


def _asked_of(scene: Scene, m: Mention) -> bool:
    """A definite party just after "får", "kan" …: "kan den privat anställda barnmorskan …"."""
    at = m.first
    while at > 1 and (scene.tokens[at - 1].lower in _THE or employs(scene, at - 1)):
        at -= 1
    modal = at > 0 and scene.tokens[at - 1].lower in _MODALS
    return is_person(scene, m) and modal and (scene.definite(m) or scene.word_before(m, {"vår"}))


def _after(scene: Scene, m: Mention) -> list[Mention]:
    return [n for at, found in scene.by_first.items() if at >= m.last for n in found]
