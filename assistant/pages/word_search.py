"""Search for exact words in an edition, with the words marked in their context. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.plain import plain_text
from assistant.types import Block, BlockKind, Edition, Passage, Section

MAX_TERMS = 8
_CONTEXT = 110  # characters before the words found; twice as many after
_TERM = re.compile(r"[\"“”»«]([^\"“”»«]+)[\"“”»«]|(\S+)")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text in an excerpt, and whether it is one of the words searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class WordHit:
    """A block that contains all the words; ``passage`` is the one with most of them."""

    block: Block
    passage: Passage
    excerpt: tuple[Fragment, ...]


def search_terms(query: str) -> tuple[str, ...]:
    """Return the words of a query, "words in quotation marks" kept together; at most MAX_TERMS."""
    terms = [" ".join((quoted or single).split()) for quoted, single in _TERM.findall(query)]
    wanted = [term for term in terms if any(character.isalnum() for character in term)]
    return tuple(dict.fromkeys(term.casefold() for term in wanted))[:MAX_TERMS]


def find_headings(edition: Edition, terms: tuple[str, ...]) -> tuple[Section, ...]:
    """Return the sections whose own heading contains all the terms."""
    patterns = [_pattern((term,)) for term in terms]
    return tuple(
        section
        for section in edition.sections
        if patterns and all(pattern.search(section.path[-1]) for pattern in patterns)
    )


def find_words(edition: Edition, terms: tuple[str, ...]) -> tuple[WordHit, ...]:
    """Return the blocks that contain all the terms, anywhere in words, capitals or not, in text order.

    The printed table of contents is left out.
    """
    if not terms:
        return ()
    patterns = [_pattern((term,)) for term in terms]
    hits = []
    for block in edition.blocks:
        if block.kind is BlockKind.HEADING_LIST:
            continue
        text = plain_text(block.text)
        if all(pattern.search(text) for pattern in patterns):
            passage = max(block.passages, key=lambda p: _distinct(patterns, plain_text(p.text)))
            hits.append(WordHit(block, passage, excerpt(text, terms)))
    return tuple(hits)


def excerpt(text: str, terms: tuple[str, ...]) -> tuple[Fragment, ...]:
    """Return the part of a text with most of the terms as fragments; all of a short text.

    Joined, the fragments are that part, with "…" where text was left out.
    """
    pattern = _pattern(terms) if terms else None
    middle = _densest(text, terms)
    start = 0 if middle <= _CONTEXT else text.find(" ", middle - _CONTEXT) + 1
    end = len(text) if len(text) - middle <= 2 * _CONTEXT else text.rfind(" ", 0, middle + 2 * _CONTEXT)
    part = text[start:end]
    fragments: list[Fragment] = [Fragment("… ", False)] if start else []
    at = 0
    for found in pattern.finditer(part) if pattern else ():
        fragments += [Fragment(part[at : found.start()], False), Fragment(found[0], True)]
        at = found.end()
    fragments.append(Fragment(part[at:] + (" …" if end < len(text) else ""), False))
    return tuple(fragment for fragment in fragments if fragment.text)


def _densest(text: str, terms: tuple[str, ...]) -> int:
    """Return where the first of the terms stands that has most other terms after it; 0 for none."""
    patterns = [_pattern((term,)) for term in terms]
    starts = sorted(found.start() for pattern in patterns for found in pattern.finditer(text))
    return max(starts, key=lambda at: _distinct(patterns, text[at : at + 2 * _CONTEXT]), default=0)


def _distinct(patterns: list[re.Pattern[str]], text: str) -> int:
    return sum(pattern.search(text) is not None for pattern in patterns)


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(r"\s+".join(map(re.escape, t.split())) for t in longest_first), re.IGNORECASE)
