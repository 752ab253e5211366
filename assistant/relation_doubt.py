"""Decides what a statement of a relation is worth: denied, doubted, about the past, or only
supposed. What isn't plainly said of today settles nothing."""

from __future__ import annotations

from assistant.relation_text import CONTRASTS, SENTENCE_ENDS, RelationText

_NEGATION_REACH = 6
_DOUBT_REACH = 12
_TIME_REACH = 8
_HABIT = "brukar"  # one stem with "brukade", but of today
_NOT_ABOUT_PLACE = frozenset("""hur vad när varför vems""".split())  # "vet inte hur jag ska göra"
_MAY = frozenset("""får kan bör ska skall måste behöver behövs krävs samtycke""".split())
_WHO_MAY = frozenset("""jag ja vi man det""".split())
_ASKING_ITSELF = frozenset("""är e räknas hör tillhör sitter jobbar arbetar finns har gäller""".split())
_WHAT = frozenset("""vad va när hur vilka""".split())  # "vad räknas som samma enhet?"
_MEANS = frozenset("""räknas menas menar betyder innebär är e avgör gör blir""".split())
_SOON = 5  # tokens of "vad räknas som samma enhet"
_AND_OR_BUT = frozenset("""och men fast""".split())
_DOUBT_AFTER = 7  # tokens of "men jag är inte helt säker"
_THAT = (("om", "det"), ("om", "vi"), ("om", "så"), ("på", "det"), ("på", "detta"), ("på", "den"))
_PAIR_GROUPS = frozenset(["relation.same", "relation.different"])
_LEADING = 2  # tokens: "men om …", "och, om …"
_UNREAL = frozenset("""vore skulle hade""".split())  # "om vi vore samma enhet hade jag inte frågat"
_NO_MATTER = frozenset("""oavsett spelar beror""".split())
_FORMERLY = frozenset("""förut förr tidigare innan""".split())
_WHETHER = frozenset("""om ifall huruvida""".split())
_KNOWING = frozenset(
    """vet veta minns ihåg framgår klart oklart osäker osäkert säker koll aning sagt svara svarat svar besked
    reda utrett avgöra avgjort klarhet bekräfta bekräftat hört fråga frågat kunnat""".split()
)
_NOT = frozenset("""inte ej icke int ente ingen inget""".split())
_IN_ITSELF_OPEN = frozenset("""oklart osäker osäkert""".split())
_ALTERNATIVES = frozenset("""eller heller varken och o""".split())


def negated(text: RelationText, at: int) -> bool:
    """ "Inte på samma enhet", "varken samma hus eller samma enhet"; not "inte berätta för …"."""
    joined = False
    for i in range(at - 1, max(-1, at - 1 - _NEGATION_REACH), -1):
        groups = text.groups(i)
        if text.ends_clause(i) and text.lower(i) != ",":
            return False
        if text.lower(i) == "," and not joined:
            return False
        joined = joined or text.lower(i) in _ALTERNATIVES
        if "who.negation" in groups:
            return True
        if groups & {"sharing.verbs", "profession", "actor"} or "sharing.consent" in groups:
            return False
        if groups & _PAIR_GROUPS and not joined:
            return False
    return False


def negated_after(text: RelationText, last: int) -> bool:
    """ "Samma enhet är vi inte", "samma enhet? Nej."."""
    copula = False
    for i in range(last, min(last + 5, len(text.tokens))):
        if text.ends_clause(i):
            following = text.lower(i + 1)
            return following in ("nej", "nä", "nix", "nope") and text.lower(i) in ("?", ",")
        groups = text.groups(i)
        if "who.negation" in groups:
            return copula
        if groups & {"sharing.verbs", "sharing.ask"}:
            return False
        copula = copula or "who.copula" in groups
    return False


def unsure(text: RelationText, at: int) -> bool:
    """ "Vet inte om vi är på samma enhet" settles nothing; "vet inte om jag får …" is no doubt of it."""
    reach, alternatives = _DOUBT_REACH, False
    for i in range(at - 1, -1, -1):
        if text.lower(i) in SENTENCE_ENDS or text.lower(i) in ("men", "fast"):
            break
        alternatives = alternatives or text.lower(i) == "eller"  # "osäker på om … eller har gått …"
        if at - i > reach and not alternatives:
            break
        if _doubts(text, i):
            return True
    for i in range(at, min(at + 6, text.sentence(at).stop)):
        groups = text.groups(i)
        if "who.unsure" in groups and text.lower(i) in ("eller", "oklart"):
            return True
        if groups & {"sharing.consent", "sharing.ask", "sharing.verbs"}:
            return False  # "på olika BVC: samtycke eller inte?"
    return False


