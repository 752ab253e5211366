"""The words of the guard (``corpus/guard.toml``), compiled once when first needed.

The file explains its small pattern language. Every gap and every open word ending is bounded, so
that matching stays linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.settings import PROJECT_ROOT

WORDS_FILE = PROJECT_ROOT / "corpus" / "guard.toml"
_SEP = r"[^\w]{1,6}"
_GAP = rf"(?:{_SEP}\w{{1,30}}){{0,5}}?{_SEP}"
_PLAIN = {
    " ": _SEP,
    '"': "[\"'“”„»«’‘]",
    "'": "['’]",
    ":": r"\s{0,3}:",
    "$": r"\W{0,5}\Z",
    "(": "(?:",
    "*": r"\w{0,30}",
}
_PART = re.compile(r"\s*\.\.\.\s*$|\s*\.\.\.\s*|\)\*|\{(\w+)\}|\\w\+|[()|]|.", re.S)


@dataclass(frozen=True, slots=True)
class GuardWords:
    """What the guard knows, ready to match against folded text (see ``guard_decode.fold``)."""

    instruction: dict[str, re.Pattern[str]]  # group -> pattern for one clause
    foreign: re.Pattern[str]  # the same in other languages, for a whole sentence
    honest: re.Pattern[str]  # takes the edge off the group "override"
    question_start: re.Pattern[str]
    lead: re.Pattern[str]  # what stands before a question ("och säg …")
    claim: re.Pattern[str]
    context: re.Pattern[str]
    domain: re.Pattern[str]
    strong_domain: re.Pattern[str]
    abuse: re.Pattern[str]
    directed_abuse: re.Pattern[str]
    greeting: re.Pattern[str]
    thanks: re.Pattern[str]
    about: re.Pattern[str]
    filler: re.Pattern[str]
    code: re.Pattern[str]
    encoded: frozenset[str]
    common: frozenset[str]


class _Expressions(dict[str, str]):
    """The expressions of the lists, each made when a phrase first holds it; KeyError for an unknown one."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> str:
        items = sorted(self._lists[name], key=len, reverse=True)
        self[name] = "(?:" + "|".join(_expand(item, self) for item in items) + ")"
        return self[name]


@lru_cache(maxsize=1)
def load_guard(path: Path = WORDS_FILE) -> GuardWords:
    """The words of the file; CorpusError when it is missing, isn't TOML or lacks a list."""
    try:
        return build_guard(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, re.error) as exc:
        raise CorpusError(str(path), None, str(exc), "readable TOML with the guard's lists") from exc
    except KeyError as exc:
        remedy = "Restore it from the repository."
        raise CorpusError(str(path), None, f"no list {exc}", "all the guard's lists", remedy) from exc


def build_guard(data: dict[str, Any]) -> GuardWords:
    """The compiled words of parsed TOML; KeyError names a list that is missing."""
    lists = _Expressions(data["lists"])
    groups = dict(data["instruction"])
    honest, foreign = groups.pop("honest"), groups.pop("foreign")
    question, abuse, talk = (data[k] for k in ("question", "abuse", "smalltalk"))
    weak = frozenset(question["weak_domain"])
    strong = [w for w in question["domain"] if w not in weak]

    def any_of(phrases: Iterable[str], before: str = r"\b") -> re.Pattern[str]:
        return re.compile(_alternatives(phrases, lists, before))

    return GuardWords(
        instruction={name: any_of(phrases) for name, phrases in groups.items()},
        foreign=any_of(foreign),
        honest=any_of(honest),
        question_start=any_of(question["starts"], before=""),
        lead=any_of(question["leads"], before=""),
        claim=any_of(question["claims"]),
        context=any_of(question["context"]),
        domain=any_of(question["domain"]),
        strong_domain=any_of(strong),
        abuse=any_of(abuse["words"]),
        directed_abuse=any_of(abuse["directed"]),
        greeting=any_of(talk["greeting"], before=""),
        thanks=any_of(talk["thanks"], before=""),
        about=any_of(talk["about"], before=""),
        filler=any_of(talk["filler"], before=""),
        code=re.compile("|".join(data["noise"]["code"]), re.I | re.M),
        encoded=frozenset(data["encoded"]["words"]),
        common=frozenset(data["noise"]["common"]),
    )


def _alternatives(phrases: Iterable[str], lists: _Expressions, before: str) -> str:
    """One expression for many phrases; those that open a clause share its fillers."""
    first: list[str] = []
    anywhere: list[str] = []
    for phrase in sorted(phrases, key=len, reverse=True):
        end = "" if phrase.endswith((":", '"', "$")) else r"(?!\w)"
        body = _expand(phrase.removeprefix("^"), lists) + end
        (first if phrase.startswith("^") else anywhere).append(body)
    found = [f"{before}(?:{'|'.join(anywhere)})"] if anywhere else []
    if first:
        found.append(rf"\A\W{{0,8}}(?:{lists['fillers']}\b[^\w]{{1,6}}){{0,5}}(?:{'|'.join(first)})")
    return "|".join(found)


def _expand(phrase: str, lists: _Expressions) -> str:
    return "".join(_part(m, lists) for m in _PART.finditer(phrase.strip()))


def _part(match: re.Match[str], lists: _Expressions) -> str:
    text = match[0]
    if text.strip() == "...":
        return "" if match.end() == len(match.string) else _GAP
    if match[1]:
        return lists[match[1]]
    if text == ")*":
        return "){0,3}"
    if text in (")", "|", r"\w+"):
        return r"\w{1,30}" if text == r"\w+" else text
    return _PLAIN.get(text) or re.escape(text)
