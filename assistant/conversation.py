"""Several turns → one reading: a later turn changes only the facts that it mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.asked_facts import AskedFact, answers_sharing, asked_about, asked_facts, mentioned_fact
from assistant.facts import Reading, fill_asker, read_text
from assistant.follow_ups import leans_on_history
from assistant.intent import Signs, is_sharing, read_signs, without_edition_words
from assistant.relations import Relations
from assistant.short_reply import MAX_WORDS, read_reply
from assistant.turn_update import undermines, updated
from assistant.types import Party, Turn
from assistant.vocabulary import Vocabulary, tokenize

_ELLIPSIS = frozenset(
    """och o men om fast istället annars då också oj förlåt rättelse and but what""".split()
)
_CLAUSE_END = re.compile(r"(?<=[.,!?:])\s+")
_INSTEAD_REACH = 5  # tokens after "i stället för" in which the one who is out of it is named
_PEOPLE = frozenset({"who.asker", "who.asker_group", "who.other", "who.colleague"})
_LEAVE_WORDS = 4
_LEAVE = frozenset("""får kan går är ok okej måste behöver krävs""".split())
_LEAVE_OF = frozenset("""man jag ja vi det de d hon ok okej samtycke""".split())
_US = frozenset({"who.asker_group", "who.asker", "who.both"})
_ASSENTS = frozenset("""jo ja jaha nja nej nä ok okej hm mm""".split())
_CONTRASTS = frozenset("""men fast jamen jomen""".split())
_ENOUGH = (["räcker", "inte", "det"], ["räcker", "det", "inte"], ["räcker", "väl", "det"])
_ASKS_WHAT = frozenset("""vem vad va vilken vilket vilka hur var när varför vart vems""".split())
_COURTESY = frozenset("""tack tackar hej hejdå okej ok toppen bra förstår perfekt strunt""".split())
_WISHES = frozenset("""vill undrar veta läsa fråga skulle berätta visa förklara beskriv hjälp""".split())
_SOMEBODY = _PEOPLE | {"who.both"}
_STATEMENT = 20  # words
_YES_OR_NO = frozenset({"turns.yes", "turns.no", "turns.same", "who.unsure"})
NO_PARTY = Party()


@dataclass(frozen=True, slots=True)
class Situation:
    """The sharing situation that a conversation has arrived at."""

    reading: Reading
    signs: Signs
    sharing: bool  # the last turn asks (or goes on asking) whether to share


@dataclass(frozen=True, slots=True)
class _State:
    reading: Reading | None = None  # of a conversation that is known to be about sharing
    pending: Reading | None = None  # of one that isn't yet
    asked: tuple[AskedFact, ...] = ()  # what the assistant asked for last
    about: int | None = None  # the one of several recipients that it asked about
    names: frozenset[str] = frozenset()  # first names of those to share with
    topic: bool = False  # the question before was about the guideline's text


def read_conversation(
    question: str,
    history: Sequence[Turn],
    known: Party,
    vocabulary: Vocabulary,
    decisive: Callable[[Reading], str],
    leaning: Callable[[str], float | None] | None = None,
) -> Situation:
    """The situation after the last turn.

    ``decisive`` says which fact the assistant would ask for after a reading: it is what a bare
    "privat" or "vet inte" replies to when the assistant's own words don't tell. ``leaning`` is what
    was learned of how a question for leave to share sounds (``assistant.leaning``).
    """
    state, said = _State(), ""
    for turn in history:
        if turn.role == "user":
            after, _ = _advance(state, turn.content, known, vocabulary, leaning)
            state, said = replace(after, names=state.names | _names(after)), ""
        else:
            state, said = _heard(state, turn.content, known, vocabulary), turn.content
        state = _expecting(state, said, vocabulary, decisive)
    state, sharing = _advance(state, question, known, vocabulary, leaning)
    signs = read_signs(question, vocabulary)
    reading = state.reading or fill_asker(read_text(question, vocabulary), known)
    return Situation(reading, signs, sharing)


# ------------------------------------------------------------------------------ the user's turns


def _advance(
    state: _State,
    text: str,
    known: Party,
    vocabulary: Vocabulary,
    leaning: Callable[[str], float | None] | None,
) -> tuple[_State, bool]:
    """The state after one user turn, and whether that turn is about sharing."""
    text = _without_replaced(text, vocabulary)
    reading, signs = read_text(text, vocabulary, state.names), read_signs(text, vocabulary)
    sharing = is_sharing(signs, reading, partial(leaning, text) if leaning else None, known)
    if state.reading is None:
        if sharing and not (state.topic and _only_goes_on(signs, text)):
            told = state.pending.asker if state.pending and not state.pending.third_person else NO_PARTY
            return _State(fill_asker(fill_asker(reading, told), known)), True
        if signs.topic or signs.compares:
            return replace(state, topic=True, pending=_only_who_asks(reading)), False
        pending = state.pending
        if pending and pending.names_other and _only_asks_leave(text):
            return _State(fill_asker(pending, known)), True
        return _State(pending=updated(pending, reading, text, vocabulary) if pending else reading), False
    if sharing and _complete(reading, signs, text):
        fresh = fill_asker(reading, known)
        return _State(_keep_asker(fresh, state.reading, text)), True
    newer = read_reply(reading, state.asked, state.reading, text, vocabulary)
    if _continues(newer, signs, text, vocabulary) or (state.asked and _tells_little(signs, text)):
        about = state.about if newer != reading else None
        return _State(updated(state.reading, newer, text, vocabulary, about)), True
    return state, False


def _names(state: _State) -> frozenset[str]:
    """The first names by which the turn called those to share with."""
    told = state.reading or state.pending
    return told.names if told else frozenset()


def _only_who_asks(reading: Reading) -> Reading | None:
    """Of a question about the guideline's text, what it tells of the asker."""
    if reading.third_person or reading.asker == NO_PARTY:
        return None
    return Reading(reading.asker, (), Relations(), third_person=False, names_other=False)


