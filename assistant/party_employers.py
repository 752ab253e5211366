"""Decides which party an employer belongs to: the one it stands beside, the one that follows,
both, or somebody elsewhere."""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.party_again import beside_asker, sentence_end, sentence_start
from assistant.party_bystander import tell_regions_own
from assistant.party_places import owns_another
from assistant.party_plural import both_of_them, one_of_both, the_one_named_after, two_by_employer
from assistant.party_scene import SIGNED, Draft, Scene
from assistant.party_two_employers import part
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention

# Words that link a party with the employer after it ("barnmorska som är anställd av …").
_LINKS = frozenset(
    """anställd anställda av i hos för från på åt vid som är e jobbar arbetar inom offentligt en ett (
    / m den annan annat här fr""".split()
)
_HIRING = frozenset("""har hade anställde anställt satte satt skickade hyrt hyrde fick fått""".split())
_IS = frozenset(["är", "e"])
_ARTICLES = frozenset("""det den en ett av hos nån någon nåt något""".split())
_WORKS_FOR = frozenset("""jobbar arbetar""".split())
_ALL = frozenset("""både båda bägge oss alla""".split())
_EMPLOYS_NOW = frozenset("""är e har anställer finns""".split())
_NOT_OF_TODAY = frozenset(
    """phrase.past phrase.belief phrase.doubt phrase.supposed who.unsure turns.hedge""".split()
)
_PAY = frozenset("""lön lönen betalar betalas""".split())
_PAYS = frozenset("""betalar betalade""".split())
_FROM = frozenset("""från av""".split())
_HIRED = frozenset("""anställt anställde anställer""".split())
_HAVING = frozenset("""som har hade""".split())
_ME = frozenset("""mig mej""".split())
_HERS = frozenset("""hennes hans""".split())
_HER = frozenset("""henne honom hen""".split())
_OWNER = frozenset("""ägare bolag arbetsgivare vårdgivare företag""".split())
_BOTH = frozenset("""båda bägge""".split())
_ARE_EMPLOYED = (["arbetsgivarna", "är"], ["vårdgivarna", "är"], ["huvudmännen", "är"])
_COMPANY = ("vårdgivar", "bolag", "företag", "mottagning")
_EXISTS = frozenset("""finns fanns sitter ligger""".split())
_WILL = frozenset("""går byter börjar ska skall blir flyttar""".split())
_LATER = frozenset(
    """januari februari mars april maj juni juli augusti september oktober november december nästa snart nyår
    årsskiftet sommaren hösten vintern våren måndag""".split()
)
_HIRED_OUT = frozenset("""inhyrd inhyrda bemanningsföretag bemanningsföretaget konsult konsulten""".split())
_EARLIER = frozenset("""tidigare förut""".split())
_BEFORE = frozenset([*BOUNDARY, ",", "(", "och", "den"])
_WHOSE = frozenset("""deras dess""".split())
_NEAR = 4  # tokens from "finns" to the employer
_HIRING_REACH = 7
_AND_REACH = 5  # tokens from "varit" to the second of two employers
_ADJACENT = 6


def take_employer(scene: Scene, m: Mention) -> int:
    """Give the employer to whom it belongs; return how many tokens the mention takes."""
    length = m.last - m.first
    if _settles_nothing(scene, m) or tell_regions_own(scene, m):
        return length
    if taken := two_by_employer(scene, m):
        return taken
    employer = Employer(m.value)
    begins = m.first - scene.bystander_end > 1 and scene.party_follows(m.last)
    if scene.bystander and scene.subject == "client" and not begins:
        scene.house_employer = scene.house_employer or employer
        return length
    if _employs_all(scene, m):
        scene.employs_all = employer if _of_today(scene, m) else scene.employs_all
        return length
    negated = scene.negated(m.first)
    elsewhere = scene.between.elsewhere.intersection(range(m.first, m.last))
    if elsewhere and not both_of_them(scene, m.first) and not _adjacent_party(scene, m.first):
        scene.names_other = True
        scene.other().employ(employer, False)
        return length
    mine = beside_asker(scene, m) or _whom_i_work_for(scene, m)
    if told := _hired(scene, m) or (scene.asker if mine else _paid_for(scene, m)):
        told.employ(employer, negated)
        return length
    _attach(scene, m, employer, negated)
    return length


