"""Decides who runs a workplace that a sentence is about ("BVC drivs privat", "BVC är utlagt på
entreprenad"): those who work there are employed by whoever runs it."""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.party_scene import Draft, Scene
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

_WHERE = frozenset("""på vid i inom hos med me till för från av om at in åt t fr""".split())
_AT = frozenset("""på vid i inom hos at in""".split())
_OWN = frozenset("""vår vårt min mitt vårat our my""".split())
_DETERMINERS = _OWN | frozenset("""den det själva hela ert er deras""".split())
_RUN = frozenset(
    """drivs drives driven drivet är e ligger sköts ägs bedrivs körs går har tillhör hör gör utlagt
    utlagd blev blivit is run =""".split()
)
_TAKES = frozenset("""tog tagit övertog övertogs övertagits köpte köptes köpts tar""".split())
_OWNS = frozenset("""har driver äger sköter hade bedriver""".split())
_ABBREVIATED = 4  # letters: "soc", "bvc", "mvc"
_SHORT_TOO = frozenset(["barnmorskemottagning"])
_LINKS = frozenset("""o och å + & / t till m med → x""".split())
_OPENS = frozenset(
    """hej en priv privat privata reg regionens kommunens kommunal , får kan ska måste""".split()
)
_SOMEBODY = ("who.other", "who.asker", "who.asker_group", "who.colleague")
_PERSON = ("hyrs", "sköt", "sjukskö", "ssk", "nurse")
_SOMEBODY_THERE = frozenset("""tjejen tjejerna killen tanten damen människan""".split())
_INVERTED = frozenset("""drivs drives bedrivs sköts ägs körs""".split())
_ALSO = frozenset("""också oxå även likaså me med""".split())
_THERE = frozenset("""därifrån där""".split())
_NEAR = 3  # tokens between a workplace and its owner before it
_ASIDE = 4  # tokens of "jag har vägg i vägg"
_REACH = 7  # tokens between the workplace and who runs it


def run_by(scene: Scene, m: Mention) -> bool:
    """Note who runs the workplace that is its clause's subject; whether that is what is said."""
    if names_a_person(scene, m) or {"who.both", "who.two"}.intersection(scene.groups_at(m.first - 1)):
        return False  # "två BVC, ett drivs av regionen och ett av Capio"
    start = m.first - 1
    while start >= 0 and scene.tokens[start].lower in _DETERMINERS:
        start -= 1
    if start >= 0 and scene.tokens[start].lower in _WHERE:
        return False
    profession = Profession(m.value)
    told = _employer_after(scene, m) or _taken_over(scene, m) or _owner_before(scene, m)
    if told is not None:
        employer, first, last = told
        scene.spoken_for.update(range(first, _with_contract(scene, last)))
    elif scene.run_by and _in_same_sentence(scene, m) and _also_follows(scene, m):
        employer = next(reversed(scene.run_by.values()))
    else:
        return False
    if _own(scene, m):
        scene.own_places.add(profession)
    if scene.run_by.get(profession, employer) is not employer:
        # "Bvc 1 = regionen, bvc 2 = privat"
        scene.run_by_two[profession] = (scene.run_by[profession], employer)
    scene.run_by[profession] = employer
    scene.place_at = m.first
    return True


def _with_contract(scene: Scene, at: int) -> int:
    """Where "(av ett bolag) med vårdavtal" ends: more of the same owner."""
    told = at < len(scene.tokens) and scene.tokens[at].lower == "med"
    contract = next((e for e in scene.by_first.get(at + 1, ()) if e.group == "employer"), None)
    return contract.last if told and contract is not None else at


