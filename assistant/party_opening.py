"""Decides whether a profession that opens a sentence is who writes: "Barnmorska här. …"."""

from __future__ import annotations

from itertools import pairwise

from assistant.clause_view import BOUNDARY
from assistant.first_names import looks_like_a_name
from assistant.party_again import sentence_start
from assistant.party_aside import RELATIVES
from assistant.party_scene import Scene
from assistant.types import Profession
from assistant.vocabulary import Mention

# Words before a profession that make it somebody else than the one who writes.
_NOT_BARE = frozenset("""en ett den vår min privata regionens kommunens bolagets""".split())
_A = frozenset("""en ett""".split())
_ADJECTIVES = 3  # tokens from "en" to the profession
_ELLIPTIC = frozenset("""är e jobbar arbetar som""".split())
_EMPLOYERS_OWN = frozenset("""regionens kommunens bolagets""".split())
_ASKS = frozenset(
    """bett frågat frågar frågade ringer ringde ringt ber bad efterfrågar mejlade mejlar""".split()
)
_WRITES = frozenset("""skriver undrar frågar""".split())
_WANTS = frozenset("""vill ville behöver önskar""".split())
_TO_KNOW = frozenset("""ha veta se få läsa höra titta""".split())
_ME = frozenset("""mig mej jag ja oss vi""".split())
_IS = frozenset("""är e""".split())
_IT_WITHIN = 7
_DOES = frozenset("""är e har jobbar arbetar""".split())
_WITH_ME = (["och", "jag"], ["o", "jag"], ["och", "ja"])
_BESIDE = frozenset("""mig mej oss""".split())
_EMPLOYED_WITHIN = 7
_NEW = frozenset("""nu numera idag sedan""".split())
_WANTS_WITHIN = 8
_WRITES_WITHIN = 5
_LIKE_WITHIN = 11  # "bm här på fc e regionanställd, samma enhet som mig"
_SOMEBODY = frozenset("""profession who.colleague who.other""".split())


def opens_as_asker(scene: Scene, m: Mention) -> bool:
    """ "Barnmorska här. …", "Är BVC-sköterska i regionen, …": an indefinite form that opens a
    sentence is who writes, when "jag" stands elsewhere or nobody else has been named."""
    if m.value == RELATIVES:
        return False  # "mormor kom med barnet"
    if _asked_by(scene, m) or _writes(scene, m):
        return True
    if scene.signed and scene.asker.profession is None:
        return m.first == scene.signed[0]
    if scene.to_open or scene.asker.profession is not None or _like_me(scene, m) or _by_name(scene, m):
        return False
    if _is_another(scene, m) or _is_here(scene, m) or any(o.profession == m.value for o in scene.others):
        return False
    if not scene.sentence_start:
        return _after_bare_verb(scene, m) and not scene.definite(m)
    before = scene.tokens[m.first - 1].lower if m.first else ""
    ends = m.last < len(scene.tokens) and scene.tokens[m.last].text in ",."
    start = sentence_start(scene, m.first)
    if scene.tokens[start].lower in _A and m.first - start < _ADJECTIVES:
        return False  # "en ny BHV-sjuksköterska tillträdde …"
    presents = before in _EMPLOYERS_OWN and ends  # "regionens barnmorska, …"
    bare = not scene.definite(m) and (before not in _NOT_BARE or presents) and not _asks_me(scene, m)
    elliptic = before in _ELLIPTIC or scene.verb_opens(m.first)
    return bare and (scene.says_i or elliptic) and scene.subject in ("", "asker")


def i_am_it(scene: Scene, m: Mention) -> bool:
    """ "Kuratorn på familjecentralen är jag.", "barnmorskan (det är jag)", "…, jag är barnmorskan."."""
    if m.group != "profession" or not scene.definite(m):
        return False
    if [t.lower for t in scene.tokens[max(0, m.first - 2) : m.first]] == ["jag", "är"]:
        told = [scene.asker, *scene.others]
        return any(d.profession is Profession(m.value) for d in told)  # of two who were named before
    if scene.to_open:
        return False
    for i in range(m.last, min(m.last + _IT_WITHIN, len(scene.tokens) - 1)):
        words = [t.lower for t in scene.tokens[i : i + 2]]
        after = scene.tokens[i + 2].text if i + 2 < len(scene.tokens) else "."
        if words[0] in _IS and words[1] == "jag":
            return after in {*BOUNDARY, ",", ")", "och"}
        if scene.tokens[i].text in BOUNDARY or (scene.tokens[i].text in (",", "(") and i > m.last):
            return False
        if {"sharing.verbs", "profession"} & set(scene.groups_at(i)):
            return False
    return False


def _asked_by(scene: Scene, m: Mention) -> bool:
    """ "Fråga från en barnmorska i regionen: …", "Question from a BVC nurse"."""
    words = [t.lower for t in scene.tokens[sentence_start(scene, m.first) : m.first]]
    asked = words[:1] in (["fråga"], ["question"]) and words[1:2] in (["från"], ["from"])
    return asked and len(words) <= 4 and not scene.definite(m) and scene.asker.empty()


