"""Decides whether a profession is named only by the way: somebody whom the question leaves out.

"Den tredje sköterskan är hos Capio", "förskolläraren påstår däremot att …", "vägg i vägg med
barnmorskans", "jag jobbar, liksom min kollega Elsa, åt …".
"""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.first_names import looks_like_a_name
from assistant.party_scene import Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

_WHETHER = frozenset("""om ifall huruvida hur när varför eftersom""".split())
_CHANGES = frozenset("""bytte byter byta bytt""".split())
_NEEDS = frozenset(
    """behöva behöver behövde med utan via genom har haft få fick boka bokar bokade använder""".split()
)
_COMMON = frozenset("""samma gemensam""".split())
_FURTHER = frozenset("""tredje fjärde femte""".split())
_CLAIMS = frozenset("""påstår påstod hävdar hävdade menar menade tycker tyckte""".split())
_ME = frozenset("""jag ja mig mej vi oss""".split())
RELATIVES = "anhöriga"  # the actor of that name in the vocabulary
_WANTS = frozenset(
    """ringer ringde ringt undrar undrade frågar frågade frågat vill ville ber bad bett hört""".split()
)
_SINCE = frozenset("""since from in at after""".split())
_WHEN = frozenset("""när sedan sen medan innan efter""".split())
_LEFT = frozenset("""gått åkt slutat lämnat""".split())
_THINKS = frozenset(
    """tycker tyckte anser ansåg menar menade säger sa sade påstår bestämmer bestämde""".split()
)
_DECIDED = frozenset("""bestämt beslutat delat sagt godkänt planerat lagt""".split())
_DIFFERENT = frozenset("""olika två skilda varsina""".split())
_SELF = frozenset("""själv pensionerad utbildad före fd blivande tidigare""".split())
_GENITIVE = ("ans", "ens", "rns")
_REACH = 4  # tokens from a profession to what it claims
_PASSING = 7  # tokens of a ", liksom min kollega Elsa,"


def aside(scene: Scene, m: Mention) -> bool:
    """Whether the profession names nobody who shares or is told; ends what was said of those who do."""
    if _whose_it_is(scene, m) or _relative_in_a_story(scene, m) or _superior_in_a_story(scene, m):
        return True
    if _what_a_relative_is(scene, m) or _who_has_left(scene, m):
        return True
    if m.group == "actor" and scene.word_before(m, _COMMON):
        return True  # "vi har samma rektor"
    if _needed_or_left(scene, m):
        return True
    known = bool(scene.others) and not all(other.empty() for other in scene.others)
    if not (known or scene.subject == "both") or scene.to_open:
        return False
    if (
        m.group == "actor"
        and scene.word_before(m, _WHETHER)
        and scene.others[-1:]
        and not _of_the_actor(scene)
    ):
        return True  # "hon vill veta om tolken fungerade"
    if scene.word_before(m, _FURTHER) or _claims(scene, m):
        scene.subject, scene.current = "client", []  # until the sentence ends: nobody's facts
        return True
    return False


def _needed_or_left(scene: Scene, m: Mention) -> bool:
    """ "Vilka som brukar behöva tolk", "varför en mamma bytte barnmorska"."""
    bare = not scene.definite(m)
    interpreter = m.group == "actor" and scene.tokens[m.first].lower == "tolk"
    return (bare and scene.word_before(m, _CHANGES)) or (interpreter and scene.word_before(m, _NEEDS))


def _of_the_actor(scene: Scene) -> bool:
    return scene.others[-1].profession in (None, Profession.OTHER)


def _relative_in_a_story(scene: Scene, m: Mention) -> bool:
    """ "En mormor berättade …", "flickans moster jobbar här": nobody who is told, where the one who is has a
    name or a profession."""
    if m.value != RELATIVES or scene.to_open or scene.coordinated(m) or _wants_to_know(scene, m):
        return False
    mentions = [n for found in scene.by_first.values() for n in found]
    jobs = {n.value for n in mentions if n.group == "profession"}
    return len(jobs) > 1 or any(_is_name(scene, i) for i in range(1, len(scene.tokens) - 1))


