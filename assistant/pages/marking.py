"""Where a quote begins and ends, as invisible markers that survive Markdown parsing."""

from __future__ import annotations

import re

from assistant.types import Edition

Span = tuple[int, int]

# Private-use characters: no text of an edition contains them (``with_markers`` removes any).
MARK_START, MARK_END = "\ue000", "\ue001"

_LINE_PREFIX = re.compile(
    r"(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)+|#{1,6}[ \t]+|\[\^[^\]\s]+\]:[ \t]*|[ \t]*\|[ \t]*"
)
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*$")
# What must not be torn apart: footnote marks, link targets, bare addresses, escapes.
_UNIT = re.compile(r"\[\^[^\]\n]+\](?!:)|\]\([^)\n]*\)|<https?:[^>\n]*>|\\.")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\Z", re.ASCII)


def find_quote(edition: Edition, wanted: str) -> Span | None:
    """Return the span of a quote given as "start-end" or as its words, None if it isn't there.

    Words are found whatever white space stands between them.
    """
    numbers = _SPAN.match(wanted)
    if numbers:
        start, end = int(numbers[1]), int(numbers[2])
        return (start, end) if start < end <= len(edition.text) else None
    words = wanted.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), edition.text)
    return found.span() if found else None


def with_markers(text: str, span: Span) -> str | None:
    """Return the text with a marker at the quote's start and end, None if nothing is left to mark.

    Markers move to where they don't change what the Markdown means: past bullets and table
    bars, out of footnote marks and link targets.
    """
    clean = text.replace(MARK_START, "\ufffd").replace(MARK_END, "\ufffd")
    start = _safe_start(clean, span[0])
    end = _safe_end(clean, span[1])
    if start >= end:
        return None
    return f"{clean[:start]}{MARK_START}{clean[start:end]}{MARK_END}{clean[end:]}"


def _safe_start(text: str, position: int) -> int:
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        line_start, line = _line(text, position)
        if _is_rule(line):
            position = line_start + len(line) + 1
            continue
        prefix = _LINE_PREFIX.match(line)
        if prefix and position < line_start + prefix.end():
            position = line_start + prefix.end()
            continue
        if line.startswith("|") and text[position] == "|":
            position += 1
            continue
        unit = _unit_around(line, position - line_start)
        return line_start + unit[0] if unit else position
    return position


def _safe_end(text: str, position: int) -> int:
    while position > 0:
        if text[position - 1].isspace():
            position -= 1
            continue
        line_start, line = _line(text, position - 1)
        prefix = _LINE_PREFIX.match(line)
        if _is_rule(line) or (prefix and position <= line_start + prefix.end()):
            position = line_start
            continue
        if line.startswith("|") and text[position - 1] == "|":
            position -= 1
            continue
        unit = _unit_around(line, position - line_start)
        return line_start + unit[1] if unit else position
    return position


def _line(text: str, position: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, text[start : end if end >= 0 else len(text)]


def _is_rule(line: str) -> bool:
    return line.startswith("|") and _TABLE_RULE.match(line) is not None


def _unit_around(line: str, offset: int) -> Span | None:
    """Return the unit that the offset would cut in two, if any."""
    return next((m.span() for m in _UNIT.finditer(line) if m.start() < offset < m.end()), None)
