"""Generations on disk: made in a folder of their own, sealed, switched to, and cleared away."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import GuideError, IndexLockedError, IndexMissingError
from assistant.manifest import (
    CURRENT,
    MANIFEST,
    RETRIEVAL,
    Manifest,
    current_generation,
    record_files,
)

LOCK = "LOCK"


@contextmanager
def write_lock(index_dir: Path) -> Iterator[None]:
    """Hold the index folder for one writer; the lock goes with its process, however that ends.

    Raises IndexLockedError at once if another process holds it.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index_dir / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLockedError(
            f"{index_dir / LOCK}: another ingest is writing this index. Wait until it is done."
        ) from error
    try:
        yield
    finally:
        lock.release()


def new_generation(index_dir: Path) -> Path:
    """Return a new, empty generation folder with its folder for what retrieval learns."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    generation = index_dir / f"gen-{stamp}-{secrets.token_hex(4)}"
    (generation / RETRIEVAL).mkdir(parents=True)
    return generation


def seal(generation: Path, manifest: Manifest) -> Manifest:
    """Put every file on disk, write the manifest with their digests, and return it."""
    for path in sorted(generation.rglob("*"), reverse=True):
        _sync(path)
    sealed = manifest.model_copy(update={"files": record_files(generation)})
    _write(generation / MANIFEST, sealed.model_dump_json(indent=1).encode())
    _sync(generation)
    return sealed


def switch_to(generation: Path) -> None:
    """Make a sealed and proved generation the serving one, by one atomic rename."""
    index_dir = generation.parent
    digest = hashlib.sha256((generation / MANIFEST).read_bytes()).hexdigest()
    new = index_dir / f"{CURRENT}.new"
    _sync(index_dir)
    _write(new, f"{generation.name} {digest}\n".encode())
    new.replace(index_dir / CURRENT)  # the rename that everything rests on
    _sync(index_dir)


def serving_name(index_dir: Path) -> str | None:
    """Return the name of the serving generation, None if there is none or it can't be told."""
    try:
        return current_generation(index_dir)[0].name
    except GuideError:
        return None


def remove_leftovers(index_dir: Path) -> None:
    """Remove every generation but the serving one and its predecessor. Only under the lock.

    Where the pointer can't be read nothing is removed: the next success clears up.
    """
    keep: set[str | None] = set()
    try:
        generation, manifest = current_generation(index_dir)
        keep = {generation.name, manifest.previous}
    except IndexMissingError:
        pass  # no run was ever completed: all there is are leftovers
    except GuideError:
        return
    for path in index_dir.glob("gen-*"):
        if path.name not in keep:
            shutil.rmtree(path)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
