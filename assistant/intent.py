"""What a question asks for: may I share (consent), the guideline's text, a comparison of editions;
and whether it describes a child who may be harmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from assistant.facts import Reading
from assistant.types import Party, Profession
from assistant.vocabulary import Mention, Token, Vocabulary, tokenize

_WHAT = frozenset(
    """vad vilka vilken vilket hur när var varför vem vems what which how when where why who""".split()
)


_OF_RULES = frozenset("""var gällde behövdes krävdes stod fick kunde skulle räckte då enligt i""".split())
_HELD = _OF_RULES - {"i"} | frozenset("""behövde krävde löd lydde sa satte hette brukade hade såg""".split())
_HOLDS = frozenset("""får kan ska behöver behövs krävs gäller bör undrar""".split())
_CONSENTS = frozenset("""ja samtycke medgivande tillåtelse""".split())
_THE_CONSENT = frozenset("""jaet samtycket medgivandet""".split())
_NEEDED = frozenset("""krävs behövs""".split())
_OPENING = 4  # words of "gäller mammans ja fortfarande"
_TIMES = ("before", "still")  # values of the group "edition" that may tell of people just as well
_NOT = frozenset("""inte ej icke not""".split())
_MAY = frozenset("""får kan ska bör behöver måste törs vågar""".split())
_I = frozenset("""jag ja vi man""".split())
_FILLERS = frozenset("""då alltså ens inte""".split())
_ANSWER = frozenset("""svar svaret""".split())
_LIFE = frozenset("""jobbat arbetat varit anställd började född suttit haft slutade bott funnits""".split())
_TELEGRAM_WORDS = 25
_NEW = frozenset(["ny", "nya", "nye"])
_THOSE = frozenset(["de", "dom", "dem"])
_ARTICLES = frozenset(["den", "i"])  # "den gamla", "i gamla"
_PEOPLE = ("profession", "actor", "workplace", "employer", "who.colleague", "who.client", "who.bystander")
# Odds (logarithm) from which the learned leaning overrules the words; chosen on development questions.
_HARDLY, _MAYBE, _LIKELY, _SURELY = 0.0, 0.8, 1.7, 6.0
_MAYBE_OF_KNOWN = 1.4  # where one party is named, and the profile tells who asks
_HARDLY_OF_ONE = 0.55  # where a single party is named
_HARDLY_OF_LEAVE = -1.4  # where it's asked in so many words ("får jag tipsa …")
_HARDLY_OF_CONSENT = -0.7  # where consent is named ("… skriva in att det finns ett samtycke?")
_ABOUT_TEXT = 2.5  # of a question on a consent's form that names both parties and a verb of sharing
_NOBODY = Party()


@dataclass(frozen=True, slots=True)
class Signs:
    """The groups of the vocabulary that a question holds, counted once for all decisions."""

    groups: frozenset[str]
    editions: frozenset[str]  # editions named
    topic: bool  # asks about consent's form or consequences, not whether to share
    weak_topic: bool
    sharing_verb: bool
    consent_word: bool
    asks: bool
    duty: bool
    reports: bool  # speaks of the report itself ("orosanmälan"), not only of the signs
    compares: bool
    only_still: bool  # compares by no other word than "fortfarande"
    before: bool  # what held "förr", "tidigare"
    words: int
    opens_with_what: bool  # "vilka …", "vad …", "hur …"
    asks_leave: bool  # "får jag tipsa …"


def read_signs(question: str, vocabulary: Vocabulary) -> Signs:
    """The signs in a question."""
    tokens = tokenize(question)
    mentions = _without_old_people(tokens, vocabulary.mentions(tokens))
    mentions = [m for m in mentions if m.group != "edition" or not _set_aside(tokens, m)]
    mentions = [m for m in mentions if m.value not in _TIMES or _in_what_is_asked(tokens, m)]
    groups = frozenset(m.group for m in mentions)
    told = {m.value for m in mentions if m.group == "edition"}
    return Signs(
        groups=groups,
        editions=frozenset(value for value in told if value.isdigit()),
        topic="not_sharing.topics" in groups,
        weak_topic="not_sharing.weak_topics" in groups,
        sharing_verb="sharing.places" in groups or any(_shares(tokens, m) for m in mentions),
        consent_word="sharing.consent" in groups,
        asks=_asks(mentions, question),
        duty="duty_to_report.signs" in groups or "duty_to_report.report" in groups,
        reports=bool(groups & {"duty_to_report.report", "duty_to_report.contact"}),
        compares=_compares(told) and not _asks_of_then(tokens, told),
        only_still=not told & {"compare", "compare_weak"},
        before=any(m.value == "before" and _told_of_then(tokens, m) for m in mentions),
        words=sum(t.text[0].isalnum() for t in tokens),
        opens_with_what=bool(tokens) and tokens[0].lower in _WHAT,
        asks_leave=any(_asks_leave(tokens, m) for m in mentions),
    )


def _shares(tokens: list[Token], m: Mention) -> bool:
    """ "Svara", not "samma svar?"."""
    return m.group == "sharing.verbs" and tokens[m.first].lower not in _ANSWER


def _asks_leave(tokens: list[Token], m: Mention) -> bool:
    """ "Får jag tipsa …", "kan man delge …"."""
    near = [t.lower for t in tokens[max(0, m.first - 3) : m.first] if t.lower not in _FILLERS]
    return m.group == "sharing.verbs" and near[-2:-1] != [] and near[-2] in _MAY and near[-1] in _I


def _compares(told: set[str]) -> bool:
    """Asks what changed: says so, or sets "nu", "skillnad", "samma som" against an older edition."""
    older = told - {"now", "2024", "compare", "compare_weak", "still"}
    return bool(told & {"compare", "still"}) or (bool(older) and bool(told & {"now", "2024", "compare_weak"}))


def _asks_of_then(tokens: list[Token], told: set[str]) -> bool:
    """ "Var det likadant i 2018 års upplaga?" asks what held then of what has just been answered."""
    opening = [t.lower for t in tokens[:2]]
    weak = told & {"compare_weak"} and not told & {"compare", "2024", "now"}
    return bool(weak) and opening in (["var", "det"], ["gällde", "det"], ["gällde", "samma"])


def _set_aside(tokens: list[Token], m: Mention) -> bool:
    """ "Utifrån 2018 års vägledning och inte den nya" names one edition, "har jobbat här sedan 2018" none."""
    if tokens[m.first].lower.isdigit() and _of_a_life(tokens, m.first):
        return True
    if m.value == "before" and (tokens[max(0, m.first - 1)].lower == "som" or not _of_what_held(tokens, m)):
        return True  # "får vi fortsätta prata som förut?", "säger jag att hon haft missfall tidigare …"
    if m.value == "still" and _of_ones_consent(tokens, m):
        return True
    at = m.first - (m.first > 1 and tokens[m.first - 1].lower == "den")
    return at > 0 and tokens[at - 1].lower in _NOT and m.value in ("2018", "2024", "compare_weak")


def _of_what_held(tokens: list[Token], m: Mention) -> bool:
    """ "Var det så förr?", "vad gällde tidigare?": of what was the rule, or of the text."""
    words = _sentence(tokens, m)
    been = {"haft", "fått", "varit"}.intersection(words)
    return not been or any(w.startswith(("vägled", "utgåv", "version", "regel", "regler")) for w in words)


def _of_ones_consent(tokens: list[Token], m: Mention) -> bool:
    """ "Gäller hennes ja fortfarande?", "lever det jaet fortfarande?": of a consent, no rule."""
    words = _sentence(tokens, m)[:_OPENING]
    whose = any(
        then in _CONSENTS and one.endswith("s") and one not in _NEEDED for one, then in pairwise(words)
    )
    return whose or bool(_THE_CONSENT.intersection(words))


def _told_of_then(tokens: list[Token], m: Mention) -> bool:
    """ "Vad gällde förr?", not "får jag fråga hur de gjorde med ett barn som var listat där förut?"."""
    words = set(_sentence(tokens, m))
    return bool(words & _HELD) and not words & _HOLDS


def _sentence(tokens: list[Token], m: Mention) -> list[str]:
    """The words of the sentence around a mention, in lower case."""
    start, end = m.first, m.last
    while start > 0 and tokens[start - 1].text not in ".?!;":
        start -= 1
    while end < len(tokens) and tokens[end].text not in ".?!;":
        end += 1
    return [t.lower for t in tokens[start:end]]


def _of_a_life(tokens: list[Token], at: int) -> bool:
    """ "Har jobbat här sedan 2018", "blev anställd 2018": a year in somebody's life."""
    start = at
    while start > 0 and tokens[start - 1].text not in ".?!;":
        start -= 1
    words = [t.lower for t in tokens[start:at]]
    lived = bool(_LIFE.intersection(words)) and any(
        w in ("sedan", "sen", "år", "i", "hösten", "våren") for w in words[-2:]
    )
    return lived and not any(t.lower.startswith(("vägled", "utgåv", "tabell")) for t in tokens)


