"""What the evals need of the assistant, so that another one can stand in its place."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Protocol, cast

from assistant.answerer import EditionAnswerer
from assistant.index import served_editions
from assistant.settings import Settings
from assistant.types import Edition, Hit
from evals.errors import RunError

DEFAULT_SUBJECT = "assistant.answering:Assistant.open"


class Subject(EditionAnswerer, Protocol):
    """The assistant under test: it answers, and retrieves without answering."""

    def retrieve(self, question: str, edition: str, limit: int) -> list[Hit]: ...


def open_editions(settings: Settings, spec: str = DEFAULT_SUBJECT) -> Mapping[str, Edition]:
    """Return the subject's editions by id; of the usual one without opening it, which takes seconds.

    Raises what ``open_subject`` raises.
    """
    if spec != DEFAULT_SUBJECT:
        return open_subject(settings, spec).editions
    return served_editions(settings.index_dir)


def open_subject(settings: Settings, spec: str = DEFAULT_SUBJECT) -> Subject:
    """Return the subject that ``module:attribute`` opens from the settings.

    Raises RunError when there is no such factory; the factory's own GuideErrors pass through.
    """
    module_name, _, attribute = spec.partition(":")
    try:
        target: object = importlib.import_module(module_name)
        for name in attribute.split("."):
            target = getattr(target, name)
    except (ImportError, AttributeError) as error:
        raise RunError(
            f"Hittar inte {spec!r} ({error}). Väntade modul:funktion som öppnar assistenten."
        ) from error
    return cast("Callable[[Settings], Subject]", target)(settings)
