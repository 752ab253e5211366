"""Finds and masks personal data before anything else sees a text.

``mask`` is pure and idempotent. A text without findings comes back as it was, byte by byte.
What counts, and why a likely number is masked even when its checksum is wrong: each finder's file.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.privacy_contacts import find_emails, find_phones
from assistant.privacy_names import find_names
from assistant.privacy_numbers import find_numbers
from assistant.privacy_view import Kind, Span, View

__all__ = ["Found", "Kind", "Masked", "mask"]

_FINDERS = (find_emails, find_numbers, find_phones, find_names)


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: its kind and its half-open span in the unmasked text."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """The text with placeholders ("[personnummer]") and what they stand for, in text order."""

    text: str
    found: tuple[Found, ...]

    @property
    def any(self) -> bool:
        """Whether anything was masked."""
        return bool(self.found)


def mask(text: str) -> Masked:
    """Return the text with every personal number, phone, e-mail address and full name masked.

    A full name is masked only beside a detail of health or social life. Raises CorpusError when
    the word lists can't be read.
    """
    view = View(text)
    spans: list[Span] = []
    while new := _one_pass(view):  # a second look finds nothing that the first hid: idempotent
        spans += new
    found = tuple(sorted((Found(k, *view.original(s, e)) for s, e, k in spans), key=lambda f: f.start))
    return Masked(_replaced(text, found), found)


def _one_pass(view: View) -> list[Span]:
    """What the finders find, each in what the earlier ones left; the view is blanked there."""
    spans: list[Span] = []
    for finder in _FINDERS:
        new = finder(view)
        view.blank((s, e) for s, e, _ in new)
        spans += new
    return spans


def _replaced(text: str, found: tuple[Found, ...]) -> str:
    pieces: list[str] = []
    done = 0
    for item in found:
        pieces += [text[done : item.start], f"[{item.kind}]"]
        done = item.end
    return "".join([*pieces, text[done:]]) if found else text
