"""Finds e-mail addresses and phone numbers, also as people write them to dodge a filter.

Helplines and switchboards (1177, 112, 116 111, 020-, 0771-) are no person's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberMatcher, PhoneNumberType

from assistant.privacy_view import BLANK, Kind, Span, View

_AT = re.compile(
    r"[ \n]{0,2}(?:@|[(\[{<] ?(?:at|snabel-?a|@) ?[)\]}>])[ \n]{0,2}|[ \n]{1,2}snabel-?[ ]?a[ \n]{1,2}"
    r"|(?<=\w) at (?=[\w-]{2,40}(?:\.| (?:dot|punkt) )[a-zåäö]{2,6}\b)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"[\w.+%'-]{0,63}\w$")
_DOT = r"(?:\.|[ ]?[(\[{](?:dot|punkt|\.)[)\]}][ ]?|[ ](?:dot|punkt)[ ])"
_DOMAIN = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}", re.IGNORECASE)
_BARE_DOMAIN = re.compile(r"[^\W\d_][\w-]{2,62}", re.IGNORECASE)
_TOP = re.compile(r"[^\W\d_]{2,24}$|xn--[\w-]+$")

_HIDDEN = (  # what has the digits of a phone number and is none
    re.compile(r"(?<![\d.])\d{1,2}[.:]\d{2} ?- ?\d{1,2}[.:]\d{2}(?![\d])"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)"),
    re.compile(r"(?<![\d./])\d{1,2}[./]\d{1,2}[./ -](?:19|20)\d{2}(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}:\d{1,4}(?!\d)"),
    re.compile(r"(?:https?://|www\.)\S+"),
    re.compile(
        r"\b(?:dnr|diarienr|diarienummer|isbn|issn|bankgiro|plusgiro|bg|pg|orgnr|konto\w{0,9})\b"
        r"\W{0,3}[\d\- ]{5,20}",
        re.IGNORECASE,
    ),
)
_GAP = r"[ .\-/()\n]{0,3}"
_INTERNATIONAL = re.compile(rf"(?<!\d)(?:\+|00) ?[1-9](?:{_GAP}\d){{6,13}}(?!\d)")
_BARE_COUNTRY = re.compile(rf"(?<![\d+])46{_GAP}7[02369](?:{_GAP}\d){{7}}(?!\d)")
_NATIONAL = re.compile(rf"(?<![\d:§])\(?0[1-9](?:{_GAP}\d){{5,9}}(?!\d)")
_SPELT_OUT = re.compile(r"(?<![\d] )(?<!\d)0(?: \d){8,9}(?! ?\d)")
_LABELLED = re.compile(
    r"(?:\btele?|tfn|telefon[a-zåäö]{0,12}|mobil[a-zåäö]{0,12}|\bmob|\bsms|swish"
    r"|\bring [a-zåäö]{1,8} på|\bnås på|(?:mammans|pappans|hans|hennes) (?:nr|nummer))"
    rf"[^\w+{BLANK}]{{0,4}}(?:(?:nr|nummer|är|på|till)[^\w+{BLANK}]{{1,3}}){{0,2}}"
    rf"(\d(?:{_GAP}\d){{5,10}})(?!\d)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)(?:0|0046|46)7[02369]\d{7}(?!\d)")
_PUBLIC = {
    PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN,
}  # fmt: skip
_PUBLIC_START = re.compile(r"(?:116\d{3}|1177|11414|11313|112|020|077|0900)")


def find_emails(view: View) -> list[Span]:
    """Spans of e-mail addresses, with "@", "(at)" or "snabel-a"."""
    spans: list[Span] = []
    for match in _AT.finditer(view.chars):
        local = _LOCAL.search(view.chars[max(0, match.start() - 64) : match.start()])
        end = _domain_end(view.chars, match)
        if local and end and BLANK not in view.chars[match.start() : end]:
            start = match.start() - len(local[0])
            start += len(local[0]) - len(local[0].lstrip(".'%-"))
            if not spans or start >= spans[-1][1]:
                spans.append((start, end, Kind.EMAIL))
    return spans


def _domain_end(text: str, at: re.Match[str]) -> int | None:
    """Where the domain after the at sign ends, or None when no domain stands there."""
    if domain := _DOMAIN.match(text, at.end()):
        parts = re.split(_DOT, domain[0], flags=re.IGNORECASE)
        while len(parts) > 1 and not _TOP.search(parts[-1]):
            parts.pop()
        if len(parts) > 1:
            end = at.end()
            for part in parts:
                end = text.index(part, end) + len(part)
            return end
    bare = _BARE_DOMAIN.match(text, at.end()) if at[0] == "@" else None
    return bare.end() if bare else None


def find_phones(view: View) -> list[Span]:
    """Spans of phone numbers: Google's matcher, and the layouts that it misses."""
    text = view.chars
    spans = [(m.start(), m.end()) for m in _IN_ADDRESS.finditer(text)]
    spans += [m.span(1) for m in _LABELLED.finditer(text) if not _is_public(m[1])]
    hidden = text
    for pattern in _HIDDEN:
        hidden = pattern.sub(lambda m: BLANK * len(m[0]), hidden)
    spans += _own(hidden)
    if re.search(r"[+(]|(?<!\d)0\d", hidden):
        spans += _matched(hidden)
    return _merge(sorted(spans))


def _merge(spans: list[tuple[int, int]]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), Kind.PHONE)
        else:
            merged.append((start, end, Kind.PHONE))
    return merged


def _own(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_INTERNATIONAL, _BARE_COUNTRY, _NATIONAL, _SPELT_OUT):
        for match in pattern.finditer(text):
            if is_phone(match[0]):
                yield match.span()


def is_phone(written: str) -> bool:
    """Whether digits written so can be a person's phone number."""
    digits = re.sub(r"\D", "", written)
    if _is_public(digits):
        return False
    if re.match(r"07[02369]", digits):
        return 9 <= len(digits) <= 11
    number = f"+{digits}" if digits.startswith("46") else written.replace("\n", " ")
    try:
        parsed = phonenumbers.parse(number, "SE")
    except NumberParseException:
        return False
    if written.startswith(("+", "00")):
        return phonenumbers.is_possible_number(parsed) and phonenumbers.number_type(parsed) not in _PUBLIC
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) not in _PUBLIC


def _is_public(written: str) -> bool:
    return _PUBLIC_START.match(re.sub(r"\D", "", written)) is not None


def _matched(text: str) -> Iterator[tuple[int, int]]:
    matcher = PhoneNumberMatcher(text, "SE", leniency=Leniency.VALID, max_tries=300)
    for match in matcher:
        trunk = match.raw_string.lstrip("(").startswith(("+", "0"))
        if trunk and phonenumbers.number_type(match.number) not in _PUBLIC:
            yield match.start, match.end
