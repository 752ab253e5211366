"""The word data of the name finder (``corpus/privacy.toml``), read once and when first needed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.settings import PROJECT_ROOT

WORDS_FILE = PROJECT_ROOT / "corpus" / "privacy.toml"


@dataclass(frozen=True, slots=True)
class PrivacyWords:
    """Words that make a name, that break one, and that tell of health or social life."""

    given: frozenset[str]
    double_first: frozenset[str]
    family: frozenset[str]
    family_endings: tuple[str, ...]
    sure_family_endings: tuple[str, ...]
    particles: frozenset[str]
    ambiguous: frozenset[str]
    roles: frozenset[str]
    staff: frozenset[str]
    asking: frozenset[str]
    known: frozenset[str]
    terms: frozenset[str]
    endings: tuple[str, ...]
    places: frozenset[str]
    follow: frozenset[str]
    ordinary: frozenset[str]
    details: re.Pattern[str]
    no_details: re.Pattern[str]

    def is_given(self, word: str) -> bool:
        """Whether a word (any case, also in the genitive) is a given name."""
        folded = word.casefold()
        if folded in self.given or (folded[-1] == "s" and folded[:-1] in self.given):
            return True
        if "-" in word:
            return all(part in self.given for part in plain(word).split("-"))
        return not folded.isascii() and any(w in self.given for w in forms(word))

    def is_double_given(self, first: str, second: str) -> bool:
        """Whether two words are one double given name ("Anna Lisa")."""
        return first.casefold() in self.double_first and self.is_given(second) and not self.is_family(second)

    def has_sure_ending(self, word: str) -> bool:
        """Whether a word ends as only family names do ("andersson")."""
        return any(w.endswith(self.sure_family_endings) and len(w) > 5 for w in forms(word))

    def is_family(self, word: str) -> bool:
        """Whether a word looks like a family name: listed, or with such an ending."""
        return self.is_sure_family(word) or any(
            w.endswith(e) and len(w) >= len(e) + 2 for w in forms(word) for e in self.family_endings
        )

    def is_sure_family(self, word: str) -> bool:
        """Whether a word can only be a family name, also when it is written in lower case."""
        parts = [word, *word.split("-")] if "-" in word else [word]
        return any(self.has_sure_ending(p) or any(w in self.family for w in forms(p)) for p in parts)

    def breaks(self, word: str) -> bool:
        """Whether a capitalised word is a term, a place, a workplace or just starts a sentence."""
        folded = word.casefold()
        if self.details.match(folded) and not self.is_sure_family(word):
            return True
        return any(
            w in self.terms or w in self.places or w in self.ordinary or w.endswith(self.endings)
            for w in {folded, folded.removesuffix("s")}
        )

    def has_detail(self, text: str) -> bool:
        """Whether a text tells something of health or social life."""
        return any(self.no_details.match(m[0]) is None for m in self.details.finditer(text.lower()))


def plain(word: str) -> str:
    """A word in lower case without accents; å, ä and ö stay."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    return "".join(
        c if c in "åäö" else unicodedata.normalize("NFD", c)[0] for c in unicodedata.normalize("NFC", folded)
    )


def forms(word: str) -> tuple[str, ...]:
    """The forms under which a word is looked up: as written, without accents and genitive s."""
    folded = word.casefold()
    found = (folded, folded.removesuffix("s").removesuffix("'"))
    if folded.isascii():
        return found
    bare = plain(word)
    return (*found, bare, bare.removesuffix("s"))


@lru_cache(maxsize=1)
def load_words(path: Path = WORDS_FILE) -> PrivacyWords:
    """The words of the file; raises CorpusError when it is missing, broken or lacks a list."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _build(data)
    except (OSError, tomllib.TOMLDecodeError, re.error) as exc:
        raise CorpusError(str(path), None, str(exc), "readable TOML with the word lists") from exc
    except KeyError as exc:
        remedy = "Restore it from the repository."
        raise CorpusError(str(path), None, f"no list {exc}", "all word lists", remedy) from exc


def _build(data: dict[str, Any]) -> PrivacyWords:
    names, people, field, details = (data[k] for k in ("names", "people", "field", "details"))

    def words(table: dict[str, Any], key: str) -> frozenset[str]:
        return frozenset(str(table[key]).split())

    return PrivacyWords(
        given=words(names, "given"),
        double_first=words(names, "double_first"),
        family=words(names, "family"),
        family_endings=tuple(words(names, "family_endings")),
        sure_family_endings=tuple(words(names, "sure_family_endings")),
        particles=words(names, "particles"),
        ambiguous=words(names, "ambiguous"),
        roles=words(people, "roles"),
        staff=words(people, "staff"),
        asking=words(people, "asking"),
        known=frozenset(people["known"]),
        terms=words(field, "terms"),
        endings=tuple(words(field, "endings")),
        places=words(field, "places"),
        follow=words(field, "follow"),
        ordinary=words(field, "ordinary"),
        details=_details(details),
        no_details=re.compile("(?:" + "|".join(sorted(words(details, "not_stems"))) + ")"),
    )


def _details(table: dict[str, Any]) -> re.Pattern[str]:
    """One pattern: whole phrases, words that start with a stem, words that hold a part."""
    stems = "|".join(sorted((re.escape(s) for s in str(table["stems"]).split()), key=len, reverse=True))
    parts = "|".join(re.escape(p) for p in str(table["parts"]).split())
    phrases = "|".join(table["phrases"])
    return re.compile(rf"\b(?:(?:{phrases})\b|(?:{stems})\w*|\w{{1,30}}(?:{parts})\w*)")
