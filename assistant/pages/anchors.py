"""Which anchor each element of an edition's page gets, found by the lines of the Markdown file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

from markdown_it.token import Token

from assistant.links import block_anchor
from assistant.types import Block, BlockKind, Edition, Section


class Anchors:
    """Hands out the anchors of one edition in text order; for one pass over its tokens.

    A block whose own element has an anchor already (a list whose lead-in ends another
    paragraph) gives it to the next element.
    """

    def __init__(self, edition: Edition) -> None:
        starts = [0, *(match.end() for match in re.finditer("\n", edition.text))]
        self._sections = {_line(starts, section.start): section for section in edition.sections}
        self._blocks = deque((_line(starts, block.start), block) for block in edition.blocks)
        self._carried: Block | None = None

    def section(self, heading: Token) -> Section | None:
        """Return the section that the heading opens; None for the document's title."""
        return self._sections.get(_lines(heading)[0])

    def of_element(self, token: Token) -> str:
        """Return the anchor of a paragraph or footnote: that of the first block that begins in it."""
        blocks = self._take(*_lines(token))
        self._carried = blocks[-1] if len(blocks) > 1 else None
        return block_anchor(blocks[0]) if blocks else ""

    def of_list(self, token: Token) -> tuple[str, BlockKind | None]:
        """Return the anchor and kind of the block that the whole list belongs to, if it does."""
        if self._carried is not None:
            block, self._carried = self._carried, None
            return block_anchor(block), block.kind
        first = _lines(token)[0]
        if self._blocks and self._blocks[0][0] == first:
            block = self._blocks[0][1]
            if block.kind in (BlockKind.LIST, BlockKind.HEADING_LIST):
                self._blocks.popleft()
                return block_anchor(block), block.kind
        return "", None

    def of_item(self, token: Token) -> str:
        """Return the anchor of a list item that is a block of its own (a reference)."""
        first, _ = _lines(token)
        blocks = self._take(first, first + 1)
        return block_anchor(blocks[0]) if blocks else ""

    def of_row(self, token: Token) -> tuple[str, int | None]:
        """Return a table row's anchor and its number if its table is Tabell 1."""
        blocks = self._take(*_lines(token))
        return (block_anchor(blocks[0]), blocks[0].table_row) if blocks else ("", None)

    def _take(self, first: int, last: int) -> list[Block]:
        """Return the blocks that begin on these lines (``last`` excluded) and weren't handed out."""
        taken: list[Block] = []
        while self._blocks and self._blocks[0][0] < last:
            line, block = self._blocks.popleft()
            if line >= first:
                taken.append(block)
        return taken


def _line(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _lines(token: Token) -> tuple[int, int]:
    if token.map is None:
        raise ValueError(f"{token.type} has no line numbers")
    return token.map[0], token.map[1]
