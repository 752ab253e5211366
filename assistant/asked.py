"""Decides what is asked: the question without personal data and instructions, the earlier turns
likewise, what sort of question it is, and which edition it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.follow_ups import leans_on_history
from assistant.guard import Screened, Sounds, screen
from assistant.guard_words import GuardWords
from assistant.intent import Signs, read_signs
from assistant.privacy import Masked, mask
from assistant.types import Edition, EditionStatus, Profile, Turn
from assistant.vocabulary import Vocabulary

_MAX_TURNS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way to its answer."""

    question: str  # masked and freed of instructions: what is answered
    shown: str  # masked: what is given back
    history: tuple[Turn, ...]
    profile: Profile | None
    edition: Edition
    signs: Signs
    personal_data: bool


class QuestionReader:
    """Reads questions against the editions of one index. Safe from several threads."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        vocabulary: Vocabulary,
        guard: GuardWords,
        max_chars: int,
        sounds: Sounds | None = None,
    ) -> None:
        self._editions = editions
        self._vocabulary = vocabulary
        self._guard = guard
        self._max_chars = max_chars
        self._sounds = sounds
        self.default = next(e for e in editions.values() if e.status is EditionStatus.IN_FORCE)

    def screened(self, masked: Masked) -> Screened:
        """What a masked text is, and the question in it ("" when there is none)."""
        return screen(masked.text, self._guard, self._sounds)

    def read(
        self,
        masked: Masked,
        question: str,
        history: Sequence[Turn],
        profile: Profile | None,
        edition: str | None,
    ) -> Asked:
        """What is asked by the ``question`` that was screened out of the masked text.

        ``edition`` is the id of the one that the user picked, None when none was.
        """
        turns = tuple(filter(None, (self._cleaned(t) for t in history[-_MAX_TURNS:])))
        signs = read_signs(question, self._vocabulary)
        chosen = self._editions[edition] if edition else self._asked_for(question, signs, turns)
        return Asked(question, masked.text, turns, profile, chosen, signs, masked.any)

    def _cleaned(self, turn: Turn) -> Turn | None:
        """An earlier turn masked, and freed of instructions where a user wrote it; None if nothing
        is left of it. A claim that an instruction made must not reach the conversation's facts."""
        masked = mask(turn.content[: self._max_chars])
        text = self.screened(masked).question if turn.role == "user" else masked.text
        return Turn(turn.role, text) if text.strip() else None

    def _asked_for(self, question: str, signs: Signs, history: tuple[Turn, ...]) -> Edition:
        """The edition that the question names, else the one the conversation is about, else the
        one in force."""
        if signs.compares and not signs.only_still:
            return self.default
        named = self._named(signs)
        if named is None and history and leans_on_history(question):
            said = [read_signs(t.content, self._vocabulary) for t in history if t.role == "user"]
            named = next((e for s in reversed(said) if (e := self._named(s)) is not None), None)
        return named or self.default

    def _named(self, signs: Signs) -> Edition | None:
        named = [e for e in signs.editions if e in self._editions]
        if len(named) == 1:
            return self._editions[named[0]]
        if not named and signs.before:
            return next((e for e in self._editions.values() if e is not self.default), None)
        return None
