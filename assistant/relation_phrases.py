"""Decides what fixed expressions tell: "under samma tak", "på vår enhet", "grannbyns BVC", and whether
a vårdrelation is said to exist."""

from __future__ import annotations

from assistant.relation_doubt import elsewhere_in_text, negated, negated_after
from assistant.relation_names import of_employees, workplaces
from assistant.relation_pairs import judged
from assistant.relation_text import RelationText, Stated
from assistant.vocabulary import Mention

_TO_COME = frozenset("""ska skall att vill kan bör""".split())
_WHICH = {"which_unit": "same_unit", "which_board": "same_board"}
_CARE_BEFORE, _CARE_AFTER = 5, 3  # words around "vårdrelation" that tell whether there is one
_LACKING = frozenset("saknas saknar utan ingen inget inga inte ej nej no without lacking avslutad".split())
_ANY = frozenset("någon nån nåt".split())  # "någon vårdrelation till barnet har hon inte"
_EXISTING = frozenset("finns har pågående etablerad föreligger have has exists existerar".split())
_LEFT = frozenset(["relation.unit", "relation.board", "relation.huvudman", "relation.workplace_unit"])
_TO_OTHERS = frozenset("""till över jobb tjänst""".split())
_WEAK = frozenset(["same_unit", "same_board"])  # "på vår enhet": only if nothing speaks against it
_TOGETHER = frozenset("""ihop tillsammans båda bägge enda gemensamt allihop""".split())
_AND = frozenset("""och o å samt""".split())
_TENANCY = frozenset("""bor bo bodde bott""".split())


def read_phrases(text: RelationText) -> list[Stated]:
    """All that fixed expressions state."""
    out: list[Stated] = []
    for m in text.mentions:
        if m.group.startswith("phrase.") and m.last - 1 not in text.in_profession:
            out += _phrase(text, m)
    return out


def denials(text: RelationText, stated: list[Stated]) -> list[Stated]:
    """ "Folk tror att vi är samma enhet, men så är det inte": what was said just before is denied."""
    out = []
    for m in text.mentions:
        if m.group != "phrase.denial":
            continue
        span = text.sentence(m.first)
        start = span.start if m.first - span.start > 2 else text.sentence(span.start - 2).start
        said = {s.fact for s in stated if start <= s.at < m.first and s.value is not False}
        facts = said & {"same_unit", "same_board", "care_relation"}
        out += [Stated(m.first, fact, False) for fact in sorted(facts)]
    return out


def leavings(text: RelationText, stated: list[Stated]) -> list[Stated]:
    """ "Barnmorskan är kvar på samma enhet, jag har bytt": what was said before is open again."""
    out = []
    for m in text.mentions:
        clause = text.clause(m.first)
        whose = text.last_person(m.first, clause) in ("asker", "other")
        leaves = text.ends_clause(m.last) or text.groups(m.last) & _LEFT or text.lower(m.last) in _TO_OTHERS
        if m.group != "phrase.leaves" or not whose or not leaves:
            continue
        said = {s.fact for s in stated if s.at < clause.start and s.value and not s.past}
        out += [Stated(m.first, fact, None) for fact in sorted(said & {"same_unit", "same_board"})]
    return out


def _phrase(text: RelationText, m: Mention) -> list[Stated]:
    name = m.group.removeprefix("phrase.")
    if name in ("care_relation", "one_unit"):
        return (_care_relation if name == "care_relation" else _one_unit)(text, m)
    if name in _WHICH:
        return [Stated(m.first, _WHICH[name], None)]  # "vilken enhet jag hör till har jag aldrig fått klart"
    if name == "different_municipality" and not of_employees(text):
        return [judged(text, m.first, "elsewhere", True)]
    if name == "different_municipality":
        return [judged(text, m.first, "same_huvudman", False), judged(text, m.first, "elsewhere", True)]
    if name == "elsewhere":
        family = text.words(text.clause(m.first)) & _TENANCY  # where the family lives
        both = [judged(text, m.first, "same_unit", False), judged(text, m.first, "elsewhere", True)]
        return [] if family else both
    if name.endswith(("_yes", "_no")):
        return _affirmed(text, m, name.removesuffix("_yes").removesuffix("_no"), name.endswith("_yes"))
    return []


