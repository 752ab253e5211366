"""Several turns → one reading: a later turn changes only the facts that it mentions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.facts import Reading, fill_asker, read_text
from assistant.follow_ups import leans_on_history
from assistant.intent import Signs, is_sharing, read_signs, without_edition_words
from assistant.relations import Relations
from assistant.types import Employer, Party, Profession, Turn
from assistant.vocabulary import Mention, Vocabulary, tokenize

_ELLIPSIS = frozenset("""och men om fast istället annars då also and but what""".split())
_YES = frozenset("""ja japp jo jajamen jepp yes absolut precis stämmer jodå mm jaa""".split())
_NO = frozenset("""nej nä nix nope no inte nää icke ej nejdå""".split())
_SAME = frozenset("""samma densamma same""".split())
_PRONOUNS = frozenset("""who.asker who.other who.colleague who.both""".split())
_SHORT = 12  # words of a turn that can only be a reply or an addition


@dataclass(frozen=True, slots=True)
class Situation:
    """The sharing situation that a conversation has arrived at."""

    reading: Reading
    signs: Signs
    sharing: bool  # the last turn asks (or goes on asking) whether to share


@dataclass(frozen=True, slots=True)
class _State:
    reading: Reading | None = None
    asked: str = ""  # the fact that the assistant asked for last


NO_PARTY = Party()


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
    state = _State()
    for i, turn in enumerate(history):
        if turn.role == "user":
            state, _ = _advance(state, turn.content, known, vocabulary, leaning)
        elif state.reading is not None:
            asked = asked_fact(turn.content)
            follows = i + 1 < len(history) or bool(question)
            state = replace(state, asked=asked or (decisive(state.reading) if follows else ""))
    if state.reading is not None and not state.asked:
        state = replace(state, asked=decisive(state.reading))
    state, sharing = _advance(state, question, known, vocabulary, leaning)
    signs = read_signs(question, vocabulary)
    reading = state.reading or fill_asker(read_text(question, vocabulary), known)
    return Situation(reading, signs, sharing)


def _advance(
    state: _State,
    text: str,
    known: Party,
    vocabulary: Vocabulary,
    leaning: Callable[[str], float | None] | None,
) -> tuple[_State, bool]:
    """The state after one user turn, and whether that turn is about sharing."""
    reading, signs = read_text(text, vocabulary), read_signs(text, vocabulary, leaning)
    sharing = is_sharing(signs, reading)
    if state.reading is None:
        return (_State(fill_asker(reading, known)) if sharing else state), sharing
    if sharing and _complete(reading, signs, text):
        fresh = fill_asker(reading, known)
        return _State(_keep_asker(fresh, state.reading)), True
    if _continues(reading, signs, text, vocabulary):
        return _State(_update(state, reading, text, vocabulary)), True
    return state, False


def _complete(reading: Reading, signs: Signs, text: str) -> bool:
    """A question that stands on its own starts over (what is known of the asker stays)."""
    first = next((t.lower for t in tokenize(text)), "")
    names = any(p.profession is not None for p in reading.others)
    return names and first not in _ELLIPSIS and signs.words > 4 and signs.sharing_verb


def _keep_asker(fresh: Reading, before: Reading) -> Reading:
    return fresh if before.third_person else fill_asker(fresh, before.asker)


def _continues(reading: Reading, signs: Signs, text: str, vocabulary: Vocabulary) -> bool:
    """Whether the turn adds facts to the situation, or replies to the assistant."""
    if signs.topic or (signs.compares and signs.editions):
        return False
    about = without_edition_words(text, vocabulary)
    if (signs.editions or signs.before) and leans_on_history(about):
        return True  # "hur var det enligt 2018 års vägledning?"
    words = {t.lower for t in tokenize(text)}
    tells = (
        reading.asker != NO_PARTY
        or any(p != NO_PARTY for p in reading.others)
        or reading.relations != Relations()
    )
    if tells or (signs.words <= _SHORT and "employer" in signs.groups):
        return True
    if signs.sharing_verb and reading.names_other:
        return True  # "och tvärtom, får hon berätta för mig?"
    return signs.words <= _SHORT and bool(words & (_YES | _NO) or "who.unsure" in signs.groups)


def _update(state: _State, newer: Reading, text: str, vocabulary: Vocabulary) -> Reading:
    before = state.reading
    assert before is not None  # callers check
    newer = _as_reply(newer, state.asked, text, vocabulary)
    others = before.others
    if newer.others:
        base = before.others[0] if before.others else Party()
        others = tuple(_merge(base, p) for p in newer.others)
    relations = before.relations.updated(newer.relations)
    changed = newer.others and newer.others[0].profession not in (None, _profession(before))
    if changed:
        relations = _only_place(before.relations).updated(newer.relations)
    return replace(before, asker=_merge(before.asker, newer.asker), others=others, relations=relations)


def _profession(reading: Reading) -> Profession | None:
    return reading.others[0].profession if reading.others else None


def _only_place(relations: Relations) -> Relations:
    return Relations(same_family_centre=relations.same_family_centre)


def _merge(old: Party, new: Party) -> Party:
    """The old party with what the new words say; another profession drops the old employer."""
    if new == Party():
        return old
    if new.profession not in (None, old.profession):
        return Party(new.profession, new.employer, new.label, new.not_employers)
    employer = new.employer or (None if old.employer in new.not_employers else old.employer)
    return Party(old.profession, employer, old.label, old.not_employers | new.not_employers)


def _as_reply(newer: Reading, asked: str, text: str, vocabulary: Vocabulary) -> Reading:
    """A bare "privat", "ja" or "barnmorska" read as the answer to what was asked."""
    tokens = tokenize(text)
    words = [t.lower for t in tokens if t.text[0].isalnum()]
    if not words or len(words) > _SHORT or not asked:
        return newer
    mentions = vocabulary.mentions(tokens)
    pronouns = {m.group for m in mentions} & _PRONOUNS
    side, _, fact = asked.partition(".")
    if fact and not pronouns:
        return _reply_about(newer, side, mentions)
    if side == "asker" and fact == "employer":
        newer = _first_of_all(newer, mentions)
    unsure = any(m.group == "who.unsure" for m in mentions)
    if side.startswith("same_") and words[0] in _SAME and getattr(newer.relations, side) is None:
        return replace(newer, relations=replace(newer.relations, **{side: True}))
    if side.startswith("same_") and not unsure and getattr(newer.relations, side) is None:
        yes, no = bool(set(words) & _YES), bool(set(words) & _NO)
        if yes != no:
            return replace(newer, relations=replace(newer.relations, **{side: yes}))
    return newer


def _first_of_all(newer: Reading, mentions: list[Mention]) -> Reading:
    """ "Regionen. Hon är privat": what comes before the pronoun is about the one who was asked."""
    told = [m for m in mentions if m.group == "employer" or m.group in _PRONOUNS]
    if told and told[0].group == "employer" and newer.asker.employer is None:
        asker = replace(newer.asker, employer=Employer(told[0].value))
        return replace(newer, asker=asker)
    return newer


def _reply_about(newer: Reading, side: str, mentions: list[Mention]) -> Reading:
    """The reply's party is the one that was asked about, whoever it looked like on its own."""
    told = [p for p in (newer.asker, *newer.others) if p != NO_PARTY]
    employers = [Employer(m.value) for m in mentions if m.group == "employer"]
    if not told and not employers:
        return newer
    party = told[0] if told else Party(employer=employers[0])
    if side == "asker":
        return replace(newer, asker=party, others=())
    return replace(newer, asker=NO_PARTY, others=(party,))


