"""What the page remembers of a conversation and sends back with every turn.

The server keeps nothing between turns: the memory is the value of a component in the page and
is gone with it. It holds masked text only. What comes back is checked like any other input.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InvalidInputError
from assistant.pages.chat_words import EMPLOYERS, ROLES
from assistant.types import Answer, Profile, Status, Turn, Verdict

MAX_TURNS = 12
_MAX_TEXT = 20_000
_BROKEN = "Sidans uppgifter gick inte att läsa. Ladda om sidan och fråga igen."


class Remembered(BaseModel):
    """One answered question, as the next turn and the feedback need it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int = Field(ge=1)
    question: str = Field(max_length=_MAX_TEXT)  # personal data masked
    answer: str = Field(max_length=_MAX_TEXT)
    status: Status
    verdict: Verdict | None
    edition: str = Field(max_length=20)
    rows: tuple[int, ...] = Field(default=(), max_length=30)
    citations: tuple[str, ...] = Field(default=(), max_length=30)

    @classmethod
    def of(cls, number: int, answer: Answer) -> Remembered:
        """Return what is kept of an answer."""
        return cls(
            number=number,
            question=answer.question[:_MAX_TEXT],
            answer=answer.answer[:_MAX_TEXT],
            status=answer.status,
            verdict=answer.verdict,
            edition=answer.edition,
            rows=tuple(c.table_row for c in answer.citations if c.table_row is not None),
            citations=tuple(c.label for c in answer.citations),
        )


class Memory(BaseModel):
    """The value of the conversation's component: the newest exchange's HTML and the turns."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    serial: int = Field(default=0, ge=0)  # grows with every reply, so that the page sees each one
    html: str = ""  # of the newest exchange; the page appends it and drops it
    error: str = Field(default="", max_length=2000)  # shown beside the question box instead of an answer
    said: str = Field(default="", max_length=500)  # for screen readers when the reply is there
    turns: tuple[Remembered, ...] = Field(default=(), max_length=MAX_TURNS)

    @classmethod
    def read(cls, value: str | None) -> Memory:
        """Return the memory from a component's value. Raises InvalidInputError for another text."""
        try:
            return cls.model_validate_json(value) if value else cls()
        except ValidationError as error:
            raise InvalidInputError(_BROKEN) from error

    def write(self) -> str:
        """Return the component's value; no character of it can end a script or open a tag."""
        return self.model_dump_json().replace("<", "\\u003c")

    def numbered(self, number: int) -> Remembered | None:
        """Return the turn with that number, None if it isn't remembered."""
        return next((turn for turn in self.turns if turn.number == number), None)

    def history(self, before: int | None = None) -> Sequence[Turn]:
        """Return the earlier turns (those before a number) as the assistant takes them."""
        turns: list[Turn] = []
        for turn in self.turns:
            if before is not None and turn.number >= before:
                break
            turns += [Turn("user", turn.question), Turn("assistant", turn.answer)]
        return turns

    def with_answer(self, answer: Answer, html: str, said: str) -> Memory:
        """Return the memory after an answer."""
        turn = Remembered.of(self.serial + 1, answer)
        return Memory(serial=turn.number, html=html, said=said, turns=(*self.turns, turn)[-MAX_TURNS:])

    def with_error(self, message: str) -> Memory:
        """Return the memory after something went wrong; the conversation stays."""
        return Memory(serial=self.serial + 1, error=message, turns=self.turns)


class Choices(BaseModel):
    """What the asker has chosen beside the question."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    edition: str = Field(default="", max_length=20)
    role: str = ""
    employer: str = ""

    @classmethod
    def read(cls, value: str | None) -> Choices:
        """Return the choices from their component's value. Raises InvalidInputError."""
        try:
            choices = cls.model_validate_json(value) if value else cls()
        except ValidationError as error:
            raise InvalidInputError(_BROKEN) from error
        if choices.role not in ("", *ROLES) or choices.employer not in ("", *EMPLOYERS):
            raise InvalidInputError(_BROKEN)
        return choices

    def profile(self) -> Profile | None:
        """Return the profile, None when nothing is chosen."""
        if not (self.role or self.employer):
            return None
        return Profile(role=self.role or None, employer=self.employer or None)
