"""The central types: what flows between ingest, retrieval, consent, answering, pages and evals.

No I/O, no imports from our other modules. All values are immutable. Character spans are
half-open ``[start, end)`` offsets in the edition's Markdown text (``corpus/<edition>.md``,
decoded as UTF-8), so that ``edition.text[start:end]`` is the verbatim quote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

# --------------------------------------------------------------------------- the guideline


class EditionStatus(StrEnum):
    """Whether an edition is the one in force or has been superseded."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class PassageKind(StrEnum):
    """What a passage is in the guideline's text."""

    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"  # bibliography and links: quotable, seldom an answer
    HEADING_LIST = "heading_list"  # the printed table of contents


class BlockKind(StrEnum):
    """What a block (the passages that belong together) is in the guideline's text."""

    PARAGRAPH = "paragraph"
    LIST = "list"  # the lead-in sentence and all its items
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    HEADING_LIST = "heading_list"


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that can be quoted: a sentence, a list item, a table row, a footnote."""

    id: str  # "2024:sekretess/samtycke:3:2", stable while the text before it in its section is
    edition: str
    kind: PassageKind
    section: tuple[str, ...]  # headings from the chapter down
    text: str  # verbatim, equal to the edition's text from start to end
    start: int
    end: int
    page: int | None
    block: str  # id of the enclosing block
    table_row: int | None = None  # 1-based row of Tabell 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list with its lead-in, a table row or a footnote: what is retrieved."""

    id: str  # "2024:sekretess/samtycke:3"
    edition: str
    kind: BlockKind
    section: tuple[str, ...]
    text: str  # verbatim, equal to the edition's text from start to end
    start: int
    end: int
    page: int | None
    passages: tuple[Passage, ...]
    table_row: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and what stands directly under it, down to the next heading of any level."""

    anchor: str  # "sekretess/samtycke": unique in its edition, used in addresses
    edition: str
    path: tuple[str, ...]
    level: int  # 2 for a chapter
    start: int  # where the heading line starts
    body_start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition with its whole text and everything parsed out of it."""

    id: str  # "2024"
    title: str
    year: int
    publishers: tuple[str, ...]
    status: EditionStatus
    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]  # in text order; spans don't overlap
    consent_table: tuple[ConsentRow, ...]
    footnotes: dict[str, str] = field(default_factory=dict)  # printed mark -> block id


# ------------------------------------------------------------------- facts and consent table


class Profession(StrEnum):
    """The professions that Tabell 1 knows; anybody else is OTHER and named in words."""

    BHV_NURSE = "BHV-sjuksköterska"
    MIDWIFE = "barnmorska"
    PRESCHOOL_TEACHER = "förskollärare"
    SOCIAL_WORKER = "socionom"
    OTHER = "annan"


class Employer(StrEnum):
    """Who employs a party (the huvudman, or the private provider under contract)."""

    REGION = "Region Skåne"
    MUNICIPALITY = "kommun"
    PRIVATE = "privat vårdgivare"
    OTHER = "annan"


class Verdict(StrEnum):
    """What the guideline says of consent in the situation asked about."""

    CONSENT_REQUIRED = "consent_required"
    CONSENT_NOT_REQUIRED = "consent_not_required"
    NO_UNAUTHORISED_DISCLOSURE = "no_unauthorised_disclosure"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class RowParty:
    """One of a row's two parties as read from its cell: any of the professions × employers."""

    professions: frozenset[Profession]
    employers: frozenset[Employer]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A row of "Tabell 1: Sekretessområden", read from its three cells.

    ``same_*`` is True or False where the row's cells demand it and None where they don't say.
    ``outcome_requires`` names the conditions that stand in the outcome cell itself ("om båda
    … är anställda vid samma enhet"): without them the outcome doesn't hold.
    """

    edition: str
    number: int  # from 1
    first: RowParty
    second: RowParty
    same_family_centre: bool | None  # None also for "vid samma eller annan familjecentral"
    same_unit: bool | None
    same_board: bool | None  # nämnd
    outcome: Verdict
    outcome_requires: frozenset[Literal["same_unit", "same_board"]]
    care_relation_exception: bool  # "Om vårdrelation finns kan uppgifterna delas …"
    passage: str  # id of the row's passage
    cells: tuple[str, str, str]  # verbatim


@dataclass(frozen=True, slots=True)
class Party:
    """What is known of one of the two who share. None is unknown, never "no"."""

    profession: Profession | None = None
    employer: Employer | None = None
    label: str = ""  # what another actor is called ("tandvården"), "" for the four professions
    not_employers: frozenset[Employer] = frozenset()  # "inte privat", "inte längre hos regionen"


@dataclass(frozen=True, slots=True)
class Facts:
    """Who shares with whom, as far as the question, its history and the profile tell."""

    asker: Party = Party()
    other: Party = Party()
    same_family_centre: bool | None = None
    same_unit: bool | None = None
    same_board: bool | None = None
    care_relation: bool | None = None
    same_huvudman: bool | None = None  # known to be one and the same municipality/provider
    same_branch: bool | None = None  # verksamhetsgren


# --------------------------------------------------------------------------------- the answer


class Status(StrEnum):
    """How the assistant answered; a crash is none of these but an exception."""

    ANSWERED = "answered"
    NEEDS_FACTS = "needs_facts"
    NOT_IN_GUIDELINE = "not_in_guideline"
    DECLINED = "declined"


class Warning_(StrEnum):
    """What the reader must be told beside the answer."""

    PERSONAL_DATA = "personal_data"
    DUTY_TO_REPORT = "duty_to_report"
    SUPERSEDED_EDITION = "superseded_edition"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the user set once about themselves; fills the asker's unknown facts."""

    role: str | None = None  # "BHV-sjuksköterska" …; free text is read by the vocabulary
    employer: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands."""

    edition: str
    section: tuple[str, ...]
    label: str  # "Vägledning 2024, Sekretess › Huvudman, Tabell 1 rad 2 (s. 19)"
    quote: str
    start: int
    end: int
    page: int | None = None
    table_row: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One possible outcome when a fact is missing."""

    condition: str  # "Du är anställd av Region Skåne"
    verdict: Verdict
    table_row: int | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The one question that separates the branches best, with its options as buttons."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why this row: the facts used, those assumed, and the one that would change the answer."""

    facts: dict[str, str]
    assumed: tuple[str, ...]
    decisive_fact: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer object: the same for chat, command line, API and evals."""

    question: str  # personal data masked
    status: Status
    verdict: Verdict | None
    edition: str
    answer: str  # Markdown in Swedish: what the user reads
    citations: tuple[Citation, ...] = ()
    branches: tuple[Branch, ...] = ()
    follow_up: FollowUp | None = None
    reasons: Reasons | None = None
    warnings: tuple[Warning_, ...] = ()
    engine: Literal["grounded", "llm"] = "grounded"
    latency_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A block that may answer, with the passage in it that answers best."""

    block: Block
    passage: Passage
    score: float  # calibrated: the estimated probability that this block answers (0-1)
    features: dict[str, float] = field(default_factory=dict)
