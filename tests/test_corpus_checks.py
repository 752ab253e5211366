"""A broken corpus is refused with file, line, what was found and what was expected."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_corpus import EDITIONS, SMALL, change, error_of, write_small_corpus

from assistant.errors import CorpusError
from ingest.checks import check_edition
from ingest.corpus import load_corpus


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_corpus(tmp_path)


BROKEN = [
    ("Förord\n", "Förord\n\n#### Djupt\n", 5, "a jump to level 4"),
    ("### Huvudman", "##### Huvudman", 11, "a jump to level 5"),
    ("### Huvudman", "###", 11, "an empty heading"),
    ("### Samtycke", "### Huvudman", 19, 'the section "Sekretess › Huvudman" again'),
    ("### Samtycke", "# Samtycke", 19, "a second document title"),
    ("# Vägledning\n", "Text\n\n# Vägledning\n", 1, "text before the first heading"),
    ("| Socionom anställd av kommunen ", "", 17, "2 cells in table row 1"),
    ("krävs |", "krävs | mer |", 17, "4 cells in table row 1"),
    ("| --- | --- | --- |", "| --- | --- |", 15, "a line with table bars that belongs to no table"),
    ("Tabell 1:", "Tabell 3:", None, "no Tabell 1"),
    ("stycke[^1].", "stycke[^2].", 5, "the footnote mark [^2] without a footnote"),
    ("## Sekretess\n", "[^1]: Igen\n\n## Sekretess\n", 9, "a second footnote [^1]"),
    ("Ett stycke.", "> Ett stycke.", 5, "a block quote"),
    ("Ett stycke.", "<p>Ett stycke.</p>", 5, "HTML"),
    ("- ha mål", "- # ha mål", 23, "a heading inside a list"),
    ("Ett stycke.", "Ett\0stycke.", 5, "a NUL byte"),
    ("krävs |", "önskas |", 17, '"samtycke", which has no meaning there'),
]


@pytest.mark.parametrize(("old", "new", "line", "found"), BROKEN)
def test_a_broken_edition_is_refused_with_its_line(
    small: Path, old: str, new: str, line: int | None, found: str
) -> None:
    # Prevents an index from being built of text that was misread.
    change(small, "2030.md", old, new)
    error = error_of(small)
    assert error.file == "2030.md"
    assert error.line == line
    assert found in error.found
    assert str(error).startswith("2030.md:" if line else "2030.md: ")


def test_a_heading_that_disappeared_is_noticed_by_its_page(small: Path) -> None:
    # Prevents a section's text from sliding into the section before it.
    change(small, "2030.md", "### Samtycke\n", "")
    error = error_of(small)
    assert (error.file, error.line) == ("editions.toml", 13)
    assert "Sekretess › Samtycke" in error.found


def test_a_caption_without_its_table_is_refused(small: Path) -> None:
    # Prevents a Tabell 1 whose lines were turned into prose from being taken as absent.
    text = re.sub(r"\|.*\n", "", SMALL)
    (small / "2030.md").write_text(text, encoding="utf-8")
    error = error_of(small)
    assert error.line == 13
    assert "without a table" in error.found


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (None, None, "no such file"),
        (b"", None, "an empty file"),
        (b" \n\n", None, "an empty file"),
        (b"Bara text.\n", 1, "no headings"),
        (b"## A\n\nsj\xf6n\n", 3, "byte 0xf6 at offset 8"),
        ("## Å".encode("utf-16"), 1, "byte 0xff at offset 0"),
    ],
)
def test_an_unreadable_edition_is_refused(
    small: Path, content: bytes | None, line: int | None, found: str
) -> None:
    # Prevents a stack trace, or replacement characters in quotes, when a file is missing or not UTF-8.
    path = small / "2030.md"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    error = error_of(small)
    assert (error.file, error.line) == ("2030.md", line)
    assert found in error.found


SECOND = EDITIONS.replace("2030", "2031").replace("{digest}", "0" * 64).partition("[edition.pages]")[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("year = 2030\n", "", 1, "no key edition.0.year"),
        ('title = "Vägledning"', 'titel = "Vägledning"', 1, "no key edition.0.title"),
        ("year = 2030", 'year = 2030\ncolour = "red"', 1, "the unknown key edition.0.colour"),
        ('"in_force"', '"valid"', 1, "edition.0.status = 'valid'"),
        ('"in_force"', '"superseded"', None, "no edition in force"),
        ("[[edition]]", SECOND + "[[edition]]", 11, "two editions in force (2031 and 2030)"),
        ("[[edition]]", SECOND.replace('id = "2031"', 'id = "2030"') + "[[edition]]", 11, "a second edition"),
        ('"Sekretess › Samtycke"', '"Sekretess › Okänt"', 13, 'a page for "Sekretess › Okänt"'),
        ("year = 2030", "year = ", 4, "Invalid value"),
        ('"2030.md"', '"../2030.md"', 1, "edition.0.markdown"),
    ],
)
def test_a_broken_editions_file_is_refused(
    small: Path, old: str, new: str, line: int | None, found: str
) -> None:
    # Prevents a wrong default edition, or a fault in the list that shows only in an answer.
    change(small, "editions.toml", old, new)
    error = error_of(small)
    assert (error.file, error.line) == ("editions.toml", line)
    assert found in error.found


def test_an_edition_file_that_is_not_listed_is_refused(small: Path) -> None:
    # Prevents a new edition from being silently left out.
    (small / "2031.md").write_text(SMALL, encoding="utf-8")
    error = error_of(small)
    assert error.file == "2031.md"
    assert "[[edition]]" in error.expected


def test_a_changed_source_is_refused(small: Path) -> None:
    # Prevents comparing the Markdown with another source than the one it was restored from.
    (small / "2030.txt").write_bytes(b"Ett annat stycke.")
    error = error_of(small)
    assert error.file == "2030.txt"
    assert "SHA-256" in error.found


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (lambda b: b[1:], "text in no block"),
        (lambda b: (b[1], b[0], *b[2:]), "a broken span of block"),
        (lambda b: (replace(b[0], end=b[0].end + 1), *b[1:]), "a broken span of block"),
        (lambda b: (replace(b[0], passages=b[0].passages[::-1]), *b[1:]), "a broken span of passage"),
        (lambda b: (replace(b[0], id=b[1].id), *b[1:]), "an id given twice"),
    ],
)
def test_a_wrongly_cut_edition_is_never_passed_on(small: Path, blocks, found: str) -> None:
    # Prevents a fault of the parser itself from reaching the index as a wrong quote or a lost sentence.
    (edition,) = load_corpus(small)
    wrong = replace(edition, blocks=blocks(edition.blocks))
    headings = [
        m.span() for m in re.finditer(r"^(#.*|Tabell.*|\| (Med|---).*|\[.*:)", edition.text, re.MULTILINE)
    ]
    check_edition(edition, headings, "2030.md")
    with pytest.raises(CorpusError) as caught:
        check_edition(wrong, headings, "2030.md")
    assert found in caught.value.found