def _affirmed(text: RelationText, m: Mention, name: str, value: bool) -> list[Stated]:
    """A phrase that says yes or no to a fact; some only where nothing speaks against it."""
    fact = "same_board" if name == "one_board" else name
    denied = negated(text, m.first)
    if name == "one_board" and text.lower(m.first - 1) in _TO_COME:
        return []  # "ska avskaffa alla nämnder utom en"
    if not value:
        return [] if denied else [judged(text, m.first, fact, False)]
    if name not in _WEAK or denied:
        return [judged(text, m.first, fact, not denied)]
    return [judged(text, m.first, fact, True, weak=True)] if _weak_holds(text, m, fact) else []


def _weak_holds(text: RelationText, m: Mention, fact: str) -> bool:
    """ "Barnmorskan på vår enhet", not "jag är på vår enhet" nor "på vår enhet får man …"."""
    if elsewhere_in_text(text) or workplaces(text):
        return False
    if "who.colleague" in text.groups(m.first):
        return True
    clause = text.clause(m.first)
    person = text.last_person(m.first, clause)
    if person or fact == "same_board":
        return person not in ("asker", "client")
    for i in range(m.last, clause.stop):
        groups = text.groups(i)
        if groups & {"sharing.verbs", "sharing.ask", "who.asker", "who.asker_group", "who.client"}:
            return False
        if groups & {"profession", "who.colleague", "who.other"}:
            return True
    return False


def _one_unit(text: RelationText, m: Mention) -> list[Stated]:
    """ "Barnmorskor och BVC bildar en enhet ihop", not "barnmorskorna bildar en enhet"."""
    sentence = text.sentence(m.first)
    kinds = {n.value for i in sentence for n in text.at.get(i, ()) if n.group in ("profession", "workplace")}
    together = bool(text.words(sentence) & _TOGETHER) or _joined_us(text, m)
    if len(kinds) == 1 or not together or elsewhere_in_text(text, but=range(m.first, m.last)):
        return []
    denied = negated(text, m.first) or text.has(range(m.first, m.last), "who.negation")
    return [] if denied else [judged(text, m.first, "same_unit", True)]


def _joined_us(text: RelationText, m: Mention) -> bool:
    """ "Vi barnmorskor och BVC-sköterskorna slogs ihop till en enhet": both kinds are the subject."""
    before = range(text.clause(m.first).start, m.first)
    kinds = {n.value for i in before for n in text.at.get(i, ()) if n.group in ("profession", "workplace")}
    us = text.has(before, "who.asker_group") or text.has(before, "who.asker")
    return us and len(kinds) == 2 and bool(text.words(before) & _AND)


def _care_relation(text: RelationText, m: Mention) -> list[Stated]:
    """Only a vårdrelation that is plainly said to exist counts: row 3's exception hangs on it."""
    sentence = text.sentence(m.first)
    around = [
        i
        for i in range(m.first - _CARE_BEFORE, m.last + _CARE_AFTER + 1)
        if sentence.start <= i < sentence.stop
    ]
    words = {text.lower(i) for i in around}
    denied = words & _LACKING or any("who.negation" in text.groups(i) for i in around)
    exists = words & _EXISTING or text.lower(m.first - 1) in ("med", "m")
    clause = text.clause(m.first)
    late = any("who.negation" in text.groups(i) for i in range(m.last, clause.stop))
    if denied or late or negated_after(text, m.last) or text.lower(m.first - 1) in _ANY:
        return [judged(text, m.first, "care_relation", False)]
    return [judged(text, m.first, "care_relation", True)] if exists else []
