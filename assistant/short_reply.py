"""A short later turn read as the reply to what the assistant asked: "privat", "ja", "samma, tror jag".

A reply settles what lies between the two (samma enhet, samma nämnd, vårdrelation) only when it says
so plainly: a hedge or a "ja, fast …" leaves it unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.asked_facts import AskedFact
from assistant.facts import read_text
from assistant.reading import Reading
from assistant.relations import Relations, read_relations
from assistant.turn_update import without
from assistant.types import Employer, Party, Profession
from assistant.vocabulary import Mention, Token, Vocabulary, tokenize

MAX_WORDS = 12  # of a turn that can only be a reply or an addition
_PRONOUNS = frozenset("""who.asker who.other who.colleague who.both""".split())
_RELATION_FACTS = ("same_family_centre", "same_unit", "same_board", "same_huvudman", "care_relation")
_WITH_YES = frozenset(
    """turns.yes turns.plain turns.same employer profession workplace relation.same relation.unit
    relation.board relation.family_centre relation.huvudman who.both who.copula who.asker_group
    who.other phrase.care_relation sharing.consent""".split()
)
_APART = frozenset("""relation.different turns.no turns.plain turns.undermines who.copula""".split())
_IT = frozenset("""det de d""".split())
_BARE = frozenset("""turns.yes turns.plain who.both who.asker who.other who.asker_group""".split())
_AFTER_SAME = frozenset("""här där som båda bägge då nu förstås såklart faktiskt tror""".split())
_FEW = 4  # words
_ONE = frozenset("""en ett ena andra""".split())
_SHE_AND_I = (["både", "hon", "och", "jag"], ["både", "jag", "och", "hon"])
_ALSO = frozenset("""också oxå med även likaså som liksom""".split())
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OR_NOT = re.compile(r"\beller (?:inte|ej)\b", re.IGNORECASE)
_TELLING = frozenset(
    """profession actor workplace employer who.other who.colleague who.unsure who.negation turns.undermines
    turns.hedge turns.but turns.no turns.belief relation.unit relation.board relation.same relation.different
    phrase.past phrase.change phrase.doubt""".split()
)
_FACTS = frozenset(
    """profession actor workplace employer relation.unit relation.board relation.same relation.different
    who.unsure turns.hedge turns.no""".split()
)
_NOBODY = Party()


@dataclass(frozen=True, slots=True)
class _Reply:
    """The words of a reply, without those that only say how sure it is."""

    tokens: list[Token]
    mentions: list[Mention]
    unsure: bool  # hedged, or taken back in part
    believed: bool = False  # "tror jag"

    def groups(self) -> set[str]:
        return {m.group for m in self.mentions}

    def says(self) -> bool | None:
        """True for a plain "ja", False for a "nej", None for neither ("ja jobbar här" is "jag …")."""
        words = [i for i, t in enumerate(self.tokens) if t.text[0].isalnum()]
        pronouns = {m.first for m in self.mentions if m.group == "who.asker"}
        by_place = {m.first: m.group for m in self.mentions if m.group in ("turns.yes", "turns.no")}
        denied = any(group == "turns.no" for group in by_place.values())
        if words and by_place.get(words[-1]) == "turns.no" and self.tokens[words[0]].lower in _IT:
            return False  # "det är vi inte"
        for at in (words[0], words[-1]) if words else ():
            if by_place.get(at) == "turns.yes" and at not in pronouns:
                return True if not denied and self._says_no_more(words) else None
            if at in by_place and at not in pronouns:
                return False
        return False if denied and len(words) <= _FEW else None

    def asks_back(self) -> bool:
        """ "Är inte det samma grej?": a "samma" in a question affirms nothing."""
        same = [m.last for m in self.mentions if m.group == "turns.same"]
        ends = [next((t.text for t in self.tokens[at:] if t.text in ".?!"), "") for at in same]
        return "?" in ends

    def says_apart(self) -> bool:
        """A bare "olika", "nej, en annan"."""
        known = {i for m in self.mentions if m.group in _APART for i in range(m.first, m.last)}
        words = [i for i, t in enumerate(self.tokens) if t.text[0].isalnum()]
        apart = any(m.group == "relation.different" for m in self.mentions)
        denied = any(m.group == "who.negation" and m.first not in words[:1] for m in self.mentions)
        return apart and not denied and all(i in known for i in words)

    def _says_no_more(self, words: list[int]) -> bool:
        """A yes counts when every other word only underlines it, or is understood by itself."""
        known = {i for m in self.mentions if m.group in _WITH_YES for i in range(m.first, m.last)}
        return all(i in known for i in words)


def read_reply(
    newer: Reading, asked: tuple[AskedFact, ...], before: Reading, text: str, vocabulary: Vocabulary
) -> Reading:
    """The reading of a turn, with what it replies to taken into account."""
    if (both := _of_both(newer, _without_belief(text, vocabulary)[0])) is not None:
        return both
    if sum(t.text[0].isalnum() for t in tokenize(text)) > MAX_WORDS:
        return newer
    reply, plain = _without_belief(_first_of_two(text, vocabulary), vocabulary)
    if plain != text:
        newer = read_text(plain, vocabulary)
    if reply.believed or "turns.hedge" in reply.groups():
        newer = replace(newer, relations=_undecided(newer.relations))
    if not asked:
        return newer
    newer = _with_parties(newer, asked, reply)
    newer = _with_the_same(newer, asked, before, reply)
    return _with_yes_or_no(newer, asked, reply)


def _without_belief(text: str, vocabulary: Vocabulary) -> tuple[_Reply, str]:
    """The reply, and its text, without "tror jag" and "jag har kollat": that "jag" is nobody who shares."""
    tokens = tokenize(text)
    mentions = vocabulary.mentions(tokens)
    believed = [m for m in mentions if m.group == "turns.belief"]
    plain = text
    if opening := [m for m in mentions if m.group == "turns.found_out" and m.first == 0]:
        end = max(m.last for m in opening)
        if end < len(tokens) and not tokens[end].text[0].isalnum():
            return _without_belief(text[tokens[end].end :].strip(), vocabulary)
    for m in reversed(believed):
        plain = plain[: tokens[m.first].start] + plain[tokens[m.last - 1].end :]
    left = tokenize(plain)
    mentions = vocabulary.mentions(left)
    groups = {m.group for m in mentions}
    unsure = bool(believed) or bool(groups & {"turns.hedge", "turns.undermines", "turns.but", "who.unsure"})
    return _Reply(left, mentions, unsure, bool(believed)), plain


def _first_of_two(text: str, vocabulary: Vocabulary) -> str:
    """ "Ja det är vi(. Vad blir svaret då, samtycke eller inte?)": what is asked then tells nothing more;
    "sköterskan hör till vårdcentralen. Olika alltså.": the last word says it all."""
    parts = [part for part in _SENTENCE.split(text) if part.strip()]
    if len(parts) != 2:
        return text
    first, last = parts
    if _one_fact(first, vocabulary) and not {m.group for m in vocabulary.mentions(tokenize(last))} & _FACTS:
        return first  # "Förskollärare. Fast egentligen är det hon som vill berätta."
    told = {m.group for m in vocabulary.mentions(tokenize(_OR_NOT.sub("", last)))}
    if last.rstrip().endswith("?") and not told & _TELLING and not first.rstrip().endswith("?"):
        return first
    if _without_belief(first, vocabulary)[0].says() is False:
        return first  # "Det är vi inte. Hon har kommit från fritidsnämnden."
    return last if _without_belief(last, vocabulary)[0].says_apart() else text


def _one_fact(text: str, vocabulary: Vocabulary) -> bool:
    """ "Förskollärare.", "Region Skåne.": a profession or an employer and no more."""
    tokens = [t for t in tokenize(text) if t.text[0].isalnum()]
    mentions = vocabulary.mentions(tokenize(text))
    named = [m for m in mentions if m.group in ("profession", "employer") and m.first == 0]
    return any(m.last == len(tokens) for m in named)


def _undecided(relations: Relations) -> Relations:
    return without(relations, _RELATION_FACTS)


# ------------------------------------------------------------------------------- whom it is about


def _with_parties(newer: Reading, asked: tuple[AskedFact, ...], reply: _Reply) -> Reading:
    """A profession or an employer without a pronoun is that of the one who was asked about."""
    sides = [f.side for f in asked if f.side]
    if sides and reply.groups() & _PRONOUNS:
        return _first_of_all(newer, sides[0], reply)
    return _of_the_one_asked_about(newer, sides[0], reply) if len(set(sides)) == 1 else newer


def _of_the_one_asked_about(newer: Reading, side: str, reply: _Reply) -> Reading:
    if side == "both" and (two := _one_each(reply)) is not None and newer.relations == Relations():
        return replace(newer, asker=two[0], others=(two[1],), third_person=False)
    told = _one_party([p for p in (newer.asker, *newer.others) if p != _NOBODY], reply)
    if told is None:
        return newer
    if side == "both":
        if told.profession is not None or newer.others:
            return newer
        return replace(newer, asker=told, others=(told,))
    if side == "asker":
        return replace(newer, asker=told, others=(), third_person=False)
    return replace(newer, asker=_NOBODY, others=(told,))


def _of_both(newer: Reading, reply: _Reply) -> Reading | None:
    """ "Privat, både hon och jag": one employer and no more, of both."""
    said = {m.value for m in reply.mentions if m.group == "employer"}
    words = [t.lower for t in reply.tokens if t.text[0].isalnum()]
    both = any(words[i : i + 4] in _SHE_AND_I for i in range(len(words)))
    open_ = reply.unsure or "?" in {t.text for t in reply.tokens}
    if not both or len(said) != 1 or open_ or reply.groups() & {"profession", "who.negation"}:
        return None
    party = Party(employer=Employer(said.pop()))
    return replace(newer, asker=party, others=(party,), third_person=False)


def _one_each(reply: _Reply) -> tuple[Party, Party] | None:
    """ "En region, en privat": two employers and no more; whose is whose changes no verdict of two alike."""
    said = [Employer(m.value) for m in reply.mentions if m.group == "employer"]
    counted = sum(t.lower in _ONE for t in reply.tokens)
    if len(said) != 2 or said[0] is said[1] or counted != 2 or reply.unsure:
        return None
    return Party(employer=said[0]), Party(employer=said[1])


def _one_party(told: list[Party], reply: _Reply) -> Party | None:
    """All that a reply tells as one party's; None where it names two."""
    jobs = {(p.profession, p.label) for p in told if p.profession is not None}
    denied = frozenset(e for p in told for e in p.not_employers)
    left = {p.employer for p in told} - {None}
    open_ = read_relations(reply.tokens, reply.mentions).unsure  # "vet inte om privat"
    said = {Employer(m.value) for m in reply.mentions if m.group == "employer" and m.first not in open_}
    left |= said - denied
    if len(jobs) > 1 or len(left) > 1 or not (jobs or left or denied):
        return None
    job, label = jobs.pop() if jobs else (None, "")
    return Party(job, left.pop() if left else None, label, denied)


