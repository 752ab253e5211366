"""A small edition's Markdown is cut into sections, blocks and passages, and its sentences."""

from pathlib import Path

import pytest
from small_corpus import SMALL, change, write_small_corpus

from assistant.types import BlockKind
from ingest.corpus import load_corpus
from ingest.sections import slug
from ingest.sentences import sentence_spans


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_corpus(tmp_path)


def test_a_small_edition_is_cut_as_printed(small: Path) -> None:
    # Prevents any slip of one character, of a lead-in, or of an id.
    (edition,) = load_corpus(small)
    found = [(b.id, b.kind, [p.text for p in b.passages]) for b in edition.blocks]
    row = (
        "| Barnmorska anställd av Region Skåne | Socionom anställd av kommunen "
        "| Samtycke från vårdnadshavare krävs |"
    )
    lead_in = "Därför ska styrgruppen:"
    assert found == [
        ("2030:forord:1", BlockKind.PARAGRAPH, ["Ett stycke.", "Ett till stycke[^1]."]),
        ("2030:forord:2", BlockKind.FOOTNOTE, ["En fotnot. Med två meningar."]),
        ("2030:sekretess/huvudman:1", BlockKind.TABLE_ROW, [row]),
        ("2030:sekretess/samtycke:1", BlockKind.PARAGRAPH, ["Det här gäller."]),
        ("2030:sekretess/samtycke:2", BlockKind.LIST, [lead_in, "ha mål", "ta tid. Mycket tid."]),
        ("2030:sekretess/samtycke:3", BlockKind.LIST, ["Vilket bidrar till att:", "hälsan ökar"]),
    ]
    assert edition.blocks[4].text == "Därför ska styrgruppen:\n\n- ha mål\n- ta tid. Mycket tid."
    assert [p.id for p in edition.blocks[4].passages] == [f"2030:sekretess/samtycke:2:{n}" for n in (1, 2, 3)]
    assert edition.footnotes == {"1": "2030:forord:2"}


def test_a_section_has_only_its_own_page(small: Path) -> None:
    # Prevents citing the chapter's page for a subsection that may stand pages later.
    (edition,) = load_corpus(small)
    pages = {section.anchor: (section.path, section.page) for section in edition.sections}
    assert pages == {
        "forord": (("Förord",), None),
        "sekretess": (("Sekretess",), 19),
        "sekretess/huvudman": (("Sekretess", "Huvudman"), None),
        "sekretess/samtycke": (("Sekretess", "Samtycke"), 21),
    }
    assert {p.page for b in edition.blocks for p in b.passages if b.section[-1] == "Samtycke"} == {21}


def test_text_under_the_title_is_kept(small: Path) -> None:
    # Prevents losing what stands before the first chapter.
    change(small, "2030.md", "# Vägledning\n", "# Vägledning\n\nReviderad 2030.\n")
    (edition,) = load_corpus(small)
    assert edition.sections[0].level == 1
    assert edition.blocks[0].text == "Reviderad 2030."


def test_windows_line_ends_and_byte_order_mark_change_nothing(small: Path) -> None:
    # Prevents other ids and spans on a machine whose editor or git rewrites line ends.
    before = load_corpus(small)
    (small / "2030.md").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_corpus(small) == before


def test_another_table_has_rows_without_numbers(small: Path) -> None:
    # Prevents a second table's rows from being cited as rows of Tabell 1.
    table = "## Mer\n\nTabell 12: Annat\n\n| A | B |\n| --- | --- |\n| ett | två |\n"
    change(small, "2030.md", "## Sekretess\n", f"{table}\n## Sekretess\n")
    (edition,) = load_corpus(small)
    rows = [(b.text[:6], b.table_row) for b in edition.blocks if b.kind is BlockKind.TABLE_ROW]
    assert rows == [("| ett ", None), ("| Barn", 1)]


def test_a_paragraph_before_a_table_that_is_no_caption_is_kept(small: Path) -> None:
    # Prevents a sentence from vanishing as a supposed caption.
    change(small, "2030.md", "## Sekretess\n", "## Mer\n\nSe här.\n\n| A |\n| --- |\n| x |\n\n## Sekretess\n")
    (edition,) = load_corpus(small)
    assert "Se här." in [block.text for block in edition.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "Alla har rätt till hälsa, d.v.s rätt till vård. | Det gäller barn.",
        "Anmälan enligt 14 kap. 1 § SoL vid misstanke. | Däremot öppnar 25 kap. 12 § OSL en möjlighet.",
        "Det regleras av OSL. | 6 kap. 12 § PSL gäller privata.",
        "Flera är positiva (se t.ex. Malmö stad 2016a; Abrahamsson et al. 2009; Lang 2009). | Så är det.",
        "Förekommer konsultation (handledning). | Hur ofta? | Vem är konsult?",
        "Inom resp. Profession.",
        "Värderingar väljs. (Wiewer & Varkadi) | En positiv kultur finns.",
        "Viktigt för hälsan. (Broberg, 2006). | Det finns kopplingar.",
        'Danermark (2000): "Handling med syfte." | Denna definition gäller.',
        "”Gör jämlikt – gör skillnad” vilket är bra. | Alla ska med.",
        "Boxarna (1–5 i Bild A).⁹ | Listan är kort.",
        "Föräldrarna nås.[^7] | Nästa mening.",
        "Bild A. Den första delen visas.",
        "Skriven av B. Andersson och p g a detta. | Den kom 2024. | 2025 kom en ny.",
        "1. Samordning av styrning.",
        "Sjukhus, skola m.m. | Där finns mer.",
        "Sjukhus, skola m.m. som finns.",
        "Se [Socialstyrelsen \\(2008\\). Familjecentraler](https://a.se/x.y). | Slut!",
        "En öppen parentes (som glömts. | Och nästa mening.",
        "Samlokalisering, samtidighet och ledning",
        "Den 20 november 1989. | Den gäller alla.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    # Prevents quotes that are cut at "kap." or that swallow the next sentence.
    wanted = text.split(" | ")
    whole = " ".join(wanted)
    assert [whole[start:end] for start, end in sentence_spans(whole)] == wanted


def test_anchors_are_plain_letters() -> None:
    # Prevents addresses that break when they are copied.
    assert (
        slug("En god start – viktig för Hälsa på ÖVERGÅNG (é)")
        == "en-god-start-viktig-for-halsa-pa-overgang-e"
    )
