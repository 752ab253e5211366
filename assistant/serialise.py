"""Editions to JSON and back: what a generation's ``editions.json`` holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.errors import IndexDamagedError
from assistant.types import Edition


def editions_to_json(editions: tuple[Edition, ...]) -> str:
    """Return the editions as one JSON array; equal editions give equal text in every process."""
    # default=sorted: only the frozensets need help, and their order changes from run to run.
    return json.dumps([asdict(edition) for edition in editions], ensure_ascii=False, default=sorted)


def editions_from_json(text: str | bytes, source: str = "editions.json") -> tuple[Edition, ...]:
    """Return the editions in their order. Raises IndexDamagedError if the text isn't theirs."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise IndexDamagedError(
            f"{source}: found {place} to be wrong ({first['msg']}); expected the editions as ingest "
            "writes them. Rebuild the index: python -m ingest --rebuild"
        ) from error


@cache
def _adapter() -> TypeAdapter[tuple[Edition, ...]]:
    return TypeAdapter(tuple[Edition, ...])
