"""Decides what stands around an answer: the notices above it, the English lead, the polite no."""

from __future__ import annotations

from dataclasses import replace

from assistant import wording
from assistant.language import is_english
from assistant.types import Answer, Edition, EditionStatus, Status, Verdict, Warning_


def with_notices(answer: Answer, edition: Edition, personal_data: bool) -> Answer:
    """The answer with the notices that stand above it, and their warnings."""
    notices, warnings = [], list(answer.warnings)
    if edition.status is EditionStatus.SUPERSEDED and answer.status is not Status.DECLINED:
        notices.append(f"*{wording.SUPERSEDED}*")
        warnings.append(Warning_.SUPERSEDED_EDITION)
    if personal_data:
        notices.append(f"*{wording.PERSONAL_DATA}*")
        warnings.append(Warning_.PERSONAL_DATA)
    text = "\n\n".join([*notices, answer.answer])
    return replace(answer, answer=text, warnings=tuple(dict.fromkeys(warnings)))


def with_english_lead(text: str, question: str, verdict: Verdict | None = None) -> str:
    """The answer's text, led by a sentence in English where the question is in English."""
    if not is_english(question):
        return text
    lead = wording.ENGLISH.get(verdict, wording.ENGLISH_FRAME) if verdict else wording.ENGLISH_FRAME
    return f"{lead}\n\n{text}"


def declined(shown: str, edition: Edition, reply: str, personal_data: bool) -> Answer:
    """The reply to what isn't a question that can be taken; ``shown`` is the masked question."""
    answer = Answer(question=shown, status=Status.DECLINED, verdict=None, edition=edition.id, answer=reply)
    return with_notices(answer, edition, personal_data)
