"""Whether a text says anything at all: empty, marks only, numbers, code, keyboard mash."""

from __future__ import annotations

import re
from collections import Counter

from assistant.guard_words import GuardWords

_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\W*20\d\d\W*")
_REPEATED = re.compile(r"(.)\1{4,}|(..)\2{3,}|(...)\3{2,}")
_TRIPLED = re.compile(r"([b-df-hj-np-tv-xzåäö])\1\1")  # "hnnngh"; drawn-out vowels are speech
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_RUNS = frozenset(row[i : i + 4] for row in _ROWS for i in range(len(row) - 3))
_SHORT_RUNS = re.compile(
    "(?:" + "|".join(row[i : i + 3] for row in _ROWS for i in range(len(row) - 2)) + "){2,9}"
)
_VOWELS = re.compile("[aeiouyåäöéü]")
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{6,}")
_LATIN = re.compile("[a-zåäö]+")
LONGEST_WORD = 60
MASH_SHARE = 0.45


def is_noise(folded: str, words: GuardWords) -> bool:
    """Whether a folded text holds nothing that could be a question.

    A text with a word of the guideline's world never is noise, nor is a year (an edition).
    """
    found = _LETTERS.findall(folded)
    if sum(map(len, found)) < 2:
        return _YEAR.fullmatch(folded) is None
    if words.domain.search(folded):
        return False
    if words.code.search(folded):
        return True
    return not any(w in words.common for w in found) and is_mash(found)


def is_mash(found: list[str]) -> bool:
    """Whether most of the letters of these words are keyboard mash."""
    total = sum(map(len, found))
    mash = sum(len(w) for w in found if _is_mash_word(w))
    counts = Counter(found)
    repeats = len(found) >= 6 and counts.most_common(1)[0][1] > 0.8 * len(found)
    return mash > MASH_SHARE * total or repeats


def _is_mash_word(word: str) -> bool:
    if len(word) > LONGEST_WORD or (len(word) >= 5 and len(set(word)) <= 2):
        return True
    if _LATIN.fullmatch(word) is None:
        return False
    if _TRIPLED.search(word) or _SHORT_RUNS.fullmatch(word):
        return True
    if _REPEATED.search(word) or (len(word) >= 5 and not _VOWELS.search(word)):
        return True
    runs = sum(word[i : i + 4] in _RUNS for i in range(len(word) - 3))
    return 4 * runs >= len(word) - 3 > 0 or (len(word) >= 6 and _CONSONANTS.search(word) is not None)
