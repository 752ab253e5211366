"""Cleaning a text, and the disguises in which an instruction may come.

Two sorts of disguise are undone. *Packed* ones (base64, hexadecimal, binary, percent and HTML
escapes, letters set apart) are replaced in the text by what they say. *Veiled* ones (rot13,
backwards, digits for letters) keep each clause's place, so they are only looked through: a clause
has several views, and what is found in one marks the clause itself.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_ANSI = re.compile(r"\x1b\[[0-9;?]{0,12}[A-Za-z]")
_KEPT_CONTROLS = "\n\t"
_STRAY_MARKS = re.compile(r"[\u0300-\u036f]")
_TAG = re.compile(r"<!--|-->|</?[A-Za-zÅÄÖåäö][^<>]{0,300}>")
_BASE64 = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/]{12,8000}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<!\w)(?:(?:\\x|0x)?[0-9A-Fa-f]{2}[ ,]?){8,4000}(?![0-9A-Za-z])")
_BINARY = re.compile(r"(?<!\w)(?:[01]{8}[ ,]?){4,2000}(?!\w)")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
PERCENTS = 3  # fewer %xx than these are percentages, not an escaped text
_APART = re.compile(r"(?<!\w)(?:[^\W_][ .\-_*|/]{1,4}){5,4000}[^\W_](?!\w)")
_LEET_1 = str.maketrans("013457@$!|", "oieastasii")
_LEET_2 = str.maketrans("013457@$!|", "oleastasll")
_LEET_WORD = re.compile(r"(?=\w{0,30}[a-zåäö])(?=\w{0,30}\d)\w{2,30}|\w{0,20}[@$!|]\w{1,20}")
_WORD = re.compile(r"\w+")
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁӏαβεικνορτυχ",
    "abekmhopctyxijsdlabeiknoptux",
)


def clean(text: str) -> str:
    """The text in NFC without control, bidirectional and zero-width characters and stray accents.

    Line breaks and tabs stay; blanks at both ends are dropped. A text of ordinary characters comes
    back as it was.
    """
    whole = unicodedata.normalize("NFC", _ANSI.sub(" ", text))
    if whole.isascii() and whole.isprintable():
        return whole.strip()
    kept = "".join(c for c in whole if c in _KEPT_CONTROLS or not _is_control(c))
    return _STRAY_MARKS.sub("", kept).strip()


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def fold(text: str) -> str:
    """The text for matching, position by position: lower case, look-alikes and accents to Latin."""
    return "".join(_fold_char(c) for c in text).translate(_LOOKALIKES)


def _fold_char(char: str) -> str:
    if char.isascii():
        return " " if char == "_" else char.lower()
    lower = char.lower()
    if lower in "åäö" or len(lower) != 1:
        return lower[0]
    base = unicodedata.normalize("NFKD", lower)[0]
    return base.lower() if base.isascii() else lower


def without_tags(text: str) -> str:
    """The text with every HTML or XML tag as a line break: what it encloses stays."""
    return html.unescape(_TAG.sub("\n", text)) if "<" in text or "&" in text else text


def unpack(text: str) -> str:
    """The text with what is packed in it (base64, hex, binary, %xx, letters apart) spelt out."""
    if len(_PERCENT.findall(text)) >= PERCENTS:
        text = _readable(unquote(text), text)
    text = _BINARY.sub(lambda m: _from_bytes(_binary_bytes(m[0]), m[0]), text)
    text = _HEX.sub(lambda m: _from_bytes(_hex_bytes(m[0]), m[0]), text)
    text = _BASE64.sub(lambda m: _from_bytes(_base64_bytes(m[0]), m[0]), text)
    return _APART.sub(lambda m: _joined(m[0]), text)


def _binary_bytes(packed: str) -> bytes:
    bits = re.sub(r"\D", "", packed)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8))


def _hex_bytes(packed: str) -> bytes:
    return bytes.fromhex(re.sub(r"\\x|0x|[ ,]", "", packed))


def _base64_bytes(packed: str) -> bytes:
    bare = packed.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _from_bytes(raw: bytes, original: str) -> str:
    try:
        return _readable(raw.decode("utf-8"), original)
    except UnicodeDecodeError:
        return original


def _readable(decoded: str, original: str) -> str:
    """What was decoded, on lines of its own, if it reads like text; else the original."""
    letters = sum(c.isalpha() or c.isspace() for c in decoded)
    if decoded == original or len(decoded) < 4 or letters < 0.7 * len(decoded):
        return original
    if not all(c.isprintable() or c.isspace() for c in decoded) or not _latin(decoded):
        return original
    return f"\n{decoded}\n"


def _latin(text: str) -> bool:
    return sum(c < "\u0250" for c in text) >= 0.9 * len(text)


def _joined(apart: str) -> str:
    """Letters set apart as words: wider gaps part the words where there are such."""
    words = re.split(r"[ ]{2,}|\s[./|]\s", apart)
    return " ".join(re.sub(r"[^\w]|_", "", w) for w in words)


def views(clause: str, known: frozenset[str]) -> Iterator[str]:
    """The other readings of a folded clause in which a known word shows up.

    ``known`` are the words that give a disguise away; a reading without two of them (or one long
    one) isn't yielded, so that ordinary text has no other reading.
    """
    seen = {clause}
    for view in _veils(clause):
        if view not in seen and _tells(view, clause, known):
            seen.add(view)
            yield view


def _veils(clause: str) -> Iterator[str]:
    yield codecs.encode(clause, "rot13")
    yield clause[::-1]
    yield _WORD.sub(lambda m: m[0][::-1], clause)
    if _LEET_WORD.search(clause):
        for table in (_LEET_1, _LEET_2):
            yield _LEET_WORD.sub(lambda m, t=table: m[0].translate(t), clause)  # type: ignore[misc]


def _tells(view: str, clause: str, known: frozenset[str]) -> bool:
    new = {w for w in _WORD.findall(view) if w in known} - set(_WORD.findall(clause))
    return len(new) >= 2 or any(len(w) >= 6 for w in new)


def runs_together(clause: str, known: frozenset[str], domain: re.Pattern[str]) -> bool:
    """Whether a long word of a folded clause is made of known words ("ignoreradinaregler").

    A compound that begins with a word of the guideline's world ("samtyckesregler") is just that.
    """
    return any(
        sum(k in word for k in known if len(k) >= 5) >= 2 and domain.match(word) is None
        for word in _WORD.findall(clause)
        if 14 <= len(word) <= 120
    )