def _doubts(text: RelationText, at: int) -> bool:
    for m in text.at.get(at, ()):
        if m.group in ("who.unsure", "phrase.doubt") and text.lower(at) != _HABIT:
            first = m.last + (text.lower(m.last) == "på")  # "osäker på om …"
            word, second, third = (text.lower(i) for i in range(first, first + 3))
            asks_leave = second in _MAY or (second in _WHO_MAY and third in _MAY)
            if word not in _NOT_ABOUT_PLACE and not (word == "om" and asks_leave):
                return True
    return False


def doubtful(text: RelationText, at: int) -> bool:
    """Whether a relation stated at a place is only believed, supposed or asked about."""
    if unsure(text, at) or _doubted_after(text, at) or _whether_is_unknown(text, at):
        return True
    clause, end = text.clause(at), text.sentence(at).stop
    if text.is_question(at) and any(_doubts(text, i) for i in range(end + 1, end + 4)):
        return True  # "samma nämnd? ingen aning"
    if _next_doubts(text, end):
        return True
    supposed = text.has(range(clause.start, at), "phrase.supposed") and not _asks_what_if(text, at)
    if text.has(clause, "phrase.belief") or supposed:
        return True
    return _unreal(text, at) or _asked_about(text, at)


def _asks_what_if(text: RelationText, at: int) -> bool:
    """ "Och om vi hade hört till olika nämnder?": a question of its own."""
    first, second = text.lower(0), text.lower(1)
    opens = first == "om" or (first in _AND_OR_BUT and second == "om")
    return opens and text.is_question(at) and text.sentence(at).start == 0


def _next_doubts(text: RelationText, end: int) -> bool:
    """ "(Hon säger att vi är samma enhet.) Jag är osäker.": a sentence of its own that says no more."""
    if end + 1 >= len(text.tokens):
        return False
    following = text.sentence(end + 1)
    names = {group for i in following for group in text.groups(i)}
    mine = bool(_WHO_MAY - {"man", "det"} & text.words(following)) and not text.is_question(end + 1)
    short = (
        mine
        and len(following) <= _DOUBT_AFTER
        and not names & {"sharing.verbs", "sharing.consent", "profession"}
    )
    return short and any(_doubts_that(text, i) for i in following)


def _whether_is_unknown(text: RelationText, at: int) -> bool:
    """ "Om vi tillhör samma enhet vet jag däremot inte", "huruvida det är samma nämnd är oklart"."""
    sentence = text.sentence(at)
    if _left_open(text, at, sentence) or _not_known_whether(text, at, sentence):
        return True
    opening = [i for i in sentence if text.lower(i) in _WHETHER and i <= at]
    starts = {text.lower(sentence.start), text.lower(text.clause(at).start)}
    if not opening or not starts & _WHETHER:
        return False
    after = [text.lower(i) for i in range(at, sentence.stop)]
    knows = next((n for n, word in enumerate(after) if word in _KNOWING), None)
    return knows is not None and (after[knows] in _IN_ITSELF_OPEN or bool(_NOT & set(after)))


def _left_open(text: RelationText, at: int, sentence: range) -> bool:
    """ "Hon är …, om det är samma enhet törs jag inte svära på": an "om" in a sentence that asks nothing.

    Not "men om vi är på samma enhet", which asks what holds then.
    """
    start = text.clause(at).start
    starts = text.lower(start) in _WHETHER and start - sentence.start > _LEADING
    asks = any(text.groups(i) & {"sharing.verbs", "sharing.ask", "sharing.consent"} for i in sentence)
    return starts and not asks and not text.is_question(at)


def _not_known_whether(text: RelationText, at: int, sentence: range) -> bool:
    """ "Jag har inte lyckats få fram om det är samma nämnd"; not "behöver jag inte samtycke om …"."""
    whether = next(
        (i for i in range(at - 1, max(sentence.start, at - 5) - 1, -1) if text.lower(i) in _WHETHER), None
    )
    if whether is None:
        return False
    before = range(max(sentence.start, whether - _TIME_REACH), whether)
    denied = next((i for i in before if "who.negation" in text.groups(i)), None)
    asks = {"sharing.verbs", "sharing.ask", "sharing.consent"}
    return denied is not None and not any(text.groups(i) & asks for i in range(denied - 3, whether))


def _unreal(text: RelationText, at: int) -> bool:
    """ "Om vi vore på samma enhet hade jag inte frågat"; "om vi skulle vara på samma enhet, då?" asks."""
    sentence = text.sentence(at)
    return sum(text.lower(i) in _UNREAL for i in sentence) > 1 and not text.is_question(at)


