"""Cuts a Swedish paragraph into its sentences without losing a character span."""

from __future__ import annotations

import re

Span = tuple[int, int]

# Abbreviations after whose full stop the sentence goes on, whatever the next letter.
_NEVER_LAST = """
al bl.a c:a ca d.v.s dr dvs enl ev exkl f.o.m fr.o.m inkl jfr kap nr obs p.g.a pga prof prop red
resp s.k sid t.ex t.o.m tel tex tf utg
"""
# Abbreviations that may end a sentence: the next word's capital letter decides.
_MAYBE_LAST = "dyl etc f ff kl m.fl m.m mfl mm o.d o.s.v osv s st"

_STOP = re.compile(
    r"[.?!…]+"  # the end
    r"(?:[”“\"’'»)\]*⁰¹²³⁴⁵⁶⁷⁸⁹]|\[\^[^\]\s]+\])*"  # what closes with it: quotes, footnote marks
    r"(?:\s+\([^()]*\)\.?(?=\s|$))*"  # a source in parentheses after the full stop belongs to it
    r"(?=\s)"
)
_OPENER = re.compile(r"\s+[(\[“”\"’'»–-]*\s*([^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[“”\"’'/–]+$")
_CLOSING = "”“\"’'»)]*⁰¹²³⁴⁵⁶⁷⁸⁹ \t\n"
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the half-open spans of the sentences of one paragraph, each trimmed, in order.

    Every character that isn't white space is in exactly one of them. A parenthesis or link is
    never cut inside (unless its brackets don't match); text without a full stop is one sentence.
    """
    depths = _bracket_depths(text)
    spans: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if depths[stop.start()] == 0 and stop.end() > start and _ends_sentence(text, start, stop):
            spans.append(_trimmed(text, start, stop.end()))
            start = stop.end()
    if text[start:].strip():
        spans.append(_trimmed(text, start, len(text)))
    return tuple(spans)


def is_complete(sentence: str) -> bool:
    """Tell whether a sentence ends with a full stop, question or exclamation mark."""
    return _FOOTNOTE_MARK.sub("", sentence).rstrip(_CLOSING).endswith((".", "?", "!", "…"))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    follower = _OPENER.match(text, stop.end())
    if follower is None or follower[1].islower():
        return False
    if text[stop.start()] != "." or stop[0].startswith(".."):
        return True
    return not _is_abbreviated(text[start : stop.start()], follower[1])


def _is_abbreviated(before: str, next_letter: str) -> bool:
    found = _LAST_WORD.search(before)
    word = found[0].lower() if found else ""
    if word in _NEVER_LAST.split() or (word in _MAYBE_LAST.split() and not next_letter.isupper()):
        return True
    is_initial = len(word) == 1 and word.isalpha() and before[-1].isupper()
    is_list_number = word.isdigit() and before.strip() == word
    return is_initial or is_list_number


def _bracket_depths(text: str) -> list[int]:
    """Return for each character how many ( and [ are open there; all 0 if they don't match."""
    depths: list[int] = []
    depth = 0
    for character in text:
        if character in ")]":
            depth -= 1
        depths.append(depth)
        if character in "([":
            depth += 1
        if depth < 0:
            break
    return depths if depth == 0 else [0] * len(text)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