def _first_of_all(newer: Reading, side: str, reply: _Reply) -> Reading:
    """ "Regionen. Hon är privat": what comes before the pronoun is about the one who was asked."""
    told = [m for m in reply.mentions if m.group in ("employer", "who.unsure") or m.group in _PRONOUNS]
    if not told or told[0].group != "employer":
        return newer
    employer = Employer(told[0].value)
    words = {t.lower for t in reply.tokens}
    only = newer.asker == Party(employer=employer) and newer.others in ((), (_NOBODY,))
    if side == "other" and only and not words & _ALSO and len(words) > 1:
        return replace(newer, asker=_NOBODY, others=(newer.asker,))  # "privat, jag kollade nyss"
    if side == "asker" and newer.asker.employer is None:
        return replace(newer, asker=replace(newer.asker, employer=employer))
    if side == "other" and newer.others in ((), (_NOBODY,)) and newer.asker == _NOBODY:
        return replace(newer, others=(Party(employer=employer),))
    return newer


# ---------------------------------------------------------------------------- "samma", "ja", "nej"


def _with_the_same(newer: Reading, asked: tuple[AskedFact, ...], before: Reading, reply: _Reply) -> Reading:
    """A bare "samma": as the one whose fact is known, or yes to "samma enhet?"."""
    alone = not any(m.group in ("employer", "profession") for m in reply.mentions)
    if len(asked) != 1 or "turns.same" not in reply.groups() or reply.unsure or not alone:
        return newer
    if reply.asks_back():
        return newer
    fact = asked[0]
    if not fact.side and _of_another_thing(newer, fact.name, reply):
        return newer
    if not fact.side:
        told = getattr(newer.relations, fact.name)
        return newer if told is not None or fact.yes is False else _related(newer, fact.name, True)
    other = before.others[0] if before.others else _NOBODY
    _, _, name = fact.name.partition(".")
    if fact.side == "other" and newer.others in ((), (_NOBODY,)):
        return replace(newer, others=(_as(before.asker, name),))
    if fact.side == "asker" and newer.asker == _NOBODY:
        return replace(newer, asker=_as(other, name))
    return newer


