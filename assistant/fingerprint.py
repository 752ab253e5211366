"""Digests that tell whether the index still fits the corpus and the code."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

from assistant.settings import PROJECT_ROOT

# Raise it when a generation's files change their form; an older index is then rebuilt.
INDEX_SCHEMA = 3

# What decides the index's content. The raw sources are only compared with their own digests.
# Nor does what the assistant reads at its start (notes, guard, privacy) change the index.
_VOCABULARY = "vocabulary.toml"
_CORPUS_FILES = ("*.md", "editions.toml", "table_words.toml", _VOCABULARY, "faq/*.jsonl")
# The code that a generation is the product of: ingest, and what it uses of the assistant
# (tests/test_ready.py holds the list against what is really imported).
_CODE_FILES = (
    "ingest/*.py",
    *(
        f"assistant/{name}.py"
        for name in (
            "contrast", "embedding", "entries", "features", "forest", "index", "kinship", "leaning",
            "lexical", "lexicon", "plain", "query_map", "ranker", "retrieval", "searched", "serialise",
            "types", "vectors", "vocabulary",
        )
    ),
)  # fmt: skip


def corpus_fingerprint(corpus_dir: Path) -> str:
    """Return the SHA-256 (64 hexadecimal digits) over the names and bytes of the corpus files.

    It changes with every file that the index is made from: editions, editions.toml, the table's words,
    written questions, training data, the vocabulary's abbreviations, and INDEX_SCHEMA. The rest of the
    vocabulary is read when the assistant starts: a new word needs no new index. A missing folder has
    a fingerprint as well.
    """
    return _digest(corpus_dir, _CORPUS_FILES)


def code_fingerprint(root: Path = PROJECT_ROOT) -> str:
    """Return the SHA-256 over the code that builds an index, so that new code gets a new one."""
    return _digest(root, _CODE_FILES)


def file_digest(path: Path) -> str:
    """Return the file's SHA-256. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(folder: Path, patterns: tuple[str, ...]) -> str:
    total = hashlib.sha256(f"schema {INDEX_SCHEMA}\n".encode())
    for path in _files(folder, patterns):
        digest = _abbreviations_digest(path) if path.name == _VOCABULARY else file_digest(path)
        total.update(f"{path.relative_to(folder).as_posix()}\0{digest}\n".encode())
    return total.hexdigest()


def _abbreviations_digest(path: Path) -> str:
    """The digest of all that search uses of the vocabulary; the whole file's where it isn't TOML."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return file_digest(path)
    told = json.dumps(read.get("abbreviations", {}), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def code_files(root: Path = PROJECT_ROOT) -> list[Path]:
    """Return the files that ``code_fingerprint`` reads."""
    return _files(root, _CODE_FILES)


def _files(folder: Path, patterns: tuple[str, ...]) -> list[Path]:
    paths = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix())
