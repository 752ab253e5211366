"""Both real editions are cut without losing or changing a character."""

import re
from pathlib import Path

import pytest

from assistant.types import BlockKind, Edition, EditionStatus, PassageKind
from ingest.checks import gaps
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


def test_the_edition_in_force_comes_first(editions: dict[str, Edition]) -> None:
    # Prevents a superseded edition from becoming the default.
    assert list(editions) == ["2024", "2018"]
    assert [e.status for e in editions.values()] == [EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED]


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_every_span_is_verbatim(editions: dict[str, Edition], name: str) -> None:
    # Prevents a quote that isn't what the edition says at its place.
    edition = editions[name]
    for block in edition.blocks:
        assert edition.text[block.start : block.end] == block.text == block.text.strip()
        for passage in block.passages:
            assert edition.text[passage.start : passage.end] == passage.text == passage.text.strip()
            assert block.start <= passage.start < passage.end <= block.end
            assert passage.section == block.section
    ids = [p.id for b in edition.blocks for p in b.passages] + [b.id for b in edition.blocks]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_every_word_is_in_exactly_one_block(editions: dict[str, Edition], name: str) -> None:
    # Prevents a sentence that can't be found because no block holds it.
    edition = editions[name]
    left = "".join(
        edition.text[s:e] for s, e in gaps(((b.start, b.end) for b in edition.blocks), len(edition.text))
    )
    left = re.sub(r"^#+ .*$", "", left, flags=re.MULTILINE)
    left = re.sub(
        r"^(Tabell 1: Sekretessområden|\| Medarbetare \|.*|\|[ |-]+\|)$", "", left, flags=re.MULTILINE
    )
    left = re.sub(r"\[\^[^\]]+\]:?", "", left)
    assert left.split() == []
    assert all(a.end <= b.start for a, b in zip(edition.blocks, edition.blocks[1:], strict=False))


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_every_word_of_a_block_is_in_a_passage(editions: dict[str, Edition], name: str) -> None:
    # Prevents a sentence that a block shows but that can never be quoted.
    for block in editions[name].blocks:
        spans = [(p.start - block.start, p.end - block.start) for p in block.passages]
        left = "".join(block.text[s:e] for s, e in gaps(spans, len(block.text)))
        assert re.fullmatch(r"(\s|-|\d+\.)*", left), block.id


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_every_section_tiles_the_text(editions: dict[str, Edition], name: str) -> None:
    # Prevents a panel that shows too little or too much under a heading.
    edition = editions[name]
    headings = re.findall(r"^##+ (.*)$", edition.text, flags=re.MULTILINE)
    assert [section.path[-1] for section in edition.sections] == headings
    for section, following in zip(edition.sections, edition.sections[1:], strict=False):
        assert section.end == following.start
    assert edition.sections[-1].end == len(edition.text)


@pytest.mark.parametrize("name", ["2024", "2018"])
def test_lists_are_whole(editions: dict[str, Edition], name: str) -> None:
    # Prevents an answer with half a list: every run of list lines is in one block.
    edition = editions[name]
    runs = [m.span() for m in re.finditer(r"(?:^[ ]*(?:-|\d+\.) .*\n?)+", edition.text, flags=re.MULTILINE)]
    lists = [b for b in edition.blocks if b.kind in (BlockKind.LIST, BlockKind.HEADING_LIST)]
    assert len(runs) == len(lists)
    for (start, end), block in zip(runs, lists, strict=True):
        assert block.start <= start and block.end == start + len(edition.text[start:end].rstrip())
        lines = edition.text[start:end].rstrip().split("\n")
        items = [p for p in block.passages if p.kind is not PassageKind.SENTENCE]
        assert [p.text for p in items] == [re.sub(r"^ *(-|\d+\.) ", "", line) for line in lines]


@pytest.mark.parametrize(
    ("name", "begins", "items"),
    [
        ("2024", "Familjecentralens syfte är att i samverkan minska:", 3),
        ("2024", "Vilket bidrar till att:", 3),
        ("2024", "Innebörden av samtycket beskrivs värdena ja, nej och delvis.", 3),
        ("2024", "- har kunskap om innebörden", 11),
        ("2024", "1. Alla verksamheter ska minst ha gemensamt öppet 15h/vecka.", 3),
        ("2018", "De fyra grundprinciperna slår fast att:", 4),
        ("2018", "Verksamheterna har ett gemensamt uppdrag att arbeta med", 5),
        ("2018", "Årligen genomförs utvärdering av familjecentraler", 2),
    ],
)
def test_a_list_has_its_lead_in(editions: dict[str, Edition], name: str, begins: str, items: int) -> None:
    # Prevents items without the sentence that says what they are, or with the paragraph before it.
    (block,) = [b for b in editions[name].blocks if b.text.startswith(begins)]
    assert block.kind is BlockKind.LIST
    assert sum(p.kind is PassageKind.LIST_ITEM for p in block.passages) == items


def test_counts_are_plausible(editions: dict[str, Edition]) -> None:
    # Prevents a whole kind of passage from disappearing unnoticed.
    def count(name: str, kind: PassageKind) -> int:
        return sum(p.kind is kind for b in editions[name].blocks for p in b.passages)

    kinds = (PassageKind.TABLE_ROW, PassageKind.FOOTNOTE, PassageKind.HEADING_LIST)
    assert [count("2024", kind) for kind in kinds] == [8, 6, 37]
    assert [count("2018", kind) for kind in kinds] == [7, 9, 0]
    assert len(editions["2024"].sections) >= 45
    assert len(editions["2018"].sections) >= 24
    assert 280 <= count("2024", PassageKind.SENTENCE) <= 350
    assert 270 <= count("2018", PassageKind.SENTENCE) <= 330
    assert set(editions["2024"].footnotes) == {"¹", "1", "2", "3", "4", "5"}
    assert set(editions["2018"].footnotes) == set("123456789")


def test_references_and_links_are_marked_as_such(editions: dict[str, Edition]) -> None:
    # Prevents a bibliography entry or a bare link from being quoted as an answer.
    for block in editions["2024"].blocks:
        if block.section[0] == "Referenser":
            wanted = BlockKind.FOOTNOTE if block.section[-1] == "Fotnot" else BlockKind.REFERENCE
            assert block.kind is wanted
        if re.fullmatch(r"(\[.*\]\(.*\)|<\S+>)", block.text):
            assert block.kind is BlockKind.REFERENCE


def test_table_row_is_its_line(editions: dict[str, Edition]) -> None:
    # Prevents a quoted row that isn't the printed row.
    for edition in editions.values():
        lines = [line for line in edition.text.split("\n") if line.startswith("| ")][2:]
        rows = [block for block in edition.blocks if block.table_row is not None]
        assert [row.text for row in rows] == lines
        assert [row.table_row for row in rows] == list(range(1, len(lines) + 1))
        assert [consent.passage for consent in edition.consent_table] == [r.passages[0].id for r in rows]
