"""The words of the index: what is read at start is what ingest would make."""

import numpy as np
import pytest

from assistant.errors import IndexDamagedError
from assistant.features import EditionFeatures
from assistant.index import PassageIndex
from assistant.lexicon import LEXICON_FILE, EditionLexicon, Lexicon
from assistant.retrieval import ReadOnce
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary

QUESTIONS = (
    "Hur många timmar i veckan ska vi ha öppet gemensamt?",
    "samverkansavtalets upsägning",
    "Vem betalar BVC-lokalen?",
    "xyzzy",
)


@pytest.fixture(scope="module")
def vocabulary(real_settings: Settings) -> Vocabulary:
    return Vocabulary.load(real_settings.corpus_dir / "vocabulary.toml")


@pytest.fixture(scope="module")
def built(real_index: PassageIndex, vocabulary: Vocabulary) -> Lexicon:
    return Lexicon.build(ReadOnce(real_index.editions, real_index.written), vocabulary)


def parts(lexicon: EditionLexicon):
    return lexicon.blocks, lexicon.passages, lexicon.questions


def test_the_index_holds_the_words_of_its_own_texts(real_index, built, vocabulary):
    # Prevents: a start that weighs words as another edition, or another code, counted them.
    folder = real_index.retrieval_dir.parent
    kept = Lexicon.load(folder, list(real_index.editions), vocabulary)
    for question in QUESTIONS:
        terms = built.analyzer.terms(question)
        assert kept.analyzer.terms(question) == terms
        for edition in real_index.editions:
            for mine, other in zip(
                parts(kept.editions[edition]), parts(built.editions[edition]), strict=True
            ):
                assert np.array_equal(mine.scores(terms), other.scores(terms))
                assert all(mine.idf(term) == other.idf(term) for term in terms)
    assert built.editions["2024"].blocks.scores(built.analyzer.terms(QUESTIONS[0])).max() > 0


@pytest.mark.parametrize("harm", ["cut", "text", "gone", "another edition", "unequal"])
def test_a_lexicon_that_is_not_one_is_said(harm, built, vocabulary, tmp_path):
    # Prevents: a stack trace at start, or a search that silently finds no words.
    built.save(tmp_path)
    path, editions = tmp_path / LEXICON_FILE, ["2024"]
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif harm == "text":
        path.write_text("words")
    elif harm == "gone":
        path.unlink()
    elif harm == "another edition":
        editions = ["2031"]
    else:
        with np.load(path) as stored:
            arrays = dict(stored.items())
        np.savez(path, **(arrays | {"2024/blocks/rows": arrays["2024/blocks/rows"][1:]}))
    with pytest.raises(IndexDamagedError, match=r"lexicon\.npz.*--rebuild"):
        Lexicon.load(tmp_path, editions, vocabulary)


def test_the_words_of_another_edition_are_refused(real_index, built):
    # Prevents: 2018's words weighed for 2024's blocks.
    with pytest.raises(IndexDamagedError, match="expected"):
        EditionFeatures(real_index.editions["2024"], real_index, built.editions["2018"], {})
