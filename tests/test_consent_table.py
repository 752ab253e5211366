"""Tabell 1 is read from its cells, and a cell that can't be read stops the ingest."""

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.types import ConsentRow, Edition, Employer, Profession, RowParty, Verdict
from ingest.consent_table import TableWords, read_consent_table
from ingest.corpus import load_corpus, read_words
from ingest.parsing import TableRow

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

NURSE, MIDWIFE = Profession.BHV_NURSE, Profession.MIDWIFE
TEACHER, SOCIAL = Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER
REGION, MUNICIPALITY, PRIVATE = Employer.REGION, Employer.MUNICIPALITY, Employer.PRIVATE
REQUIRED, NOT_REQUIRED = Verdict.CONSENT_REQUIRED, Verdict.CONSENT_NOT_REQUIRED


def party(*members: Profession | Employer) -> RowParty:
    professions = frozenset(m for m in members if isinstance(m, Profession))
    return RowParty(professions, frozenset(m for m in members if isinstance(m, Employer)))


# Read by hand: first, second, same familjecentral, enhet, nämnd, outcome, requires, vårdrelation.
COMMON = {
    1: (party(NURSE, REGION), party(NURSE, REGION), True, None, None, NOT_REQUIRED, {"same_unit"}, False),
    2: (party(NURSE, REGION), party(NURSE, PRIVATE), True, None, None, REQUIRED, set(), False),
    3: (party(NURSE, REGION), party(NURSE, REGION), None, False, None, REQUIRED, set(), True),
    4: (party(MIDWIFE, REGION), party(NURSE, REGION), True, None, None, NOT_REQUIRED, {"same_unit"}, False),
    5: (
        party(TEACHER, MUNICIPALITY),
        party(TEACHER, MUNICIPALITY),
        True,
        None,
        True,
        NOT_REQUIRED,
        {"same_board"},
        False,
    ),
    7: (
        party(SOCIAL, TEACHER, MUNICIPALITY),
        party(MIDWIFE, NURSE, REGION, PRIVATE),
        True,
        None,
        None,
        REQUIRED,
        set(),
        False,
    ),
}
SOCIAL_AND_TEACHER = (party(SOCIAL, MUNICIPALITY), party(TEACHER, MUNICIPALITY), True, None)
EXPECTED = {
    "2024": COMMON
    | {
        6: (*SOCIAL_AND_TEACHER, False, REQUIRED, set(), False),
        8: (
            party(NURSE, MIDWIFE, PRIVATE),
            party(NURSE, MIDWIFE, PRIVATE),
            None,
            None,
            None,
            Verdict.NO_UNAUTHORISED_DISCLOSURE,
            set(),
            False,
        ),
    },
    "2018": COMMON | {6: (*SOCIAL_AND_TEACHER, None, REQUIRED, set(), False)},
}


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module")
def words() -> TableWords:
    return read_words(CORPUS)[1]


@pytest.mark.parametrize(("name", "number"), [(name, n) for name in EXPECTED for n in sorted(EXPECTED[name])])
def test_a_row_means_what_a_reader_reads(editions: dict[str, Edition], name: str, number: int) -> None:
    # Prevents a wrong verdict or condition in the table that all consent answers rest on.
    row = editions[name].consent_table[number - 1]
    assert row.number == number
    assert (
        row.first,
        row.second,
        row.same_family_centre,
        row.same_unit,
        row.same_board,
        row.outcome,
        set(row.outcome_requires),
        row.care_relation_exception,
    ) == EXPECTED[name][number]


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_the_table_is_whole_and_verbatim(editions: dict[str, Edition], name: str) -> None:
    # Prevents a missing row, and cells that differ from the quoted line.
    edition = editions[name]
    assert len(edition.consent_table) == len(EXPECTED[name])
    passages = {p.id: p for b in edition.blocks for p in b.passages}
    for row in edition.consent_table:
        assert passages[row.passage].text == "| " + " | ".join(row.cells) + " |"
        assert passages[row.passage].table_row == row.number
        assert row.edition == name


