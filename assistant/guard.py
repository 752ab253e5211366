"""The door: what a text wants, before anything is looked up.

``screen`` says whether a text is a question, an instruction to behave otherwise, abuse, small talk
or nothing, and which part of it remains to be answered. Pure, without a model, linear in the length
of the text. A text in which nothing is found comes back whole; only when an instruction (or
abuse) is found is the text taken apart, and then an instruction's own claims never stay in what is
left: the guideline decides, not the instruction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import guard_decode as decode
from assistant.guard_noise import is_noise
from assistant.guard_words import GuardWords

SMALL_TALK_LIMIT = 120
_ABBREVIATION = "".join(
    rf"(?<!\b{a})" for a in ("kap", r"t\.ex", r"bl\.a", "dvs", "osv", "ca", "s", "st", "nr", "t")
)
# Odds (logarithm) from which a sentence without a word of the guideline's world, and one with such
# a word, sounds like an instruction; chosen on development questions.
STEERS = 2.5
STEERS_DOMAIN = 3.0
SURELY_STEERS = 4.0  # from here on the sound alone decides, whatever else the text asks
MOST_SOUNDED = 12  # sentences: what is looked at in a long text, so that its cost stays bounded
SOUNDED_CHARS = 300
MIN_SOUNDED_WORDS = 2
LEADS = 6  # words that may lead up to a question, bounded to stay linear
_SENTENCE_END = re.compile(
    rf"[!?]+[\"'”’)\]]?(?=\s|$)|{_ABBREVIATION}\.+[\"'”’)\]]?(?=\s|$)|\s[*=#~]{{3,}}(?=\s|$)|\n", re.I
)
_CLAUSE_END = re.compile(
    r"[,;:](?=\s|$)|\s[-–—]+(?=\s)|(?<=\s)(?=(?:och(?!\s+med\s)|o(?!\s+med\s)|men|sen|sedan|and|then|but|samt)\s)",
    re.I,
)
_CONTINUES = re.compile(r"\W*(?:att|that|som|which|because|för att|så att)\b")
_SHE = re.compile(r"\b(?:hon|han|hen|kollegan)\b")
_YOU = re.compile(r"\b(?:du|dig|din|ditt|dina|you|your)\b")


# The odds (logarithm) that each of some sentences tells the assistant to behave otherwise.
Sounds = Callable[[Sequence[str]], Sequence[float]]


class Kind(StrEnum):
    """What a text is. Only a QUESTION is answered; each of the others has a reply of its own."""

    QUESTION = "question"
    INSTRUCTION = "instruction"
    ABUSE = "abuse"
    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT_ASSISTANT = "about_assistant"
    EMPTY = "empty"
    NONSENSE = "nonsense"


@dataclass(frozen=True, slots=True)
class Screened:
    """What a text is and what of it is to be answered ("" unless ``kind`` is QUESTION)."""

    kind: Kind
    question: str = ""
    decoded: bool = False  # something in it was encoded (base64, rot13, backwards …)
    removed: bool = False  # an instruction or abuse was cut out of the question


@dataclass(slots=True)
class _Clause:
    text: str  # as written, with its punctuation
    folded: str
    marked: bool = False
    veiled: bool = False
    odds: float | None = None  # of an instruction, where only its sound marks it


def screen(text: str, words: GuardWords, sounds: Sounds | None = None) -> Screened:
    """What a text is, and the question in it.

    ``sounds``, if given, is asked once about the sentences in which the words find nothing, and
    finds the instructions that are worded as nobody foresaw. The question of an honest text is the
    text itself, without control characters and outer blanks.
    """
    plain = decode.clean(text)
    if not plain:
        return Screened(Kind.EMPTY)
    small = _small_talk(plain, words)
    if small is not None:
        return Screened(small)
    bare = decode.without_tags(plain)
    unpacked = decode.unpack(bare)
    packed = unpacked != bare
    sentences = [_clauses(s, words) for s in _split(unpacked, _SENTENCE_END)]
    if sounds is not None:
        _mark_by_sound(sentences, words, sounds)
    marks = [c for clauses in sentences for c in clauses if c.marked]
    if _misheard(sentences, marks, words):
        marks = []
    if marks:
        return _taken_apart(sentences, words, packed or any(c.veiled for c in marks))
    folded = decode.fold(plain)
    if packed and words.domain.search(decode.fold(unpacked)):
        return Screened(Kind.QUESTION, unpacked.strip(), decoded=True)
    if is_noise(folded, words):
        return Screened(Kind.NONSENSE)
    if words.abuse.search(folded) or words.directed_abuse.search(folded):
        return _without_abuse(plain, folded, words)
    return Screened(Kind.QUESTION, plain)


def _split(text: str, border: re.Pattern[str]) -> Iterator[str]:
    """The parts of a text, each with the punctuation that ends it."""
    start = 0
    for match in border.finditer(text):
        if text[start : match.end()].strip():
            yield text[start : match.end()]
            start = match.end()
    if text[start:].strip():
        yield text[start:]


def _clauses(sentence: str, words: GuardWords) -> list[_Clause]:
    """The clauses of a sentence, those marked that hold an instruction."""
    clauses = [_Clause(part, decode.fold(part)) for part in _split(sentence, _CLAUSE_END)]
    for clause in clauses:
        clause.marked = is_instruction(clause.folded, words)
        if not clause.marked:
            views = decode.views(clause.folded, words.encoded)
            clause.veiled = any(is_instruction(view, words) for view in views) or decode.runs_together(
                clause.folded, words.encoded, words.domain
            )
            clause.marked = clause.veiled
    # Clauses are cut at Swedish and English words; other languages are looked at whole.
    if not any(c.marked for c in clauses) and words.foreign.search(decode.fold(sentence)):
        _mark_all(clauses, words)
    return clauses


def _mark_all(clauses: list[_Clause], words: GuardWords) -> None:
    """Marks the clauses of a sentence, but for those that ask about the guideline's world."""
    for clause in clauses:
        clause.marked = not (_asks([clause], words) and words.domain.search(clause.folded))