def asked_fact(text: str) -> str:
    """The fact that an assistant's turn asked for, "" if it asked nothing that we know."""
    questions = [part for part in _sentences(text) if part.endswith("?")]
    if not questions:
        return ""
    asked = questions[-1].lower()
    words = {t.lower for t in tokenize(asked)}
    if "enhet" in asked or "samma bvc" in asked or "samma mottagning" in asked:
        return "same_unit"
    if "nämnd" in asked or "förvaltning" in asked:
        return "same_board"
    side = "asker" if words & {"du", "dig", "din", "ditt", "själv"} else "other"
    if side == "asker" and words & {"hon", "han", "kollegan", "kollega", "den", "mottagaren"}:
        side = "other" if "dela" in words or "med" in words else side
    if any(w.startswith(("anställ", "arbetsgiv", "huvudm", "privat", "region", "kommun")) for w in words):
        return f"{side}.employer"
    if any(
        w.startswith(
            ("profession", "yrk", "roll", "arbetar", "jobbar", "barnmorsk", "sjuksköt", "förskol", "socionom")
        )
        for w in words
    ):
        return f"{side}.profession"
    return ""


def _sentences(text: str) -> list[str]:
    out, start = [], 0
    for i, char in enumerate(text):
        if char in ".?!\n":
            out.append(text[start : i + 1].strip())
            start = i + 1
    return out
