"""Finds personnummer and samordningsnummer: find first, in every layout, then validate.

A number is a date (YYMMDD or YYYYMMDD; a samordningsnummer has the day plus 60, and may have
month 00 or day 60 when they are unknown) and four digits. Skatteverket's rules: SKV 704 and
SKV 707. A mistyped number is still someone's, so the checksum never clears a likely one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from personnummer import personnummer

from assistant.privacy_contacts import is_phone
from assistant.privacy_view import BLANK, Kind, Span, View

_RUN = re.compile(r"\d(?:[ .\-+/_:,\n()*~=|\\]{0,3}\d)*")
_SLIPPED = re.compile(
    r"(?<!\d)(?:18|19|20)\d\d(?:0\d|1[0-2])(?:[0-2678]\d|3[01]|9[01])[-+](?:\d{3}|\d{5})(?!\d)"
)
_DIGITS = re.compile(r"\d+")
_REFERENCE = re.compile(
    r"\b(?:(?:d|diarie|org\.? ?|organisations|ärende|faktura|order|konto)(?:nr|nummer)|konto|faktura"
    r"|isbn|issn|bankgiro|plusgiro|bg|pg)\W{0,4}(?:är )?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:(?:person|samordnings|pers\.?|sam|\bp|födelse)[ -]?(?:nummer|numret|numren|nr|num)|\bssn)"
    r"[a-zåäö]{0,3}"
    rf"[^\w{BLANK}]{{0,5}}(?:(?:är|på|nr|för|barnet|till|blir)[^\w{BLANK}]{{1,3}}){{0,2}}"
    r"((?:\d[ .\-+/_:\n]{0,3}){5,12}\d)(?!\d)",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(
    rf"(?:(\d{{8}}|\d{{6}}|\d{{4}}-\d\d-\d\d)(?!\d)[^\d{BLANK}]{{1,40}})?"
    rf"(?:fyra sista|sista fyra|kontrollsiffr)[^\d{BLANK}]{{0,20}}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+")

_SHAPES = {  # how the digits are grouped -> the date has a century
    (12,): True, (8, 4): True, (4, 2, 2, 4): True, (1,) * 12: True,
    (10,): False, (6, 4): False, (2, 2, 2, 4): False, (1,) * 10: False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that stand together, and the separator before them."""

    digits: str
    start: int
    end: int
    before: str


def find_numbers(view: View) -> list[Span]:
    """Spans of personnummer and samordningsnummer in the view, in order, without overlap."""
    text = view.chars
    urls = [m.span() for m in _URL.finditer(text)] if "://" in text or "www." in text else []
    spans: list[Span] = []
    for match in _LABELLED.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if 6 <= len(digits) <= 13:
            spans.append((match.start(1), match.end(1), _kind(digits)))
    if "sista" in text.lower() or "kontrollsiffr" in text.lower():
        for match in _LAST_FOUR.finditer(text):
            spans += [(*match.span(g), Kind.PERSONNUMMER) for g in (1, 2) if match[g]]
    spans += [(*m.span(), _kind(m[0])) for m in _SLIPPED.finditer(text)]
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= 10:
            in_url = any(s <= run.start() < e for s, e in urls)
            spans += _in_run(text, _groups(text, run), in_url)
    return _disjoint(spans)


