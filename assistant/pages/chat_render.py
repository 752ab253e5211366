"""An Answer → the HTML of one exchange in the conversation. Pure; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from assistant.links import address
from assistant.pages.chat_sources import render_section
from assistant.pages.chat_words import (
    VERDICT_WORDS,
    body_of,
    edition_words,
    folded,
    headline,
    notices,
)
from assistant.pages.layout import templates
from assistant.plain import plain_text, table_cells
from assistant.types import Answer, Citation, Edition, Status, Verdict

_TAGS = {
    "p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "h3", "a", "code",
    "table", "thead", "tbody", "tr", "th", "td", "mark", "sup",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "ol": {"start"}, "table": {"role"}, "thead": {"role"}, "tbody": {"role"},
    "tr": {"role"}, "th": {"role", "scope"}, "td": {"role"},
}  # fmt: skip


def render_exchange(number: int, answer: Answer, editions: Mapping[str, Edition]) -> str:
    """Return the list item of one question and its answer; ``number`` makes its ids unique."""
    said, beside, topics = folded(body_of(answer.answer))
    return (
        templates()
        .get_template("exchange.html")
        .render(
            number=number,
            answer=answer,
            look=look(answer),
            headline=headline(answer),
            silent=answer.status is Status.NOT_IN_GUIDELINE,
            edition=_edition_words(answer, editions),
            body=render_markdown(said),
            beside=render_markdown(beside),
            topics=", ".join(topics),
            notices=notices(answer, editions.get(answer.edition)),
            branches=[
                (branch, VERDICT_WORDS[branch.verdict], _LOOKS[branch.verdict]) for branch in answer.branches
            ],
            sources=[_source(citation, editions) for citation in answer.citations],
            copied=text_with_source(answer, editions),
        )
    )


def render_markdown(text: str) -> Markup:
    """Return an answer's Markdown as HTML: no raw HTML, no images, headings as h3, safe links."""
    return _clean(_markdown().render(text))


def look(answer: Answer) -> str:
    """Return the name of an answer's icon and colour: one for each verdict and status."""
    if answer.verdict is not None:
        return _LOOKS[answer.verdict]
    return {
        Status.ANSWERED: "fact",
        Status.NEEDS_FACTS: "depends",
        Status.NOT_IN_GUIDELINE: "silent",
        Status.DECLINED: "declined",
    }[answer.status]


def text_with_source(answer: Answer, editions: Mapping[str, Edition]) -> str:
    """Return what "Kopiera med källa" puts on the clipboard: answer, quotes and references."""
    lines = [f"Fråga: {answer.question}", "", f"{headline(answer)} ({_edition_words(answer, editions)})"]
    lines += ["", plain_text(answer.answer)]
    for citation in answer.citations:
        lines += ["", f"”{plain_text(citation.quote)}”", citation.label]
    lines += ["", "Ur Vägledaren. Inte juridisk rådgivning i det enskilda fallet."]
    return "\n".join(lines)


_LOOKS = {
    Verdict.CONSENT_REQUIRED: "required",
    Verdict.CONSENT_NOT_REQUIRED: "free",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "private",
    Verdict.DEPENDS: "depends",
}


def _edition_words(answer: Answer, editions: Mapping[str, Edition]) -> str:
    """Return the edition that answers; a comparison names every edition that it cites."""
    used = dict.fromkeys([answer.edition, *(c.edition for c in answer.citations)])
    named = [edition_words(editions[id_]) if id_ in editions else f"Vägledning {id_}" for id_ in used]
    return " och ".join(named)


def _source(citation: Citation, editions: Mapping[str, Edition]) -> dict[str, object]:
    """Return what the template shows of a citation: its words, address and marked section."""
    edition = editions.get(citation.edition)
    place = [f"Vägledning {citation.edition}"]
    place += [f"sidan {citation.page}"] if citation.page is not None else []
    place += [f"Tabell 1 rad {citation.table_row}"] if citation.table_row is not None else []
    return {
        "label": citation.label,
        "lines": _quote_lines(citation),
        "address": address(citation),
        "path": " › ".join(citation.section),
        "place": " · ".join(place),
        "section": _clean(render_section(edition, citation)) if edition else escape(citation.quote),
    }


def _quote_lines(citation: Citation) -> list[str]:
    """Return the quote as lines to read: the cells of a table row, else its paragraphs."""
    if citation.table_row is not None:
        return [plain_text(cell) for cell in table_cells(citation.quote)]
    return plain_text(citation.quote).split("\n")


def _clean(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https"},
            link_rel="noopener noreferrer",
        )
    )


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["image", "code"])
    )
    markdown.core.ruler.push("headings", lambda state: _level_headings(state.tokens))
    return markdown


def _level_headings(tokens: Iterable[Token]) -> None:
    for token in tokens:  # the question is the exchange's h2, so a heading in its answer is h3
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
