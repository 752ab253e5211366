"""A generation of the index on disk: its folder, its manifest, and whether its bytes are whole.

``CURRENT`` names the serving generation and the SHA-256 of its manifest; the manifest holds
size and SHA-256 of every other file. Nobody opens a generation's Chroma folder where it lies:
merely opening it rewrites ``chroma.sqlite3`` (measured, Chroma 1.5.9), so that digests would
no longer hold and two processes would write one folder. Readers take a private copy.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from assistant.fingerprint import INDEX_SCHEMA, file_digest

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
CHROMA = "chroma"
EDITIONS = "editions.json"
RETRIEVAL = "retrieval"
VECTORS = "vectors.npz"

REBUILD = "Rebuild the index: python -m ingest --rebuild"

_POINTER = re.compile(r"(gen-[0-9A-Za-z-]+) ([0-9a-f]{64})\n")


class FileRecord(BaseModel):
    """One file of a generation as it was when the generation was proved."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """What a generation was built from, and the digests of its files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index_schema: int = INDEX_SCHEMA
    chroma: str = Field(default_factory=lambda: version("chromadb"))
    created: str  # UTC, ISO 8601
    corpus: str  # corpus_fingerprint(), or "partial" when an edition was carried over unread
    code: str  # code_fingerprint()
    content: str  # SHA-256 over the parsed editions and the written questions
    model: str
    dimension: int
    probe: tuple[float, ...]  # the vector of PROBE_TEXT: other weights under the same name show
    counts: dict[str, dict[str, int]]  # edition -> kind -> entries
    previous: str | None = None  # the generation kept besides this one
    files: dict[str, FileRecord] = Field(default_factory=dict)  # path in the generation -> record


def current_generation(index_dir: Path) -> tuple[Path, Manifest]:
    """Return the serving generation's folder and manifest; its other files aren't looked at.

    Raises IndexMissingError if no run was ever completed and IndexDamagedError if the pointer or
    the manifest isn't what ingest wrote.
    """
    try:
        pointer = (index_dir / CURRENT).read_bytes()
    except FileNotFoundError as error:
        raise IndexMissingError(f"{index_dir}: found no index. Build it: python -m ingest") from error
    except OSError as error:
        raise IndexDamagedError(f"{index_dir / CURRENT}: {error.strerror}. {REBUILD}") from error
    match = _POINTER.fullmatch(pointer.decode("utf-8", "replace"))
    if match is None:
        raise IndexDamagedError(
            f"{index_dir / CURRENT}: found {pointer[:40]!r}; expected a generation and a digest. {REBUILD}"
        )
    return index_dir / match[1], _read_manifest(index_dir / match[1] / MANIFEST, match[2])


def _read_manifest(path: Path, sha256: str) -> Manifest:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IndexDamagedError(f"{path}: {error.strerror}. {REBUILD}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IndexDamagedError(f"{path}: its bytes have changed since ingest. {REBUILD}")
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        # The digest holds, so another version of this program wrote it.
        raise IndexMismatchError(
            f"{path}: written by another version of this program. Run: python -m ingest"
        ) from error


def check_versions(manifest: Manifest, model: str) -> None:
    """Raise IndexMismatchError unless this program, this Chroma and this model read the index."""
    pairs = (
        ("index schema", manifest.index_schema, INDEX_SCHEMA),
        ("chromadb", manifest.chroma, version("chromadb")),
        ("embedding model", manifest.model, model),
    )
    for what, built, now in pairs:
        if built != now:
            raise IndexMismatchError(
                f"The index was built with {what} {built!r}; configured now: {now!r}. "
                "Build it anew: python -m ingest"
            )


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise IndexDamagedError for the first file that is missing or has other bytes than proved."""
    for name, record in manifest.files.items():
        path = folder / name
        try:
            size, digest = path.stat().st_size, file_digest(path)
        except OSError as error:
            raise IndexDamagedError(f"{path}: {error.strerror}. {REBUILD}") from error
        if size != record.size:
            raise IndexDamagedError(f"{path}: found {size} bytes; expected {record.size}. {REBUILD}")
        if digest != record.sha256:
            raise IndexDamagedError(f"{path}: its bytes have changed since ingest. {REBUILD}")


def record_files(folder: Path) -> dict[str, FileRecord]:
    """Return size and SHA-256 of every file under the folder except the manifest, by path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST)
    return {
        path.relative_to(folder).as_posix(): FileRecord(size=path.stat().st_size, sha256=file_digest(path))
        for path in paths
    }


def copy_generation(generation: Path, target: Path) -> None:
    """Copy a generation into the folder ``target``. Raises IndexDamagedError if it can't be read."""
    try:
        shutil.copytree(generation, target, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise IndexDamagedError(f"{generation}: can't be read ({error}). {REBUILD}") from error