def _mark_by_sound(sentences: list[list[_Clause]], words: GuardWords, sounds: Sounds) -> None:
    """Marks the sentences that sound like instructions, but for clauses that ask on the topic."""
    open_ones = [s for s in sentences if not any(c.marked for c in s) and _may_steer(s, words)]
    texts = ["".join(c.text for c in s).strip()[:SOUNDED_CHARS] for s in open_ones[:MOST_SOUNDED]]
    if not texts:
        return
    for clauses, odds in zip(open_ones, sounds(texts), strict=False):
        if odds > _least_odds(clauses, words):
            _mark_all(clauses, words)
            for clause in clauses:
                clause.odds = odds


def _least_odds(clauses: list[_Clause], words: GuardWords) -> float:
    """The odds above which a sentence steers: more where it is about the guideline's world, most where it
    tells of somebody there and addresses nobody ("oj, jag kollade nu, hon hör till en annan enhet")."""
    folded = "".join(c.folded for c in clauses)
    if not any(words.domain.search(c.folded) for c in clauses):
        return STEERS
    return SURELY_STEERS if _SHE.search(folded) and not _YOU.search(folded) else STEERS_DOMAIN


def _misheard(sentences: list[list[_Clause]], marks: list[_Clause], words: GuardWords) -> bool:
    """ "Vi vill gå på sparlåga i sommar. Hur många veckor får vi dra ner?": no more than the sound of one
    sentence speaks for an instruction, and another sentence asks. The question is answered by the
    guideline anyhow; a refusal would turn an honest one away."""
    if not marks or any(c.odds is None or c.odds > SURELY_STEERS for c in marks):
        return False
    return any(_asks(clauses, words) for clauses in sentences if not any(c.marked for c in clauses))


def _may_steer(clauses: list[_Clause], words: GuardWords) -> bool:
    """Whether a sentence is more than a bare word and no question that leaves the assistant alone."""
    folded = "".join(c.folded for c in clauses)
    on_topic = folded.rstrip().endswith("?") and words.domain.search(clauses[0].folded)
    asks = on_topic or words.question_start.match(_trimmed(folded, words))
    return len(folded.split()) >= MIN_SOUNDED_WORDS and not (asks and not _YOU.search(folded))


def is_instruction(folded: str, words: GuardWords) -> bool:
    """Whether a folded clause tells the assistant to behave otherwise.

    A clause that asks about the guideline's world without addressing the assistant ("får man …")
    is none, unless it asks for help with something forbidden.
    """
    spared = set()
    if words.domain.search(folded):
        spared.add("soft")
        if words.question_start.match(_trimmed(folded, words)) and not _YOU.search(folded):
            spared.update(name for name in words.instruction if name != "harm")
    if words.honest.search(folded):
        spared.add("override")
    return any(p.search(folded) for name, p in words.instruction.items() if name not in spared)


