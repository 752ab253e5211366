"""Words as BM25 sees them."""

from pathlib import Path

import numpy as np
import pytest

from assistant.lexical import BM25, Analyzer, dictionary
from assistant.settings import PROJECT_ROOT
from assistant.vocabulary import Vocabulary

TEXTS = [
    "Parterna skriver ett samverkansavtal. Samverkan är viktig och ett avtal ska finnas.",
    "Barnmorskan arbetar på en barnavårdscentral i kommunen.",
    "Vårdnadshavarens samtycke dokumenteras i journalen.",
    "Samordnaren planerar möten för styrgruppen.",
]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(dictionary(TEXTS), Vocabulary.load(Path(PROJECT_ROOT / "corpus" / "vocabulary.toml")))


def _best(analyzer: Analyzer, question: str, documents: list[str]) -> int:
    scores = BM25.of([analyzer.terms(text) for text in documents]).scores(analyzer.terms(question))
    assert scores.max() > 0
    return int(np.argmax(scores))


def test_a_compound_is_found_by_its_last_part(analyzer):
    # A search that only compares whole words misses "samverkansavtal" for "avtal".
    assert _best(analyzer, "avtal", ["Möten hålls ofta.", "Ett samverkansavtal skrivs."]) == 1


def test_a_part_is_found_by_its_compound(analyzer):
    # Splitting only the texts, or only the questions, makes it work in one direction.
    assert _best(analyzer, "samverkansavtalet", ["Möten hålls ofta.", "Avtal skrivs."]) == 1


def test_a_compound_with_an_unknown_part_keeps_the_known_one(analyzer):
    # "samtyckesblankett" must reach "samtycke" though no text holds "blankett".
    assert "samtyck" in analyzer.expand("samtyckesblankett")


def test_a_word_that_only_looks_like_a_compound_stays_whole(analyzer):
    # "barnmorska" split into "barn" would find every paragraph about children.
    assert set(analyzer.expand("barnmorskan")) == {"barnmorsk"}


def test_inflections_meet(analyzer):
    # Without the stemmer "samordnarens" doesn't find "samordnaren".
    assert _best(analyzer, "samordnarens", [TEXTS[0], TEXTS[3]]) == 1


def test_the_definite_form_in_an_meets_the_others(analyzer):
    # Snowball alone keeps "förskolan" and "förskola" apart.
    assert analyzer.terms("förskolans") == analyzer.terms("förskola") == analyzer.terms("förskolan")


def test_an_abbreviation_is_written_out(analyzer):
    # Staff write BVC, the guideline writes barnavårdscentral.
    assert _best(analyzer, "BVC", [TEXTS[0], TEXTS[1]]) == 1


def test_a_misspelt_word_finds_the_right_one(analyzer):
    # One wrong letter would otherwise make the rarest word of the question worthless.
    assert "barnmorsk" in analyzer.expand("barnmoskan")


def test_stop_words_give_no_terms(analyzer):
    # "vad är det som" would otherwise rank by chance.
    assert analyzer.terms("Vad är det som ska?") == {}


def test_scores_of_strange_texts_are_zero_and_finite(analyzer):
    # Emoji, NUL and an empty text must neither fail nor divide by zero.
    index = BM25.of([analyzer.terms(text) for text in ["", "👶", "\0"]])
    assert index.scores(analyzer.terms("😀 \0 avtal")).tolist() == [0.0, 0.0, 0.0]
    assert BM25.of([]).scores({"avtal": 1.0}).shape == (0,)


def test_a_rare_word_weighs_more_than_a_common_one(analyzer):
    # An inverted frequency with the wrong sign would pass every other test here.
    index = BM25.of([{"a": 1.0, "b": 1.0}, {"a": 1.0}, {"a": 1.0}])
    assert index.idf("b") > index.idf("a")
    assert index.idf("never seen") > index.idf("b")
