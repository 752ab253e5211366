"""Words as BM25 sees them: Swedish stems, the parts of compounds, abbreviations written out.

"samverkansavtal" yields ``samverkansavtal``, ``samverkan`` and ``avtal``, in texts and in
questions alike, so that each finds the other. A compound is only split into words that the
texts themselves use, which keeps "barnmorska" from becoming "barn" + "morska".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.vocabulary import Vocabulary, tokenize
from assistant.vocabulary import stem as snowball

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float64]

K1 = 1.2  # BM25's usual constants; 0.9-1.6 and 0.4-0.9 made no difference
B = 0.6
PART_WEIGHT = 0.5  # a compound's part counts half of a word that stands by itself
MIN_PART = 3
MIN_LONE_PART = 5
MIN_FUZZY = 6
FUZZY_CUTOFF = 0.84

STOPWORDS = frozenset(
    """alla allt att av bara bli blir blev de dem den denna deras dess det detta dig din ditt dock du där då
    efter ej eller en er ert ett finns få får för från ge ger ha hade han har hans hela hen henne hennes hon
    honom hos hur här i icke in inom inte ja jag jo ju kan kunde lite man med mellan men mig min mina mitt
    mot mycket ni nog nu nån något någon några nåt när och också om oss på samt sig sin sina sitt ska skall
    skulle som så sådan säger står till typ under upp ut utan vad var vara varför varit vart vem vems vi vid
    vilka vilken vilket vill vår våra vårt väl än är även åt över egentligen stämmer gäller måste behöver
    the a an of to in is are and or for on do does what who how when where which with at it be must can
    should we you i they that this by from our""".split()
)


def stem(word: str) -> str:
    """Return the Swedish stem of a lower-case word.

    Snowball leaves the definite "-an" on ("barnmorskan", "förskolan"): it goes first.
    """
    base = word.removesuffix("s") if word.endswith("ans") else word
    return snowball(base[:-1] if base.endswith("an") and len(base) > 5 else word)


def pack(words: Iterable[str]) -> NDArray[np.uint8]:
    """Return words without line breaks as bytes, for a file that holds nothing but numbers."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpack(packed: NDArray[np.uint8]) -> list[str]:
    """Return the words that ``pack`` was given. Raises ValueError if they can't be read."""
    return packed.tobytes().decode().split("\n") if len(packed) else []


def _words(text: str) -> tuple[str, ...]:
    return tuple(t.lower for t in tokenize(text) if t.lower[0].isalnum())


