"""The accessibility statement (``/tillganglighet``) that Swedish law asks of public bodies."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.pages.layout import render_page
from assistant.types import Edition

STATEMENT = "/tillganglighet"


def statement_router(editions: Mapping[str, Edition], contact: str = "") -> APIRouter:
    """Return the route of the statement.

    ``contact`` is what the operator writes about how to reach them (plain text); without it the
    page sends the reader to the coordinator of their family centre.
    """
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def statement() -> HTMLResponse:
        return render_page("statement.html", editions, current="tillganglighet", contact=contact)

    router.add_api_route(STATEMENT, statement, methods=["GET"])
    return router