def _attach(scene: Scene, m: Mention, employer: Employer, negated: bool) -> None:
    """Give the employer by its place: to one of two, to whoever follows, or to whom the clause is about."""
    if "who.both" in scene.groups_at(m.last) and not _adjacent_party(scene, m.first):
        scene.about_both()
    if both_of_them(scene, m.first):
        scene.current = [scene.asker, scene.other()]
    if _only_place(scene, m.last) and (one := one_of_both(scene, m.first)):
        _employ(scene, one, employer, negated)  # "en från regionens BVC och en från det privata BVC:t"
    elif not _adjacent_party(scene, m.first) and _comes_first(scene, m):
        scene.forward.append((employer, negated))
    else:
        _give(scene, m, employer, negated)


def _only_place(scene: Scene, at: int) -> bool:
    groups = scene.groups_at(at)
    return "workplace" in groups and "profession" not in groups


def _give(scene: Scene, m: Mention, employer: Employer, negated: bool) -> None:
    """Give the employer to whom the clause is about, and to the asker too in "samma bolag som jag"."""
    targets = _targets(scene, m.first)
    if _same_as_mine(scene, m) and not negated and scene.asker not in targets:
        scene.asker.employer = scene.asker.employer or employer
    if negated or not part(scene, targets, m):
        _employ(scene, targets, employer, negated)


def _same_as_mine(scene: Scene, m: Mention) -> bool:
    """ "(Hon är) hos samma privata vårdgivare som jag"."""
    at = m.last + (m.last < len(scene.tokens) and scene.tokens[m.last].lower.startswith(_COMPANY))
    as_i = [t.lower for t in scene.tokens[at : at + 2]] in (["som", "jag"], ["som", "mig"], ["som", "vi"])
    return as_i and m.first > 0 and scene.tokens[m.first - 1].lower == "samma"


def _employ(scene: Scene, targets: list[Draft], employer: Employer, negated: bool) -> None:
    if targets == [scene.asker] and not negated:
        _swap_told_in_turn(scene, employer)
    for draft in targets:
        draft.employ(employer, negated)


def _swap_told_in_turn(scene: Scene, employer: Employer) -> None:
    """ "Två BVC, ett regiondrivet och ett privat. Jag är på det privata": so the other's is the region's."""
    other = scene.others[-1] if scene.others else None
    if scene.each == 2 and other is not None and other.employer is employer:
        other.employer = scene.asker.employer


def _of_the_signature(scene: Scene, m: Mention) -> bool:
    """ "… mvh enhetschef, kommunen": of the manager who writes."""
    before = [t.lower for t in scene.tokens[max(0, m.first - _NEAR) : m.first]]
    last = all(not t.text[0].isalnum() for t in scene.tokens[m.last :])
    return last and scene.bystander and any(word in SIGNED for word in before)


def _settles_nothing(scene: Scene, m: Mention) -> bool:
    settled = m.first in scene.between.unsure or m.first in scene.spoken_for
    return settled or any(reason(scene, m) for reason in _NOBODYS) or owns_another(scene, m)


def _of_the_region(scene: Scene, m: Mention) -> bool:
    """ "Regionala riktlinjer", not "två regionala barnmorskor", "två regionala enheter"."""
    house = "relation.unit" in scene.groups_at(m.last)
    return scene.tokens[m.first].lower == "regionala" and not (scene.party_follows(m.last) or house)


def _planned(scene: Scene, m: Mention) -> bool:
    """ "(Jag är i regionen) men går över till Capio i januari": not yet, unless it is what is asked of."""
    start = sentence_start(scene, m.first)
    before = [t.lower for t in scene.tokens[max(start, m.first - _NEAR) : m.first]]
    after = [t.lower for t in scene.tokens[m.last : m.last + _NEAR]]
    will = bool(_WILL.intersection(before)) and bool(_LATER.intersection(after))
    supposed = any(scene.tokens[i].lower in ("om", "ifall") for i in range(start, m.first))
    return will and not supposed


def _hired_out(scene: Scene, m: Mention) -> bool:
    """ "Jag är inhyrd via ett bemanningsföretag … i regionen": where one works isn't who employs one."""
    sentence = range(sentence_start(scene, m.first), sentence_end(scene, m.last))
    hired = [i for i in sentence if scene.tokens[i].lower in _HIRED_OUT]
    return bool(hired) and not any(
        scene.tokens[i].text in ",;" for i in range(min(hired[0], m.first), max(hired[0], m.first))
    )


