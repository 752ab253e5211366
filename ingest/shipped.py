"""The bundled model's vectors of the corpus, kept beside it: a fresh machine needn't embed for minutes.

``corpus/vectors/<model>.npz`` has a row per text: ``keys`` (see ``vector_key``) and ``codes``, the
vector's direction in signed bytes. It only saves time: a text that it lacks is embedded, and a file
that can't be read or that another model made is left aside with a message.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from assistant.embedding import VectorModel
from assistant.errors import InvalidInputError
from assistant.vectors import Embeddable, key_rows
from ingest.progress import Progress
from ingest.vectors import Vector, embed

FOLDER = "vectors"
_SAMPLE = 12  # texts that are embedded to see whether the file is this model's
_ALIKE = 0.999  # cosine; a vector in bytes keeps more than 0.9998 of itself
_NAME = re.compile(r"[\w.-]+")


def shipped_path(corpus_dir: Path, model: str) -> Path | None:
    """Return where the model's vectors are kept, or None for a model that is named by a folder."""
    return corpus_dir / FOLDER / f"{model}.npz" if _NAME.fullmatch(model) else None


def load_shipped(
    corpus_dir: Path, model: VectorModel, wanted: Mapping[bytes, Embeddable], progress: Progress
) -> dict[bytes, Vector]:
    """Return the shipped vectors of the wanted texts by key, {} if there are none to rely on.

    A sample is embedded and compared, so that neither exchanged weights nor a wrong file get into
    the index. Says why a file that exists isn't used. Raises EmbeddingError.
    """
    path = shipped_path(corpus_dir, model.name)
    if path is None or not path.exists():
        return {}
    try:
        stored = read_shipped(path)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        progress.say(f"{path}: can't be read ({error}); everything is embedded. {_way_out(path)}")
        return {}
    found = {key: stored[key] for key in wanted if key in stored}
    if not _made_by(model, found, wanted):
        progress.say(f"{path}: made by another model; everything is embedded. {_way_out(path)}")
        return {}
    return found


def save_shipped(corpus_dir: Path, model: str, vectors: Mapping[bytes, Vector]) -> Path:
    """Write the vectors (unit vectors by key) and return the file.

    Sorted by key, and not packed, so that a changed text changes few bytes in version control.
    Raises InvalidInputError for a model that is named by a folder.
    """
    path = shipped_path(corpus_dir, model)
    if path is None:
        raise InvalidInputError(f"model {model!r}: found a folder; expected a model that others have by name")
    keys = sorted(vectors)
    rows = np.stack([vectors[key] for key in keys])
    codes = np.rint(rows * (127 / np.abs(rows).max(axis=1, keepdims=True))).astype(np.int8)
    path.parent.mkdir(exist_ok=True)
    np.savez(path, keys=key_rows(keys), codes=codes)
    return path


def read_shipped(path: Path) -> dict[bytes, Vector]:
    """Return all vectors of a file, of unit length, by key.

    Raises OSError, EOFError, ValueError, KeyError or BadZipFile if it isn't such a file.
    """
    with np.load(path, allow_pickle=False) as stored:
        keys, rows = stored["keys"], stored["codes"].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(rows).all():
        raise ValueError("a vector without length")
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def _made_by(model: VectorModel, found: Mapping[bytes, Vector], wanted: Mapping[bytes, Embeddable]) -> bool:
    keys = sorted(found)
    sample = keys[:: max(1, len(keys) // _SAMPLE)]
    texts = sorted((wanted[key] for key in sample), key=lambda entry: entry.kind == "question")
    if not texts:
        return True
    if found[sample[0]].shape != (model.dimension,):
        return False
    shipped = np.stack([found[key] for key in sorted(sample, key=lambda key: wanted[key].kind == "question")])
    likeness = (embed(texts, model) * shipped).sum(axis=1)
    return bool(likeness.min() > _ALIKE)


def _way_out(path: Path) -> str:
    return f"Write it anew with: python -m ingest --save-vectors, or remove {path.name}."