def _without_replaced(text: str, vocabulary: Vocabulary) -> str:
    """The text without whom it puts aside: "socionomen i stället för barnmorskan"."""
    tokens = tokenize(text)
    mentions = vocabulary.mentions(tokens)
    for m in mentions:
        if m.group == "turns.instead_of":
            near = [
                n.last
                for n in mentions
                if n.group in ("profession", "actor", "workplace", "employer")
                and m.last <= n.first < m.last + _INSTEAD_REACH
            ]
            if near:
                return text[: tokens[m.first].start] + text[tokens[max(near[:1]) - 1].end :]
    return text


def _only_asks_leave(text: str) -> bool:
    """ "Får man?", "går det?": after the situation has been told."""
    words = [t.lower for t in tokenize(text) if t.text[0].isalnum()]
    return 1 < len(words) <= _LEAVE_WORDS and words[0] in _LEAVE and words[1] in _LEAVE_OF


def _only_goes_on(signs: Signs, text: str) -> bool:
    """ "Och BVC-sköterskan?" after "var dokumenterar barnmorskan?" asks for no leave to share."""
    return leans_on_history(text) and not (signs.sharing_verb or signs.consent_word)


def _complete(reading: Reading, signs: Signs, text: str) -> bool:
    """A question that stands on its own starts over (what is known of the asker stays)."""
    first = next((t.lower for t in tokenize(text)), "")
    names = any(p.profession is not None for p in reading.others)
    return names and first not in _ELLIPSIS and signs.words > 4 and signs.sharing_verb


def _keep_asker(fresh: Reading, before: Reading, text: str) -> Reading:
    """The fresh reading of whom was told of before: who asks, or "en av dem" where both are of a kind."""
    if not before.third_person:
        return fill_asker(fresh, before.asker)
    words = [t.lower for t in tokenize(text)]
    of_them = any(words[i : i + 3] in (["en", "av", "dem"], ["en", "av", "dom"]) for i in range(len(words)))
    of_a_kind = {p.profession for p in (before.asker, *before.others)} == {before.asker.profession}
    if of_them and of_a_kind and fresh.asker == NO_PARTY:
        return replace(fresh, asker=before.asker)
    return fresh


def _continues(reading: Reading, signs: Signs, text: str, vocabulary: Vocabulary) -> bool:
    """Whether the turn adds facts to the situation, or replies to the assistant."""
    if signs.topic or (signs.compares and signs.editions):
        return False
    about = without_edition_words(text, vocabulary)
    if "edition" in signs.groups and (leans_on_history(about) or leans_on_history(_last_clause(about))):
        return True  # "hur var det enligt 2018 års vägledning?"
    tells = (
        reading.asker != NO_PARTY
        or any(p != NO_PARTY for p in reading.others)
        or reading.relations != Relations()
    )
    if tells or (signs.words <= MAX_WORDS and "employer" in signs.groups):
        return True
    if signs.sharing_verb and reading.names_other:
        return True  # "får hon berätta för mig då?"
    if _takes_back(signs, text, vocabulary):
        return True
    if "turns.reverse" in signs.groups or _contests(signs, text) or _only_asks_leave(text):
        return True
    return signs.words <= MAX_WORDS and bool(signs.groups & _YES_OR_NO)


