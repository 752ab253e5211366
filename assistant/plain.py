"""Turns a verbatim slice of an edition's Markdown into plain text, for display and embedding."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](:[ \t]*)?")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BULLET = "– "


@lru_cache(maxsize=2048)  # the blocks and passages of two editions, again and again
def plain_text(markdown_slice: str) -> str:
    """Return the slice as a reader sees it: no Markdown marks, one line per paragraph, item or row.

    Bullets become "– ", numbers stay, table cells are separated by " | " (the rule under a
    table's header is left out), footnote marks become superscript digits and links their text.
    Any piece that starts and ends where a section, block or passage does can be given.
    """
    lines: list[str] = []
    prose: list[str] = []
    for line in _raise_footnotes(markdown_slice).strip().split("\n"):
        if not line.lstrip().startswith("|"):
            prose.append(line)
            continue
        lines += _prose_lines("\n".join(prose))
        prose = []
        if not _TABLE_RULE.match(line.strip()):
            lines.append(_row_text(line))
    return "\n".join(lines + _prose_lines("\n".join(prose)))


def table_cells(row_line: str) -> tuple[str, ...]:
    """Return the trimmed cells of a table row's line, Markdown marks kept; "\\|" is no border."""
    inner = row_line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner))


class _Reader(MarkdownIt):
    """Reads CommonMark and leaves addresses as they are printed."""

    def normalizeLinkText(self, link: str) -> str:
        return link


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return _Reader("commonmark", {"html": False}).disable("code")


def _raise_footnotes(text: str) -> str:
    """Replace "[^1]" by "¹" and "[^1]: " by "¹ "; a mark that is no number is kept as printed."""

    def raised(match: re.Match[str]) -> str:
        return match[1].translate(_SUPERSCRIPTS) + (" " if match[2] is not None else "")

    return _FOOTNOTE_MARK.sub(raised, text)


def _row_text(line: str) -> str:
    return " | ".join(_inline_text(_reader().parseInline(cell)) for cell in table_cells(line))


def _prose_lines(text: str) -> list[str]:
    """Return one line per paragraph, heading or list item, with its bullet or number."""
    lines: list[str] = []
    marker = ""
    for token in _reader().parse(text):
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else _BULLET
        elif token.type == "inline":
            lines.append(marker + _inline_text([token]))
            marker = ""
        elif token.type == "fence":
            lines.append(token.content.strip())
    return lines


def _inline_text(tokens: list[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        for child in token.children or []:
            parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(parts).strip()