def _formerly(scene: Scene, m: Mention) -> bool:
    """ "(Numera i regionen,) tidigare privat", "den före detta regionanställda …": nothing of today."""
    words = [t.lower for t in scene.tokens[max(0, m.first - 2) : m.first]]
    earlier = words[-1:] and words[-1] in _EARLIER and (len(words) == 1 or words[0] in _BEFORE)
    return bool(earlier) or words[-1:] == ["fd"] or words == ["före", "detta"]


def _now_and_then(scene: Scene, m: Mention) -> bool:
    """ "Har varit både regionanställd och privat genom åren": neither tells of today."""
    words = [t.lower for t in scene.tokens[max(0, m.first - _AND_REACH) : m.first]]
    been = any(words[i : i + 2] == ["varit", "både"] for i in range(len(words)))
    beside = range(m.first - 2, m.last + 2)
    both = any(c.group == "employer" and c.value != m.value for i in beside for c in scene.covering(i))
    return been and both


def _was_believed(scene: Scene, m: Mention) -> bool:
    """ "Henne trodde jag länge var regionens": what somebody believed isn't so."""
    at = m.first
    while at > 0 and scene.tokens[at - 1].text not in (*BOUNDARY, ","):
        at -= 1
        if scene.tokens[at].lower == "trodde":
            return True
    return False


def _one_or_the_other(scene: Scene, m: Mention) -> bool:
    """ "Region eller privat, det framgår inte", "… eller det privata bolaget": neither is told."""
    first, last = m.first - 1, m.last
    while first >= 0 and (scene.tokens[first].lower in _ARTICLES or _same_employer(scene, m, first)):
        first -= 1
    while last < len(scene.tokens) and _same_employer(scene, m, last):
        last += 1
    if last < len(scene.tokens) and scene.tokens[last].lower == "eller":
        other = last + 1
        while other < len(scene.tokens) and scene.tokens[other].lower in _ARTICLES:
            other += 1
        return "employer" in scene.groups_at(other)
    said_before = any(c.group == "employer" for c in scene.covering(first - 1))
    return said_before and scene.tokens[first].lower == "eller"


def _same_employer(scene: Scene, m: Mention, at: int) -> bool:
    """ "Det privata bolaget": two words for one employer."""
    return any(c.group == "employer" and c.value == m.value for c in scene.covering(at))


def _whom_i_work_for(scene: Scene, m: Mention) -> bool:
    """ "Det är Capio jag jobbar för", "regionen som jag är anställd av"."""
    if _is_my_employer(scene, m):
        return True
    at = m.last + (scene.tokens[m.last].lower == "som") if m.last < len(scene.tokens) else m.last
    words = [t.lower for t in scene.tokens[at : at + 3]]
    works = words[1:2] and (words[1] in _WORKS_FOR or words[1:3] == ["är", "anställd"])
    return bool(works) and "who.asker" in scene.groups_at(at)


def _is_my_employer(scene: Scene, m: Mention) -> bool:
    """ "Regionen är min arbetsgivare", "min lön kommer från regionen", "regionen betalar mig"."""
    after = [t.lower for t in scene.tokens[m.last : m.last + 3]]
    before = [t.lower for t in scene.tokens[max(0, m.first - 4) : m.first]]
    mine = after[:1] and after[0] in _IS and after[1:3] in (["min", "arbetsgivare"], ["vår", "arbetsgivare"])
    pays = after[:1] and after[0] in _PAYS and (after[1:3] == ["min", "lön"] or after[1:2] == ["mig"])
    paid = before[:2] in (["min", "lön"], ["lönen", "min"]) and before[-1] in _FROM
    paid = paid or before[-3:] == ["min", "kommer", "från"]  # "hennes lön …, medan min kommer från regionen"
    return bool(mine or pays or paid)


