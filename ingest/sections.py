"""Headings → sections with path, anchor and page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import CorpusError
from assistant.types import Section
from ingest.elements import Element, ElementKind

PATH_SEPARATOR = " › "
_TITLE_LEVEL = 1
_DEEPEST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is being read."""

    edition: str
    file: str
    text: str


def read_sections(source: Source, elements: Sequence[Element], pages: Mapping[str, int]) -> list[Section]:
    """Return one section per heading in text order, from the chapter (``##``) down.

    The document's title (``#``) is no section, unless text stands directly under it: then it is
    one of level 1. ``pages`` maps headings joined by " › " to a start page; a section that isn't
    named there has none, not even its chapter's. Raises CorpusError for a file without headings, text
    before the first one, an empty heading, a jump in levels and a repeated path.
    """
    _check_start(source, elements)
    sections: list[Section] = []
    trail: list[str] = []
    anchors: set[str] = set()
    for index, element in enumerate(elements):
        if element.kind is not ElementKind.HEADING:
            continue
        _check_level(source, element, len(trail), is_first=index == 0)
        trail = _extended(trail, element)
        if element.level == _TITLE_LEVEL and not _has_text(elements, index):
            continue
        path = tuple(trail[1:]) if element.level > _TITLE_LEVEL else tuple(trail)
        _check_unique(source, element, path, sections)
        end = _next_heading_start(elements, index, len(source.text))
        sections.append(
            Section(
                anchor=_unique_anchor(path, anchors),
                edition=source.edition,
                path=path,
                level=element.level,
                start=element.start,
                body_start=_body_start(elements, index, end),
                end=end,
                page=pages.get(PATH_SEPARATOR.join(path)),
            )
        )
    return sections


def slug(heading: str) -> str:
    """Return a heading as part of an address: "Föräldraskapsstöd" → "foraldraskapsstod"."""
    letters = unicodedata.normalize("NFKD", heading.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "avsnitt"


def _extended(trail: list[str], heading: Element) -> list[str]:
    """Return the headings from the title down to this one; a missing title is an empty one."""
    above = trail[: heading.level - 1] or [""] * (heading.level - 1)
    return [*above, heading.label]


def _unique_anchor(path: tuple[str, ...], taken: set[str]) -> str:
    wanted = "/".join(slug(heading) for heading in path)
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor


def _has_text(elements: Sequence[Element], index: int) -> bool:
    following = elements[index + 1 : index + 2]
    return bool(following) and following[0].kind is not ElementKind.HEADING


def _body_start(elements: Sequence[Element], index: int, end: int) -> int:
    return elements[index + 1].start if _has_text(elements, index) else end


def _next_heading_start(elements: Sequence[Element], index: int, text_end: int) -> int:
    later = (e.start for e in elements[index + 1 :] if e.kind is ElementKind.HEADING)
    return next(later, text_end)


def _check_start(source: Source, elements: Sequence[Element]) -> None:
    if not any(element.kind is ElementKind.HEADING for element in elements):
        raise CorpusError(source.file, 1, "no headings", "chapters marked with ##")
    if elements[0].kind is not ElementKind.HEADING:
        raise CorpusError(source.file, elements[0].line, "text before the first heading", "a heading first")


def _check_level(source: Source, heading: Element, depth: int, *, is_first: bool) -> None:
    if not heading.label:
        raise CorpusError(source.file, heading.line, "an empty heading", "its text after the # marks")
    if heading.level == _TITLE_LEVEL and not is_first:
        raise CorpusError(
            source.file,
            heading.line,
            f'a second document title "{heading.label}"',
            "one # heading, at the top; chapters begin with ##",
        )
    deepest = max(depth, _TITLE_LEVEL) + 1
    if heading.level > deepest:
        raise CorpusError(
            source.file,
            heading.line,
            f'a jump to level {heading.level} ("{heading.label}")',
            f"at most level {min(deepest, _DEEPEST_LEVEL)} ({'#' * deepest}) here",
        )


def _check_unique(source: Source, heading: Element, path: tuple[str, ...], earlier: list[Section]) -> None:
    for section in earlier:
        if section.path == path:
            line = source.text.count("\n", 0, section.start) + 1
            raise CorpusError(
                source.file,
                heading.line,
                f'the section "{PATH_SEPARATOR.join(path)}" again (first on line {line})',
                "each path of headings once",
            )
