"""A verbatim slice becomes the text that a reader sees."""

from pathlib import Path

import pytest

from assistant.plain import plain_text, table_cells
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("En mening.", "En mening."),
        ("Styrgruppen ska:\n\n- ha mål\n- ta tid", "Styrgruppen ska:\n– ha mål\n– ta tid"),
        ("1. Öppet 15h/vecka.\n2. Möten.", "1. Öppet 15h/vecka.\n2. Möten."),
        ("- A\n  - B\n    - C", "– A\n– B\n– C"),
        ("| Barnmorska | Socionom | Samtycke krävs |", "Barnmorska | Socionom | Samtycke krävs"),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", "A | B\n1 | 2"),
        ("enligt brottsbalken[^1] och[^10].", "enligt brottsbalken¹ och¹⁰."),
        ("samlokaliserade[^¹] och", "samlokaliserade¹ och"),
        ("[^3]: Med annan förmyndare avses", "³ Med annan förmyndare avses"),
        ("[Sekretess \\(skane.se\\)](https://skane.se)", "Sekretess (skane.se)"),
        ("[Barnmorska](#)", "Barnmorska"),
        ("<https://skane.se/a?b=c%3a1>", "https://skane.se/a?b=c%3a1"),
        ("### Samtycke\n\nDet gäller.", "Samtycke\nDet gäller."),
        ("**Viktigt** och *så* vidare", "Viktigt och så vidare"),
        ("planeringsdagar för familjecentralen*", "planeringsdagar för familjecentralen*"),
        ("Wiewer & Varkadi <Malmö>", "Wiewer & Varkadi <Malmö>"),
        ("2024. Sedan dess", "2024. Sedan dess"),
        ("rad ett\nrad två", "rad ett rad två"),
        ("Ett [ord] och 3 < 4", "Ett [ord] och 3 < 4"),
        ("", ""),
    ],
)
def test_markdown_marks_disappear_and_words_stay(markdown: str, plain: str) -> None:
    # Prevents pipes, brackets and footnote marks in answers and embeddings.
    assert plain_text(markdown) == plain


def test_an_escaped_bar_is_part_of_its_cell() -> None:
    # Prevents a cell from being cut at a bar that the text itself has.
    assert table_cells("| a \\| b | c |") == ("a | b", "c")


def test_no_marks_are_left_in_the_real_editions() -> None:
    # Prevents Markdown from reaching the page from any block of either edition.
    for edition in load_corpus(CORPUS):
        for block in edition.blocks:
            for text in (plain_text(block.text), *(plain_text(p.text) for p in block.passages)):
                assert text.strip() == text != ""
                assert not any(mark in text for mark in ("[^", "](", "\\", "\n- ", "<http"))
                assert not text.startswith(("- ", "|", "#"))
