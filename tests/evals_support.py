"""A deterministic stand-in for the assistant, and the seven faults to plant in any assistant."""

from __future__ import annotations

import dataclasses
import random
from collections import defaultdict
from functools import cache
from pathlib import Path

from assistant.citing import cite
from assistant.settings import PROJECT_ROOT
from assistant.types import Answer, Block, Edition, Hit, Profile, Status, Turn, Verdict, Warning_
from evals.cases import CASES_DIR, expected_editions, load_cases
from evals.matching import normal
from evals.model import Case
from ingest.corpus import load_corpus


@cache
def real_editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(PROJECT_ROOT / "corpus")}


@cache
def real_cases() -> tuple[Case, ...]:
    return load_cases(CASES_DIR, real_editions())


class Oracle:
    """Answers every case of a set as the case wants it, by looking its question up."""

    def __init__(self, cases: tuple[Case, ...], editions: dict[str, Edition]) -> None:
        self.editions = editions
        self._cases: dict[object, list[Case]] = defaultdict(list)
        for case in cases:
            self._cases[case.asked, case.history, case.asker, case.edition].append(case)

    @classmethod
    def open(cls, settings: object) -> Oracle:
        return cls(real_cases(), real_editions())

    def answer(
        self,
        question: str,
        history: tuple[Turn, ...] = (),
        profile: Profile | None = None,
        edition: str | None = None,
    ) -> Answer:
        same = self._cases[question, tuple(history), profile, edition]
        case = same[0]
        allowed = expected_editions(case, self.editions)
        blocks = [self._find(span, allowed) for one in same for span in (*one.evidence, *one.evidence_any)]
        used = blocks[0].edition if blocks else allowed[0]
        rows = [b for b in self.editions[used].blocks if b.table_row in (case.rows or ())]
        verdict = (case.verdicts or ("none",))[0]
        masked = _mask(question, case)
        return Answer(
            question=masked,
            status=Status((case.status or ("answered",))[0]),
            verdict=None if verdict == "none" else Verdict(verdict),
            edition=used,
            answer=f"{' '.join(words[0] for one in same for words in one.must)} enligt vägledningen.",
            citations=tuple(cite(b) for b in dict.fromkeys([*blocks, *rows])),
            warnings=tuple(Warning_(name) for name in case.warnings or ()),
            latency_ms=5.0,
        )

    def retrieve(self, question: str, edition: str, limit: int) -> list[Hit]:
        cases = (case for key, found in self._cases.items() if key[0] == question for case in found)
        spans = [normal(span) for case in cases for span in (*case.evidence, *case.evidence_any)]
        blocks = [b for b in self.editions[edition].blocks if any(span in normal(b.text) for span in spans)]
        return [Hit(block, block.passages[0], 0.9) for block in blocks][:limit]

    def _find(self, span: str, allowed: tuple[str, ...]) -> Block:
        for id_ in allowed:
            for block in self.editions[id_].blocks:
                if normal(span) in normal(block.text):
                    return block
        raise LookupError(span)


def _mask(question: str, case: Case) -> str:
    if case.kind == "personal_data":
        for word in case.must_not:
            question = question.replace(word, "[dolt]")
    return question[:300]


class Fault:
    """Wraps a subject; the subclasses each break one thing."""

    def __init__(self, subject: object) -> None:
        self.subject = subject
        self.editions = subject.editions

    def answer(self, question, history=(), profile=None, edition=None):
        answer = self.subject.answer(question, history, profile, edition)
        return self.spoil(answer, question)

    def retrieve(self, question, edition, limit):
        return self.subject.retrieve(question, edition, limit)

    def spoil(self, answer: Answer, question: str) -> Answer:
        return answer

    def other_blocks(self, edition: str, seed: str, count: int) -> list[Block]:
        return random.Random(seed).sample(self.editions[edition].blocks, count)


class FlippedVerdict(Fault):
    """A row's verdict is turned round: row 2 and row 7 say that consent isn't needed."""

    def spoil(self, answer, question):
        rows = {citation.table_row for citation in answer.citations}
        if answer.verdict is Verdict.CONSENT_REQUIRED and rows & {2, 7}:
            return dataclasses.replace(answer, verdict=Verdict.CONSENT_NOT_REQUIRED)
        return answer


class ShuffledRetrieval(Fault):
    """What is found has nothing to do with the question."""

    def retrieve(self, question, edition, limit):
        blocks = self.other_blocks(edition, question, limit)
        return [Hit(block, block.passages[0], 0.5) for block in blocks]

    def spoil(self, answer, question):
        if answer.verdict is not None or not answer.citations:
            return answer
        blocks = self.other_blocks(answer.edition, question, len(answer.citations))
        return dataclasses.replace(answer, citations=tuple(map(cite, blocks)))


class CutCitations(Fault):
    """The answer stands without its sources."""

    def spoil(self, answer, question):
        return dataclasses.replace(answer, citations=())


class ParaphrasedQuotes(Fault):
    """The quotes say the same in other words."""

    def spoil(self, answer, question):
        changed = (
            dataclasses.replace(c, quote=c.quote.replace(" och ", " samt ") + " (fritt återgivet)")
            for c in answer.citations
        )
        return dataclasses.replace(answer, citations=tuple(changed))


class NoAbstention(Fault):
    """There is always an answer, whether the guideline has one or not."""

    def spoil(self, answer, question):
        if answer.status not in (Status.NOT_IN_GUIDELINE, Status.DECLINED):
            return answer
        block = self.other_blocks(answer.edition or "2024", question, 1)[0]
        return dataclasses.replace(answer, status=Status.ANSWERED, citations=(cite(block),))


class NoMasking(Fault):
    """The question comes back with the personal data in it."""

    def spoil(self, answer, question):
        return dataclasses.replace(answer, question=question)


class EditionsMixed(Fault):
    """A quote of the other edition slips in."""

    def spoil(self, answer, question):
        if not answer.citations:
            return answer
        other = next(id_ for id_ in self.editions if id_ != answer.edition)
        block = self.other_blocks(other, question, 1)[0]
        return dataclasses.replace(answer, citations=(*answer.citations, cite(block)))


# The fault, and the title under which the gate and the report must name it.
FAULTS = {
    FlippedVerdict: "Farliga svar",
    ShuffledRetrieval: "Sökningen hittar belägget sämre",
    CutCitations: "Belägget saknas bland citaten",
    ParaphrasedQuotes: "Citat som inte står ordagrant i vägledningen",
    NoAbstention: "Fel slags svar: svarar där den ska avstå",
    NoMasking: "Personuppgifter som inte maskeras",
    EditionsMixed: "Fel utgåva, eller utgåvor som blandas",
}

CASE_FILE = """suite: tabell1
cases:
  - id: exempel-1
    kind: consent
    question: "Jag är socionom. Krävs samtycke för att prata med barnmorskan?"
    status: [answered]
    verdicts: [consent_required]
    rows: [7]
    evidence: ["Samtycke från vårdnadshavare krävs eftersom socionom och förskollärare inte har samma"]
    tags: [row-7]
    split: dev
"""


def write_case_file(folder: Path, text: str = CASE_FILE, name: str = "exempel.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder
