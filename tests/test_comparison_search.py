"""Which places of two editions a question about changes is about, and what is shown of them."""

import pytest

from assistant.comparison import compare_editions
from assistant.comparison_answer import compose_change
from assistant.comparison_file import load_comparisons
from assistant.comparison_search import find_places
from assistant.settings import PROJECT_ROOT
from assistant.types import BlockKind, Hit
from ingest.corpus import load_corpus

CORPUS = PROJECT_ROOT / "corpus"


@pytest.fixture(scope="module")
def editions():
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module")
def comparison(editions):
    (only,) = load_comparisons(CORPUS, editions)
    return only


@pytest.fixture(scope="module")
def diffs(editions, comparison):
    return compare_editions(editions["2018"], editions["2024"], comparison)


def hits(editions, scores):
    """One hit for each (edition, words of a block, score), best first, by edition."""
    found = {id_: [] for id_ in editions}
    for edition, words, score in scores:
        block = next(b for b in editions[edition].blocks if words in b.text)
        found[edition].append(Hit(block, block.passages[0], score, {"answerable": 1.0}))
    return found


def test_the_table_as_a_whole_shows_the_row_that_only_one_edition_has(editions, diffs):
    # Prevents "vad är nytt i Tabell 1" from being answered with whatever the search liked best.
    found = hits(editions, [("2024", "ett samtycke vara det som alltid", 0.9)])
    places = find_places("Tabell 1", diffs, found)
    assert all(b.table_row for pair in places.pairs for b in (*pair.newer, *pair.older))
    assert [b.table_row for pair in places.pairs if not pair.older for b in pair.newer] == [8]


@pytest.mark.parametrize(
    "question", ["i avsnittet om öppen förskola", "Öppen förskola", "Öppen förskola nytt"]
)
def test_a_named_section_shows_its_changed_places_and_no_others(editions, diffs, question):
    # Prevents a whole section's changes from shrinking to one paragraph, or spilling into the next.
    places = find_places(question, diffs, hits(editions, [("2024", "Alla verksamheter ska minst", 0.9)]))
    assert len(places.pairs) > 2
    assert {b.section[-1].lower() for p in places.pairs for b in (*p.newer, *p.older)} == {"öppen förskola"}
    assert not any(pair.is_unchanged for pair in places.pairs)


def test_a_chapter_is_known_by_all_but_one_of_its_words(editions, diffs):
    places = find_places("i kvalitetsarbetet", diffs, hits(editions, []))
    assert {b.section[0] for p in places.pairs for b in p.newer} == {"Systematiskt kvalitetsarbete"}


def test_how_many_more_places_of_a_section_differ_is_told(editions, diffs):
    # Prevents a cut list from looking complete.
    places = find_places("Sekretess", diffs, hits(editions, []))
    changed = [p for d in diffs for p in d.pairs if _in_chapter(p, "sekretess") and not p.is_unchanged]
    assert places.more > 0
    assert len(places.pairs) + places.more <= len(changed)
    composed = compose_change(
        "Sekretess", editions["2018"], editions["2024"], None, diffs, hits(editions, [])
    )
    assert f"Ytterligare {places.more} stycken" in composed.text
    assert "/vagledningen/jamfor" in composed.text


def _in_chapter(pair, chapter):
    return any(block.section[0].lower() == chapter for block in (*pair.newer, *pair.older))


def test_both_editions_together_decide_which_place_comes_first(editions, diffs):
    # Prevents one edition's lone favourite from beating the place that both speak of.
    both = "ett samtycke vara det som alltid"
    found = hits(
        editions,
        [("2024", "Alla verksamheter ska minst ha gemensamt", 0.5), ("2024", both, 0.4), ("2018", both, 0.4)],
    )
    first = find_places("hur är det med detta egentligen", diffs, found).pairs[0]
    assert first.older and first.newer


def test_the_block_that_answers_is_cited_before_the_rest_of_its_place(editions, diffs):
    # Prevents the first half of a split paragraph from being cited for what its second half says.
    words = "Med en familjecentralsliknande verksamhet avses"
    places = find_places("vad räknas som liknande", diffs, hits(editions, [("2024", words, 0.9)]))
    assert words in places.in_order()[0].text


def test_a_footnote_that_answers_in_both_editions_is_shown_but_is_no_part_of_a_section(editions, diffs):
    # Prevents a rule that stands in a footnote from being compared with something else in its place.
    words = "Med annan förmyndare avses i de flesta fall"
    found = hits(editions, [("2024", words, 0.5), ("2018", words, 0.2)])
    first = find_places("var slår man upp vem som är vårdnadshavare", diffs, found).pairs[0]
    assert words in first.newer[0].text and words in first.older[0].text
    assert not any(
        block.kind is BlockKind.FOOTNOTE
        for pair in find_places("Sekretess", diffs, found).pairs
        for block in (*pair.newer, *pair.older)
    )
