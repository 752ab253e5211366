"""What the evals need of the assistant, so that another one can stand in its place."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol, cast

from assistant.answerer import EditionAnswerer
from assistant.settings import Settings
from assistant.types import Hit
from evals.errors import RunError

DEFAULT_SUBJECT = "assistant.answering:Assistant.open"


class Subject(EditionAnswerer, Protocol):
    """The assistant under test: it answers, and retrieves without answering."""

    def retrieve(self, question: str, edition: str, limit: int) -> list[Hit]: ...


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