def _superior_in_a_story(scene: Scene, m: Mention) -> bool:
    """ "Min rektor tycker att jag kan svara", "vi har olika rektorer", "known each other since school".

    Only where an opinion or a decision of theirs is told, or their number: in "Rektorn behöver få veta" and
    "får jag informera rektorn?" the rektor would be told.
    """
    word = scene.tokens[m.first].lower
    if m.group == "actor" and word == "school" and scene.word_before(m, _SINCE):
        return True
    if m.group != "actor" or not word.startswith("rektor") or scene.coordinated(m) or scene.after_verb(m):
        return False
    after = [t.lower for t in scene.tokens[m.last : m.last + 2]]
    decided = after[:1] == ["har"] and bool(_DECIDED.intersection(after[1:]))
    many = word.startswith("rektorer") and scene.word_before(m, _DIFFERENT)
    return (bool(_THINKS.intersection(after[:1])) or decided or many) and _somebody_is_told(scene)


def _what_a_relative_is(scene: Scene, m: Mention) -> bool:
    """ "(En pojke vars) mormor, pensionerad barnmorska, …", "pappan, själv socionom"."""
    if m.group != "profession" or m.first < 3 or scene.definite(m):
        return False
    if scene.tokens[m.first - 1].lower not in _SELF or scene.tokens[m.first - 2].text != ",":
        return False
    before = scene.covering(m.first - 3)
    return any(b.group == "who.client" or b.value == RELATIVES for b in before)


def _who_has_left(scene: Scene, m: Mention) -> bool:
    """ "(… ta upp en familj med dem båda) när barnmorskan har gått"."""
    left = [t.lower for t in scene.tokens[m.last : m.last + 2]]
    return scene.word_before(m, _WHEN) and left[:1] == ["har"] and bool(_LEFT.intersection(left[1:]))


def _somebody_is_told(scene: Scene) -> bool:
    """Whether the text names somebody to share with: a second profession, a colleague, a name."""
    jobs = {n.value for found in scene.by_first.values() for n in found if n.group == "profession"}
    named = any(_is_name(scene, i) for i in range(1, len(scene.tokens) - 1))
    return len(jobs) > 1 or (bool(jobs) and (named or "who.colleague" in scene.groups))


def _wants_to_know(scene: Scene, m: Mention) -> bool:
    """ "Nu ringer pojkens mormor och undrar …"."""
    near = scene.tokens[max(0, m.first - _REACH) : m.last + _PASSING]
    return any(t.lower in _WANTS for t in near)


def _is_name(scene: Scene, at: int) -> bool:
    before, word, after = (token for token in scene.tokens[at - 1 : at + 2])
    return not scene.covering(at) and looks_like_a_name(word.text, before.lower, after.lower)


def _whose_it_is(scene: Scene, m: Mention) -> bool:
    """ "(Min dörr är vägg i vägg med) barnmorskans.": hers, and no more is said of it."""
    word = scene.tokens[m.last - 1].lower
    ends = m.last >= len(scene.tokens) or scene.tokens[m.last].text in (*BOUNDARY, ",")
    return m.group == "profession" and word.endswith(_GENITIVE) and ends


def _claims(scene: Scene, m: Mention) -> bool:
    """ "Förskolläraren i huset påstår däremot …", at the head of a sentence."""
    opens = m.first == 0 or scene.tokens[m.first - 1].text in BOUNDARY
    if not opens or not scene.definite(m):
        return False
    for i in range(m.last, min(m.last + _REACH, len(scene.tokens))):
        if scene.tokens[i].text in (*BOUNDARY, ",") or {"who.asker", "who.other"} & set(scene.groups_at(i)):
            return False
        if scene.tokens[i].lower in _CLAIMS:
            return True
    return False


def in_passing(scene: Scene, at: int) -> int:
    """How many tokens a ", liksom min kollega Elsa," takes that begins here: about nobody who shares."""
    if at == 0 or scene.tokens[at].lower != "liksom" or scene.tokens[at - 1].text != ",":
        return 0
    for i in range(at + 1, min(at + _PASSING, len(scene.tokens))):
        if scene.tokens[i].lower in _ME or scene.tokens[i].text in BOUNDARY:
            return 0
        if scene.tokens[i].text == ",":
            return i - at
    return 0