def _hired(scene: Scene, m: Mention) -> Draft | None:
    """ "Det är regionen som har anställt henne": whom an employer is said to have hired."""
    words = [t.lower for t in scene.tokens[m.last : m.last + 4]]
    if words[:1] == ["över"] and words[1:2] and words[1] in _HERS:
        return scene.other()  # "så tog ett bolag över hennes mottagning"
    at = next((i for i, word in enumerate(words) if word in _HIRED), None)
    if at is None or at + 1 >= len(words) or not {*words[:at]} <= _HAVING:
        return None
    whom = words[at + 1]
    return scene.asker if whom in _ME else scene.other() if whom in _HER else None


def _paid_for(scene: Scene, m: Mention) -> Draft | None:
    """ "Lönen kommer från regionen för mig och från ett bolag för Anneli": whose employer it is."""
    start = sentence_start(scene, m.first)
    pay = any(scene.tokens[i].lower in _PAY for i in range(start, m.first))
    at = m.last + 1
    if not pay or at >= len(scene.tokens) or scene.tokens[m.last].lower != "för":
        return None
    if "who.asker" in scene.groups_at(at):
        return scene.asker
    return (
        scene.other() if scene.tokens[at].text[:1].isupper() or "who.other" in scene.groups_at(at) else None
    )


def _of_today(scene: Scene, m: Mention) -> bool:
    """Neither of the past nor only believed: "var arbetsgivare åt oss båda" tells nothing of now."""
    start = sentence_start(scene, m.first)
    sentence = range(start, sentence_end(scene, m.last))
    groups = {group for i in sentence for group in scene.groups_at(i)}
    says_is = any(scene.tokens[i].lower in _EMPLOYS_NOW for i in sentence) or scene.word_before(m, {"samma"})
    return says_is and not groups & _NOT_OF_TODAY


def _employs_all(scene: Scene, m: Mention) -> bool:
    """ "Region Skåne är arbetsgivare åt både barnmorskan och BHV-sjuksköterskan", "… har anställt båda"."""
    words = [t.lower for t in scene.tokens[m.last : m.last + 6]]
    if scene.word_before(m, {"samma"}) and words[:1] and words[0] in _OWNER and words[1:2] != ["som"]:
        return True  # "samma privata ägare, jag bhv-ssk i Malmö, kollegan …"
    before = [t.lower for t in scene.tokens[max(0, m.first - 3) : m.first]]
    if before[-1:] == ["två"] and "relation.unit" in scene.groups_at(m.last):
        return True  # "här finns två regionala enheter"
    if before[:1] and before[0] in _BOTH and before[1:] in _ARE_EMPLOYED:
        return True  # "båda arbetsgivarna är privata vårdgivare"
    employs = any(w in ("arbetsgivare", "arbetsgivaren", "anställt", "anställer") for w in words[:3])
    return employs and bool(_ALL.intersection(words)) and not scene.negated(m.first)


def on_also(scene: Scene, m: Mention) -> None:
    """ "Hon är det också.", "min kollega likaså": the other is what the asker is."""
    if _so_is_she(scene, m):
        scene.other().profession = scene.other().profession or scene.asker.profession
        return
    ends = m.last >= len(scene.tokens) or scene.tokens[m.last].text in ".?!,"
    if not ends or scene.subject != "other" or not scene.others:
        return
    other, scene.to_open = scene.others[-1], False
    if other.employer is None:
        other.employer = scene.asker.employer
    if other.empty() or (other.profession is None and other.weak is None):
        other.profession = scene.asker.profession if _only_also(scene, m) else None


def _so_is_she(scene: Scene, m: Mention) -> bool:
    """ "Jag är barnmorska och det är också hon": the same profession."""
    after = scene.groups_at(m.last)
    says = (
        m.first >= 2 and scene.tokens[m.first - 2].lower == "det" and scene.tokens[m.first - 1].lower in _IS
    )
    somebody = "who.other" in after or (
        "who.possessive" in after and "who.colleague" in scene.groups_at(m.last + 1)
    )
    return says and somebody and scene.asker.profession is not None


def _only_also(scene: Scene, m: Mention) -> bool:
    """Nothing but a copula stands between "min kollega" and "också"."""
    i = m.first - 1
    while i >= 0 and (scene.tokens[i].lower == "det" or "who.copula" in scene.groups_at(i)):
        i -= 1
    return i >= 0 and any(g in ("who.other", "who.colleague") for g in scene.groups_at(i))


