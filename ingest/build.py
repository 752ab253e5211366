"""Builds the index: corpus → checks → vectors → a new generation → proof → switch.

The serving generation is only read. A run that dies anywhere leaves it answering; what the run
had written is a folder that nobody points to, and the next run removes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.embedding import VectorModel
from assistant.entries import KINDS, QUESTION, QUESTIONS_FILE, IndexEntry, save_questions
from assistant.errors import GuideError, InvalidInputError
from assistant.fingerprint import code_fingerprint, corpus_fingerprint
from assistant.index import IndexWriter, PassageIndex, check_model, probe
from assistant.lexicon import Lexicon
from assistant.manifest import (
    EDITIONS,
    VECTORS,
    Manifest,
    check_files,
    check_versions,
    current_generation,
)
from assistant.retrieval import ReadOnce
from assistant.serialise import editions_to_json
from assistant.types import Edition
from assistant.vectors import Embeddable, load_vectors, matrix, save_vectors, vector_key
from assistant.vocabulary import Vocabulary
from ingest.corpus import load_corpus
from ingest.entries import EditionSource, content_digest, entries_of
from ingest.faq import load_instructions, load_sharing, load_unanswerable
from ingest.generation import (
    new_generation,
    remove_leftovers,
    seal,
    serving_name,
    switch_to,
    write_lock,
)
from ingest.progress import Progress
from ingest.proof import prove
from ingest.questions import Question, load_questions
from ingest.shipped import load_shipped, save_shipped
from ingest.shipped_learning import save_learned, take_learned
from ingest.training import train_retrieval, training_questions
from ingest.vectors import TrainingQuestion, Vector, embed_missing, missing

Entries = dict[str, list[IndexEntry]]  # by edition

VOCABULARY = "vocabulary.toml"
PARTIAL = "partial"  # stands for a corpus fingerprint that the files in the folder never have


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a run did. ``changed`` is False if the serving generation already was this one."""

    generation: str
    texts: int
    embedded: int
    changed: bool


@dataclass(frozen=True, slots=True)
class _Job:
    """What every step of one run needs."""

    corpus_dir: Path
    index_dir: Path
    model: VectorModel
    progress: Progress


def read_sources(corpus_dir: Path) -> tuple[EditionSource, ...]:
    """Return all editions with their questions, read and checked. Raises CorpusError.

    What training reads is checked as well, so that nothing is found broken after the first write.
    """
    editions = load_corpus(corpus_dir)
    load_unanswerable(corpus_dir)
    load_sharing(corpus_dir)
    load_instructions(corpus_dir)
    _vocabulary(corpus_dir)
    return tuple(EditionSource(edition, load_questions(corpus_dir, edition)) for edition in editions)


def build_index(
    corpus_dir: Path,
    index_dir: Path,
    model: VectorModel,
    progress: Progress,
    *,
    only: str | None = None,
    rebuild: bool = False,
) -> BuildResult:
    """Bring the index up to the corpus and return what was done; every check precedes writing.

    ``only`` takes one edition from the corpus and the others from the serving index. ``rebuild``
    uses nothing of an earlier run. Raises CorpusError, EmbeddingError, IndexLockedError,
    InvalidInputError (``only`` isn't an edition) and IndexDamagedError (the proof failed).
    """
    fingerprint = corpus_fingerprint(corpus_dir)
    sources = read_sources(corpus_dir)
    if only is not None and only not in {source.edition.id for source in sources}:
        raise InvalidInputError(f"--edition {only}: expected one of {', '.join(_ids(sources))}")
    with write_lock(index_dir):
        remove_leftovers(index_dir)
        job = _Job(corpus_dir, index_dir, model, progress)
        previous = None if rebuild else _usable(job)
        if only is not None:
            carried = _carry_over(sources, only, previous)
            fingerprint = fingerprint if content_digest(carried) == content_digest(sources) else PARTIAL
            sources = carried
        entries = {source.edition.id: entries_of(source) for source in sources}
        draft = _draft(sources, entries, model, fingerprint, serving_name(index_dir))
        texts = texts_to_embed(corpus_dir, entries)
        if previous is not None and _same(previous[1], draft):
            return BuildResult(previous[0].name, len(texts), 0, changed=False)
        known = load_vectors(previous[0] / VECTORS) if previous is not None else {}
        if lacking := missing(texts, model.name, known):
            known |= load_shipped(corpus_dir, model, lacking, progress)
        embedded = embed_missing(texts, model, known, progress)
        editions = tuple(source.edition for source in sources)
        generation = _write(job, draft, editions, entries, known)
        remove_leftovers(index_dir)
    return BuildResult(generation.name, len(texts), embedded, changed=True)


def ship_vectors(corpus_dir: Path, index_dir: Path) -> tuple[Path, ...]:
    """Write the serving index's vectors, and what was learned, beside the corpus; return the files.

    Raises IndexMissingError, IndexDamagedError, and InvalidInputError if the index was built with a
    model that is named by a folder.
    """
    generation, manifest = current_generation(index_dir)
    vectors = save_shipped(corpus_dir, manifest.model, load_vectors(generation / VECTORS))
    learned = save_learned(corpus_dir, generation, manifest)
    return (vectors, learned) if learned else (vectors,)


