"""A deterministic embedding model that needs no weights and counts what it is asked."""

import hashlib
import re
from functools import cache

import numpy as np


class HashModel:
    """Unit vectors that are sums of hashed words: texts that share words are near each other."""

    def __init__(self, name: str = "hash", dimension: int = 16, salt: str = "") -> None:
        self.name = name
        self.dimension = dimension
        self.salt = salt
        self.embedded: list[str] = []  # every text but queries one by one, in order

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def embed_questions(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        total = np.zeros(self.dimension)
        for word in re.findall(r"\w+", text.lower()) or [""]:
            total += _word_vector(self.salt + word, self.dimension)
        return [float(x) for x in np.asarray(total / np.linalg.norm(total), dtype=np.float32)]


@cache
def _word_vector(word: str, dimension: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimension)
