"""Corpus folders to read and to break: one small, whole edition; the real ones with fewer questions."""

import hashlib
import shutil
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

SMALL = """\
# Vägledning

## Förord

Ett stycke. Ett till stycke[^1].

[^1]: En fotnot. Med två meningar.

## Sekretess

### Huvudman

Tabell 1: Sekretessområden

| Medarbetare | Medarbetare | Sekretessområde |
| --- | --- | --- |
| Barnmorska anställd av Region Skåne | Socionom anställd av kommunen | Samtycke från vårdnadshavare krävs |

### Samtycke

Det här gäller. Därför ska styrgruppen:

- ha mål
- ta tid. Mycket tid.

Vilket bidrar till att:

1. hälsan ökar
"""

EDITIONS = """\
[[edition]]
id = "2030"
title = "Vägledning"
year = 2030
publishers = ["Region Skåne"]
status = "in_force"
markdown = "2030.md"
source = "2030.txt"
source_sha256 = "{digest}"

[edition.pages]
"Sekretess" = 19
"Sekretess › Samtycke" = 21
"""


def write_small_corpus(folder: Path) -> Path:
    """Write the small edition "2030" with its files into the folder, and return it."""
    source = b"Ett stycke."
    (folder / "2030.txt").write_bytes(source)
    (folder / "2030.md").write_text(SMALL, encoding="utf-8")
    digest = hashlib.sha256(source).hexdigest()
    (folder / "editions.toml").write_text(EDITIONS.format(digest=digest), encoding="utf-8")
    shutil.copy(CORPUS / "table_words.toml", folder)
    return folder


def copy_corpus(folder: Path, *, without: str = "") -> Path:
    """Copy the real corpus with every 40th line of its written questions, and return the copy.

    An ingest takes a tenth of the time with it, and does the same.
    """
    shutil.copytree(CORPUS, folder, ignore=shutil.ignore_patterns(without))
    for path in (folder / "faq").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[::40]), encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first ``old`` in the file, which must have it."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def error_of(folder: Path) -> CorpusError:
    """Return the error with which the folder is refused."""
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    return caught.value
