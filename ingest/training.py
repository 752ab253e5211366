"""What retrieval learns at ingest: the query map and the ranker's weights, from written questions.

Every written question plays the user's question once, itself and its near-duplicates hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from assistant.contrast import Contrast
from assistant.entries import QUESTION
from assistant.features import EditionFeatures
from assistant.leaning import STEERING_FILE
from assistant.lexical import Analyzer
from assistant.lexicon import Lexicon
from assistant.query_map import save_map
from assistant.ranker import TEXT_ONLY, WITH_QUESTIONS, Ranker
from assistant.retrieval import edition_features, make_query
from assistant.searched import Entries
from ingest.faq import load_instructions, load_sharing, load_unanswerable
from ingest.leaning import learn_leaning, learn_steering
from ingest.progress import Progress
from ingest.query_map import NEAR_DUPLICATE, Pool, learn_map
from ingest.ranking import Example, learn_weights, separation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Rows = NDArray[np.int64]

RETRIEVAL = "retrieval"
ORPHAN_EVERY = 25  # every 25th question is ranked as if its block had no written questions
_FOLDS = 2
_TEXT_ONLY_STEP = 3  # the weights for an edition without written questions need fewer examples
MIN_QUESTIONS = 50  # fewer teach nothing: the built-in weights stay


def train_retrieval(
    generation_dir: Path,
    index: Entries,
    lexicon: Lexicon,
    progress: Progress,
    corpus_dir: Path,
    vectors_of: Callable[[Sequence[str]], Matrix],
) -> None:
    """Write what was learned (``retrieval/``: query_map.npy, contrast.npy, ranker.json, leaning.npy,
    steering.npy).

    ``vectors_of`` gives the unit vectors (questions × dimension) of the ``training_questions``.
    Raises CorpusError for a broken file of them. With too few written questions, or no unanswerable
    ones, nothing is written and search uses its built-in weights.
    """
    unanswerable = load_unanswerable(corpus_dir)
    written = sum(len(index.stored(edition, QUESTION)[0]) for edition in index.editions)
    if written < MIN_QUESTIONS or not unanswerable:
        return
    progress.say("Learning from the written questions")
    analyzer, texts = lexicon.analyzer, edition_features(index, lexicon)
    sharing = load_sharing(corpus_dir)
    told = load_instructions(corpus_dir)
    vectors, about_sharing, about_orders = np.split(
        vectors_of(training_questions(corpus_dir)), [len(unanswerable), len(unanswerable) + len(sharing)]
    )
    # Small matrices: a second BLAS thread costs more than it gives, seven times as much when
    # another process is busy.
    with threadpool_limits(1):
        ranker, contrast, matrix = learn(list(texts.values()), analyzer, unanswerable, vectors)
        leaning = learn_leaning(list(texts.values()), sharing, about_sharing, vectors)
        known = [t.question_vectors[: t.own_questions] for t in texts.values()]
        steering = learn_steering(told, about_orders, np.concatenate([*known, vectors, about_sharing]))
    folder = generation_dir / RETRIEVAL
    folder.mkdir(exist_ok=True)
    save_map(folder, matrix)
    contrast.save(folder)
    ranker.save(folder)
    if leaning is not None:
        leaning.save(folder)
    if steering is not None:
        steering.save(folder, STEERING_FILE)


def training_questions(corpus_dir: Path) -> list[str]:
    """Return the questions that are learned from and lead to no passage: the unanswerable ones, those
    about sharing, and the instructions, in this order. Raises CorpusError."""
    about_sharing = [line.question for line in load_sharing(corpus_dir)]
    instructions = [line.question for line in load_instructions(corpus_dir)]
    return [*load_unanswerable(corpus_dir), *about_sharing, *instructions]


def learn(
    texts: list[EditionFeatures],
    analyzer: Analyzer,
    unanswerable: tuple[str, ...],
    vectors: Matrix,
) -> tuple[Ranker, Contrast, Matrix]:
    """Return the ranker, the contrast and the query map; ``vectors`` are those of the unanswerable questions.

    The examples are mapped by a map that hasn't seen them, as a user's question is.
    """
    size = vectors.shape[1]
    matrix = learn_map([Pool.of(t, np.arange(t.own_questions)) for t in texts], size)
    examples: list[Example] = []
    for fold in range(_FOLDS):
        use = [Pool.of(t, np.flatnonzero(_fold(t) != fold)) for t in texts]
        unseen = learn_map(use, size)
        for edition in texts:
            examples += _examples(edition, analyzer, unseen, np.flatnonzero(_fold(edition) == fold))
    queries = [make_query(q, v, matrix, analyzer) for q, v in zip(unanswerable, vectors, strict=True)]
    for edition in texts:
        examples += [Example(edition, query, None, None) for query in queries]
    plane = separation(examples)
    contrast = Contrast(vectors, plane.direction, plane.offset)
    weights = {
        WITH_QUESTIONS: learn_weights(examples, contrast, plane.held_out, with_questions=True),
        TEXT_ONLY: learn_weights(
            examples[::_TEXT_ONLY_STEP], contrast, plane.held_out[::_TEXT_ONLY_STEP], with_questions=False
        ),
    }
    return Ranker(weights), contrast, matrix


def _fold(edition: EditionFeatures) -> Rows:
    return np.arange(edition.own_questions) % _FOLDS


def _examples(
    edition: EditionFeatures,
    analyzer: Analyzer,
    matrix: Matrix,
    rows: Rows,
) -> list[Example]:
    """Return the examples that the written questions at ``rows`` make."""
    vectors = edition.question_vectors
    found = []
    for row in rows.tolist():
        hidden = vectors @ vectors[row] > NEAR_DUPLICATE
        hidden[row] = True
        block = int(edition.question_blocks[row])
        if row % ORPHAN_EVERY == 0:
            hidden |= edition.question_blocks == block
        query = make_query(edition.questions[row][1], vectors[row], matrix, analyzer)
        found.append(Example(edition, query, block, hidden))
    return found
