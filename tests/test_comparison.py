"""Comparison of two editions: alignment, word diff and the list of changes in substance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison import Change, Comparison, compare_editions, locate
from assistant.comparison_file import check_comparison, load_comparisons
from assistant.errors import CorpusError
from assistant.settings import PROJECT_ROOT
from assistant.types import Edition
from assistant.word_diff import PieceKind, word_diff
from ingest.corpus import load_corpus

CORPUS = PROJECT_ROOT / "corpus"


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module")
def comparison(editions) -> Comparison:
    (only,) = load_comparisons(CORPUS, editions)
    return only


@pytest.fixture(scope="module")
def diffs(editions, comparison):
    return compare_editions(editions["2018"], editions["2024"], comparison)


def _without_space(text: str) -> str:
    return "".join(text.split())


def _side(pieces, dropped: PieceKind) -> str:
    return _without_space("".join(piece.text for piece in pieces if piece.kind is not dropped))


@given(
    st.lists(st.sampled_from(["ska", "bör", "samtycke", ".", "(1)", "\n– "]), max_size=25),
    st.lists(st.sampled_from(["ska", "bör", "samtycke", ".", "(1)", "\n– "]), max_size=25),
)
def test_the_pieces_give_back_both_texts(before, after):
    # Prevents: words lost or doubled when small runs of kept words are merged into changes.
    older, newer = " ".join(before), " ".join(after)
    pieces = word_diff(older, newer)
    assert _side(pieces, PieceKind.ADDED) == _without_space(older)
    assert _side(pieces, PieceKind.REMOVED) == _without_space(newer)


def test_one_changed_word_is_one_removal_and_one_addition():
    # Prevents: marking letters ("bör" → "ska" must not become b-ö-r against s-k-a).
    text = "tillsammans med barnet {} båda vårdnadshavares samtycke efterfrågas."
    pieces = word_diff(text.format("bör"), text.format("ska"))
    changed = [(piece.kind, piece.text) for piece in pieces if piece.kind is not PieceKind.KEPT]
    assert changed == [(PieceKind.REMOVED, "bör"), (PieceKind.ADDED, "ska")]


def test_other_line_breaks_are_no_change():
    # Prevents: a paragraph that was only split being shown as changed.
    assert all(piece.kind is PieceKind.KEPT for piece in word_diff("a b.\nc d.", "a b. c d."))


def test_every_block_of_both_editions_is_compared_exactly_once(editions, diffs):
    # Prevents: text that silently drops out of the comparison, or shows up in two places.
    for side, edition in (("older", editions["2018"]), ("newer", editions["2024"])):
        shown = [block.id for diff in diffs for pair in diff.pairs for block in getattr(pair, side)]
        assert sorted(shown) == sorted(block.id for block in edition.blocks)


def test_rows_of_the_table_are_paired_by_number_and_row_8_stands_alone(diffs):
    # Prevents: row 8 (private providers) paired with a row of 2018 that says something else.
    pairs = [
        (pair.older and pair.older[0].table_row, pair.newer and pair.newer[0].table_row)
        for diff in diffs
        for pair in diff.pairs
        if any(block.table_row for block in pair.older + pair.newer)
    ]
    assert pairs == [(n, n) for n in range(1, 8)] + [((), 8)]


def test_a_split_paragraph_is_compared_with_all_its_parts(diffs):
    # Prevents: "och/eller socialtjänst" drowning in a paragraph marked as wholly removed.
    (pair,) = (
        pair
        for diff in diffs
        for pair in diff.pairs
        if any("En familjecentral är en mötesplats" in block.text for block in pair.newer)
    )
    removed = "".join(piece.text for piece in pair.pieces if piece.kind is PieceKind.REMOVED)
    assert "och/eller socialtjänst" in removed
    assert "minst barnhälsovård" not in removed


def test_sections_that_nobody_named_are_paired_by_equal_headings(editions):
    # Prevents: an edition added by files alone that can't be compared before somebody writes groups.
    diffs = compare_editions(editions["2018"], editions["2024"])
    paired = {diff.newer[0].path[0] for diff in diffs if diff.older and diff.newer}
    assert {"Förord", "Barnets rättigheter", "Sekretess", "Föräldraskapsstöd"} <= paired


def test_an_edition_compared_with_itself_has_no_changes(editions):
    # Prevents: the alignment preferring a similar neighbour to the identical block.
    edition = editions["2024"]
    diffs = compare_editions(edition, edition)
    assert all(pair.is_unchanged for diff in diffs for pair in diff.pairs)


def test_every_quote_of_a_change_stands_word_for_word_in_its_edition(editions, comparison):
    # Prevents: a paraphrase shown as a quotation.
    assert len(comparison.changes) >= 20
    for change in comparison.changes:
        for edition_id, quotes in (("2018", change.older), ("2024", change.newer)):
            for quote in quotes:
                span = locate(editions[edition_id], quote)
                assert span is not None
                assert editions[edition_id].text[span.start : span.end] == quote


@pytest.mark.parametrize(
    ("change_id", "older_says", "newer_says"),
    [
        ("familjecentralsliknande", "och/eller socialtjänst", "med öppen förskola."),
        ("bada-vardnadshavare", "bör båda", "ska båda"),
        ("styrgruppens-moten", "minst fyra gånger per år", ""),
        ("samordnarens-chefsansvar", "inte har chefsansvar", ""),
        ("tabell-1-rad-8", "", "två privata vårdgivare"),
        ("sommaroppet", "½ dag/vecka", "högst åtta (8) veckor"),
    ],
)
def test_the_changes_that_matter_most_are_listed(comparison, change_id, older_says, newer_says):
    # Prevents: losing one of the changes that the product promises to show.
    change = next(change for change in comparison.changes if change.id == change_id)
    assert older_says in " ".join(change.older)
    assert newer_says in " ".join(change.newer)
    assert change.older if older_says else not change.older


def _changed(**fields) -> Comparison:
    values = {"older": (), "newer": (), "only_words": ()} | fields
    change = Change("prov", "Prov", "Prov.", ("prov",), **values)
    return Comparison("2018", "2024", (), (change,))


@pytest.mark.parametrize(
    ("comparison", "complaint"),
    [
        (_changed(newer=("Styrgruppen ska mötas minst fyra gånger per år",)), "the quote"),
        (_changed(older=("Styrgruppen",)), "and once"),
        (_changed(), "without quotes"),
        (_changed(newer=("Samtycket är inte generellt",), only_words=("samtycke",)), "only_words"),
        (_changed(newer=("Samtycket är inte generellt",), only_words=("etisk kod",)), "only_words"),
        (Comparison("2018", "2024", (((("SEKRET",),), ()),), ()), 'section "SEKRET"'),
        (Comparison("2018", "2024", (((("SEKRETESS",), ("SEKRETESS",)), ()),), ()), "in two groups"),
        (Comparison("1999", "2024", (), ()), 'edition "1999"'),
    ],
)
def test_a_claim_that_the_editions_do_not_bear_out_is_refused(editions, comparison, complaint):
    # Prevents: "står inte längre" about words that still stand there, quotes from the wrong edition.
    with pytest.raises(CorpusError, match=complaint.replace("(", r"\(")):
        check_comparison(comparison, editions)


def test_a_broken_file_names_the_key(tmp_path: Path, editions):
    # Prevents: a misspelt key that is silently ignored.
    text = '[[comparison]]\nolder = "2018"\nnewer = "2024"\nchanges = []\n'
    (tmp_path / "comparison.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"comparison\.toml.*changes"):
        load_comparisons(tmp_path, editions)


def test_a_corpus_without_the_file_has_no_comparisons(tmp_path: Path, editions):
    # Prevents: a file that is optional becoming required.
    assert load_comparisons(tmp_path, editions) == ()
