"""The frame that all server-rendered pages share: templates, style files, their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.links import address
from assistant.pages.security import SecurityHeaders
from assistant.types import Edition, EditionStatus

STATIC_ADDRESS = "/stil"  # not /static: Gradio serves its own files there
_HERE = Path(__file__).resolve().parent
_STATIC_DIR = _HERE / "static"


def install_pages(app: FastAPI) -> None:
    """Give the app the style files (under /stil) and the security headers of every response."""
    app.mount(STATIC_ADDRESS, StaticFiles(directory=_STATIC_DIR), name="stil")
    app.add_middleware(SecurityHeaders)


def render_page(
    template: str,
    editions: Mapping[str, Edition],
    *,
    current: str = "",
    status: int = 200,
    **context: object,
) -> HTMLResponse:
    """Return the page of a template that extends base.html; all values are escaped.

    Templates also get ``in_force`` and ``editions`` (a list).
    ``current`` marks the page in the navigation: "fraga", "vagledningen", "ova",
    "tillganglighet" or "". A value that the template misses raises jinja2.UndefinedError.
    """
    html = (
        templates()
        .get_template(template)
        .render(
            current=current, in_force=edition_in_force(editions), editions=list(editions.values()), **context
        )
    )
    return HTMLResponse(html, status_code=status)


def edition_in_force(editions: Mapping[str, Edition]) -> Edition:
    """Return the edition in force. Raises StopIteration if there is none (the corpus checks that)."""
    return next(edition for edition in editions.values() if edition.status is EditionStatus.IN_FORCE)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the Jinja environment: autoescape for every template, no silent missing values."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["versioned"] = versioned
    environment.globals["link_to"] = address
    return environment


@lru_cache(maxsize=32)
def versioned(file_name: str) -> str:
    """Return a style file's address with a digest of its content, so that no stale copy is used.

    Raises FileNotFoundError for a file that isn't in the folder.
    """
    digest = hashlib.sha256((_STATIC_DIR / file_name).read_bytes()).hexdigest()[:10]
    return f"{STATIC_ADDRESS}/{file_name}?v={digest}"