def _writes(scene: Scene, m: Mention) -> bool:
    """ "Det är en barnmorska som skriver", "här skriver en barnmorska"."""
    before = [t.lower for t in scene.tokens[max(0, m.first - 3) : m.first] if t.lower not in _A]
    after = [t.lower for t in scene.tokens[m.last : m.last + _WRITES_WITHIN]]  # "… på öppna förskolan som …"
    goes_on = any(here == "som" and then in _WRITES for here, then in pairwise(after))
    says = before[-2:] == ["det", "är"] and goes_on
    return (says or before[-2:] == ["här", "skriver"]) and not scene.definite(m) and scene.asker.empty()


def _by_name(scene: Scene, m: Mention) -> bool:
    """ "Tandläkare Mikael kommer hit", not "Barnmorska Lovisa här"."""
    words = [t.text for t in scene.tokens[m.last : m.last + 2]]
    before = scene.tokens[m.last - 1].lower
    named = len(words) == 2 and not scene.covering(m.last) and looks_like_a_name(words[0], before, words[1])
    return named and words[1] != "här"


def _is_another(scene: Scene, m: Mention) -> bool:
    """ "Bm på mvc undrar om familjen kommer. Jag är förskollärare.": the one who writes says so later."""
    here = m.last < len(scene.tokens) and scene.tokens[m.last].lower == "här"
    if here or scene.verb_opens(m.first):
        return False
    for i in range(m.last, len(scene.tokens) - 2):
        said = {scene.tokens[i].lower, scene.tokens[i + 1].lower}
        if "jag" in said and said & _IS and scene.tokens[i - 1].lower not in _NEW:
            jobs = [n for n in scene.by_first.get(i + 2, ()) if n.group == "profession"]
            return any(n.value != m.value and not scene.definite(n) for n in jobs)
    return False


def _is_here(scene: Scene, m: Mention) -> bool:
    """ "Bvc-ssk (här) är också privatanställd, kan jag …": who works here, not who writes."""
    at = m.last
    if scene.tokens[at : at + 1] and scene.tokens[at].lower == "här":
        at += 1
    elif scene.tokens[at : at + 1] and scene.tokens[at].lower == "på" and _is_centre(scene, m):
        at += 2
    words = [t.lower for t in scene.tokens[at : at + 2]]
    is_ = bool(words) and words[0] in _IS and words[1:] not in (["jag"], ["ja"], ["vi"])
    wants = [t.lower for t in scene.tokens[at : at + 3]] == ["vill", "att", "jag"]
    if is_ or wants or words in _WITH_ME or words[:1] == ["jag"]:
        return True  # "bm och jag träffar …", "bm jag jobbar ihop med"
    if words[:1] == ["som"] and any(t.lower in _BESIDE for t in scene.tokens[at + 1 : at + _EMPLOYED_WITHIN]):
        return True  # "bm som sitter bredvid mig"
    near = range(at, min(at + _EMPLOYED_WITHIN, len(scene.tokens)))
    ends = next((i for i in near if scene.tokens[i].text in {*BOUNDARY, ","}), near.stop)
    employed = any("employer" in scene.groups_at(i) for i in range(at, ends))
    return employed and len(words) == 2 and words[0] in _DOES and words[1] not in ("jag", "ja", "vi")


def _is_centre(scene: Scene, m: Mention) -> bool:
    """ "Bhv-ssk på fc är också privat"."""
    return "relation.family_centre" in scene.groups_at(m.last + 1)


def _like_me(scene: Scene, m: Mention) -> bool:
    """ "Bvc-ssk samma enhet som mig": whom the asker compares with themselves is somebody else."""
    for i in range(m.last, min(m.last + _LIKE_WITHIN, len(scene.tokens) - 1)):
        if scene.tokens[i].text in BOUNDARY or _SOMEBODY.intersection(scene.groups_at(i)):
            return False
        if scene.tokens[i].lower == "som":
            return scene.tokens[i + 1].lower in _ME
    return False


def _after_bare_verb(scene: Scene, m: Mention) -> bool:
    """ "Har bytt jobb, är barnmorska …": the verb follows a comma, and nobody has been named."""
    at = m.first - 1
    while at > 0 and scene.tokens[at].lower in ("som", "en", "ny", "numera", "nu", "privat"):
        at -= 1
    follows = at > 0 and scene.tokens[at - 1].lower in (",", "och", "o")
    bare_verb = follows and scene.tokens[at].lower in _ELLIPTIC
    return bare_verb and scene.asker.empty() and not scene.others and scene.subject != "client"


def _asks_me(scene: Scene, m: Mention) -> bool:
    """ "Bvc-ssk vill ha info om barnet, får jag …": who wants to know isn't the one who writes."""
    if not scene.says_jag:
        return False
    for i in range(m.last, min(m.last + _WANTS_WITHIN, len(scene.tokens))):
        token = scene.tokens[i].lower
        groups = scene.groups_at(i)
        if scene.tokens[i].text in BOUNDARY | {","} or "who.asker" in groups or "profession" in groups:
            return False
        following = scene.tokens[i + 1].lower if i + 1 < len(scene.tokens) else ""
        if token in _ASKS and following == ":":
            return False  # "Privat barnmorska frågar: …"
        own = {t.lower for t in scene.tokens[i + 1 : i + 4]} >= {"av", "mig"}  # "vill höra av mig"
        if token in _ASKS or (token in _WANTS and following in _TO_KNOW and not own):
            return True
    return False