def _disjoint(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
        elif span[1] > kept[-1][1]:
            kept[-1] = (kept[-1][0], span[1], kept[-1][2])
    return kept


def _groups(text: str, run: re.Match[str]) -> list[_Group]:
    groups: list[_Group] = []
    previous = run.start()
    for match in _DIGITS.finditer(text, run.start(), run.end()):
        groups.append(_Group(match[0], match.start(), match.end(), text[previous : match.start()]))
        previous = match.end()
    return groups


def _in_run(text: str, groups: list[_Group], in_url: bool) -> Iterator[Span]:
    """Numbers in the usual layouts first; what is left may hide one in another grouping."""
    taken: set[int] = set()
    for usual in (True, False):
        first = 0
        while first < len(groups):
            for end in _window_ends(groups, first, taken):
                window = _Window(text, groups[first:end], groups[end : end + 2], in_url)
                if (window.shape in _SHAPES) is usual and window.is_number():
                    taken.update(range(first, end))
                    yield groups[first].start, groups[end - 1].end, _kind(window.digits)
                    first = end - 1
                    break
            first += 1


def _window_ends(groups: list[_Group], first: int, taken: set[int]) -> list[int]:
    """Where windows of 12 and of 10 digits that begin at ``first`` end, the longer one first."""
    total = 0
    ends: list[int] = []
    for last in range(first, min(first + 12, len(groups))):
        total += len(groups[last].digits)
        if last in taken or total > 12:
            break
        if total in (10, 12):
            ends.insert(0, last + 1)
    return ends


class _Window:
    """Neighbouring groups of 10 or 12 digits together: are they a person's number?"""

    def __init__(self, text: str, groups: list[_Group], follower: list[_Group], in_url: bool) -> None:
        self.groups, self.follower, self.in_url = groups, follower, in_url
        self.shape = tuple(len(g.digits) for g in groups)
        self.digits = "".join(g.digits for g in groups)
        self.written = text[groups[0].start : groups[-1].end]
        self.after = text[groups[-1].end : groups[-1].end + 2]
        self.before = text[max(0, groups[0].start - 24) : groups[0].start]

    def is_number(self) -> bool:
        """Whether digits in this layout are likely a personnummer or samordningsnummer."""
        wrong = _wrong_parts(self.digits)
        if self.in_url or self.shape not in _SHAPES:
            if "," in self.written:
                return False
            return wrong == 0 and _checksum(self.digits) and not self._is_phone()
        if "," in self.written and self.shape not in {(8, 4), (6, 4)}:
            return False
        if self._is_reference() or self._is_date_and_more() or self._is_phone():
            return False
        hard = self.groups[-1].before.strip() in {"-", "+"}
        if hard and self.shape == (6, 4):
            return not (int(self.digits[2]) >= 2 and _checksum(self.digits))  # an organisation's number
        strict = self.shape in {(2, 2, 2, 4), (1,) * 10}
        return (hard and self.shape == (8, 4)) or wrong <= (0 if strict else 1)

    def _is_reference(self) -> bool:
        return _REFERENCE.search(self.before) is not None and not _valid(self.digits)

    def _is_phone(self) -> bool:
        """Ten digits from 0 on that are a phone number, unless checksum and date speak for a person."""
        if self.shape == (6, 4) or not self.digits.startswith("0") or len(self.digits) != 10:
            return False
        like_a_person = self.shape in _SHAPES and _checksum(self.digits) and int(self.digits[4:6]) <= 31
        return not like_a_person and is_phone(self.written)

    def _is_date_and_more(self) -> bool:
        """A date with another date or a time of day after it ("2024-05-12 0830"), or no date at all."""
        if self.shape not in {(8, 4), (4, 2, 2, 4), (2, 2, 2, 4)}:
            return False
        if len(self.groups) == 4 and (
            self.groups[1].before != self.groups[2].before or [len(g.digits) for g in self.follower] == [2, 2]
        ):
            return True
        last = self.groups[-1].before
        if re.match(r":\d", self.after) or (last.startswith((".", ":")) and len(last) > 1):
            return not _checksum(self.digits)  # "2024-05-12. (2010:659)"
        hour, minute = int(self.digits[-4:-2]), int(self.digits[-2:])
        looks_like_time = 6 <= hour <= 22 and minute < 60 and minute % 5 == 0
        recent = self.digits[:3] in {"201", "202", "203"}
        soft = self.groups[-1].before.strip() == ""
        return looks_like_time and recent and soft and not _checksum(self.digits)


def _wrong_parts(digits: str) -> int:
    """How many of century, month and day can't be; one may be a slip of the finger."""
    century, month, day = digits[:-10], int(digits[-8:-6]), int(digits[-6:-4])
    return (
        (century not in {"", "18", "19", "20"})
        + (month > 12)
        + (not (day <= 31 or 60 <= day <= 91))
    )  # fmt: skip


def _kind(digits: str) -> Kind:
    """Which of the two it is: the library where it knows, else the day."""
    if len(digits) in (10, 12) and _valid(digits):
        coordination = personnummer.parse(digits).is_coordination_number()
        return Kind.SAMORDNINGSNUMMER if coordination else Kind.PERSONNUMMER
    if len(digits) in (10, 12) and 60 <= int(digits[-6:-4]) <= 91:
        return Kind.SAMORDNINGSNUMMER
    return Kind.PERSONNUMMER


def _valid(digits: str) -> bool:
    return bool(personnummer.valid(digits))


def _checksum(digits: str) -> bool:
    """Luhn over the last ten digits: also for those that the library rejects (month 00, day 60)."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(digits[-10:]))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
