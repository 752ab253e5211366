"""Tabell 1's cells → consent rows, by a parser that must understand every word of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.errors import CorpusError
from assistant.types import ConsentRow, Employer, Profession, RowParty, Verdict
from ingest.parsing import TableRow

_COLUMNS = 3
_BREAK_AFTER_HYPHEN = re.compile(r"(?<=\w)-\s+(?=\w)")
_TOKEN = re.compile(r"[^\s.,;:()]+")

Requirement = Literal["same_unit", "same_board"]
Tokens = tuple[str, ...]


class Phrase(BaseModel):
    """Some ways to say one thing, and what it means; without a meaning it only joins words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[str, ...]
    profession: Profession | None = None
    employer: Employer | None = None
    same_family_centre: bool | Literal["any"] | None = None
    same_unit: bool | None = None
    same_board: bool | None = None
    same_employer: bool | None = None
    verdict: Verdict | None = None
    requires: Requirement | None = None
    care_relation_exception: bool = False
    opens: Literal["condition", "reason"] | None = None


class TableWords(BaseModel):
    """The phrases of Tabell 1 (``corpus/table_words.toml``), by where they may stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    party: tuple[Phrase, ...]
    outcome: tuple[Phrase, ...]
    explanation: tuple[Phrase, ...]
    condition: tuple[Phrase, ...]
    reason: tuple[Phrase, ...]


Lexicon = dict[Tokens, Phrase]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands, for errors."""

    file: str
    row: TableRow
    cell: int  # from 1

    def error(self, found: str, expected: str) -> CorpusError:
        """Return the error that names file, line, row, cell, and the cell's text."""
        text = self.row.cells[self.cell - 1]
        where = f'in Tabell 1 row {self.row.number} cell {self.cell} ("{text}")'
        remedy = "Correct the cell, or give the word its meaning in table_words.toml."
        return CorpusError(self.file, self.row.line, f"{found} {where}", expected, remedy)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the third cell says."""

    verdict: Verdict
    phrases: tuple[Phrase, ...]

    @property
    def requires(self) -> frozenset[Requirement]:
        """The conditions that the verdict rests on."""
        return frozenset(phrase.requires for phrase in self.phrases if phrase.requires)


def read_consent_table(
    rows: Sequence[TableRow], words: TableWords, *, edition: str, file: str
) -> tuple[ConsentRow, ...]:
    """Return the rows with their meaning.

    Raises CorpusError, naming row and cell, for a word without a known meaning there, a party
    without profession or employer, a cell without exactly one verdict, a condition that names
    nothing, and cells that contradict each other.
    """
    return tuple(_read_row(row, words, edition, file) for row in rows)


def _read_row(row: TableRow, words: TableWords, edition: str, file: str) -> ConsentRow:
    place = partial(Place, file, row)
    if len(row.cells) != _COLUMNS:
        raise CorpusError(file, row.line, f"{len(row.cells)} cells in Tabell 1 row {row.number}", "3 cells")
    party_words = {"": _lexicon(words.party)}
    first_phrases = _read(row.cells[0], party_words, place(1))
    second_phrases = _read(row.cells[1], party_words, place(2))
    first, second = _party(first_phrases, place(1)), _party(second_phrases, place(2))
    outcome = _read_outcome(row.cells[2], words, place(3))
    _check_outcome_fits(outcome, first, second, place(3))
    said = [*first_phrases, *second_phrases, *outcome.phrases]
    same_unit = _agreed([p.same_unit for p in said], "enhet", place(3))
    same_board = _agreed([p.same_board for p in said], "nämnd", place(3))
    _check_requirements(outcome, {"same_unit": same_unit, "same_board": same_board}, place(3))
    return ConsentRow(
        edition=edition,
        number=row.number,
        first=first,
        second=second,
        same_family_centre=_agreed([p.same_family_centre for p in said], "familjecentral", place(2)),
        same_unit=same_unit,
        same_board=same_board,
        outcome=outcome.verdict,
        outcome_requires=outcome.requires,
        care_relation_exception=any(phrase.care_relation_exception for phrase in outcome.phrases),
        passage=row.passage,
        cells=(row.cells[0], row.cells[1], row.cells[2]),
    )


def _party(phrases: Iterable[Phrase], place: Place) -> RowParty:
    said = list(phrases)
    professions = frozenset(phrase.profession for phrase in said if phrase.profession)
    employers = frozenset(phrase.employer for phrase in said if phrase.employer)
    if not professions:
        raise place.error("no profession", 'one, such as "barnmorska"')
    if not employers:
        raise place.error("no employer", 'one, such as "anställd av kommunen"')
    return RowParty(professions, employers)


def _read_outcome(cell: str, words: TableWords, place: Place) -> Outcome:
    """Read the third cell: a verdict, then conditions and reasons, each opened by its own word."""
    lexicons = {
        "": _lexicon(words.outcome),
        "condition": _lexicon([*words.outcome, *words.explanation, *words.condition]),
        "reason": _lexicon([*words.outcome, *words.explanation, *words.reason]),
    }
    phrases = _read(cell, lexicons, place)
    verdicts = [phrase.verdict for phrase in phrases if phrase.verdict]
    if len(verdicts) != 1 or phrases[0].verdict is None:
        raise place.error(
            f"{len(verdicts)} verdicts", 'one, first, such as "Samtycke från vårdnadshavare krävs"'
        )
    _check_conditions_said(phrases, place)
    return Outcome(verdicts[0], phrases)


def _check_conditions_said(phrases: Sequence[Phrase], place: Place) -> None:
    """Refuse an "om …" in which nothing is recognised as a condition."""
    waiting = False
    for phrase in phrases:
        if phrase.opens and waiting:
            break
        waiting = (waiting or phrase.opens == "condition") and not phrase.requires
    if waiting:
        raise place.error('"om" without a condition', '"vid samma enhet" or "inom samma nämnd" after it')


def _check_outcome_fits(outcome: Outcome, first: RowParty, second: RowParty, place: Place) -> None:
    """Refuse a third cell that speaks of other parties than the first two."""
    for phrase in outcome.phrases:
        if phrase.profession and phrase.profession not in first.professions | second.professions:
            raise place.error(f'"{phrase.profession}"', "a profession of cell 1 or 2")
        if phrase.same_employer is True and first.employers != second.employers:
            raise place.error(f'"{phrase.phrases[0]}"', "the same employer in cells 1 and 2")
        if phrase.same_employer is False and first.employers & second.employers:
            raise place.error(f'"{phrase.phrases[0]}"', "different employers in cells 1 and 2")


def _check_requirements(outcome: Outcome, ruled: Mapping[str, bool | None], place: Place) -> None:
    """Refuse an outcome that rests on what the row itself rules out."""
    for name in sorted(outcome.requires):
        if ruled[name] is False:
            raise place.error(f"the condition {name}", "none that the row itself rules out")


def _agreed(values: Iterable[bool | Literal["any"] | None], what: str, place: Place) -> bool | None:
    """Return what the row's phrases say of one thing; None if nothing, or that it doesn't matter."""
    said = {value for value in values if value is not None}
    if len(said) > 1:
        raise place.error(f"contradicting words about {what}", f"one statement about {what} in the row")
    value = next(iter(said), None)
    return value if isinstance(value, bool) else None


def _read(cell: str, lexicons: Mapping[str, Lexicon], place: Place) -> tuple[Phrase, ...]:
    """Return the cell's phrases from left to right, the longest at each word.

    Reading begins with ``lexicons[""]``; a phrase that opens something changes to that lexicon.
    """
    tokens = _tokens(cell)
    if not tokens:
        raise place.error("nothing", "text")
    phrases: list[Phrase] = []
    lexicon = lexicons[""]
    position = 0
    while position < len(tokens):
        for length in range(len(tokens) - position, 0, -1):
            phrase = lexicon.get(tokens[position : position + length])
            if phrase is not None:
                break
        else:
            found = f'"{tokens[position]}", which has no meaning there,'
            raise place.error(found, "words known from table_words.toml")
        phrases.append(phrase)
        lexicon = lexicons[phrase.opens] if phrase.opens else lexicon
        position += length
    return tuple(phrases)


def _lexicon(phrases: Iterable[Phrase]) -> Lexicon:
    lexicon: Lexicon = {}
    for phrase in phrases:
        for words in phrase.phrases:
            if lexicon.setdefault(_tokens(words), phrase) != phrase:
                raise CorpusError("table_words.toml", None, f'two meanings of "{words}"', "one")
    return lexicon


def _tokens(text: str) -> Tokens:
    """Return the words, in small letters and without punctuation; "BHV- sjuksköterska" is one."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(_TOKEN.findall(_BREAK_AFTER_HYPHEN.sub("-", composed).casefold()))
