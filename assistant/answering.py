"""The whole story of an answer, top to bottom: question → masked question → intent → facts or
retrieved passages → answer with citations."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant import consent_answer, wording
from assistant.asked import Asked, QuestionReader
from assistant.chat_model import PassageChooser
from assistant.citing import cite, unique
from assistant.comparison import Comparison, SectionDiff, compare_editions
from assistant.comparison_answer import compose_change
from assistant.comparison_file import load_comparisons
from assistant.consent import Finding, decide
from assistant.conversation import Situation, read_conversation
from assistant.embedding import load_embedding
from assistant.errors import ChatModelError, InvalidInputError
from assistant.facts import Reading, read_profile
from assistant.follow_ups import Topic, answered_again, answers_in_context, merge, resolve
from assistant.framing import declined, with_english_lead, with_notices
from assistant.guard_words import GuardWords, load_guard
from assistant.guideline_answer import Composed, answers_first, compose, nearest, only_points
from assistant.index import PassageIndex
from assistant.intent import without_edition_words
from assistant.notes import Notes
from assistant.plain import plain_text
from assistant.privacy import mask
from assistant.replies import DECLINED, NOT_IN_GUIDELINE, TOO_LONG
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Citation,
    Edition,
    Hit,
    Party,
    Profile,
    Status,
    Turn,
    Verdict,
    Warning_,
)
from assistant.vocabulary import Vocabulary

_HITS = 5
_COMPARED_HITS = 20  # in each edition, to find the places that both speak of
_log = logging.getLogger(__name__)


class Assistant:
    """Answers from the editions of one index. Safe from several threads."""

    def __init__(
        self,
        editions: dict[str, Edition],
        retriever: Retriever,
        vocabulary: Vocabulary,
        notes: Notes,
        guard: GuardWords,
        comparisons: tuple[Comparison, ...] = (),
        *,
        max_question_chars: int = 2000,
        chooser: PassageChooser | None = None,
    ) -> None:
        self.editions = editions
        self._retriever = retriever
        self._vocabulary = vocabulary
        self._notes = notes
        self._reader = QuestionReader(editions, vocabulary, guard, max_question_chars, retriever.steering)
        self._comparisons = comparisons
        self._max_chars = max_question_chars
        self._chooser = chooser
        self._default = self._reader.default
        self._diffs: dict[tuple[str, str], tuple[SectionDiff, ...]] = {}

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """The assistant over the serving index.

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError, EmbeddingError or
        CorpusError, each with the way out.
        """
        model = load_embedding(settings.embedding_model, settings.embedding_threads)
        index = PassageIndex.open(settings.index_dir, model)
        vocabulary = Vocabulary.load(settings.corpus_dir / "vocabulary.toml")
        return cls(
            editions=dict(index.editions),
            retriever=Retriever.open(index, model, vocabulary),
            vocabulary=vocabulary,
            notes=Notes.load(settings.corpus_dir / "notes.toml", dict(index.editions)),
            guard=load_guard(settings.corpus_dir / "guard.toml"),
            comparisons=load_comparisons(settings.corpus_dir, index.editions),
            max_question_chars=settings.max_question_chars,
            chooser=PassageChooser.open(settings),
        )

    def retrieve(self, question: str, edition: str, limit: int = _HITS) -> list[Hit]:
        """The blocks that most likely answer, best first (personal data masked before)."""
        return self._retriever.search(mask(question).text, edition, limit)

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        profile: Profile | None = None,
        edition: str | None = None,
    ) -> Answer:
        """The answer to a question after earlier turns.

        Raises InvalidInputError for an unknown edition. Everything else that can be typed has
        an answer, if only that it can't be answered.
        """
        started = time.perf_counter()
        if edition is not None and edition not in self.editions:
            known = ", ".join(self.editions)
            raise InvalidInputError(f"Utgåvan {edition!r} finns inte. Välj en av: {known}.")
        answer = self._answer(question, history, profile, edition)
        return replace(answer, latency_ms=round((time.perf_counter() - started) * 1000, 3))

    def _answer(
        self, question: str, history: Sequence[Turn], profile: Profile | None, edition: str | None
    ) -> Answer:
        default = self.editions[edition] if edition else self._default
        if len(question) > self._max_chars:
            shown = mask(question[: self._max_chars]).text
            return declined(shown, default, TOO_LONG.format(limit=self._max_chars), False)
        masked = mask(question)
        screened = self._reader.screened(masked)
        if not screened.question.strip():
            return declined(masked.text, default, DECLINED[screened.kind], masked.any)
        asked = self._reader.read(masked, screened.question, history, profile, edition)
        return with_notices(self._route(asked), asked.edition, asked.personal_data)

    # ------------------------------------------------------------------------------- which way

    def _route(self, asked: Asked) -> Answer:
        situation = self._situation(asked)
        signs = asked.signs
        goes_on = situation.sharing and (signs.only_still or not signs.editions)  # "fortfarande samma?"
        if signs.compares and len(self.editions) > 1 and not goes_on:
            return self._compare(asked)
        if signs.duty:
            return self._duty_first(asked, situation)
        if situation.sharing:
            return self._consent(asked, situation)
        return self._guideline(asked)

    def _situation(self, asked: Asked) -> Situation:
        known = read_profile(asked.profile, self._vocabulary) if asked.profile else Party()

        def decisive(reading: Reading) -> str:
            finding = _findings(reading, asked.edition)[0]
            return finding.decisive if finding.alternatives else ""

        return read_conversation(
            asked.question, asked.history, known, self._vocabulary, decisive, self._retriever.leaning
        )

    def _consent(self, asked: Asked, situation: Situation) -> Answer:
        findings = _findings(situation.reading, asked.edition)
        unsure = "who.unsure" in situation.signs.groups and bool(asked.history)
        parts = consent_answer.compose(
            findings, asked.edition, self._notes, situation.reading.third_person, unsure
        )
        citations = list(parts.citations) + self._guardian_rules(asked)
        return Answer(
            question=asked.shown,
            status=parts.status,
            verdict=parts.verdict,
            edition=asked.edition.id,
            answer=with_english_lead(parts.text, asked.question, parts.verdict),
            citations=unique(citations),
            branches=parts.branches,
            follow_up=parts.follow_up,
            reasons=parts.reasons,
        )

    def _guardian_rules(self, asked: Asked) -> list[Citation]:
        """Shared custody or opposed interests in a consent question: the sentence that rules it."""
        if not asked.signs.weak_topic:
            return []
        passage = self._notes.get("both_guardians", asked.edition.id)
        return [cite(passage)] if passage else []

    def _duty_first(self, asked: Asked, situation: Situation) -> Answer:
        """A child who may be harmed: the duty to report comes first, whatever else is asked."""
        duty = self._notes.get("duty", asked.edition.id)
        base = self._consent(asked, situation) if situation.sharing else None
        if duty is None:
            return base or self._guideline(asked)
        lines = [f"**{wording.DUTY_FIRST}**", f"Vägledningen säger: ”{plain_text(duty.text)}”"]
        citations = [cite(duty)]
        if base is not None and not asked.signs.reports:
            lines += ["**För att i övrigt dela uppgifter gäller:**", base.answer]
            citations += base.citations
            answer = replace(base, answer="\n\n".join(lines), citations=unique(citations))
        else:
            answer = self._text_answer(
                asked, "\n\n".join([*lines, f"Källa: {citations[0].label}."]), citations
            )
        return replace(answer, warnings=(*answer.warnings, Warning_.DUTY_TO_REPORT))

    def _guideline(self, asked: Asked) -> Answer:
        topic = resolve(asked.question, asked.history)
        edition = asked.edition
        found, answers = self._search(topic, edition)
        if not answers:
            return self._silent(asked, found)
        ranked = answers_first(topic.query, found)
        hits, engine = self._chosen(topic.context or topic.query, ranked)
        if not hits:
            return replace(self._silent(asked, found), engine=engine)
        composed = compose(topic.query, hits, edition, short=topic.short)
        text = with_english_lead(composed.text, asked.question)
        return replace(self._text_answer(asked, text, list(composed.citations)), engine=engine)

    def _search(self, topic: Topic, edition: Edition) -> tuple[list[Hit], bool]:
        """The blocks that answer the turn, by itself and with what it leans on; and whether they do.

        That is decided on what is asked now ("och uppsägningstiden?"), not on what was answered before.
        """
        alone = self._retriever.search(self._bare(topic.query, edition), edition.id, _HITS)
        answers = self._retriever.answerable(alone) or (topic.again and answered_again(alone))
        if not topic.context:
            return alone, answers and not only_points(alone)
        together = self._retriever.search(self._bare(topic.context, edition), edition.id, _HITS)
        answers = answers and answers_in_context(alone, together)
        merged = merge(alone, together, topic.weight)[:_HITS]
        return merged, answers and not only_points(merged)

    def _bare(self, query: str, edition: Edition) -> str:
        return query if edition is self._default else without_edition_words(query, self._vocabulary)

    def _chosen(self, question: str, hits: list[Hit]) -> tuple[list[Hit], Literal["grounded", "llm"]]:
        """The hits that the chat model picks; as they are without one, or when it doesn't answer."""
        if self._chooser is None:
            return hits, "grounded"
        try:
            return self._chooser.choose(question, hits), "llm"
        except ChatModelError as error:
            _log.warning("%s Svaret sätts samman utan den.", error)
            return hits, "grounded"

    def _silent(self, asked: Asked, hits: list[Hit]) -> Answer:
        composed = nearest(hits) if hits else Composed("", ())
        text = "\n\n".join(filter(None, [NOT_IN_GUIDELINE, composed.text]))
        return Answer(
            question=asked.shown,
            status=Status.NOT_IN_GUIDELINE,
            verdict=None,
            edition=asked.edition.id,
            answer=text,
            citations=composed.citations,
        )

    def _compare(self, asked: Asked) -> Answer:
        newer = self._default
        older = next(e for e in self.editions.values() if e is not newer)
        topic = resolve(asked.question, asked.history)
        query = without_edition_words(topic.context or topic.query, self._vocabulary)
        hits = {
            e.id: answers_first(query, self._retriever.search(query, e.id, _COMPARED_HITS))
            for e in (newer, older)
        }
        comparison = next((c for c in self._comparisons if (c.older, c.newer) == (older.id, newer.id)), None)
        key = (older.id, newer.id)
        if key not in self._diffs:
            self._diffs[key] = compare_editions(older, newer, comparison)
        composed = compose_change(query, older, newer, comparison, self._diffs[key], hits)
        answer = self._text_answer(asked, composed.text, list(composed.citations))
        return replace(answer, edition=newer.id, warnings=(Warning_.SUPERSEDED_EDITION,))

    # ----------------------------------------------------------------------------------- finish

    @staticmethod
    def _text_answer(asked: Asked, text: str, citations: list[Citation]) -> Answer:
        return Answer(
            question=asked.shown,
            status=Status.ANSWERED,
            verdict=None,
            edition=asked.edition.id,
            answer=text,
            citations=unique(citations),
        )


def _findings(reading: Reading, edition: Edition) -> list[Finding]:
    """What holds for each recipient. A profession that is only guessed never carries a "not required"."""
    findings = [decide(facts, edition) for facts in reading.facts()]
    if reading.asker_guessed and any(f.verdict is Verdict.CONSENT_NOT_REQUIRED for f in findings):
        unsure = replace(reading, asker=replace(reading.asker, profession=None))
        return [decide(facts, edition) for facts in unsure.facts()]
    return findings