def _taken_apart(sentences: list[list[_Clause]], words: GuardWords, decoded: bool) -> Screened:
    """What is left when the instructions are taken out, or INSTRUCTION when nothing asks."""
    kept, asks = [], False
    for clauses in sentences:
        for run in _unmarked_runs(clauses):
            text = "".join(c.text for c in run)
            folded = decode.fold(text)
            question = _asks(run, words)
            if question and len(run) < len(clauses):
                text = "".join(c.text for c in _from_topic(run, words))
            if _stays(folded, question, len(run) == len(clauses), words):
                kept.append(_trimmed(text, words) if question else text.strip())
                asks = asks or question
    rest = " ".join(kept)
    if asks and words.strong_domain.search(decode.fold(rest)):
        return Screened(Kind.QUESTION, rest, decoded, removed=True)
    return Screened(Kind.INSTRUCTION, decoded=decoded)


def _unmarked_runs(clauses: list[_Clause]) -> Iterator[list[_Clause]]:
    """Neighbouring clauses without an instruction; one that continues an instruction goes with it."""
    run: list[_Clause] = []
    after_mark = False
    for clause in clauses:
        if clause.marked or (after_mark and _CONTINUES.match(clause.folded)):
            if run:
                yield run
            run, after_mark = [], True
        else:
            run.append(clause)
            after_mark = False
    if run:
        yield run


def _from_topic(run: list[_Clause], words: GuardWords) -> list[_Clause]:
    """A run from its first clause that speaks of the guideline's world: what led up to it falls."""
    topics = (i for i, c in enumerate(run) if words.domain.search(c.folded))
    return run[next(topics, 0) :]


def _asks(run: list[_Clause], words: GuardWords) -> bool:
    return run[-1].text.rstrip(" \"'”’)").endswith("?") or any(
        words.question_start.match(_trimmed(c.folded, words)) for c in run
    )


def _stays(folded: str, question: bool, whole: bool, words: GuardWords) -> bool:
    """Whether a run belongs to the real question.

    Questions stay unless they are about the assistant; statements stay when they tell the asker's
    situation, never when they claim what the rules are.
    """
    if question:
        return bool(words.domain.search(folded)) or not _YOU.search(folded)
    if words.context.search(folded):
        return bool(words.domain.search(folded)) and not _YOU.search(folded)
    return whole and bool(words.domain.search(folded)) and not words.claim.search(folded)


def _trimmed(text: str, words: GuardWords) -> str:
    """A question without the words that lead up to it ("och säg mig", "then tell me")."""
    rest = text.strip(" \t\n,;:–—-\"'”’([")
    for _ in range(LEADS):
        lead = words.lead.match(decode.fold(rest[:40]))
        if lead is None or not rest[lead.end() :].strip(" ,:"):
            break
        rest = rest[lead.end() :].lstrip(" ,:;-–")
    return rest


def _without_abuse(plain: str, folded: str, words: GuardWords) -> Screened:
    """The question in a text with abuse; ABUSE when it asks nothing about the guideline."""
    if not words.domain.search(folded):
        return Screened(Kind.ABUSE)
    at, kept = 0, []
    for match in words.directed_abuse.finditer(folded):
        kept.append(plain[at : match.start()])
        at = match.end()
    rest = "".join([*kept, plain[at:]]).strip(" ,.!?") if at else plain
    if not at:
        return Screened(Kind.QUESTION, plain)
    asks = any(_asks(_clauses(s, words), words) for s in _split(plain, _SENTENCE_END))
    if not asks or not words.strong_domain.search(decode.fold(rest)):
        return Screened(Kind.ABUSE)
    return Screened(Kind.QUESTION, _trimmed(rest, words) + "?" * (plain.rstrip().endswith("?")), removed=True)


def _small_talk(plain: str, words: GuardWords) -> Kind | None:
    """The kind of a text that is nothing but greetings, thanks or questions about the assistant."""
    if len(plain) > SMALL_TALK_LIMIT:
        return None
    rest = re.sub(r"([^\W\d])\1{2,}", r"\1", decode.fold(plain)).strip()
    rest = re.sub(r"^[^\w]+", "", rest)
    found: set[Kind] = set()
    order = (
        (Kind.ABOUT_ASSISTANT, words.about),
        (Kind.THANKS, words.thanks),
        (Kind.GREETING, words.greeting),
    )
    while rest:
        matches = [(m.end(), kind) for kind, pattern in order if (m := pattern.match(rest))]
        if matches:
            end, kind = max(matches, key=lambda pair: pair[0])
            found.add(kind)
        elif found and (match := words.filler.match(rest)):
            end = match.end()
        else:
            return None
        rest = re.sub(r"^[^\w]+", "", rest[end:])
    return next((kind for kind, _ in order if kind in found), None)
