"""A cited section as HTML with the quote marked: what the chat's source panel shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from assistant.pages.marking import MARK_END, MARK_START, with_markers
from assistant.types import Citation, Edition, Section

_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:?")
_MARKING = "marking"
# On a narrow panel the style sheet stacks the cells, which would hide the table from screen readers.
_ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


def cited_section(edition: Edition, citation: Citation) -> Section | None:
    """Return the section in which the quote starts, None if it stands before the first."""
    return next((s for s in reversed(edition.sections) if s.start <= citation.start < s.end), None)


def render_section(edition: Edition, citation: Citation) -> Markup:
    """Return the body of the cited section as HTML, the quote inside ``<mark>``.

    A quote that no section holds gives the quote's own lines. Headings aren't part of it.
    """
    section = cited_section(edition, citation)
    start, end = (section.body_start, section.end) if section else (citation.start, citation.end)
    span = (max(citation.start, start), min(citation.end, end))
    body = edition.text[start:end]
    marked = with_markers(body, (span[0] - start, span[1] - start)) if span[0] < span[1] else None
    return Markup(_markdown().render(marked or body, {}))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_MarkingRenderer)
    markdown.enable("table").disable(["reference", "image", "code"])
    markdown.core.ruler.push("roles", lambda state: _name_tables(state.tokens))
    return markdown


def _name_tables(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in _ROLES:
            token.attrSet("role", _ROLES[token.type])


class _MarkingRenderer(RendererHTML):
    """Writes text escaped, what stands between the markers inside ``<mark>``."""

    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of a text token."""
        out: list[str] = []
        for piece in re.split(f"([{MARK_START}{MARK_END}])", tokens[idx].content):
            if piece in (MARK_START, MARK_END):
                env[_MARKING] = piece == MARK_START
            elif piece:
                words = _with_footnotes(piece)
                out.append(f"<mark>{words}</mark>" if env.get(_MARKING) else words)
        return "".join(out)

    def link_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        """Return a link's start; a target that is no web address is kept as words only."""
        target = str(tokens[idx].attrs.get("href", ""))
        if target.startswith(("https://", "http://")):
            return f'<a href="{escape(target)}" rel="noopener noreferrer external">'
        return "<a>"


def _with_footnotes(text: str) -> str:
    return _FOOTNOTE.sub(r"<sup>\1</sup>", str(escape(text)))
