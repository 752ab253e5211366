"""What retrieval learned from the corpus, kept beside it: a fresh machine needn't learn for a minute.

``corpus/vectors/<model>-learned.zip`` holds the files of a generation's ``retrieval`` folder, and in
``MADE_OF`` what they were learned from. They are taken only where that is the same to the byte: the
corpus, the code and the model. Otherwise, and where the file can't be read, ingest learns anew.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import numpy as np

from assistant.manifest import RETRIEVAL, Manifest
from ingest.progress import Progress
from ingest.shipped import shipped_path

MADE_OF = "made-of.json"
_ALIKE = 0.999  # cosine of the probe's vectors: other processors round otherwise, other weights differ
_LARGEST = 50_000_000  # bytes of one file
_FILE = re.compile(r"[\w-]+\.(?:npy|npz|json)")
_THEN = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def learned_path(corpus_dir: Path, model: str) -> Path | None:
    """Return where it is kept, or None for a model that is named by a folder."""
    vectors = shipped_path(corpus_dir, model)
    return vectors.with_name(f"{model}-learned.zip") if vectors else None


def take_learned(corpus_dir: Path, generation: Path, manifest: Manifest, progress: Progress) -> bool:
    """Unpack what was learned from just this into the generation; tell whether that was possible.

    Says why a file that exists isn't taken; that it was learned from something else is no fault.
    """
    path = learned_path(corpus_dir, manifest.model)
    if path is None or not path.exists():
        return False
    try:
        with zipfile.ZipFile(path) as kept:
            if not _same(json.loads(kept.read(MADE_OF)), manifest):
                progress.say(f"{path.name} was learned from something else: learning anew")
                return False
            files = {name: _read(kept, name) for name in kept.namelist() if name != MADE_OF}
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        way_out = f"Write it anew with: python -m ingest --save-vectors, or remove {path.name}."
        progress.say(f"{path}: can't be read ({error}); ingest learns anew. {way_out}")
        return False
    (generation / RETRIEVAL).mkdir(exist_ok=True)
    for name, data in files.items():
        (generation / RETRIEVAL / name).write_bytes(data)
    progress.say("What was learned from the written questions came with the corpus")
    return True


def save_learned(corpus_dir: Path, generation: Path, manifest: Manifest) -> Path | None:
    """Write what the generation has learned and return the file, None if it has learned nothing."""
    path = learned_path(corpus_dir, manifest.model)
    files = sorted((generation / RETRIEVAL).glob("*"))
    if path is None or not files:
        return None
    path.parent.mkdir(exist_ok=True)
    parts = {MADE_OF: _made_of(manifest), **{file.name: file.read_bytes() for file in files}}
    with zipfile.ZipFile(path, "w") as kept:
        for name, data in parts.items():
            kept.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
    return path


def _made_of(manifest: Manifest) -> bytes:
    made_of = {
        "corpus": manifest.corpus,
        "code": manifest.code,
        "content": manifest.content,
        "probe": list(manifest.probe),
    }
    return json.dumps(made_of).encode()


def _same(made_of: dict[str, object], manifest: Manifest) -> bool:
    wanted = {"corpus": manifest.corpus, "code": manifest.code, "content": manifest.content}
    if any(made_of[key] != value for key, value in wanted.items()):
        return False
    probes = np.asarray(made_of["probe"], dtype=np.float64), np.asarray(manifest.probe)
    return probes[0].shape == probes[1].shape and float(probes[0] @ probes[1]) > _ALIKE


def _read(kept: zipfile.ZipFile, name: str) -> bytes:
    if not _FILE.fullmatch(name) or kept.getinfo(name).file_size > _LARGEST:
        raise ValueError(f"found {name!r}; expected files of learned numbers")
    return kept.read(name)
