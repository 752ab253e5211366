"""An edition's Markdown → the HTML of its page, with anchors, footnote links and a marked quote.

markdown-it-py parses; the writer below turns its tokens into HTML. Only what the corpus may
contain is written (headings, paragraphs, lists, tables, footnotes), and every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.footnote import footnote_plugin

from assistant.links import edition_address, footnote_anchor, row_anchor
from assistant.pages.anchors import Anchors
from assistant.pages.inline_html import (
    InlineWriter,
    id_attribute,
    plain_inline,
    referred_notes,
    shown_mark,
)
from assistant.pages.marking import MARK_END, MARK_START, Span, with_markers
from assistant.types import BlockKind, Edition

_TITLE_LEVEL = "h1"


def render_edition(edition: Edition, quote: Span | None = None) -> Markup:
    """Return the HTML of the whole edition below its title, the quote marked if one is given."""
    source = with_markers(edition.text, quote) if quote else None
    tokens = _with_quote(edition.text, source) if source else _parsed(edition.text)
    return Markup(_Writer(edition, tokens).write())


@lru_cache(maxsize=8)  # the editions, and those of a test
def _parsed(text: str) -> tuple[Token, ...]:
    """Return the tokens of a whole text; nobody changes them."""
    return tuple(_parser().parse(text))


def _with_quote(text: str, marked: str) -> tuple[Token, ...]:
    """Return the tokens of a marked text, of which only the blocks that the quote touches are parsed anew."""
    whole, lines = _parsed(text), marked.split("\n")
    marks = [number for number, line in enumerate(lines) if MARK_START in line or MARK_END in line]
    touched = [block for block in _top_blocks(whole) if block.overlaps(marks[0], marks[-1])]
    if not touched:
        return tuple(_parser().parse(marked))
    first, last = touched[0], touched[-1]
    part = _parser().parse("\n".join(lines[first.line : last.end_line]))
    for token in part:
        token.map = [number + first.line for number in token.map] if token.map else None
    return (*whole[: first.token], *part, *whole[last.end_token :])


class _TopBlock(NamedTuple):
    """Which tokens and which lines of a text are one block that stands in no other; ends excluded."""

    token: int
    end_token: int
    line: int
    end_line: int

    def overlaps(self, first: int, last: int) -> bool:
        return self.line <= last and first < self.end_line


def _top_blocks(tokens: Sequence[Token]) -> list[_TopBlock]:
    found, start, depth = [], 0, 0
    for at, token in enumerate(tokens):
        if depth == 0:
            start = at
        depth += token.nesting
        opening = tokens[start]
        if depth == 0 and opening.map:
            found.append(_TopBlock(start, at + 1, opening.map[0], opening.map[1]))
    return found


class _VerbatimParser(MarkdownIt):
    """Shows bare addresses as they are printed ("%3a" stays)."""

    def normalizeLinkText(self, link: str) -> str:
        """Return the address unchanged."""
        return link


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    markdown = _VerbatimParser("commonmark", {"html": False}).enable("table")
    return markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


class _Writer:
    """Writes one edition's tokens; lives for one call of ``write``."""

    def __init__(self, edition: Edition, tokens: Sequence[Token]) -> None:
        self._edition = edition
        self._tokens = tokens
        self._anchors = Anchors(edition)
        self._out: list[str] = []
        self._inline = InlineWriter(edition)
        self._note = ""  # the mark of the footnote that is being written
        self._referred = referred_notes(tokens, edition)
        self._in_details = False
        self._columns: list[str] = []

    def write(self) -> str:
        """Return the HTML."""
        index = 0
        while index < len(self._tokens):
            index = self._write_from(index)
        return "".join(self._out)

    def _write_from(self, index: int) -> int:
        """Write the token at the index (or the group it begins); return the index after it."""
        token = self._tokens[index]
        if token.type == "heading_open":
            self._heading(token, self._tokens[index + 1])
            return index + 3
        if token.type == "table_open" or self._is_caption(index):
            return self._table(index)
        match token.type.removesuffix("_open").removesuffix("_close"), token.nesting:
            case "inline", _:
                self._out.append(self._inline.write(token))
            case "paragraph", nesting:
                self._paragraph(token, opens=nesting > 0)
            case "bullet_list" | "ordered_list", nesting:
                self._list(token, opens=nesting > 0)
            case "list_item", nesting:
                opening = f"<li{id_attribute(self._anchors.of_item(token))}>" if nesting > 0 else ""
                self._out.append(opening or "</li>\n")
            case "footnote_reference", nesting:
                self._footnote(token, opens=nesting > 0)
        return index + 1

    # ------------------------------------------------------------------ blocks

    def _heading(self, token: Token, inline: Token) -> None:
        section = self._anchors.section(token)
        if section is None:  # the document's title is the page's h1, written by the template
            return
        tag = "h2" if token.tag == _TITLE_LEVEL else token.tag
        page = f' <span class="page">sidan {section.page}</span>' if section.page else ""
        self._out.append(
            f'<{tag} id="{escape(section.anchor)}">'
            f'<a class="self" href="{escape(edition_address(self._edition.id, section.anchor))}">'
        )
        self._out.append(self._inline.write(inline))
        self._out.append(f"</a>{page}</{tag}>\n")

    def _paragraph(self, token: Token, *, opens: bool) -> None:
        if token.hidden:  # of an item in a list without blank lines
            return
        if not opens:
            self._out.append("</p>\n")
            return
        anchor = self._anchors.of_element(token) if token.level == 0 else ""
        self._out.append(f"<p{id_attribute(anchor)}>")

    def _list(self, token: Token, *, opens: bool) -> None:
        if not opens:
            ending = "</details>\n" if self._in_details and token.level == 0 else ""
            self._out.append(f"</{token.tag}>\n{ending}")
            return
        anchor = ""
        if token.level == 0:
            anchor, kind = self._anchors.of_list(token)
            self._in_details = kind is BlockKind.HEADING_LIST
            if self._in_details:
                self._out.append("<details><summary>Innehållsförteckningen så som den är tryckt</summary>\n")
        start = token.attrs.get("start")
        number = f' start="{escape(str(start))}"' if start is not None else ""
        self._out.append(f"<{token.tag}{id_attribute(anchor)}{number}>\n")

    def _footnote(self, token: Token, *, opens: bool) -> None:
        mark = str(token.meta["label"]) if opens else self._note
        shown = escape(shown_mark(mark))
        if opens:
            self._note = mark
            anchors = id_attribute(footnote_anchor(mark)), id_attribute(self._anchors.of_element(token))
            self._out.append(
                f'<div class="footnote"{anchors[0]} role="note" aria-label="Fotnot {shown}">'
                f'<span class="number"{anchors[1]} aria-hidden="true">{shown}</span> '
            )
            return
        if mark in self._referred:
            self._out.append(
                f'<a class="back" href="#{escape(footnote_anchor(mark))}-text">↩ Tillbaka till texten'
                f'<span class="visually-hidden"> vid fotnot {shown}</span></a>'
            )
        self._out.append("</div>\n")

    # ------------------------------------------------------------------ tables

    def _is_caption(self, index: int) -> bool:
        """Tell whether a paragraph begins here that a table follows directly."""
        token, following = self._tokens[index], self._tokens[index + 3 : index + 4]
        is_paragraph = token.type == "paragraph_open" and token.level == 0
        return is_paragraph and bool(following) and following[0].type == "table_open"

    def _table(self, index: int) -> int:
        """Write a table with the paragraph before it as its caption; return the index after it."""
        self._out.append('<table role="table">\n')
        if self._tokens[index].type == "paragraph_open":
            caption = self._inline.write(self._tokens[index + 1])
            self._out.append(f"<caption>{caption}</caption>\n")
            index += 3
        end = next(i for i in range(index, len(self._tokens)) if self._tokens[i].type == "table_close")
        rows = _rows(self._tokens[index:end])
        anchors = [self._anchors.of_row(opening) for opening, _ in rows[1:]]
        numbered = any(number is not None for _, number in anchors)
        self._header(rows[0][1], numbered=numbered)
        self._out.append('<tbody role="rowgroup">\n')
        for (_, cells), (anchor, number) in zip(rows[1:], anchors, strict=True):
            self._row(cells, anchor, number)
        self._out.append("</tbody>\n</table>\n")
        return end + 1

    def _header(self, cells: list[Token], *, numbered: bool) -> None:
        self._columns = [plain_inline(cell) for cell in cells]
        self._out.append('<thead role="rowgroup"><tr role="row">')
        if numbered:
            self._out.append('<th scope="col" role="columnheader">Rad</th>')
        for cell in cells:
            self._out.append('<th scope="col" role="columnheader">')
            self._out.append(self._inline.write(cell))
            self._out.append("</th>")
        self._out.append("</tr></thead>\n")

    def _row(self, cells: list[Token], anchor: str, number: int | None) -> None:
        self._out.append(f'<tr{id_attribute(anchor)} role="row">')
        if number is not None:
            link = escape(edition_address(self._edition.id, row_anchor(number)))
            self._out.append(f'<th scope="row" role="rowheader"><a href="{link}">Rad {number}</a></th>')
        for name, cell in zip(self._columns, cells, strict=False):
            self._out.append(f'<td role="cell" data-label="{escape(name)}">')
            self._out.append(self._inline.write(cell))
            self._out.append("</td>")
        self._out.append("</tr>\n")


def _rows(tokens: Iterable[Token]) -> list[tuple[Token, list[Token]]]:
    """Return a table's rows, its header first: the token that opens each and its cells' inlines."""
    rows: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append((token, []))
        elif token.type == "inline" and rows:
            rows[-1][1].append(token)
    return rows
