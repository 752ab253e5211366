"""The passage index: passages and blocks with their vectors in Chroma. The only file that knows Chroma.

Nobody searches written questions there: what answers compares all of them (``assistant.entries``).
One collection per edition and kind of entry, cosine space, vectors always passed in: a collection
that stores an embedding function loads it again on open (CVE-2026-45829). ``IndexWriter`` fills a generation
that nobody reads yet; ``PassageIndex`` reads a private copy of a proved one. Chroma is imported when
an index is opened, LangChain's part of it when one is searched: they take two seconds.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from assistant.embedding import VectorModel
from assistant.entries import KINDS, QUESTION, QUESTIONS_FILE, SEARCHED, IndexEntry, load_questions
from assistant.errors import IndexDamagedError, IndexMismatchError
from assistant.manifest import (
    CHROMA,
    EDITIONS,
    REBUILD,
    RETRIEVAL,
    VECTORS,
    Manifest,
    check_files,
    check_versions,
    copy_generation,
    current_generation,
)
from assistant.serialise import editions_from_json
from assistant.types import Edition
from assistant.vectors import load_vectors, matrix

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from langchain_chroma import Chroma
    from numpy.typing import NDArray

# Embedded at build and at open. A model whose files were exchanged under the same name gives
# another vector; threads and batch size change it by less than 1e-5.
PROBE_TEXT = "Samtycke ska dokumenteras i journalen."
_PROBE_SIMILARITY = 0.999

# With Chroma's defaults 15-18 % of exact self-queries were missed on random vectors. With ef_search
# 1,000 every fourth graph of 4,000 entries missed a neighbour of one of them; with more than there are
# entries none did. The small sync threshold flushes every batch to the
# graph's files, so that what is served is what was proved, and the first query takes 20 ms instead of
# 900 (which is what replaying the log costs).
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 10_000,
    "max_neighbors": 48,
    "sync_threshold": 2,
    "batch_size": 2,
}
_BATCH = 500
# Chroma puts every id of a result into one SQL statement: 33,000 raise "too many SQL variables".
MAX_RESULTS = 10_000


@dataclass(frozen=True, slots=True)
class IndexHit:
    """An entry near the vector asked for, and its cosine similarity (-1 to 1)."""

    id: str
    target: str
    passage: str
    similarity: float


class IndexWriter:
    """Fills the Chroma folder of a generation that isn't serving. One writer, one process."""

    def __init__(self, generation: Path) -> None:
        self._client = _client(generation / CHROMA)

    def replace_edition(
        self, edition: str, entries: Sequence[IndexEntry], vectors: NDArray[np.float32]
    ) -> None:
        """Write an edition's passages and blocks, in order; ``vectors`` has one unit row per entry."""
        for kind in SEARCHED:
            rows = [row for row, entry in enumerate(entries) if entry.kind == kind]
            self._replace(_name(edition, kind), [entries[row] for row in rows], vectors[rows])

    def _replace(self, name: str, entries: Sequence[IndexEntry], vectors: NDArray[np.float32]) -> None:
        if any(collection.name == name for collection in self._client.list_collections()):
            self._client.delete_collection(name)
        collection = self._client.create_collection(
            name, embedding_function=None, configuration={"hnsw": _HNSW}
        )
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            collection.add(
                ids=[entry.id for entry in batch],
                embeddings=vectors[start : start + _BATCH],
                documents=[entry.text for entry in batch],
                metadatas=[
                    {"target": entry.target, "passage": entry.passage, "order": row}
                    for row, entry in enumerate(batch, start)
                ],
            )

    def close(self) -> None:
        """Flush and release the folder."""
        self._client.close()


