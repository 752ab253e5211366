"""The words of ``corpus/vocabulary.toml`` and where they stand in a text.

A phrase is matched token by token, hyphens and spaces alike, by Swedish stem ("kommunens" is
"kommun"), by prefix where a word ends in ``*`` and with its capitals where it begins with ``!``.
Long words that match nothing are compared fuzzily, so that "barnmoska" is a barnmorska.
"""

from __future__ import annotations

import re
import threading
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.errors import CorpusError

FUZZY_MIN_LETTERS = 7
FUZZY_CUTOFF = 0.84
_FUZZY_GROUPS = (
    "profession",
    "actor",
    "workplace",
    "employer",
    "relation",
    "sharing.consent",
    "who.colleague",
)
_REMEMBERED = 64  # texts
_NEVER_BLOCKED = ("sharing", "who.bystander")
_STEMMED_FROM = 4  # letters: "båda" and "både" have one stem
_EXACT_GROUPS = frozenset(  # "tid" and "tidigare", "jobbar" and "jobbade" have one stem, too
    """edition phrase.past phrase.now phrase.change phrase.belief phrase.doubt phrase.supposed
    phrase.denial phrase.leaves phrase.asked_then""".split()
)
_PARTY_GROUPS = ("profession", "actor", "workplace")
_BUCKET = 3
_DOTS = str.maketrans("åäöé", "aaoe")
_UNDOTTED_FROM = 5  # letters of a word that is also known without its dots ("forskollarare")
# Small words that are often typed without their dots and are no other word then.
_SPELT = {
    "ar": "är", "pa": "på", "fran": "från", "nar": "när", "maste": "måste", "behover": "behöver",
    "behovs": "behövs", "kravs": "krävs", "ocksa": "också", "aven": "även", "anstalld": "anställd",
    "anstallda": "anställda", "vardnadshavare": "vårdnadshavare", "foralder": "förälder",
    "foraldrar": "föräldrar", "foraldrarna": "föräldrarna",
}  # fmt: skip
_ENDINGS = ("", "a", "an", "are", "aren", "e", "en", "or", "orna")  # after a prefix ("barnmorsk*")
_OF_THREAD = threading.local()
_TOKEN = re.compile(r"\w+(?:['’]\w+)*(?::(?:n|an|en|t|et|s|ns|na|or|er|orna|erna)\b)?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark of a text; ``start`` and ``end`` are character offsets."""

    text: str
    lower: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of the vocabulary found in a text, at the tokens ``[first, last)``."""

    group: str  # "profession", "relation.same", "sharing.verbs" …
    value: str  # "BHV-sjuksköterska" where the group is a mapping, else ""
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    group: str
    value: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    prefixes: tuple[bool, ...]  # whose words go on as they like ("sjukskötersk* på bvc")
    cased: str  # "" unless the capitals count

    def matches(self, tokens: Sequence[Token], at: int) -> bool:
        if at + len(self.words) > len(tokens):
            return False
        if self.cased:
            return tokens[at].text == self.cased
        for i, word in enumerate(self.words):
            token = tokens[at + i]
            same_stem = token.stem == self.stems[i] and len(word) > _STEMMED_FROM
            if self.group in _PARTY_GROUPS and len(token.lower) < _STEMMED_FROM:
                same_stem = False  # "lär" is no "lärare"
            if token.lower == word or (same_stem and self.group not in _EXACT_GROUPS):
                continue
            if self.prefixes[i] and token.lower.startswith(word):
                continue
            return False
        return True


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The Swedish stem of a lower-case word."""
    return str(_stemmer().stemWord(word))


def _stemmer() -> Any:  # noqa: ANN401  (the library has no types)
    """This thread's stemmer: it keeps the word it works on, so two threads must not share one.

    With PyStemmer installed the library works in C, ten times as fast.
    """
    if not hasattr(_OF_THREAD, "stemmer"):
        _OF_THREAD.stemmer = snowballstemmer.stemmer("swedish")
    return _OF_THREAD.stemmer


def tokenize(text: str) -> list[Token]:
    """Words and punctuation in order; the hyphen inside a word is dropped ("bvc-ssk": two)."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw in "-‐‑–" and _joins(text, match.start(), match.end()):
            continue
        lower = raw.lower().partition(":")[0] or raw  # "bm:n": an abbreviation with its ending
        lower = _SPELT.get(lower, lower)
        tokens.append(Token(raw, lower, stem(lower), match.start(), match.end()))
    return tokens


def _joins(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() and (after.isalnum() or after == " ")


def _starred(text: str) -> list[tuple[str, bool]]:
    """The words of a phrase, each with whether a star follows it."""
    words: list[tuple[str, bool]] = []
    for token in tokenize(text):
        if token.text == "*" and words:
            words[-1] = (words[-1][0], True)
        else:
            words.append((token.lower, False))
    return words


def _undotted(group: str, text: str) -> str:
    """The phrase as it is typed without dots, "" where that might be another word."""
    dotted = [t.lower for t in tokenize(text) if t.lower != t.lower.translate(_DOTS)]
    known = group.startswith(_FUZZY_GROUPS) and not text.startswith("!")
    return text.translate(_DOTS) if known and dotted and min(map(len, dotted)) >= _UNDOTTED_FROM else ""


class Vocabulary:
    """Finds the vocabulary's phrases in a text."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        self._prefixes: dict[str, list[_Phrase]] = defaultdict(list)  # by the first word's first letters
        self._fuzzy: dict[str, _Phrase] = {}
        self.abbreviations: dict[str, str] = dict(data.get("abbreviations", {}))
        friends = data.get("false_friends", {})
        self._not_words = frozenset(friends.get("words", ()))
        self._not_phrases = [
            tuple(t.lower for t in tokenize(phrase)) for phrase in friends.get("phrases", ())
        ]
        for group, content in data.items():
            if group not in ("abbreviations", "false_friends"):
                self._add_group(group, content)

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """The vocabulary of a file; CorpusError names the line that isn't TOML."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as exc:
            raise CorpusError(str(path), None, str(exc), "a readable vocabulary file") from exc
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            raise CorpusError(str(path), None, str(exc), "a TOML file in UTF-8") from exc

    def _add_group(self, group: str, content: dict[str, list[str]]) -> None:
        named = group in ("profession", "workplace", "actor", "employer", "edition")
        for key, phrases in content.items():
            name = group if named else f"{group}.{key}"
            for text in phrases:
                self._add(name, key if named else "", text)
                if undotted := _undotted(name, text):
                    self._add(name, key if named else "", undotted)

    def _add(self, group: str, value: str, text: str) -> None:
        cased = text[1:] if text.startswith("!") else ""
        parts = _starred(cased or text)
        words, prefixes = tuple(w for w, _ in parts), tuple(star for _, star in parts)
        phrase = _Phrase(group, value, words, tuple(stem(w) for w in words), prefixes, cased)
        if prefixes[0]:
            self._prefixes[words[0][:_BUCKET]].append(phrase)
        self._by_stem[phrase.stems[0]].append(phrase)
        if words[0] != phrase.stems[0]:
            self._by_stem[words[0]].append(phrase)
        fuzzy = group.startswith(_FUZZY_GROUPS) and len(words) == 1 and not cased
        if fuzzy and len(words[0]) >= FUZZY_MIN_LETTERS:
            for ending in _ENDINGS if prefixes[0] else ("",):
                self._fuzzy.setdefault(words[0] + ending, phrase)

    def blocked(self, tokens: Sequence[Token]) -> set[int]:
        """The tokens that look like a word of ours but mean something else."""
        out = {i for i, t in enumerate(tokens) if t.lower in self._not_words}
        lowers = [t.lower for t in tokens]
        for phrase in self._not_phrases:
            for i in range(len(lowers) - len(phrase) + 1):
                if tuple(lowers[i : i + len(phrase)]) == phrase:
                    out.update(range(i, i + len(phrase)))
        return out

    def mentions(self, tokens: list[Token]) -> list[Mention]:
        """All phrases found, in text order; of one group the longest at a place only.

        The latest texts' are remembered: one question is read for its parties, its signs and its turn.
        """
        return list(self._remembered(tuple(tokens)))

    def _find(self, tokens: tuple[Token, ...]) -> list[Mention]:
        blocked = self.blocked(tokens)
        found: dict[tuple[int, str], Mention] = {}
        letters: dict[tuple[int, str], int] = {}  # of the phrase that was found there
        for at, token in enumerate(tokens):
            candidates = {id(p): p for p in self._by_stem.get(token.stem, ())}
            candidates |= {id(p): p for p in self._by_stem.get(token.lower, ())}
            candidates |= {id(p): p for p in self._prefixed(token.lower)}
            hits = [p for p in candidates.values() if p.matches(tokens, at)]
            if not hits and (fuzzy := self._nearest(token)):
                hits = [fuzzy]
            for phrase in hits:
                span = range(at, at + len(phrase.words))
                if blocked.intersection(span) and not phrase.group.startswith(_NEVER_BLOCKED):
                    continue
                key = (at, phrase.group)
                if key not in found or found[key].last < span.stop:
                    found[key] = Mention(phrase.group, phrase.value, at, span.stop)
                    letters[key] = len("".join(phrase.words))
        for at in {at for at, group in found if group == "profession"}:
            who, where = (at, "profession"), (at, "workplace")
            same = where in found and found[where].last == found[who].last
            if same and letters[where] > letters[who]:
                del found[who]  # "barnmorskemottagningen" names where, not who
        return sorted(found.values(), key=lambda m: (m.first, -m.last))

    def _prefixed(self, word: str) -> Iterator[_Phrase]:
        for size in range(1, _BUCKET + 1):
            for phrase in self._prefixes.get(word[:size], ()) if len(word) >= size else ():
                if word.startswith(phrase.words[0]):
                    yield phrase

    def _nearest(self, token: Token) -> _Phrase | None:
        if len(token.lower) < FUZZY_MIN_LETTERS or token.lower in self._not_words:
            return None
        best = process.extractOne(
            token.lower,
            self._fuzzy.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=FUZZY_CUTOFF,
        )
        return self._fuzzy[best[0]] if best and best[0][0] == token.lower[0] else None
