"""What the edges (chat, batch, evals) need of the assistant, so that another can stand in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.types import Answer, Edition, Profile, Turn


class Answerer(Protocol):
    """What answers one question."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        profile: Profile | None = None,
        edition: str | None = None,
    ) -> Answer: ...


class EditionAnswerer(Answerer, Protocol):
    """What answers, and has the editions that it answers from."""

    @property
    def editions(self) -> Mapping[str, Edition]: ...
