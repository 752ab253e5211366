"""Addresses into the reader: one permanent link for each section, block, table row and footnote.

``/vagledningen/2024#sekretess/samtycke`` is a section, ``#sekretess/samtycke:1`` its first block,
``#tabell-1-rad-2`` a row of Tabell 1, ``#not-1`` a footnote; ``?citat=12-80`` marks a quote.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from assistant.types import Block, Citation, Passage, Section

READER = "/vagledningen"
COMPARISON = f"{READER}/jamfor"
QUOTE_ANCHOR = "citat"


def address(place: Citation | Section | Block | Passage) -> str:
    """Return the address in the reader where the place stands.

    A citation or passage is marked there, and the page opens at the mark or its table row.
    """
    if isinstance(place, Section):
        return edition_address(place.edition, place.anchor)
    if isinstance(place, Block):
        return edition_address(place.edition, block_anchor(place))
    anchor = QUOTE_ANCHOR if place.table_row is None else row_anchor(place.table_row)
    return f"{edition_address(place.edition)}?citat={place.start}-{place.end}#{anchor}"


def edition_address(edition: str, anchor: str = "") -> str:
    """Return the address of an edition's page, or of an anchor in it."""
    fragment = f"#{quote(anchor, safe='/:')}" if anchor else ""
    return f"{READER}/{quote(edition, safe='')}{fragment}"


def block_anchor(block: Block) -> str:
    """Return the anchor of a block in its edition's page: its id without the edition."""
    if block.table_row is not None:
        return row_anchor(block.table_row)
    return block.id.partition(":")[2]


def row_anchor(number: int) -> str:
    """Return the anchor of a row of Tabell 1, numbered from 1."""
    return f"tabell-1-rad-{number}"


def footnote_anchor(mark: str) -> str:
    """Return the anchor of a footnote by its printed mark.

    An edition may print both "1" and "¹" as different notes: the raised one is "not-upphojd-1".
    """
    plain = unicodedata.normalize("NFKD", mark)
    return f"not-{plain}" if plain == mark else f"not-upphojd-{plain}"