def _targets(scene: Scene, at: int) -> list[Draft]:
    """Whom an employer standing here belongs to; nobody in a clause about the client."""
    if scene.subject == "client":
        return []
    if one := one_of_both(scene, at) or the_one_named_after(scene, at):
        return one
    if _by_the_way(scene, at):
        return [scene.asker]
    if scene.subject == "both" and scene.current == [scene.asker] and not _adjacent_party(scene, at):
        return [scene.asker, scene.other()]  # "både barnmorskan och jag som är …, är anställda av …"
    if scene.current:
        return scene.current
    if scene.to_open or scene.others:
        scene.names_other = True
        return [scene.other()]
    return [scene.asker] if scene.says_i or _opens_with(scene, at) else []


def _by_the_way(scene: Scene, at: int) -> bool:
    """ "Jag är på BVC. Socionomen vill veta … Privat driven mottagning, om det spelar roll.": a sentence
    about nobody tells of the asker where the other is the municipality's anyway."""
    asker, last = scene.asker, scene.others[-1].profession if scene.others else None
    opens = at > 0 and scene.tokens[at - 1].text in BOUNDARY
    care = (asker.profession or asker.weak) in (Profession.BHV_NURSE, Profession.MIDWIFE)
    municipal = last in (Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER)
    end = next((i for i in range(at, len(scene.tokens)) if scene.tokens[i].text in BOUNDARY), at)
    about = {g for i in range(at, end) for g in scene.groups_at(i)} & {"who.other", "profession", "who.both"}
    return opens and care and municipal and asker.employer is None and not about


def _opens_with(scene: Scene, at: int) -> bool:
    """ "Privatanställd här. …"."""
    return scene.sentence_start and at + 1 < len(scene.tokens) and scene.tokens[at + 1].lower == "här"


def _comes_first(scene: Scene, m: Mention) -> bool:
    """Whether the employer stands before the party it belongs to."""
    return scene.party_follows(m.last) or _brings(scene, m) or _fragment(scene, m) or _theirs(scene, m)


def _theirs(scene: Scene, m: Mention) -> bool:
    """ "Här finns ett bolag med vårdavtal och deras BVC-sköterska …": whose nurse comes next."""
    exists = any(t.lower in _EXISTS for t in scene.tokens[max(0, m.first - _NEAR) : m.first])
    for i in range(m.last, min(m.last + _HIRING_REACH, len(scene.tokens)) if exists else 0):
        if scene.tokens[i].text in BOUNDARY or "who.asker" in scene.groups_at(i):
            return False
        if scene.tokens[i].lower in _WHOSE and "profession" in scene.groups_at(i + 1):
            return True
    return False


def _fragment(scene: Scene, m: Mention) -> bool:
    """ "Regionen. Bhv-ssk, …": the employer by itself, then the profession it belongs to."""
    if m.first or m.last + 1 >= len(scene.tokens) or scene.tokens[m.last].text not in ".,":
        return False
    return "profession" in scene.groups_at(m.last + 1) and not scene.says_i


def _brings(scene: Scene, m: Mention) -> bool:
    """ "Nu har regionen satt in en egen BHV-sjuksköterska": the employer of who comes in."""
    does = [t.lower for t in scene.tokens[max(0, m.first - 1) : m.last + 1]]
    if not _HIRING.intersection(does):
        return False
    for i in range(m.last, min(m.last + _HIRING_REACH, len(scene.tokens))):
        groups = scene.groups_at(i)
        if scene.tokens[i].text in BOUNDARY or "who.asker" in groups or "who.other" in groups:
            return False
        if "profession" in groups:
            return True
    return False


def _adjacent_party(scene: Scene, at: int) -> bool:
    """Whether only linking words stand between the last party and this place."""
    between = scene.tokens[max(0, scene.last_party_end) : at]
    if scene.last_party_end < 0 or len(between) > _ADJACENT:
        return False
    start = max(0, scene.last_party_end)
    return all(
        t.lower in _LINKS or "relation.family_centre" in scene.groups_at(start + i)
        for i, t in enumerate(between)
    )


# Why an employer that is named is nobody's, or not today's.
_NOBODYS = (
    _one_or_the_other,
    _now_and_then,
    _formerly,
    _planned,
    _hired_out,
    _was_believed,
    _of_the_signature,
    _of_the_region,
)
