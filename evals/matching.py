"""When does a quote hold a piece of evidence? One rule for the case checks and the scorers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MIN_PARTIAL = 20  # characters: a shorter quote inside the evidence proves nothing

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}|>|[-+*–•]|\d+\.)[ \t]+", re.MULTILINE)
_INLINE_MARK = re.compile(r"[*_`\\]")


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """Return the text without Markdown marks and footnote marks, all whitespace collapsed."""
    text = unicodedata.normalize("NFC", text)
    text = _LINK.sub(r"\1", _FOOTNOTE.sub("", text))
    text = _INLINE_MARK.sub("", _LINE_MARK.sub("", text)).replace("|", " ")
    return " ".join(text.split())


def overlaps(quote: str, evidence: str) -> bool:
    """Return whether the quote holds the evidence, or stands in it with at least 20 characters."""
    quote, evidence = normal(quote), normal(evidence)
    if not quote or not evidence:
        return False
    return evidence in quote or (len(quote) >= MIN_PARTIAL and quote in evidence)


def contains_phrase(text: str, phrase: str) -> bool:
    """Return whether the phrase stands in the text, whatever its case, spacing and Markdown."""
    return normal(phrase).casefold() in normal(text).casefold()
