"""Markdown file → flat list of its elements with exact character spans.

The structure comes from markdown-it-py (CommonMark, GFM tables, footnotes); the spans are
computed from its line numbers, since it keeps no character positions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from assistant.errors import CorpusError

Span = tuple[int, int]

_ITEM_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_FOOTNOTE_LABEL = re.compile(r"[ \t]*\[\^([^\]\s]+)\]:[ \t]*")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_UNSUPPORTED = {
    "blockquote_open": "a block quote",
    "fence": "a code block",
    "code_block": "an indented code block (a line that begins with four spaces)",
    "html_block": "HTML",
    "hr": "a horizontal rule",
}
_ONLY_AT_TOP = {
    "heading_open": "a heading inside a list",
    "table_open": "a table inside a list",
    "footnote_reference_open": "a footnote inside a list",
}


def without_marks(text: str) -> str:
    """Return the text without its footnote marks."""
    return _FOOTNOTE_MARK.sub("", text)


class ElementKind(StrEnum):
    """What an element of the file is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Element:
    """One heading, paragraph, whole list, table or footnote definition.

    ``start``–``end`` is its text without surrounding white space; a footnote's begins after its
    mark. ``parts`` are a list's items without their bullets, or a table's lines from the header
    down, its rule left out. ``label`` is a heading's text or a footnote's mark.
    """

    kind: ElementKind
    start: int
    end: int
    line: int  # from 1
    level: int = 0
    label: str = ""
    parts: tuple[Span, ...] = ()
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote mark in running text."""

    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text, to turn line numbers into character offsets."""

    text: str
    starts: tuple[int, ...]
    file: str = ""

    @classmethod
    def of(cls, text: str, file: str = "") -> Lines:
        """Return the lines of a text whose line ends are all "\\n"."""
        starts = [0] + [match.end() for match in re.finditer("\n", text)]
        return cls(text, (*starts, len(text) + 1), file)

    def span(self, first: int, last: int) -> Span:
        """Return the trimmed span of the lines from ``first`` to before ``last``, from 0."""
        return self.trim(self.starts[first], min(self.starts[last], len(self.text)))

    def trim(self, start: int, end: int) -> Span:
        """Return the span without white space at its ends."""
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def read_elements(text: str, file: str) -> tuple[tuple[Element, ...], tuple[FootnoteMark, ...]]:
    """Return the file's elements in text order, and the footnote marks in its running text.

    Raises CorpusError for anything that isn't a heading, paragraph, list, table or footnote.
    """
    tokens = _parser().parse(text)
    lines = Lines.of(text, file)
    elements: list[Element] = []
    for index, token in enumerate(tokens):
        _refuse_unsupported(token, file)
        if token.level == 0 and token.nesting == 1 and token.map is not None:
            elements.append(_element(tokens, index, lines))
    marks = [
        FootnoteMark(str(child.meta["label"]), token.map[0] + 1)
        for token in tokens
        if token.type == "inline" and token.map is not None
        for child in token.children or []
        if child.type == "footnote_ref"
    ]
    return tuple(elements), tuple(marks)


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table")
    return markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


def _refuse_unsupported(token: Token, file: str) -> None:
    found = _UNSUPPORTED.get(token.type)
    if token.level > 0 and token.type in _ONLY_AT_TOP:
        found = _ONLY_AT_TOP[token.type]
    if found:
        line = token.map[0] + 1 if token.map else None
        raise CorpusError(file, line, found, "headings, paragraphs, lists, tables and footnotes only")


def _element(tokens: list[Token], index: int, lines: Lines) -> Element:
    """Return the element that begins at ``tokens[index]``, a block token at the top level."""
    token = tokens[index]
    first, last = token.map or [0, 0]
    start, end = lines.span(first, last)
    common: dict[str, Any] = {"start": start, "end": end, "line": first + 1}
    match token.type:
        case "heading_open":
            label = inline_text(tokens[index + 1])
            return Element(ElementKind.HEADING, **common, level=int(token.tag[1:]), label=label)
        case "paragraph_open":
            return Element(ElementKind.PARAGRAPH, **common, is_link=_is_only_link(tokens[index + 1]))
        case "bullet_list_open" | "ordered_list_open":
            return Element(ElementKind.LIST, **common, parts=_items(tokens, index, lines))
        case "table_open":
            rows = [first, *range(first + 2, last)]
            spans = [lines.span(row, row + 1) for row in rows]
            return Element(ElementKind.TABLE, **common, parts=tuple(s for s in spans if s[0] < s[1]))
        case "footnote_reference_open":
            return _footnote(lines, start, end, first)
    raise CorpusError(lines.file, first + 1, token.type, "a heading, paragraph, list, table or footnote")


def _footnote(lines: Lines, start: int, end: int, first: int) -> Element:
    label = _FOOTNOTE_LABEL.match(lines.text, start)
    if label is None or label.end() >= end:
        raise CorpusError(lines.file, first + 1, "an empty footnote", "its text after [^1]:")
    return Element(ElementKind.FOOTNOTE, label.end(), end, first + 1, label=label[1])


def _items(tokens: list[Token], index: int, lines: Lines) -> tuple[Span, ...]:
    """Return the spans of the list's items, those of lists inside it too, without bullets."""
    items: list[Span] = []
    markers_by_line: dict[int, int] = {}
    for token in tokens[index + 1 :]:
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.map:
            markers_by_line[token.map[0]] = markers_by_line.get(token.map[0], 0) + 1
        elif token.type == "inline" and token.map:
            start, end = lines.span(*token.map)
            for _ in range(markers_by_line.pop(token.map[0], 0)):
                marker = _ITEM_MARKER.match(lines.text, start)
                start = marker.end() if marker else start
            items.append((start, end))
    return tuple(items)


def inline_text(token: Token) -> str:
    """Return the readable text of an inline token, footnote marks left out."""
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or []
    ]
    return "".join(parts).strip()


def _is_only_link(token: Token) -> bool:
    """Tell whether a paragraph is nothing but links (and white space between them)."""
    depth = 0
    seen = False
    for child in token.children or []:
        if child.type == "link_open":
            depth, seen = depth + 1, True
        elif child.type == "link_close":
            depth -= 1
        elif depth == 0 and child.content.strip():
            return False
    return seen