GOOD = (
    "Barnmorska anställd av Region Skåne.",
    "BHV- sjuksköterska anställd av Region Skåne vid samma familjecentral.",
    "Samtycke från vårdnadshavare är inte nödvändigt om de är anställda vid samma enhet.",
)


def read(words: TableWords, *cells: str) -> ConsentRow:
    row = TableRow(4, 349, cells, "2030:sekretess:4:1")
    return read_consent_table([row], words, edition="2030", file="2030.md")[0]


def test_a_later_editions_row_is_read_from_its_text(words: TableWords) -> None:
    # Prevents rows that are known by number instead of being read.
    row = read(
        words,
        "Socionom anställd av kommun",
        "Barnmorska anställd av privat vårdgivare vid annan enhet",
        GOOD[2].partition(" är")[0] + " krävs eftersom de är anställda på olika enheter",
    )
    assert row.second == party(MIDWIFE, PRIVATE)
    assert (row.same_unit, row.same_family_centre, row.outcome) == (False, None, REQUIRED)


@pytest.mark.parametrize(
    ("cell", "text", "found"),
    [
        (1, "Läkare anställd av Region Skåne", '"läkare"'),
        (1, "Barnmorska inte anställd av Region Skåne", '"inte"'),
        (1, "Barnmorska", "no employer"),
        (1, "Anställd av Region Skåne", "no profession"),
        (1, "", "nothing"),
        (2, "BHV-sjuksköterska anställd av Region Skåne vid samma sjukhus", '"vid"'),
        (2, "BHV-sjuksköterska anställd av Region Halland", '"anställd"'),
        (2, "BHV-sjuksköterska anställd av Region Skåne vid annan enhet", "the condition same_unit"),
        (3, "Samtycke från vårdnadshavare krävs inte", '"inte"'),
        (3, "Samtycke från vårdnadshavare krävs. Samtycke från vårdnadshavare krävs", "2 verdicts"),
        (3, "Om vårdrelation finns kan uppgifterna delas med stöd av den inre sekretessen", "0 verdicts"),
        (3, "Samtycke från vårdnadshavare är inte nödvändigt om de är anställda", '"om" without a condition'),
        (3, "Samtycke från vårdnadshavare är inte nödvändigt om eftersom de är anställda", '"om" without'),
        (3, "Samtycke från vårdnadshavare krävs eftersom socionomen är anställda", '"socionom"'),
        (3, "Samtycke från vårdnadshavare krävs eftersom olika huvudmän", '"olika huvudmän"'),
        (3, "Samtycke från vårdnadshavare krävs vid samma enhet", '"vid"'),
    ],
)
def test_a_cell_that_cannot_be_read_stops_the_ingest(
    words: TableWords, cell: int, text: str, found: str
) -> None:
    # Prevents a verdict from a cell that was understood only in part ("krävs inte" read as "krävs").
    cells = [text if number == cell else good for number, good in enumerate(GOOD, start=1)]
    with pytest.raises(CorpusError) as caught:
        read(words, *cells)
    error = caught.value
    assert (error.file, error.line) == ("2030.md", 349)
    assert found in error.found
    assert "row 4" in error.found
    assert error.expected


def test_contradicting_cells_stop_the_ingest(words: TableWords) -> None:
    # Prevents the last of two statements from silently winning.
    with pytest.raises(CorpusError, match="familjecentral"):
        read(words, f"{GOOD[0]} vid samma eller annan familjecentral", *GOOD[1:])


def test_words_with_two_meanings_are_refused(words: TableWords) -> None:
    # Prevents a vocabulary in which the order of entries decides.
    double = words.party[0].model_copy(update={"profession": Profession.MIDWIFE})
    with pytest.raises(CorpusError, match="two meanings"):
        read(words.model_copy(update={"party": (*words.party, double)}), *GOOD)