def _in_what_is_asked(tokens: list[Token], m: Mention) -> bool:
    """Not in a statement beside the question: "Förr var vi en enhet. Behövs samtycke nu?" is no
    question about the old edition."""
    following = tokens[m.last].lower if m.last < len(tokens) else ""
    if tokens[m.first].lower == "tidigare" and following.isalpha() and following not in _OF_RULES:
        return False  # "tidigare reaktioner"
    if all(t.text != "?" for t in tokens):
        return True
    return next((t.text for t in tokens[m.last :] if t.text in ".?!"), "") == "?"


def _without_old_people(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """Without the "den gamla" of "den gamla BVC-sköterskan", the "ny" of "min nya chef": no edition's."""
    people = {m.first for m in mentions if m.group in _PEOPLE or m.group.startswith("relation.")}
    return [
        m
        for m in mentions
        if m.group != "edition"
        or not ((m.last in people and tokens[m.first].lower in _ARTICLES | _NEW) or _the_new_ones(tokens, m))
    ]


def _the_new_ones(tokens: list[Token], m: Mention) -> bool:
    """ "Ett föredrag för dom nya,": new colleagues."""
    before = tokens[m.first - 1].lower if m.first else ""
    alone = m.last >= len(tokens) or not tokens[m.last].text[0].isalnum()
    return alone and before in _THOSE and tokens[m.last - 1].lower in _NEW


def _asks(mentions: list[Mention], question: str) -> bool:
    return "?" in question or any(m.group == "sharing.ask" for m in mentions)


def without_edition_words(question: str, vocabulary: Vocabulary) -> str:
    """The question without the words that name editions or ask for a comparison, to look it up."""
    tokens = tokenize(question)
    mentions = _without_old_people(tokens, vocabulary.mentions(tokens))
    dropped = {i for m in mentions if m.group == "edition" for i in range(m.first, m.last)}
    kept = [t.text for i, t in enumerate(tokens) if i not in dropped]
    return " ".join(kept) if sum(w[0].isalpha() for w in kept) >= 2 else question


def is_sharing(
    signs: Signs, reading: Reading, leaning: Callable[[], float | None] | None = None, known: Party = _NOBODY
) -> bool:
    """Whether a question that stands alone asks if information may be shared with somebody.

    A party to share with must be named. The vocabulary's words decide, and where something was
    learned of how such questions sound, that overrules them when it is sure enough of itself: more
    so where a question names the form or the consequences of a consent ("räcker det muntligt").
    ``leaning`` gives the learned odds (logarithm), and is only asked where the words leave it open;
    ``known`` is who asks, as far as the profile tells.
    """
    by_words, named = _says_sharing(signs, reading), _named(reading)
    if by_words and signs.consent_word and signs.sharing_verb and named:
        return True
    if by_words and named == 2 and "assistant_said.verdict" in signs.groups and not signs.weak_topic:
        return True  # "… mellan barnmorska och kurator, behövdes samtycke?"
    if not (by_words or reading.names_other or named):
        return False
    odds = leaning() if leaning else None
    if odds is None:
        return by_words
    both = named == 2
    if by_words:
        knows_asker = known != _NOBODY and (signs.sharing_verb or not reading.third_person)
        return odds > _least(signs, both=both or knows_asker)
    to_known = known.profession is not None and any(p != _NOBODY for p in reading.others)
    if signs.topic:
        return odds > (_ABOUT_TEXT if (both or to_known) and signs.sharing_verb else _SURELY)
    return odds > (_MAYBE if both else _MAYBE_OF_KNOWN if to_known else _LIKELY)


def _least(signs: Signs, *, both: bool) -> float:
    """The odds below which a question isn't for leave to share though its words say so."""
    if signs.asks_leave:
        return _HARDLY_OF_LEAVE
    return _HARDLY_OF_CONSENT if signs.consent_word else _HARDLY if both else _HARDLY_OF_ONE


def _says_sharing(signs: Signs, reading: Reading) -> bool:
    """The same by the words alone. A question about the form or the consequences of a consent
    isn't one, unless both parties and a demand for consent are there as well."""
    if not reading.names_other or _about_others_work(signs, reading):
        return False
    parties = _named(reading)
    demands = signs.consent_word and (signs.sharing_verb or parties > 0) and signs.asks
    if signs.topic:
        return parties == 2 and signs.sharing_verb and "phrase.care_relation" in signs.groups
    if signs.weak_topic and not (parties > 0 and signs.sharing_verb):
        return False
    if signs.sharing_verb or demands:
        return parties > 0 or signs.consent_word
    telegram = signs.words <= _TELEGRAM_WORDS and not signs.opens_with_what
    return parties == 2 and telegram and "employer" in signs.groups


def _about_others_work(signs: Signs, reading: Reading) -> bool:
    """Nobody says "jag" and consent isn't named: "kan biblioteket vara med på familjecentralen",
    "hur får socialtjänstens personal ta del av uppgifter" ask about the work, not for leave."""
    if not reading.third_person or signs.consent_word:
        return False
    actors_only = all(p.profession in (None, Profession.OTHER) for p in (reading.asker, *reading.others))
    return actors_only or signs.opens_with_what


def _named(reading: Reading) -> int:
    return (reading.asker.profession is not None or reading.asker.employer is not None) + any(
        p.profession is not None or p.employer is not None for p in reading.others
    )