def dictionary(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of the texts that a compound may be made of, each with its stem."""
    used = sorted({word for text in texts for word in _words(text)})
    return {w: stem(w) for w in used if w.isalpha() and len(w) >= MIN_PART and w not in STOPWORDS}


_STOP_STEMS = frozenset(stem(word) for word in STOPWORDS) | STOPWORDS


class Analyzer:
    """Turns a text into weighted terms, with a dictionary of the words that compounds are split into."""

    def __init__(self, stems: Mapping[str, str], vocabulary: Vocabulary) -> None:
        """``stems`` has the stem of every word of the dictionary (see ``dictionary``)."""
        self.stems = dict(stems)
        self._words = frozenset(stems)
        self._stems = frozenset(stems.values())
        self._parts = frozenset(s for s in self._stems if len(s) >= MIN_PART)
        self._fuzzy = sorted(s for s in self._stems if len(s) >= MIN_FUZZY - 1)
        self._abbreviations = {
            short: tuple(t.stem for t in tokenize(long) if t.lower.isalnum() and t.lower not in _STOP_STEMS)
            for short, long in vocabulary.abbreviations.items()
        }
        self._cache: dict[str, tuple[tuple[str, float], ...]] = {}

    def terms(self, text: str) -> dict[str, float]:
        """Return the text's terms with their weights summed, stop words left out."""
        out: dict[str, float] = defaultdict(float)
        for word in self._content(text):
            for term, weight in self._expand(word):
                out[term] += weight
        return dict(out)

    def content_words(self, text: str) -> list[str]:
        """Return the text's content words (lower case, in order, stop words and marks left out)."""
        return list(self._content(text))

    def expand(self, word: str) -> dict[str, float]:
        """Return the terms of one lower-case word with their weights."""
        return dict(self._expand(word))

    def split(self, word: str) -> tuple[str, ...]:
        """Return the stems of a compound's parts as far as they are known, or () if none is.

        "samtyckesblankett" yields ``samtyck`` although no text holds "blankett".
        """
        if word in self._words and len(word) < 2 * MIN_PART + 2:
            return ()
        return self._both(word) or self._one(word)

    def _content(self, text: str) -> Iterator[str]:
        return (w for w in _words(text) if w not in STOPWORDS)

    def _both(self, word: str) -> tuple[str, ...]:
        for cut in range(len(word) - MIN_PART, MIN_PART - 1, -1):
            head, tail = word[:cut], word[cut:]
            if len(tail) < 4 or stem(tail) not in self._parts:
                continue
            found = self._head(head)
            if found:
                return (*found, stem(tail))
        return ()

    def _head(self, head: str) -> tuple[str, ...]:
        """Return the stems of a compound's first part, which may end in a binding letter."""
        for form in (head, head.removesuffix("s"), head + "a", head + "e"):
            if len(form) >= MIN_PART and form in self._words:
                return (stem(form),)
        return self._both(head.removesuffix("s")) if len(head) >= 2 * MIN_PART + 1 else ()

    def _one(self, word: str) -> tuple[str, ...]:
        """Return the longest known first or last part of a compound whose other part is unknown."""
        if word in self._words or stem(word) in self._stems:
            return ()
        for cut in range(len(word) - MIN_PART, MIN_LONE_PART - 1, -1):
            head = word[:cut].removesuffix("s")
            for form in (word[:cut], head, head + "e", head + "a"):
                if len(form) >= MIN_LONE_PART and form in self._words:
                    return (stem(form),)
        for cut in range(MIN_PART, len(word) - MIN_LONE_PART + 1):
            if (tail := stem(word[cut:])) in self._parts and len(tail) >= MIN_LONE_PART - 1:
                return (tail,)
        return ()

    def _expand(self, word: str) -> tuple[tuple[str, float], ...]:
        if word not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[word] = tuple(self._terms_of(word).items())
        return self._cache[word]

    def _terms_of(self, word: str) -> dict[str, float]:
        base = stem(word)
        terms = {base: 1.0}
        long = self._abbreviations.get(word) or self._abbreviations.get(word.removesuffix("s"))
        for part in long or ():
            terms.setdefault(part, 1.0 / len(long or (1,)))
        if word.isalpha() and not long:
            near = self._nearest(base) if len(word) >= MIN_FUZZY and base not in self._stems else None
            if near:
                terms[near[0]] = near[1]
            for part in () if near else self.split(word):
                terms.setdefault(part, PART_WEIGHT)
        return terms

    def _nearest(self, base: str) -> tuple[str, float] | None:
        found = process.extractOne(
            base, self._fuzzy, scorer=OSA.normalized_similarity, score_cutoff=FUZZY_CUTOFF
        )
        return (found[0], found[1]) if found else None


class BM25:
    """BM25 over weighted terms. Documents are known by their place in the sequence given."""

    def __init__(
        self, size: int, terms: Sequence[str], counts: Sequence[int], rows: Rows, weights: Floats
    ) -> None:
        """``size`` documents; ``rows`` and ``weights`` have, term after term, as many entries as ``counts``
        says: the documents that hold the term, rising, and what it weighs in each.

        Raises ValueError if they don't fit together.
        """
        if not len(terms) == len(counts) or not int(sum(counts)) == len(rows) == len(weights):
            raise ValueError(
                f"{len(terms)} terms, {len(counts)} counts, {len(rows)} rows, {len(weights)} weights"
            )
        if len(rows) and not 0 <= int(rows.min()) <= int(rows.max()) < size:
            raise ValueError(f"rows from {rows.min()} to {rows.max()} for {size} documents")
        self.size = size
        self._terms, self._counts, self._rows, self._weights = tuple(terms), tuple(counts), rows, weights
        ends = np.cumsum(counts, dtype=np.int64).tolist()
        self._postings = {
            term: (rows[end - count : end], weights[end - count : end])
            for term, count, end in zip(terms, counts, ends, strict=True)
        }

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> BM25:
        """Return the index of documents, each given by its terms and their weights."""
        lengths = np.array([sum(d.values()) for d in documents], dtype=np.float64)
        norm = K1 * (1 - B + B * lengths / max(lengths.mean() if len(documents) else 1.0, 1e-9))
        places: dict[str, int] = {}
        ids = [places.setdefault(term, len(places)) for document in documents for term in document]
        found = np.array(ids, dtype=np.int64)
        rows = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
        counts = np.array([count for document in documents for count in document.values()])
        order = np.argsort(found, kind="stable")
        weights = counts * (K1 + 1) / (counts + norm[rows]) if len(rows) else counts
        held = np.bincount(found, minlength=len(places)).tolist()
        return cls(len(documents), list(places), held, rows[order], weights[order])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what ``from_arrays`` needs, by name."""
        return {
            "size": np.array(self.size),
            "terms": pack(self._terms),
            "counts": np.array(self._counts, dtype=np.int32),
            "rows": self._rows.astype(np.int32),
            "weights": self._weights,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> BM25:
        """Return what gave these ``arrays``. Raises KeyError or ValueError for others."""
        return cls(
            int(arrays["size"]),
            unpack(arrays["terms"]),
            arrays["counts"].tolist(),
            arrays["rows"].astype(np.int64),
            arrays["weights"].astype(np.float64),
        )

    def idf(self, term: str) -> float:
        """Return the term's inverse document frequency; the highest for a term never seen."""
        found = self._postings.get(term)
        df = len(found[0]) if found else 0
        return math.log(1 + (self.size - df + 0.5) / (df + 0.5))

    def knows(self, term: str) -> bool:
        """Tell whether any document holds the term."""
        return term in self._postings

    def rows(self, term: str) -> NDArray[np.int64]:
        """Return the places of the documents that hold the term."""
        found = self._postings.get(term)
        return found[0] if found else np.zeros(0, dtype=np.int64)

    def scores(self, query: dict[str, float]) -> NDArray[np.float64]:
        """Return one score per document, 0 for those that share no term with the query."""
        out = np.zeros(self.size)
        for term, weight in query.items():
            if found := self._postings.get(term):
                out[found[0]] += weight * self.idf(term) * found[1]
        return out