def _of_another_thing(newer: Reading, name: str, reply: _Reply) -> bool:
    """ "Vi sitter i samma hus i alla fall", asked for the enhet: tells nothing of it."""
    same = [m for m in reply.mentions if m.group == "relation.same"]
    used = read_relations(reply.tokens, reply.mentions).used
    other = any(m.first in used or _names_a_thing(reply, m) for m in same)
    return other and getattr(newer.relations, name) is None


def _names_a_thing(reply: _Reply, same: Mention) -> bool:
    """ "Samma chef", not a bare "samma", "samma här", "samma ja"."""
    following = reply.tokens[same.last] if same.last < len(reply.tokens) else None
    if following is None or not following.text[0].isalnum():
        return False
    known = {m.group for m in reply.mentions if m.first == same.last}
    return not known & _BARE and following.lower not in _AFTER_SAME


def _as(party: Party, name: str) -> Party:
    if name == "employer":
        return Party(employer=party.employer)
    return Party(profession=party.profession, label=party.label)


def _with_yes_or_no(newer: Reading, asked: tuple[AskedFact, ...], reply: _Reply) -> Reading:
    """A "ja" says yes to all that was asked; a "nej" tells which only where one thing was."""
    said = reply.says()
    if {f.name for f in asked} == {"same_unit", "same_huvudman"} and (said is False or reply.says_apart()):
        asked = tuple(f for f in asked if f.name == "same_unit")  # not both: no one sekretessområde
    if reply.says_apart() and len(asked) == 1 and not asked[0].side:
        told = getattr(newer.relations, asked[0].name)
        return newer if told is not None else _related(newer, asked[0].name, False)
    if (
        said is None
        or (said and (reply.unsure or reply.asks_back()))
        or reply.groups() & {"turns.hedge", "who.unsure"}
    ):
        return newer
    settled = [f for f in asked if f.yes is not None]
    names_party = any(m.group in ("employer", "profession") for m in reply.mentions)
    if len(asked) > 1 and (not said or names_party or len(settled) < len(asked)):
        return newer
    for fact in settled:
        if not (isinstance(fact.yes, bool) and _of_another_thing(newer, fact.name, reply)):
            newer = _answered(newer, fact, said)
    return newer


def _answered(newer: Reading, fact: AskedFact, said: bool) -> Reading:
    if isinstance(fact.yes, bool):
        told = getattr(newer.relations, fact.name)
        return newer if told is not None else _related(newer, fact.name, fact.yes is said)
    party = newer.asker if fact.side == "asker" else (newer.others or (_NOBODY,))[0]
    if isinstance(fact.yes, Employer) and party.employer is None and not party.not_employers:
        denied = frozenset() if said else frozenset({fact.yes})
        party = replace(party, employer=fact.yes if said else None, not_employers=denied)
    elif isinstance(fact.yes, Profession) and party.profession is None and said:
        party = replace(party, profession=fact.yes)
    if fact.side == "both" and said:
        return replace(newer, asker=party, others=(party,))
    if fact.side == "asker":
        return replace(newer, asker=party)
    return replace(newer, others=(party,)) if fact.side == "other" else newer


def _related(newer: Reading, name: str, value: bool) -> Reading:
    return replace(newer, relations=replace(newer.relations, **{name: value}))