def texts_to_embed(corpus_dir: Path, entries: Entries) -> list[Embeddable]:
    """Return all that has to have a vector: the entries, and what is only learned from."""
    learned = [TrainingQuestion(text) for text in training_questions(corpus_dir)]
    return [*(entry for edition in entries.values() for entry in edition), *learned]


def _usable(job: _Job) -> tuple[Path, Manifest] | None:
    """Return the serving generation if it is whole and built with this model, else None."""
    try:
        generation, manifest = current_generation(job.index_dir)
        check_files(generation, manifest)
        check_versions(manifest, job.model.name)
        check_model(manifest, job.model)
    except GuideError as error:
        job.progress.say(f"Building from nothing: {error}")
        return None
    return generation, manifest


def _same(built: Manifest, draft: Manifest) -> bool:
    return (built.corpus, built.code, built.content) == (draft.corpus, draft.code, draft.content)


def _carry_over(
    sources: Sequence[EditionSource], only: str, previous: tuple[Path, Manifest] | None
) -> tuple[EditionSource, ...]:
    """Return the sources, all but ``only`` replaced by what serves, where it serves them."""
    if previous is None:
        return tuple(sources)
    index = PassageIndex.open_generation(*previous)
    try:
        serving = {
            id_: EditionSource(edition, _questions_of(index, id_))
            for id_, edition in index.editions.items()
            if id_ != only
        }
    finally:
        index.close()
    return tuple(serving.get(source.edition.id, source) for source in sources)


def _questions_of(index: PassageIndex, edition: str) -> tuple[Question, ...]:
    stored = index.entries(edition, QUESTION)
    return tuple(Question(entry.text, entry.target, entry.passage) for entry in stored)


def _draft(
    sources: Sequence[EditionSource],
    entries: Entries,
    model: VectorModel,
    fingerprint: str,
    previous: str | None,
) -> Manifest:
    return Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=fingerprint,
        code=code_fingerprint(),
        content=content_digest(sources),
        model=model.name,
        dimension=model.dimension,
        probe=probe(model),
        counts=_counts(entries),
        previous=previous,
    )


def _write(
    job: _Job,
    manifest: Manifest,
    editions: tuple[Edition, ...],
    entries: Entries,
    known: dict[bytes, Vector],
) -> Path:
    """Write, train, seal, prove and switch to a new generation; return it."""
    generation = new_generation(job.index_dir)
    try:
        (generation / EDITIONS).write_text(editions_to_json(editions), encoding="utf-8")
        _write_entries(job, generation, entries, known)
        _train(job, generation, manifest, known)
        seal(generation, manifest)
        job.progress.say("Proving the new generation")
        prove(generation)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    switch_to(generation)
    return generation


def _write_entries(job: _Job, generation: Path, entries: Entries, known: dict[bytes, Vector]) -> None:
    writer = IndexWriter(generation)
    with job.progress.track("Writing", _count(entries)) as advance:
        for edition, texts in entries.items():
            writer.replace_edition(edition, texts, matrix(texts, job.model.name, job.model.dimension, known))
            advance(len(texts))
    writer.close()
    save_questions(generation / QUESTIONS_FILE, entries)
    keys = {vector_key(job.model.name, text): None for text in texts_to_embed(job.corpus_dir, entries)}
    save_vectors(generation / VECTORS, {key: known[key] for key in keys})


def _train(job: _Job, generation: Path, manifest: Manifest, known: dict[bytes, Vector]) -> None:
    """Make the lexicon of the written index, and let retrieval learn into the generation's ``retrieval``
    folder, unless what it would learn came with the corpus."""

    def vectors_of(questions: Sequence[str]) -> Vector:
        asked = [TrainingQuestion(text) for text in questions]
        return matrix(asked, job.model.name, job.model.dimension, known)

    index = PassageIndex.open_generation(generation, manifest)
    try:
        read = ReadOnce(index.editions, index.stored)
        lexicon = Lexicon.build(read, _vocabulary(job.corpus_dir))
        lexicon.save(generation)
        if not take_learned(job.corpus_dir, generation, manifest, job.progress):
            train_retrieval(generation, read, lexicon, job.progress, job.corpus_dir, vectors_of)
    finally:
        index.close()


def _vocabulary(corpus_dir: Path) -> Vocabulary:
    path = corpus_dir / VOCABULARY
    return Vocabulary.load(path) if path.exists() else Vocabulary({})


def _ids(sources: Sequence[EditionSource]) -> list[str]:
    return [source.edition.id for source in sources]


def _count(entries: Entries) -> int:
    return sum(len(edition) for edition in entries.values())


def _counts(entries: Entries) -> dict[str, dict[str, int]]:
    return {
        edition: {kind: sum(entry.kind == kind for entry in texts) for kind in KINDS}
        for edition, texts in entries.items()
    }
