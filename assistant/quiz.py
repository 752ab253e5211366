"""Draw a quiz from a pool of items and mark it. Pure: no I/O, no clock, no hidden randomness.

A code ("FC-7K3Q") stands for the whole quiz: theme, number of questions, difficulty and seed are
packed into its four characters, so nothing has to be stored. Every combination of four
characters is a valid code. The same pool and code give the same items, order and choices.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from itertools import zip_longest

from assistant.errors import InvalidInputError
from assistant.types import Facts, Verdict


class Theme(StrEnum):
    """What a quiz or an item is about. WHOLE as a quiz's theme draws from all items."""

    TABLE = "tabell1"
    CONSENT = "samtycke"
    SECRECY = "sekretess"
    CHILD_RIGHTS = "barnets-rattigheter"
    STEERING = "styrning"
    WHOLE = "hela"


THEME_NAMES: dict[Theme, str] = {
    Theme.TABLE: "Tabell 1",
    Theme.CONSENT: "Samtycke",
    Theme.SECRECY: "Sekretess",
    Theme.CHILD_RIGHTS: "Barnets rättigheter",
    Theme.STEERING: "Styrning och samordning",
    Theme.WHOLE: "Hela vägledningen",
}
NUMBERS = (5, 10, 15, 20)
MIXED = 0  # all difficulties
DIFFICULTY_NAMES: dict[int, str] = {
    1: "Regeln som den står",
    2: "Fakta dolda i en berättelse",
    3: "Något saknas och måste frågas efter",
    MIXED: "Blandat",
}

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
_LOOKALIKES = str.maketrans("ILOU", "110V")
_LENGTH = 4
_CODES = len(_ALPHABET) ** _LENGTH
_LEVELS = (1, 2, 3, MIXED)
_PLANS = len(Theme) * len(NUMBERS) * len(_LEVELS)
SEEDS = _CODES // _PLANS  # different quizzes with the same settings
_SCATTER = 0x9E375  # odd, so that multiplying by it is reversible modulo a power of two
_CODE_FORM = re.compile(rf"\s*(?:FC)?[\s–-]*([0-9A-Z]{{{_LENGTH}}})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of an item's three or four choices, and why it is right or wrong."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item's answer stands: a section with a verbatim quote, or a row of Tabell 1."""

    section: tuple[str, ...]
    quote: str
    table_row: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question. Exactly one of the choices is right."""

    id: str
    theme: Theme
    difficulty: int  # 1 the rule as it stands, 2 hidden in a story, 3 a fact is missing
    edition: str
    story: str
    choices: tuple[Choice, ...]
    source: Source
    decisive: str  # the fact that decided
    case: str  # items of the same case differ in wording only
    verdicts: tuple[Verdict, ...] = ()
    rows: tuple[int, ...] = ()
    facts: Facts | None = None  # of generated items

    @property
    def right(self) -> int:
        """The index of the right choice."""
        return next(index for index, choice in enumerate(self.choices) if choice.right)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a code stands for."""

    theme: Theme
    number: int  # one of NUMBERS
    difficulty: int  # 1-3 or MIXED
    seed: int  # 0 to SEEDS - 1

    @property
    def code(self) -> str:
        """The code, as "FC-7K3Q"."""
        return encode(self)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The drawn questions, choices in the order in which everybody sees them."""

    code: str
    plan: Plan
    items: tuple[Item, ...]

    @property
    def short(self) -> bool:
        """Whether the pool had fewer questions on the theme than were asked for."""
        return len(self.items) < self.plan.number

    @property
    def stretched(self) -> bool:
        """Whether questions of another difficulty had to fill up."""
        wanted = self.plan.difficulty
        return wanted != MIXED and any(item.difficulty != wanted for item in self.items)


@dataclass(frozen=True, slots=True)
class Mark:
    """An answered question: the item as it was drawn and the index of the choice."""

    number: int  # from 1, in the quiz
    item: Item
    chosen: int

    @property
    def right(self) -> bool:
        """Whether the choice was the right one."""
        return self.item.choices[self.chosen].right


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """How many of a theme's questions were right."""

    theme: Theme
    right: int
    asked: int


def encode(plan: Plan) -> str:
    """Return the plan's code. Raises InvalidInputError for settings that no code can hold."""
    if plan.number not in NUMBERS or plan.difficulty not in _LEVELS or not 0 <= plan.seed < SEEDS:
        raise InvalidInputError("Välj ett av de antal frågor och en av de svårighetsgrader som finns.")
    index = list(Theme).index(plan.theme)
    index = index * len(NUMBERS) + NUMBERS.index(plan.number)
    index = index * len(_LEVELS) + _LEVELS.index(plan.difficulty)
    value = (index * SEEDS + plan.seed) * _SCATTER % _CODES
    letters = []
    for _ in range(_LENGTH):
        value, rest = divmod(value, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "FC-" + "".join(reversed(letters))


def decode(code: str) -> Plan:
    """Return what a code stands for; case, spaces, a missing "FC-" and I, L, O, U are forgiven.

    Raises InvalidInputError, in Swedish, for anything that isn't four letters and digits.
    """
    match = _CODE_FORM.fullmatch(code)
    letters = match[1].upper().translate(_LOOKALIKES) if match else ""
    if len(letters) != _LENGTH or any(letter not in _ALPHABET for letter in letters):
        raise InvalidInputError(
            "Koden känns inte igen. En kod ser ut så här: FC-7K3Q. Kontrollera den och skriv in den igen."
        )
    value = 0
    for letter in letters:
        value = value * len(_ALPHABET) + _ALPHABET.index(letter)
    value = value * pow(_SCATTER, -1, _CODES) % _CODES
    index = min(value // SEEDS, _PLANS - 1)  # the few values left over belong to the last plan
    seed = value - index * SEEDS
    index, level = divmod(index, len(_LEVELS))
    theme, number = divmod(index, len(NUMBERS))
    return Plan(list(Theme)[theme], NUMBERS[number], _LEVELS[level], seed)


def canonical(code: str) -> str:
    """Return the one way of writing a code. Raises InvalidInputError as ``decode`` does."""
    decode(code)
    return "FC-" + code.strip().upper()[-_LENGTH:].translate(_LOOKALIKES)


def draw(pool: Sequence[Item], code: str) -> Quiz:
    """Return the quiz of a code: varied over rows and sections, one wording of each case first.

    Where the theme lacks items of the wanted difficulty, the nearest difficulty fills up. A new
    item in the pool changes only the places that it takes. Raises InvalidInputError for a bad code.
    """
    plan = decode(code)
    wanted = plan.difficulty
    levels: dict[int, list[Item]] = defaultdict(list)
    for item in pool:
        if plan.theme in (Theme.WHOLE, item.theme):
            levels[0 if wanted == MIXED else abs(item.difficulty - wanted)].append(item)
    keys: list[Callable[[Item], str]] = [_subject, lambda item: item.case]
    if plan.theme is Theme.WHOLE:
        keys.insert(0, lambda item: item.theme.value)
    dealt = [item for near in sorted(levels) for item in _unalike(_deal(levels[near], keys, plan.seed))]
    chosen = sorted(dealt[: plan.number], key=lambda item: _mix(plan.seed, "order", item.id))
    return Quiz(canonical(code), plan, tuple(_shuffled(item, plan.seed) for item in chosen))


def only(quiz: Quiz, numbers: Sequence[int]) -> Quiz:
    """Return the quiz with only the questions of these numbers (from 1), for repeating them.

    Raises InvalidInputError for a number that the quiz hasn't got, or that comes twice.
    """
    if len(set(numbers)) < len(numbers) or not all(1 <= n <= len(quiz.items) for n in numbers):
        raise InvalidInputError("Frågorna hör inte till den här övningen. Börja om från början.")
    return replace(quiz, items=tuple(quiz.items[n - 1] for n in numbers))


def grade(quiz: Quiz, chosen: Sequence[int]) -> tuple[Mark, ...]:
    """Return one mark per answered question; ``chosen`` holds the choices' indices in order.

    Raises InvalidInputError for more answers than questions or a choice that isn't there.
    """
    if len(chosen) > len(quiz.items) or any(
        not 0 <= index < len(item.choices) for index, item in zip(chosen, quiz.items, strict=False)
    ):
        raise InvalidInputError("Svaren hör inte till den här övningen. Börja om från början.")
    return tuple(Mark(n + 1, quiz.items[n], index) for n, index in enumerate(chosen))


def score(marks: Sequence[Mark]) -> tuple[ThemeScore, ...]:
    """Return the result per theme, in the themes' order; themes without questions are left out."""
    scores = []
    for theme in Theme:
        own = [mark for mark in marks if mark.item.theme is theme]
        if own:
            scores.append(ThemeScore(theme, sum(mark.right for mark in own), len(own)))
    return tuple(scores)


def to_read_again(marks: Sequence[Mark]) -> tuple[Item, ...]:
    """Return one item for each row or section behind a wrong answer, in the order asked."""
    wrong = {_place(mark.item): mark.item for mark in reversed(marks) if not mark.right}
    return tuple(reversed(wrong.values()))


def _place(item: Item) -> tuple[tuple[str, ...], int | None]:
    return item.source.section, item.source.table_row


def _subject(item: Item) -> str:
    """Return what an item is about: its rows of the table, else its section and quote."""
    return f"rad {item.rows}" if item.rows else f"{item.source.section} {item.source.quote}"


def _shuffled(item: Item, seed: int) -> Item:
    ordered = sorted(item.choices, key=lambda choice: _mix(seed, item.id, choice.text))
    return replace(item, choices=tuple(ordered))


def _deal(items: Sequence[Item], keys: Sequence[Callable[[Item], str]], seed: int) -> list[Item]:
    """Return the items dealt in turn from groups, so that any beginning of the list is varied."""
    if not keys:
        return sorted(items, key=lambda item: _mix(seed, item.id))
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[keys[0](item)].append(item)
    names = sorted(groups, key=lambda name: _mix(seed, name))
    hands = [_deal(groups[name], keys[1:], seed) for name in names]
    return [item for turn in zip_longest(*hands) for item in turn if item is not None]


def _unalike(items: Sequence[Item]) -> list[Item]:
    """Return the items in their order, but a second wording of a case after all first ones."""
    seen: dict[str, int] = defaultdict(int)
    ranks = []
    for item in items:
        ranks.append(seen[item.case])
        seen[item.case] += 1
    return [item for _, item in sorted(zip(ranks, items, strict=True), key=lambda ranked: ranked[0])]


def _mix(seed: int, *parts: str) -> bytes:
    """Return bytes that order things differently for each seed, the same on every machine."""
    return blake2b("\x1f".join((str(seed), *parts)).encode(), digest_size=8).digest()
