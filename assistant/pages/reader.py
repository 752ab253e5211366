"""Vägledningen (``/vagledningen``): read, search and compare the editions, without script."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.comparison import Comparison
from assistant.errors import GuideError
from assistant.links import READER
from assistant.pages.compare_view import change_views, diff_views
from assistant.pages.contents import contents_tree
from assistant.pages.layout import edition_in_force, render_page
from assistant.pages.marking import find_quote
from assistant.pages.render_markdown import render_edition
from assistant.pages.word_search import excerpt, find_headings, find_words, search_terms
from assistant.plain import plain_text
from assistant.types import Edition, EditionStatus, Hit

SearchByMeaning = Callable[[str, str], list[Hit]]  # query, edition id -> best first

MAX_QUERY_CHARS = 200
MAX_QUOTE_CHARS = 3000
MAX_MEANING_HITS = 8
_log = logging.getLogger(__name__)


def reader_router(
    editions: Mapping[str, Edition],
    search: SearchByMeaning | None = None,
    comparisons: Sequence[Comparison] = (),
) -> APIRouter:
    """Return the routes of the reader.

    Without ``search`` only exact words are found. ``comparisons`` (``load_comparisons``) name
    the corresponding sections and the changes in substance; editions without one are compared
    by equal headings.
    """
    reader = _Reader(editions, search, comparisons)
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    router.add_api_route(READER, reader.in_force, methods=["GET"])
    router.add_api_route(f"{READER}/sok", reader.search, methods=["GET"])
    router.add_api_route(f"{READER}/jamfor", reader.compare, methods=["GET"])
    router.add_api_route(f"{READER}/{{edition_id:path}}", reader.edition, methods=["GET"])
    return router


class _Reader:
    """The reader's pages; each method answers one address with a whole page."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        search: SearchByMeaning | None,
        comparisons: Sequence[Comparison],
    ) -> None:
        self._editions = editions
        self._search = search
        self._comparisons = {(c.older, c.newer): c for c in comparisons}
        self._unmarked = cache(lambda edition_id: render_edition(editions[edition_id]))
        self._compared = cache(self._compare)

    def in_force(self, citat: str = "") -> HTMLResponse:
        """Return the edition in force."""
        return self.edition(edition_in_force(self._editions).id, citat)

    def edition(self, edition_id: str, citat: str = "") -> HTMLResponse:
        """Return one edition, ``citat`` ("12-80" or its words) marked in it."""
        if not edition_id:  # "/vagledningen/"
            return self.in_force(citat)
        edition = self._editions.get(edition_id)
        if edition is None:
            return self._not_found(f"Det finns ingen utgåva som heter ”{edition_id[:40]}”.")
        span = find_quote(edition, citat) if citat and len(citat) <= MAX_QUOTE_CHARS else None
        body: Markup = render_edition(edition, span) if span else self._unmarked(edition_id)
        return self._page(
            "reader.html",
            edition=edition,
            body=body,
            contents=contents_tree(edition),
            quote_state=_quote_state(citat, is_marked='id="citat"' in body),
            query="",
        )

    def search(self, q: str = "", utgava: str = "") -> HTMLResponse:
        """Return the places where the words of ``q`` stand, and those close in meaning."""
        edition = self._editions.get(utgava or edition_in_force(self._editions).id)
        if edition is None:
            return self._not_found(f"Det finns ingen utgåva som heter ”{utgava[:40]}”.")
        query = " ".join(q.split())
        too_long = len(query) > MAX_QUERY_CHARS
        terms = () if too_long else search_terms(query)
        word_hits = find_words(edition, terms)
        found = {hit.block.id for hit in word_hits}
        near, near_failed = self._near(query, edition.id) if terms else ([], False)
        return self._page(
            "search.html",
            status=400 if too_long else 200,
            edition=edition,
            query=query[:MAX_QUERY_CHARS],
            too_long=too_long,
            limit=MAX_QUERY_CHARS,
            terms=terms,
            headings=find_headings(edition, terms),
            word_hits=word_hits,
            near=[(hit, excerpt(_shown(hit), terms)) for hit in near if hit.block.id not in found],
            near_failed=near_failed,
        )

    def compare(self, fran: str = "", till: str = "") -> HTMLResponse:
        """Return two editions side by side; by default the last superseded and the one in force."""
        newer = self._editions.get(till or edition_in_force(self._editions).id)
        superseded = [e for e in self._editions.values() if e.status is EditionStatus.SUPERSEDED]
        before = max(superseded, key=lambda e: e.year, default=None)
        older = self._editions.get(fran) if fran else before
        if older is None or newer is None or older.id == newer.id:
            return self._not_found("De två utgåvorna går inte att jämföra.")
        comparison, diffs = self._compared(older.id, newer.id)
        changes = change_views(comparison, older, newer) if comparison else []
        return self._page("compare.html", older=older, newer=newer, changes=changes, diffs=diffs)

    def _compare(self, older_id: str, newer_id: str) -> tuple[Comparison | None, object]:
        comparison = self._comparisons.get((older_id, newer_id))
        return comparison, diff_views(self._editions[older_id], self._editions[newer_id], comparison)

    def _near(self, query: str, edition_id: str) -> tuple[list[Hit], bool]:
        """Return the hits by meaning, and whether that search failed (exact words still work)."""
        if self._search is None:
            return [], False
        try:
            return self._search(query, edition_id)[:MAX_MEANING_HITS], False
        except GuideError as error:
            _log.warning("search by meaning failed: %s", error)
            return [], True

    def _page(self, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
        return render_page(
            template,
            self._editions,
            current="vagledningen",
            status=status,
            **context,
        )

    def _not_found(self, message: str) -> HTMLResponse:
        return self._page("not_found.html", status=404, message=message)


def _quote_state(citat: str, *, is_marked: bool) -> str:
    """Return "none" (no quote asked for), "marked" or "missing"."""
    if not citat:
        return "none"
    return "marked" if is_marked else "missing"


def _shown(hit: Hit) -> str:
    return plain_text(hit.passage.text)