def owns_another(scene: Scene, m: Mention) -> bool:
    """Note that "(Regionen har ett BVC här och) Capio har ett"; whether that is what is said."""
    words = [t.lower for t in scene.tokens[m.last : m.last + 3]]
    if not scene.run_by or words[:1] == [] or words[0] not in _OWNS or words[1:2] not in (["ett"], ["en"]):
        return False
    if words[2:] and words[2] not in {*BOUNDARY, ",", "till", "annat", "annan"}:
        return False
    profession, first = next(reversed(scene.run_by.items()))
    if first is Employer(m.value) or not _in_same_sentence(scene, m):
        return False
    scene.run_by_two[profession] = (first, Employer(m.value))
    scene.forward = []  # the first owner is no party's either
    return True


def employ_from_there(scene: Scene, m: Mention, drafts: list[Draft]) -> None:
    """ "(Familjer flyttar till) ett annat privat BVC. Sköterskan därifrån ringde": employed there."""
    there = m.last < len(scene.tokens) and scene.tokens[m.last].lower in _THERE
    if not there or m.group == "workplace":
        return
    places = [n for at in sorted(scene.by_first) for n in scene.by_first[at] if n.group == "workplace"]
    last = next((n for n in reversed(places) if n.last <= m.first), None)
    if last is None:
        return
    for at in range(max(0, last.first - _NEAR), last.first):
        employer = next((n for n in scene.by_first.get(at, ()) if n.group == "employer"), None)
        if employer is not None and not any(scene.tokens[i].text in BOUNDARY for i in range(at, last.first)):
            for draft in drafts:
                draft.employer = draft.employer or Employer(employer.value)
            return


def settle_places(scene: Scene) -> None:
    """Give those whose employer wasn't told the one that runs their workplace."""
    for profession, employer in scene.run_by.items():
        there = [d for d in (scene.asker, *scene.others) if _job(d) is profession]
        if profession in scene.run_by_two:
            _settle_two_houses(scene, there, scene.run_by_two[profession])
            continue
        if len(there) > 1:
            own = profession in scene.own_places and there[0] is scene.asker
            lacking = [d for d in there if d.employer is None]
            there = [scene.asker] if own else lacking if len(lacking) == 1 else []
        for draft in there:
            if employer not in draft.not_employers:
                draft.employer = draft.employer or employer


def _settle_two_houses(scene: Scene, there: list[Draft], employers: tuple[Employer, Employer]) -> None:
    """Give two of a profession an employer each: the one that is left, or, where neither is told and
    neither says "jag", either, which changes no verdict."""
    if len(there) != 2:
        return
    told = [draft.employer for draft in there]
    left = [employer for employer in employers if employer not in told]
    if told == [None, None] and not scene.asker.explicit:
        there[0].employer, there[1].employer = employers
    elif None in told and len(left) == 1:
        there[told.index(None)].employer = left[0]


def names_a_person(scene: Scene, m: Mention) -> bool:
    """ "Sköterskan", "ssk" stand among the workplaces, but are somebody; so is "bvc tjejen"."""
    following = scene.tokens[m.last].lower if m.last < len(scene.tokens) else ""
    signs = m.first in scene.signed
    return scene.tokens[m.last - 1].lower.startswith(_PERSON) or following in _SOMEBODY_THERE or signs


def is_person(scene: Scene, m: Mention) -> bool:
    """Whether a party is named as somebody, not as a place of work."""
    return m.group == "profession" or (m.group == "workplace" and names_a_person(scene, m))


def acts_as_person(scene: Scene, m: Mention) -> bool:
    """ "Soc o fsk samma nämnd", "bvc reg t bm priv": in telegram style the place is who works there."""
    word = scene.tokens[m.first].lower
    if m.last - m.first > 1 or (len(word) > _ABBREVIATED and word not in _SHORT_TOO):
        return False
    before = scene.tokens[m.first - 1].lower if m.first else "."
    beside = range(m.last, min(m.last + 3, len(scene.tokens)))
    linked = any(scene.tokens[i].lower in _LINKS and _party_at(scene, i + 1) for i in beside)
    start = m.first
    while start and any(e.group == "employer" for e in scene.covering(start - 1)):
        start -= 1  # "privat bvc och privat mvc"
    after_party = start >= 2 and scene.tokens[start - 1].lower in _LINKS and _party_before(scene, start - 1)
    return (linked and (before in BOUNDARY or before in _OPENS)) or after_party


