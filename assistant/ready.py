"""Makes sure that there is an index that fits, before anything is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from assistant.errors import (
    GuideError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
)
from assistant.fingerprint import code_fingerprint, corpus_fingerprint
from assistant.manifest import check_files, check_versions, current_generation
from assistant.settings import PROJECT_ROOT, Settings

_LOCKED = 3  # ingest's exit code when another process holds the lock


def ensure_index(settings: Settings, announce: Callable[[str], None]) -> None:
    """Return when the index is whole and fits corpus, code and model; ingest first if it doesn't.

    ``announce`` gets a Swedish line for what was found. No model is loaded and Chroma isn't
    opened: sizes and digests tell. Raises the error found, with ingest's own words and the way
    out, if ingest fails, and IndexLockedError if another process is ingesting.
    """
    found = index_fault(settings)
    if found is None:
        return
    announce(_in_swedish(found))
    code, said = _ingest(settings, rebuild=isinstance(found, IndexDamagedError))
    if code == _LOCKED:
        raise IndexLockedError(
            "En annan process bygger indexet just nu. Vänta tills den är klar och starta igen."
        )
    still = index_fault(settings)
    if code != 0 or still is not None:
        why = said or str(still or found)
        raise type(still or found)(
            f"Indexet kunde inte byggas: {why} Rätta felet och kör sedan: python -m ingest"
        )
    announce("Indexet är klart.")


def index_fault(settings: Settings) -> GuideError | None:
    """Return what is wrong with the index as the error it would raise, or None if it fits."""
    try:
        generation, manifest = current_generation(settings.index_dir)
        check_files(generation, manifest)
        check_versions(manifest, settings.embedding_model)
    except GuideError as error:
        return error
    if manifest.corpus != corpus_fingerprint(settings.corpus_dir):
        return IndexMismatchError("The corpus has changed since the index was built: python -m ingest")
    if manifest.code != code_fingerprint():
        return IndexMismatchError("The program has changed since the index was built: python -m ingest")
    return None


def _in_swedish(found: GuideError) -> str:
    if isinstance(found, IndexMissingError):
        return "Det finns inget index än. Det byggs nu ur vägledningen; första gången tar det några minuter."
    if isinstance(found, IndexDamagedError):
        return f"Indexet är skadat ({found}) Det byggs nu om från grunden ur vägledningen."
    return f"Indexet stämmer inte längre med vägledningens filer eller programmet ({found}) Det byggs nu om."


def _ingest(settings: Settings, rebuild: bool) -> tuple[int, str]:
    """Run ingest as a child with these settings; return its exit code and its last error line.

    Its progress goes to our stderr, so that a command's JSON on stdout stays alone.
    """
    paths = os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))))
    environment = {
        **os.environ,
        "PYTHONPATH": paths,
        "VAGLEDAREN_CORPUS_DIR": str(settings.corpus_dir),
        "VAGLEDAREN_VAR_DIR": str(settings.var_dir),
        "VAGLEDAREN_EMBEDDING_MODEL": settings.embedding_model,
    }
    command = [sys.executable, "-m", "ingest", *(["--rebuild"] if rebuild else [])]
    child = subprocess.run(command, env=environment, stdout=2, stderr=subprocess.PIPE, text=True, check=False)
    lines = child.stderr.strip().splitlines()
    if child.returncode != 0 and not lines:
        return child.returncode, f"ingest avslutades med kod {child.returncode}."
    return child.returncode, lines[-1] if lines else ""
