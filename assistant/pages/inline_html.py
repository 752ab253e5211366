"""The running text of an edition's page: links, footnote references and the marked quote."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from markdown_it.token import Token
from markupsafe import escape

from assistant.links import QUOTE_ANCHOR, footnote_anchor
from assistant.pages.marking import MARK_END, MARK_START
from assistant.types import Edition

_WRITTEN_NOTE = re.compile(r"\bFotnot (\d+)\b")


class InlineWriter:
    """Writes inline tokens in text order; remembers the open quote and the notes referred to."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._marking = False
        self._marks = 0
        self._references: Counter[str] = Counter()
        self._links: list[bool] = []  # whether each open link has an address

    def write(self, token: Token) -> str:
        """Return the HTML of an inline token; all its text is escaped."""
        return "".join(self._child(child) for child in token.children or [])

    def _child(self, child: Token) -> str:
        match child.type:
            case "softbreak" | "hardbreak":
                return "<br>\n" if child.type == "hardbreak" else "\n"
            case "em_open" | "em_close" | "strong_open" | "strong_close":
                return f"<{'/' if child.nesting < 0 else ''}{child.tag}>"
            case "link_open":
                return self._link_open(str(child.attrs.get("href", "")))
            case "link_close":
                return "</a>" if self._links.pop() else "</span>"
            case "footnote_ref":
                return self._footnote_reference(str(child.meta["label"]))
        return self._text(child.content)

    def _link_open(self, target: str) -> str:
        has_address = target.startswith(("http://", "https://"))
        self._links.append(has_address)
        if has_address:
            return f'<a href="{escape(target)}" rel="noopener noreferrer external">'
        return '<span class="no-address">'  # the printed link's target isn't known

    def _footnote_reference(self, mark: str) -> str:
        shown = escape(shown_mark(mark))
        return f'<sup class="footnote-ref">{self._to_note(mark, shown, f"Fotnot {shown}")}</sup>'

    def _to_note(self, mark: str, words: str, label: str = "") -> str:
        self._references[mark] += 1
        nth = self._references[mark]
        anchor = footnote_anchor(mark)
        own = f"{anchor}-text" + (f"-{nth}" if nth > 1 else "")
        name = f' aria-label="{label}"' if label else ""
        return f'<a id="{escape(own)}" href="#{escape(anchor)}"{name}>{words}</a>'

    def _text(self, text: str) -> str:
        """Return text, the part between the markers of a quote inside <mark>."""
        out: list[str] = []
        for piece in re.split(f"([{MARK_START}{MARK_END}])", text):
            if piece in (MARK_START, MARK_END):
                self._marking = piece == MARK_START
            elif piece and self._marking:
                anchor = "" if self._marks else QUOTE_ANCHOR
                self._marks += 1
                out.append(f"<mark{id_attribute(anchor)}>{self._with_notes(piece)}</mark>")
            elif piece:
                out.append(self._with_notes(piece))
        return "".join(out)

    def _with_notes(self, text: str) -> str:
        """Return escaped text in which "Fotnot 3" is a link to that note."""
        out: list[str] = []
        at = 0
        for found in _WRITTEN_NOTE.finditer(text):
            if found[1] in self._edition.footnotes and not self._links:
                out += [escape(text[at : found.start()]), self._to_note(found[1], escape(found[0]))]
                at = found.end()
        return "".join([*out, escape(text[at:])])


def referred_notes(tokens: Iterable[Token], edition: Edition) -> frozenset[str]:
    """Return the marks of the footnotes that running text refers to."""
    found: set[str] = set()
    for token in tokens:
        for child in token.children or []:
            if child.type == "footnote_ref":
                found.add(str(child.meta["label"]))
            elif child.type == "text":
                found.update(
                    mark for mark in _WRITTEN_NOTE.findall(child.content) if mark in edition.footnotes
                )
    return frozenset(found)


def plain_inline(token: Token) -> str:
    """Return the text of an inline token without markup and quote markers; not escaped."""
    text = "".join(child.content for child in token.children or [])
    return text.replace(MARK_START, "").replace(MARK_END, "")


def shown_mark(mark: str) -> str:
    """Return a footnote's mark as shown in a raised or bold type: "¹" is "1"; not escaped."""
    return unicodedata.normalize("NFKD", mark)


def id_attribute(anchor: str) -> str:
    """Return ' id="…"' with the anchor escaped, "" for no anchor."""
    return f' id="{escape(anchor)}"' if anchor else ""
