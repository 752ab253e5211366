"""A text as the finders of personal data read it: one layout for what people write in many.

Digits of every script become 0-9, dashes "-", spaces " " and zero-width characters vanish, so
that the finders' patterns stay short. Every character of the view knows its span in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

BLANK = "\ufffc"  # stands for what is already masked: no letter, no digit, no separator


class Kind(StrEnum):
    """What was found; the placeholder in the text is the value in square brackets."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "telefonnummer"
    EMAIL = "e-postadress"
    NAME = "namn"


Span = tuple[int, int, Kind]  # half-open, in the view

_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Kind) + r")\]")
_PLAIN = re.compile(r"[\n -~åäöÅÄÖéÉ§´…“”]*")  # most texts: nothing to fold
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u30fc\uff70\u02d7\u2500")


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One character as the finders read it: itself, its plain counterpart, or "" to drop it."""
    category = unicodedata.category(char)
    folded = char
    if char in _DASHES or category == "Pd":
        folded = "-"
    elif category == "Nd":
        folded = str(unicodedata.decimal(char))
    elif category == "Zs" or char == "\t":
        folded = " "
    elif char in "\n\r\v\f\x85\u2028\u2029":
        folded = "\n"
    elif category in {"Cf", "Me", "Cc", "Mn"}:  # also the soft hyphen
        folded = ""
    elif len(plain := unicodedata.normalize("NFKC", char)) == 1:
        folded = plain
    return folded


class View:
    """The folded text and where each of its characters stands in the original."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chars = text
        self._starts: list[int] | None = None
        if not _PLAIN.fullmatch(text):
            self._fold_all()
        self.blank(m.span() for m in _PLACEHOLDER.finditer(self.chars))

    def _fold_all(self) -> None:
        chars: list[str] = []
        starts: list[int] = []
        for position, char in enumerate(self.text):
            if chars and unicodedata.combining(char):
                composed = unicodedata.normalize("NFC", chars[-1] + char)
                chars[-1] = composed if len(composed) == 1 else chars[-1]
                continue
            if folded := _fold(char):
                chars.append(folded)
                starts.append(position)
        self.chars, self._starts = "".join(chars), starts

    def blank(self, spans: Iterable[tuple[int, int]]) -> None:
        """Hide spans of the view, so that no later finder reads across or into them."""
        for start, end in spans:
            self.chars = self.chars[:start] + BLANK * (end - start) + self.chars[end:]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text, with the invisible characters inside and the marks after it."""
        if self._starts is None:
            return start, end
        last = self._starts[end - 1] + 1
        while last < len(self.text) and unicodedata.category(self.text[last]) in {"Mn", "Me"}:
            last += 1
        return self._starts[start], last
