"""What an assistant's turn in the history asked for, and whether it answered a sharing question.

The turn may be plain text from an earlier day. It decides what a bare "privat" or "ja" replies to,
never a fact: only the user's own words establish those.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from assistant.reading import Reading
from assistant.types import Employer, Profession
from assistant.vocabulary import Mention, Token, Vocabulary, tokenize

_ASKER = frozenset("""du dig din ditt dina själv you your""".split())
_YOURS = frozenset("""din ditt dina your""".split())
_BOTH = frozenset("""ni er era ert båda bägge""".split())
_RECEIVER = frozenset("""hon han hen kollegan kollega den mottagaren mottagare""".split())
_SHARE = frozenset("""dela delar prata pratar berätta lämna visa""".split())
_HINGES = frozenset("""beror avgör avgörs""".split())
_TELL = frozenset("""berätta skriv säg ange välj uppge""".split())
_SPLIT = frozenset(""", ; och samt : (""".split())
_SAME = frozenset("""samma gemensam gemensamt densamma same""".split())
_APART = frozenset("""olika skilda annan annat saknas different""".split())
_RELATIONS = (  # (beginnings of words, fact, whether "samma" or "olika" must stand there too)
    (("enhet", "unit"), "same_unit", False),
    (("bvc", "mottagning", "vårdcentral", "arbetsplats", "ställe"), "same_unit", True),
    (("nämnd", "förvaltning", "board"), "same_board", False),
    (("familjecentral", "fc", "hus", "tak"), "same_family_centre", True),
    (("vårdrelation", "patientrelation"), "care_relation", False),
    (("huvudm", "arbetsgiv", "vårdgiv"), "same_huvudman", True),
)
_EMPLOYER = ("anställ", "arbetsgiv", "huvudm", "privat", "region", "kommun", "employ")
_PROFESSION = ("profession", "yrk", "roll", "arbetar", "jobbar", "titel", "befattning", "work")


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that was asked for, and what a "ja" would say of it (None: nothing)."""

    name: str  # "asker.employer", "other.profession", "same_unit" …
    yes: bool | Employer | Profession | None = None

    @property
    def side(self) -> str:
        """ "asker", "other" or "both" for a fact of a party, "" for one between the parties."""
        return self.name.partition(".")[0] if "." in self.name else ""


def asked_facts(text: str, vocabulary: Vocabulary, reading: Reading | None) -> tuple[AskedFact, ...]:
    """The facts that an assistant's turn asked for, () if it asked nothing that we know."""
    sentences = _sentences(text)
    asking = [s for s in sentences if s.endswith("?")] or [s for s in sentences if _tells_to_tell(s)][-1:]
    asking = asking or [s for s in sentences if {t.lower for t in tokenize(s)} & _HINGES][-1:]
    found = [
        fact
        for s in asking
        for fact in _of_sentence(s, vocabulary, reading, _hinges_on(sentences, s, vocabulary, reading))
    ]
    if not found and asking and (at := sentences.index(asking[-1])):
        found = _of_sentence(sentences[at - 1], vocabulary, reading)  # "… samma enhet. Är ni det?"
    said: dict[str, set[object]] = {}
    for fact in found:
        said.setdefault(fact.name, set()).add(fact.yes)
    return tuple(
        f if len(said[f.name]) == 1 else AskedFact(f.name) for f in {f.name: f for f in found}.values()
    )


def _hinges_on(sentences: list[str], asking: str, vocabulary: Vocabulary, reading: Reading | None) -> str:
    """Whose fact the sentence before says that it depends on: "Det beror på vem du själv är anställd av. Är
    det …?"; "" where it doesn't say."""
    at = sentences.index(asking)
    tokens = tokenize(sentences[at - 1]) if at else []
    if not {t.lower for t in tokens} & _HINGES:
        return ""
    return _side(tokens, vocabulary.mentions(tokens), reading)


def mentioned_fact(name: str, text: str, vocabulary: Vocabulary, reading: Reading) -> AskedFact:
    """A fact that a turn left open without asking for it: a "ja" says yes to a "samma enhet" that
    the turn spoke of, and nothing where it spoke of "olika" or of neither."""
    for sentence in _sentences(text):
        for fact in _of_sentence(sentence, vocabulary, reading):
            if fact.name == name:
                mentions = vocabulary.mentions(tokenize(sentence))
                denied = any(m.group == "who.negation" and m.first for m in mentions)
                return AskedFact(name, True if fact.yes is True and not denied else None)
    return AskedFact(name)


def asked_about(text: str, vocabulary: Vocabulary) -> set[str]:
    """The professions named where an assistant's turn asks."""
    asking = " ".join(s for s in _sentences(text) if s.endswith("?"))
    return {m.value for m in vocabulary.mentions(tokenize(asking)) if m.group == "profession"}


def answers_sharing(text: str, vocabulary: Vocabulary) -> bool:
    """Whether an assistant's turn told if consent is needed: what it replied to asked just that."""
    return any(m.group == "assistant_said.verdict" for m in vocabulary.mentions(tokenize(text)))


def _tells_to_tell(sentence: str) -> bool:
    return any(t.lower in _TELL for t in tokenize(sentence)[:1])


def _of_sentence(
    sentence: str, vocabulary: Vocabulary, reading: Reading | None, side: str = ""
) -> list[AskedFact]:
    tokens = tokenize(sentence)
    mentions = vocabulary.mentions(tokens)
    out: list[AskedFact] = []
    start = 0
    for end in [*(i for i, t in enumerate(tokens) if t.lower in _SPLIT), len(tokens)]:
        clause = tokens[start:end]
        inside = [m for m in mentions if start <= m.first < end]
        side = _side(clause, inside, reading) or side
        if fact := _of_clause(clause, inside, side or "other"):
            out.append(fact)
        start = end + 1
    return out


def _of_clause(clause: list[Token], mentions: list[Mention], side: str) -> AskedFact | None:
    words = {t.lower for t in clause}
    either = bool(words & {"eller", "or"})
    for beginnings, fact, compared in _RELATIONS:
        if any(w.startswith(beginnings) for w in words) and (not compared or words & (_SAME | _APART)):
            settled = not either and not (words & _SAME and words & _APART)
            return AskedFact(fact, not words & _APART if settled else None)
    employers = {m.value for m in mentions if m.group == "employer"}
    jobs = {m.value for m in mentions if m.group == "profession"}
    if employers or any(w.startswith(_EMPLOYER) for w in words):
        only = Employer(employers.pop()) if len(employers) == 1 and not either else None
        return AskedFact(f"{side}.employer", only)
    if any(w.startswith(_PROFESSION) for w in words) or ("vem" in words and side != "both"):
        return AskedFact(f"{side}.profession")
    if jobs and (side != "both" or len(jobs) == 1):
        only_job = Profession(jobs.pop()) if len(jobs) == 1 and not either else None
        return AskedFact(f"{side}.profession", only_job)
    return None


def _side(clause: list[Token], mentions: list[Mention], reading: Reading | None) -> str:
    """Whom a clause asks about; "" where it doesn't say."""
    words = {t.lower for t in clause}
    if words & _BOTH:
        return "both"
    if _a_colleague_of_yours(clause) or _she_whom_you(clause):
        return "other"
    if words & _ASKER:
        receives = bool(words & _SHARE) and "med" in words | {"för"}
        asks_who = bool(words & {"vem", "vilken"}) or bool(words & _RECEIVER)
        return "other" if receives and asks_who else "asker"
    jobs = {m.value for m in mentions if m.group == "profession"}
    if reading is not None and reading.third_person and reading.asker.profession is not None:
        others = {p.profession for p in reading.others}
        if reading.asker.profession.value in jobs and reading.asker.profession not in others:
            return "asker"
    return "other" if jobs or words & _RECEIVER else ""


def _she_whom_you(clause: list[Token]) -> bool:
    """ "Är hon (som) du vill ringa anställd av …?"."""
    words = [t.lower for t in clause if t.lower != "som"]
    return any(one in _RECEIVER and then == "du" for one, then in pairwise(words))


def _a_colleague_of_yours(clause: list[Token]) -> bool:
    """ "Är din kollega också anställd av regionen?": nothing but the colleague is the asker's."""
    words = [t.lower for t in clause]
    yours = [i for i, word in enumerate(words) if word in _ASKER]
    of_yours = [words[i] in _YOURS and bool(_RECEIVER & set(words[i + 1 : i + 3])) for i in yours]
    return bool(yours) and all(of_yours)


def _sentences(text: str) -> list[str]:
    out, start = [], 0
    for i, char in enumerate(text):
        if char in ".?!\n":
            out.append(text[start : i + 1].strip())
            start = i + 1
    return [s for s in [*out, text[start:].strip()] if any(c.isalnum() for c in s)]