def _tells_little(signs: Signs, text: str) -> bool:
    """ "Hon är ny här", "det ska jag kolla": a short statement about people after a question, no wish to know
    or to read something else."""
    words = {t.lower for t in tokenize(text) if t.text[0].isalnum()}
    about_text = signs.topic or signs.weak_topic or signs.compares or signs.duty or signs.consent_word
    wishes = signs.opens_with_what or bool(words & (_COURTESY | _WISHES))
    states = "?" not in text and signs.words <= MAX_WORDS and bool(signs.groups & _SOMEBODY)
    return states and not (about_text or wishes)


def _contests(signs: Signs, text: str) -> bool:
    """ "Jo, men vi har ju en gemensam samordnare. Då kan det väl inte vara någon gräns mellan oss?": about
    the same two, unless it asks for something else ("men hur dokumenterar vi det?")."""
    words = [t.lower for t in tokenize(text)]
    if "?" in text and any(words[i : i + 3] in _ENOUGH for i in range(len(words))):
        return True  # "Mamman sa ja i höstas. Räcker inte det?"
    opens = next((w for w in words if w.isalpha() and w not in _ASSENTS), "") in _CONTRASTS
    return opens and bool(signs.groups & _US) and not _ASKS_WHAT.intersection(words)


def _last_clause(text: str) -> str:
    """ "(Jag har utgåvan från 2018 framför mig,) vad gäller enligt den?"."""
    parts = [part for part in _CLAUSE_END.split(text) if part.strip()]
    return parts[-1] if parts else text


def _takes_back(signs: Signs, text: str, vocabulary: Vocabulary) -> bool:
    """ "Fast enheten delades i våras": a statement after which what was said may no longer hold."""
    tokens = tokenize(text)
    states = "?" not in text or tokens[0].lower in _ELLIPSIS or bool(signs.groups & _PEOPLE)
    if signs.opens_with_what or signs.words > _STATEMENT or not states:
        return False
    return undermines(vocabulary.mentions(tokens))


# -------------------------------------------------------------------------- the assistant's turns


def _heard(state: _State, text: str, known: Party, vocabulary: Vocabulary) -> _State:
    """The state after an assistant's turn: it tells what the conversation is about, no facts."""
    reading = state.reading
    asked = asked_facts(text, vocabulary, reading or state.pending)
    if reading is None and state.pending is not None and (asked or answers_sharing(text, vocabulary)):
        reading = fill_asker(state.pending, known)
    if reading is None:
        return state
    return replace(state, reading=_as_understood(reading, asked, known), asked=asked)


def _as_understood(reading: Reading, asked: tuple[AskedFact, ...], known: Party) -> Reading:
    """The only party named is the recipient when the asker's profession is asked for ("bvc-ssk vill
    veta hur det går" – "Vilken roll har du?"), and the asker when the recipient's is."""
    names = {f.name for f in asked}
    if len(names & {"asker.profession", "other.profession"}) != 1:
        return reading
    named = [p for p in (reading.asker, *reading.others) if p.profession is not None]
    if len(named) != 1 or known.profession is not None:
        return reading
    if "asker.profession" in names and reading.asker == named[0]:
        return replace(reading, asker=NO_PARTY, others=(named[0],), names_other=True, third_person=False)
    if "other.profession" in names and reading.others == (named[0],):
        return replace(reading, asker=named[0], others=(), third_person=False)
    return reading


def _expecting(
    state: _State, said: str, vocabulary: Vocabulary, decisive: Callable[[Reading], str]
) -> _State:
    """The state with the fact that a reply is about, and whose it is of several recipients."""
    reading = state.reading
    if reading is None:
        return state
    named = asked_about(said, vocabulary)
    order = sorted(
        enumerate(reading.others or (NO_PARTY,)),
        key=lambda p: p[1].profession is None or p[1].profession.value not in named,
    )
    for at, party in order:
        alone = _only(reading, at, party)
        if fact := decisive(alone):
            asked = state.asked or (mentioned_fact(fact, said, vocabulary, alone),)
            return replace(state, asked=asked, about=at if len(reading.others) > 1 else None)
    return state


def _only(reading: Reading, at: int, party: Party) -> Reading:
    """The reading with one of its recipients alone."""
    own = reading.own_relations if len(reading.own_relations) == len(reading.others) else ()
    relations = own[at] if own else reading.relations
    return replace(reading, others=(party,), relations=relations, own_relations=())
