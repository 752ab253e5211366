"""``corpus/comparison.toml`` → Comparison objects, checked against the editions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.comparison import Change, Comparison, locate
from assistant.errors import CorpusError
from assistant.types import Edition

COMPARISON_FILE = "comparison.toml"
_SEPARATOR = " › "


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Group(_Closed):
    older: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()


class _Change(_Closed):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    explanation: str = Field(min_length=1)
    keywords: tuple[str, ...] = Field(min_length=1)
    older: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    only_words: tuple[str, ...] = ()


class _Comparison(_Closed):
    older: str
    newer: str
    group: tuple[_Group, ...] = ()
    change: tuple[_Change, ...] = ()


class _File(_Closed):
    comparison: tuple[_Comparison, ...] = ()


def load_comparisons(corpus_dir: Path, editions: Mapping[str, Edition]) -> tuple[Comparison, ...]:
    """Return the comparisons of the folder's file; none if there is no such file.

    Raises CorpusError for a broken file, an unknown edition or section, a section named twice,
    a quote that doesn't stand word for word in its edition, and ``only_words`` that the other
    edition has as well.
    """
    path = corpus_dir / COMPARISON_FILE
    if not path.is_file():
        return ()
    try:
        data = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(COMPARISON_FILE, None, str(error), "valid TOML in UTF-8") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise CorpusError(COMPARISON_FILE, None, f"{key}: {first['input']!r}", first["msg"]) from error
    comparisons = tuple(_as_comparison(entry) for entry in data.comparison)
    for comparison in comparisons:
        check_comparison(comparison, editions)
    return comparisons


def check_comparison(comparison: Comparison, editions: Mapping[str, Edition]) -> None:
    """Raise CorpusError for the first thing in the comparison that the editions don't bear out."""
    for edition_id in (comparison.older, comparison.newer):
        if edition_id not in editions:
            raise _error(f'the edition "{edition_id}"', f"one of {', '.join(editions)}")
    older, newer = editions[comparison.older], editions[comparison.newer]
    _check_sections(older, [path for group in comparison.groups for path in group[0]])
    _check_sections(newer, [path for group in comparison.groups for path in group[1]])
    for change in comparison.changes:
        _check_change(change, older, newer)


def _as_comparison(entry: _Comparison) -> Comparison:
    groups = tuple(
        (
            tuple(tuple(path.split(_SEPARATOR)) for path in group.older),
            tuple(tuple(path.split(_SEPARATOR)) for path in group.newer),
        )
        for group in entry.group
    )
    changes = tuple(Change(**change.model_dump()) for change in entry.change)
    return Comparison(entry.older, entry.newer, groups, changes)


def _check_sections(edition: Edition, paths: list[tuple[str, ...]]) -> None:
    known = {section.path for section in edition.sections}
    seen: set[tuple[str, ...]] = set()
    for path in paths:
        shown = f'the section "{_SEPARATOR.join(path)}" of {edition.id}'
        if path not in known:
            raise _error(shown, f"a path of headings in that edition, joined with “{_SEPARATOR}”")
        if path in seen:
            raise _error(f"{shown} in two groups", "each section once")
        seen.add(path)


def _check_change(change: Change, older: Edition, newer: Edition) -> None:
    if not change.older and not change.newer:
        raise _error(f'the change "{change.id}" without quotes', "at least one quote")
    for edition, quotes in ((older, change.older), (newer, change.newer)):
        for quote in quotes:
            if edition.text.count(quote) != 1 or locate(edition, quote) is None:
                expected = f"words that stand exactly so, and once, in {edition.id}"
                raise _error(f'the quote "{quote}" in "{change.id}"', expected)
    for words in change.only_words:
        having = [e for e in (older, newer) if words.casefold() in e.text.casefold()]
        quoting = [e for e, quotes in ((older, change.older), (newer, change.newer)) if quotes]
        if len(having) != 1 or having[0] not in quoting:
            found = f'only_words "{words}" in "{change.id}" ({len(having)} editions have them)'
            raise _error(found, "words that stand in one edition only, one that is quoted")


def _error(found: str, expected: str) -> CorpusError:
    return CorpusError(COMPARISON_FILE, None, found, expected)
