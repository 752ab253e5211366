"""What happens when somebody sends a question or judges an answer; knows nothing of Gradio."""

from __future__ import annotations

import json
import logging
import traceback
from typing import Any

from assistant.answer_json import answer_to_dict
from assistant.answerer import EditionAnswerer
from assistant.errors import InvalidInputError
from assistant.feedback import FeedbackStore, JudgedAnswer, Judgement
from assistant.pages.chat_memory import Choices, Memory
from assistant.pages.chat_render import render_exchange
from assistant.pages.chat_words import (
    CRASHED,
    EMPTY,
    FEEDBACK_FAILED,
    FEEDBACK_SAVED,
    headline,
    too_long,
)
from assistant.pages.layout import edition_in_force
from assistant.types import Answer, Profile

_log = logging.getLogger(__name__)


class ChatEvents:
    """Takes what the page sends, checks it, and says what the page shows."""

    def __init__(self, assistant: EditionAnswerer, feedback: FeedbackStore, max_question_chars: int) -> None:
        self._assistant = assistant
        self._feedback = feedback
        self._limit = max_question_chars

    def send(self, question: object, choices: str | None, memory: str | None) -> str:
        """Return the conversation's new value: an exchange to append, or an error in Swedish.

        Never raises: a crash is logged by place (never with the question) and said as such.
        """
        before = Memory()
        try:
            before = Memory.read(memory)
            answer = self._answer(_text(question), Choices.read(choices), before)
            html = render_exchange(before.serial + 1, answer, self._assistant.editions)
            said = f"Svaret är klart: {headline(answer)}."
            return before.with_answer(answer, html, said).write()
        except InvalidInputError as error:
            return before.with_error(str(error)).write()
        except Exception as error:  # the edge: whatever it was, the page says it in Swedish
            _log_crash(error)
            return before.with_error(CRASHED).write()

    def as_data(self, question: str, edition: str, profile: Profile) -> dict[str, Any]:
        """Return the answer as the contract's JSON object, or ``{"error": …}`` in Swedish."""
        try:
            return answer_to_dict(self._assistant.answer(question, (), profile, edition or None))
        except InvalidInputError as error:
            return {"error": str(error)}
        except Exception as error:  # the edge, as above
            _log_crash(error)
            return {"error": CRASHED}

    def judge(self, sent: object, memory: str | None) -> str:
        """Store a judgement of an answer; return a receipt as JSON: number, ok, said."""
        number = 0
        try:
            judgement = Judgement.model_validate(sent)
            number = judgement.number
            turns = Memory.read(memory)
            turn = turns.numbered(number)
            if turn is None:
                raise InvalidInputError(FEEDBACK_FAILED)
            self._feedback.add(
                judgement,
                JudgedAnswer(
                    question=turn.question,
                    history=tuple(turns.history(before=number)),
                    status=turn.status,
                    verdict=turn.verdict,
                    edition=turn.edition,
                    rows=turn.rows,
                    citations=turn.citations,
                ),
            )
            return _receipt(number, True, FEEDBACK_SAVED)
        except Exception as error:  # the edge, as above
            _log_crash(error)
            return _receipt(number, False, FEEDBACK_FAILED)

    def _answer(self, question: str, choices: Choices, before: Memory) -> Answer:
        if not question:
            raise InvalidInputError(EMPTY)
        if len(question) > self._limit:
            raise InvalidInputError(too_long(self._limit, len(question)))
        if choices.edition and choices.edition not in self._assistant.editions:
            raise InvalidInputError("Den utgåvan finns inte. Ladda om sidan och välj igen.")
        # The edition in force is the default: unasked for, so that a question may name another.
        in_force = edition_in_force(self._assistant.editions).id
        edition = choices.edition if choices.edition not in ("", in_force) else None
        return self._assistant.answer(question, before.history(), choices.profile(), edition)


def _text(question: object) -> str:
    return question.strip() if isinstance(question, str) else ""


def _receipt(number: int, ok: bool, said: str) -> str:
    return json.dumps({"number": number, "ok": ok, "said": said})


def _log_crash(error: Exception) -> None:
    # The message may quote the question: only the type and the place are logged.
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "okänd plats"
    _log.error("Chatten: %s vid %s", type(error).__name__, place)