class PassageIndex:
    """The editions and everything that can be found in them. Safe from several threads."""

    def __init__(
        self, folder: tempfile.TemporaryDirectory[str], editions: dict[str, Edition], manifest: Manifest
    ) -> None:
        self._folder = folder  # removed when this object goes, at the latest at exit
        self._client = _client(Path(folder.name) / CHROMA)
        # Asked for by name first: Chroma() would make a missing collection, and say nothing.
        names = {(edition, kind): _name(edition, kind) for edition in editions for kind in SEARCHED}
        self._collections = {
            key: self._client.get_collection(name, embedding_function=None) for key, name in names.items()
        }
        self._questions = load_questions(Path(folder.name) / QUESTIONS_FILE)
        self.editions = editions
        self.manifest = manifest
        self.retrieval_dir = Path(folder.name) / RETRIEVAL
        self._stores: dict[tuple[str, str], Chroma] = {}  # opened when first searched

    @classmethod
    def open(cls, index_dir: Path, model: VectorModel) -> PassageIndex:
        """Return the serving generation, every byte of it checked, read from a private copy.

        Raises IndexMissingError, IndexDamagedError (a file is missing or has changed) and
        IndexMismatchError (built with another model, dimension or version).
        """
        generation, manifest = current_generation(index_dir)
        check_versions(manifest, model.name)
        index = cls.open_generation(generation, manifest)
        check_model(manifest, model)
        return index

    @classmethod
    def open_generation(cls, generation: Path, manifest: Manifest) -> PassageIndex:
        """Return a private copy of one generation, opened. Raises IndexDamagedError."""
        from chromadb.errors import ChromaError

        folder = tempfile.TemporaryDirectory(prefix="vagledaren-index-", ignore_cleanup_errors=True)
        copy_generation(generation, Path(folder.name))
        check_files(Path(folder.name), manifest)
        try:
            editions = editions_from_json((Path(folder.name) / EDITIONS).read_bytes())
            index = cls(folder, {edition.id: edition for edition in editions}, manifest)
            counts = index.counts()
        except (OSError, ValueError, ChromaError) as error:
            raise IndexDamagedError(f"{generation}: can't be opened ({error}). {REBUILD}") from error
        if counts != manifest.counts:
            raise IndexDamagedError(
                f"{generation}: found entries {counts}; expected {manifest.counts}. {REBUILD}"
            )
        return index

    def search(self, vector: Sequence[float], edition: str, kind: str, limit: int) -> list[IndexHit]:
        """Return the passages or blocks nearest to the vector, best first, at most ``limit``.

        Raises KeyError for an edition, or a kind, that isn't searched here.
        """
        found = self._store(edition, kind).similarity_search_by_vector_with_relevance_scores(
            list(vector), k=limit
        )
        return [_hit(document.id or "", document.metadata, distance) for document, distance in found]

    def search_many(
        self, vectors: NDArray[np.float32], edition: str, kind: str, limit: int
    ) -> list[list[IndexHit]]:
        """Return what ``search`` returns, for every row of ``vectors``, many in one call."""
        found: list[list[IndexHit]] = []
        step = max(1, MAX_RESULTS // limit)
        for start in range(0, len(vectors), step):
            result: Any = self._collections[edition, kind].query(
                query_embeddings=vectors[start : start + step],
                n_results=limit,
                include=["metadatas", "distances"],
            )
            for row in zip(result["ids"], result["metadatas"], result["distances"], strict=True):
                found.append([_hit(*entry) for entry in zip(*row, strict=True)])
        return found

    def entries(self, edition: str, kind: str) -> list[IndexEntry]:
        """Return all entries of a kind in the order of writing. Raises KeyError for an unknown edition."""
        if kind == QUESTION:
            return list(self._questions[edition])
        return [entry for _, entry in self._rows(edition, kind)]

    def written(self, edition: str, kind: str) -> tuple[list[IndexEntry], NDArray[np.float32]]:
        """Return all entries of a kind and the (entries × dimension) matrix that was written for them.

        The vectors come from the file that Chroma's were written from (the proof at ingest compares
        them): Chroma takes twenty times as long to hand out its own. Raises IndexDamagedError.
        """
        found = self.entries(edition, kind)
        try:
            return found, matrix(found, self.manifest.model, self.manifest.dimension, self._vectors)
        except KeyError as error:
            raise IndexDamagedError(f"{VECTORS}: a {kind} of {edition} has no vector. {REBUILD}") from error

    def stored(self, edition: str, kind: str) -> tuple[list[IndexEntry], NDArray[np.float32]]:
        """Return the same with the vectors that Chroma holds, where it holds any: not of questions."""
        if kind == QUESTION:
            return self.written(edition, kind)
        rows = self._rows(edition, kind, "embeddings")
        stacked = np.zeros((len(rows), self.manifest.dimension), dtype=np.float32)
        for place, (vector, _) in enumerate(rows):
            stacked[place] = vector
        return [entry for _, entry in rows], stacked

    def _rows(
        self, edition: str, kind: str, column: Literal["embeddings", "ids"] = "ids"
    ) -> list[tuple[Any, IndexEntry]]:
        """Return every entry beside its value in one more column, in the order of writing."""
        rows: list[tuple[int, Any, IndexEntry]] = []
        include: Any = ["documents", "metadatas", *([column] if column == "embeddings" else [])]
        for start in range(0, self.manifest.counts[edition][kind], MAX_RESULTS):
            page: Any = self._collections[edition, kind].get(include=include, limit=MAX_RESULTS, offset=start)
            columns = (page[name] for name in ("ids", "metadatas", "documents", column))
            for id_, meta, text, value in zip(*columns, strict=True):
                entry = IndexEntry(id_, kind, str(meta["target"]), str(meta["passage"]), text)
                rows.append((int(meta["order"]), value, entry))
        return [(value, entry) for _, value, entry in sorted(rows, key=itemgetter(0))]

    @cached_property
    def _vectors(self) -> dict[bytes, NDArray[np.float32]]:
        return load_vectors(Path(self._folder.name) / VECTORS)

    def _store(self, edition: str, kind: str) -> Chroma:
        # Imported here: it takes half a second, and a retriever compares the vectors itself.
        from langchain_chroma import Chroma

        if (edition, kind) not in self._stores:
            name = self._collections[edition, kind].name
            self._stores[edition, kind] = Chroma(client=self._client, collection_name=name)
        return self._stores[edition, kind]

    def questions(self, edition: str) -> list[tuple[str, str]]:
        """Return (block id, question text) of every written question, in the order of writing."""
        return [(entry.target, entry.text) for entry in self.entries(edition, QUESTION)]

    def vectors(self, edition: str, kind: str) -> tuple[list[str], list[str], NDArray[np.float32]]:
        """Return ids, block ids and the (entries × dimension) matrix, in the order of writing."""
        found, matrix = self.stored(edition, kind)
        return [entry.id for entry in found], [entry.target for entry in found], matrix

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of entries of each kind in each edition."""
        return {edition: {kind: self._count(edition, kind) for kind in KINDS} for edition in self.editions}

    def _count(self, edition: str, kind: str) -> int:
        if kind == QUESTION:
            return len(self._questions.get(edition, ()))
        return self._collections[edition, kind].count()

    def close(self) -> None:
        """Release Chroma and remove the private copy; the index can't be used afterwards."""
        self._client.close()
        self._folder.cleanup()


def served_editions(index_dir: Path) -> dict[str, Edition]:
    """Return the editions of the serving generation by id, without opening Chroma.

    Raises IndexMissingError, IndexDamagedError and IndexMismatchError.
    """
    generation, manifest = current_generation(index_dir)
    path, record = generation / EDITIONS, manifest.files[EDITIONS]
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise IndexDamagedError(f"{path}: its bytes have changed since ingest. {REBUILD}")
        return {edition.id: edition for edition in editions_from_json(data)}
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{path}: can't be read ({error}). {REBUILD}") from error


def probe(model: VectorModel) -> tuple[float, ...]:
    """Return the model's vector of PROBE_TEXT, rounded for the manifest."""
    return tuple(round(x, 6) for x in model.embed_query(PROBE_TEXT))


def check_model(manifest: Manifest, model: VectorModel) -> None:
    """Raise IndexMismatchError unless the model gives the vectors that the index was built with."""
    remedy = "Build the index anew: python -m ingest"
    if manifest.dimension != model.dimension:
        raise IndexMismatchError(
            f"The index holds vectors of dimension {manifest.dimension}; the embedding model "
            f"{model.name!r} gives {model.dimension}. {remedy}"
        )
    likeness = float(np.dot(np.asarray(manifest.probe), np.asarray(probe(model))))
    if likeness < _PROBE_SIMILARITY:
        raise IndexMismatchError(
            f"The embedding model {model.name!r} isn't the one that built the index: the same text's "
            f"vectors have similarity {likeness:.3f}; expected {_PROBE_SIMILARITY} or more. {remedy}"
        )


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True)
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def _name(edition: str, kind: str) -> str:
    return f"edition-{edition}-{kind}"


def _hit(id_: str, metadata: Mapping[str, object], distance: float) -> IndexHit:
    return IndexHit(id_, str(metadata["target"]), str(metadata["passage"]), 1.0 - float(distance))