def _doubted_after(text: RelationText, at: int) -> bool:
    """ "Om det är samma enhet vet jag inte", "samma enhet, eller?"."""
    for i in range(at + 1, text.sentence(at).stop):
        if text.lower(i) in CONTRASTS and _i_doubt(text, i + 1):
            return True
        if text.lower(i) in CONTRASTS or text.has(range(i, i + 1), "relation.same"):
            return False
        if _doubts_that(text, i):
            return True
        if text.lower(i) == "eller" and text.lower(i + 1) in SENTENCE_ENDS:
            return True
        if text.groups(i) & {"sharing.ask", "sharing.consent"}:
            return False
    return False


def _i_doubt(text: RelationText, at: int) -> bool:
    """ "(Hon säger att vi är samma enhet) men jag är osäker", "… fast det tvivlar jag på"."""
    if text.lower(at) == "stämmer":
        return True  # "…, men stämmer det?"
    first_person = {text.lower(i) for i in range(at, at + 4)} & _WHO_MAY
    end = min(text.sentence(at).stop, at + _DOUBT_AFTER)
    return bool(first_person) and any(_doubts_that(text, i) for i in range(at, end))


def _doubts_that(text: RelationText, at: int) -> bool:
    """A doubt about what was said before it, not about something that comes ("vet inte vem …")."""
    ends = [m.last for m in text.at.get(at, ()) if m.group in ("who.unsure", "phrase.doubt")]
    if not ends:
        return False
    following = (text.lower(max(ends)), text.lower(max(ends) + 1))
    return text.ends_clause(max(ends)) or following in _THAT


def _asked_about(text: RelationText, at: int) -> bool:
    """ "Räknas vi som samma enhet?": the relation is what is asked about."""
    sentence = text.sentence(at)
    opening = text.lower(text.clause(at).start)
    sharing = any(text.groups(i) & {"sharing.verbs", "sharing.ask", "sharing.consent"} for i in sentence)
    first, second = text.lower(sentence.start), text.lower(sentence.start + 1)
    meaning = first in _WHAT and second in _MEANS and at - sentence.start <= _SOON
    return text.is_question(at) and (opening in _ASKING_ITSELF or meaning) and not sharing


def no_matter(text: RelationText, at: int) -> bool:
    """ "Oavsett om vi är på samma enhet", "spelar det roll att …": says nothing either way."""
    before = range(max(text.sentence(at).start, at - _DOUBT_REACH), at)
    return any("who.unsure" in text.groups(i) and text.lower(i) in _NO_MATTER for i in before)


def in_the_past(text: RelationText, at: int) -> bool:
    """ "Satt på vår enhet förut": the nearer of "förut" and "nu" in the clause decides."""
    sentence = text.sentence(at)
    if text.has(sentence, "phrase.asked_then") and not text.words(sentence) & _FORMERLY:
        return False
    if "från" in text.words(range(at - 2, at)) and text.has(range(text.clause(at).start, at), "phrase.came"):
        return True  # "hon kom från en annan förvaltning": where she was
    past = _distance(text, at, "phrase.past")
    return past < _distance(text, at, "phrase.now")


def turns(text: RelationText, at: int) -> bool:
    """ "Nu …", "numera": what was said before no longer holds."""
    return text.has(text.clause(at), "phrase.now")


def _distance(text: RelationText, at: int, group: str) -> int:
    near = [i for i in text.clause(at) if abs(i - at) <= _TIME_REACH and group in text.groups(i)]
    return min((abs(i - at) for i in near), default=99)


def elsewhere_in_text(text: RelationText, since: int = 0, but: range = range(0)) -> bool:
    """Whether anything in the text, ``but`` for some tokens, speaks of another place, a change or a
    doubt: then "på vår enhet" says nothing of both. What happened before ``since`` was then."""
    groups = ("phrase.past", "phrase.change", "phrase.doubt", "phrase.belief", "phrase.elsewhere")
    for m in text.mentions:
        if m.first in but or (m.first < since and m.group in ("phrase.change", "phrase.past")):
            continue
        if m.group in (*groups, "who.unsure", "phrase.same_unit_no", "phrase.own_side", "phrase.denial"):
            return True
        if m.group == "relation.different" and not _of_something_else(text, m.last):
            return True
    return False


def _of_something_else(text: RelationText, at: int) -> bool:
    """ "Den andra sköterskan", "en annan familj", "sitt barn": no other place."""
    return bool(text.groups(at) & {"who.client", "profession", "who.colleague", "who.role_noun"})