def _party_at(scene: Scene, at: int) -> bool:
    near = [g for i in range(at, at + 2) for g in scene.groups_at(i)]
    return any(g in ("profession", "actor", "workplace") for g in near)


def _party_before(scene: Scene, at: int) -> bool:
    before = [m for i in range(max(0, at - 2), at) for m in scene.covering(i)]
    return any(
        m.group in ("profession", "workplace") and not scene.definite(m) and not scene.word_before(m, _AT)
        for m in before
    )


def _job(draft: Draft) -> Profession | None:
    return draft.profession or draft.weak


def _employer_after(scene: Scene, m: Mention) -> tuple[Employer, int, int] | None:
    verb = m.first > 0 and scene.tokens[m.first - 1].lower in _INVERTED  # "här drivs BVC av …"
    aside = [t.lower for t in scene.tokens[m.last : m.last + 2]] in (["jag", "har"], ["vi", "har"])
    reach = _REACH + _ASIDE * aside  # "den BVC jag har vägg i vägg ägs av …"
    for i in range(m.last, min(m.last + reach, len(scene.tokens))):
        token = scene.tokens[i]
        groups = scene.groups_at(i)
        if token.text in BOUNDARY or token.text == "," or "profession" in groups or scene.negated(i):
            return None
        if "who.unsure" in groups or "who.both" in groups or i in scene.between.unsure:
            return None
        here = scene.tokens[i - 1].lower in ("hos", "bredvid")  # "BVC hos oss är privat"
        beside = scene.tokens[min(i + 1, len(scene.tokens) - 1)].lower == "har"  # "den BVC jag har bredvid"
        if any(g in _SOMEBODY for g in groups) and not (here or beside):
            return None
        verb = verb or token.lower in _RUN
        for employer in scene.by_first.get(i, ()):
            if employer.group == "employer":
                return (Employer(employer.value), i, employer.last) if verb else None
    return None


def _taken_over(scene: Scene, m: Mention) -> tuple[Employer, int, int] | None:
    """ "Vår BVC var regionens, sedan tog ett privat bolag över"."""
    taking = -_REACH
    for i in range(m.last, len(scene.tokens)):
        if scene.tokens[i].text in BOUNDARY:
            return None
        if scene.tokens[i].lower in _TAKES:
            taking = i
        for employer in scene.by_first.get(i, ()):
            if employer.group == "employer" and i - taking <= 4:
                return Employer(employer.value), i, employer.last
    return None


def _owner_before(scene: Scene, m: Mention) -> tuple[Employer, int, int] | None:
    """ "Regionen har en BVC på familjecentralen", "ett privat bolag driver BVC"."""
    for i in range(m.first - 1, max(-1, m.first - 5), -1):
        if scene.tokens[i].lower in _OWNS and i > 0:
            owners = [e for e in scene.covering(i - 1) if e.group == "employer"]
            return (Employer(owners[0].value), owners[0].first, owners[0].last) if owners else None
        if scene.tokens[i].text in BOUNDARY or "who.other" in scene.groups_at(i):
            return None
    return None


def _in_same_sentence(scene: Scene, m: Mention) -> bool:
    return not any(t.text in BOUNDARY for t in scene.tokens[scene.place_at : m.first])


def _also_follows(scene: Scene, m: Mention) -> bool:
    for i in range(m.last, min(m.last + _REACH, len(scene.tokens))):
        if scene.tokens[i].text in BOUNDARY or scene.tokens[i].text == ",":
            return False
        if scene.tokens[i].lower in _ALSO and "who.to" not in scene.groups_at(i):
            return True
    return False


def _own(scene: Scene, m: Mention) -> bool:
    return m.first > 0 and scene.tokens[m.first - 1].lower in _OWN
