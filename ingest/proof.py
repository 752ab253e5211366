"""Proves a sealed generation: ``python -m ingest.proof DIR``, in a process of its own.

A damaged Chroma folder can end Python with a segmentation fault, and count() may be right where
hits are wrong. So the new generation is opened by a child, and what it finds is held against
brute force over the vectors that were written. The child works on a private copy.

Every stored vector is compared; every passage and block asks for its nearest, and so do some of the
written questions, which are queries there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.entries import KINDS, SEARCHED
from assistant.errors import GuideError, IndexDamagedError
from assistant.index import MAX_RESULTS, IndexHit, PassageIndex
from assistant.manifest import MANIFEST, VECTORS, Manifest
from assistant.settings import PROJECT_ROOT
from assistant.vectors import load_vectors, vector_key
from ingest.vectors import Vector

_TOP = 10
_TOLERANCE = 1e-5  # Chroma's float32 distances differ from numpy's by less than 1e-6
_SAMPLE = 100  # entries of each kind that ask for the nearest of the others
_SEED = 1
_BATCH = 50  # queries that one thread asks at a time; Chroma lets other threads work meanwhile
_TIMEOUT_S = 900


class Searchable(Protocol):
    """What the search is proved of: ``assistant.index.PassageIndex``."""

    def search_many(self, vectors: Vector, edition: str, kind: str, limit: int) -> list[list[IndexHit]]: ...


def prove(generation: Path) -> None:
    """Run the proof in a child process. Raises IndexDamagedError with what the child found."""
    paths = os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "ingest.proof", str(generation)]
    try:
        child = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise IndexDamagedError(f"{generation.name}: its proof took over {_TIMEOUT_S} s.") from error
    if child.returncode != 0:
        said = child.stderr.strip().splitlines()[-1:] or [f"the child ended with {child.returncode}"]
        raise IndexDamagedError(
            f"The new generation {generation.name} failed its proof ({said[0]}). The index in use is "
            "unchanged. Run python -m ingest again; if it fails twice, reinstall chromadb."
        )


def check_generation(generation: Path) -> None:
    """Open a copy of the generation and prove it. Raises IndexDamagedError for the first fault."""
    manifest = Manifest.model_validate_json((generation / MANIFEST).read_bytes())
    index = PassageIndex.open_generation(generation, manifest)
    known = load_vectors(generation / VECTORS)
    try:
        for edition in index.editions:
            _check_edition(index, edition, manifest, known)
    finally:
        index.close()


def _check_edition(index: PassageIndex, edition: str, manifest: Manifest, known: dict[bytes, Vector]) -> None:
    written = {kind: _written(index, edition, kind, manifest, known) for kind in KINDS}
    for kind in SEARCHED:
        ids, vectors = written[kind]
        check_kind(index, edition, kind, ids, vectors)
        for other, (_, others) in written.items():
            if other != kind and len(ids):
                _check_search(index, edition, kind, ids, vectors, _some(others, _SAMPLE))


def check_kind(index: Searchable, edition: str, kind: str, ids: list[str], vectors: Vector) -> None:
    """Let every entry of a kind search for itself among all of it. Raises IndexDamagedError."""
    _check_search(index, edition, kind, ids, vectors, vectors)


def _some(vectors: Vector, count: int) -> Vector:
    return vectors[np.random.default_rng(_SEED).permutation(len(vectors))[:count]]


def _written(
    index: PassageIndex, edition: str, kind: str, manifest: Manifest, known: dict[bytes, Vector]
) -> tuple[list[str], Vector]:
    """Return ids and vectors as they should be, after holding the stored ones against them."""
    stored, found = index.stored(edition, kind)
    try:
        vectors = [known[vector_key(manifest.model, entry)] for entry in stored]
    except KeyError as error:
        raise IndexDamagedError(f"edition {edition}: a stored {kind} has no known vector") from error
    expected = np.asarray(vectors, dtype=np.float32).reshape(found.shape)
    if not np.allclose(found, expected, atol=_TOLERANCE):
        raise IndexDamagedError(f"edition {edition}: stored {kind} vectors differ from those written")
    return [entry.id for entry in stored], expected


def _check_search(
    index: Searchable,
    edition: str,
    kind: str,
    ids: list[str],
    vectors: Vector,
    queries: Vector,
    limit: int = _TOP,
) -> None:
    """Hold every query's hits against brute force: same similarities, none invented or missed."""
    if not len(ids) or not len(queries):
        return
    limit = min(limit, len(ids), MAX_RESULTS)
    rows = {id_: row for row, id_ in enumerate(ids)}
    truth = queries @ vectors.T
    best = -np.sort(-truth, axis=1)[:, :limit]
    batches = [queries[start : start + _BATCH] for start in range(0, len(queries), _BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda batch: index.search_many(batch, edition, kind, limit), batches)
        every = [hits for batch in found for hits in batch]
    for number, hits in enumerate(every):
        claimed = np.array([hit.similarity for hit in hits])
        real = np.array([truth[number, rows[hit.id]] for hit in hits])
        same = len({hit.id for hit in hits}) == limit and np.allclose(claimed, real, atol=_TOLERANCE)
        if not same or not np.allclose(claimed, best[number], atol=_TOLERANCE):
            raise IndexDamagedError(
                f"edition {edition}: query {number} of {len(queries)} found other {kind} entries than "
                f"brute force (best {best[number][0]:.6f}, found {claimed[:1]})"
            )


def main(arguments: list[str]) -> int:
    """Return 0 if the generation in ``arguments[0]`` is proved, 1 with a line on stderr if not."""
    try:
        check_generation(Path(arguments[0]))
    except (GuideError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
