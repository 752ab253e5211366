"""An assistant that answers by keyword, with Answers of every status built from the real editions."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.citing import cite
from assistant.privacy import mask
from assistant.types import (
    Answer,
    Branch,
    Citation,
    Edition,
    FollowUp,
    Passage,
    Profile,
    Reasons,
    Status,
    Turn,
    Verdict,
    Warning_,
)
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


class FakeAssistant:
    """Remembers what it was asked; the question's words choose the kind of answer."""

    def __init__(self) -> None:
        self.editions: dict[str, Edition] = {e.id: e for e in load_corpus(CORPUS)}
        self.asked: list[tuple[str, tuple[Turn, ...], Profile | None, str | None]] = []

    def row(self, edition: str, number: int) -> Citation:
        return cite(next(p for p in self._passages(edition) if p.table_row == number))

    def sentence(self, edition: str, words: str) -> Citation:
        return cite(next(p for p in self._passages(edition) if words in p.text))

    def _passages(self, edition: str) -> list[Passage]:
        return [p for b in self.editions[edition].blocks for p in b.passages]

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        profile: Profile | None = None,
        edition: str | None = None,
    ) -> Answer:
        self.asked.append((question, tuple(history), profile, edition))
        masked = mask(question)
        lower = question.lower()
        if "krasch" in lower:
            raise RuntimeError(f"hemlig detalj om {question}")
        answer = self._by_words(lower, edition or "2024")
        answer = replace(answer, question=masked.text)
        return replace(answer, warnings=(*answer.warnings, Warning_.PERSONAL_DATA)) if masked.any else answer

    def _by_words(self, lower: str, edition: str) -> Answer:
        if "väder" in lower:
            return silent(edition, Status.NOT_IN_GUIDELINE)
        if "ignorera" in lower:
            return silent(edition, Status.DECLINED)
        if "beror" in lower:
            return self.depends()
        if "timmar" in lower:
            return self.fact()
        if "oro" in lower:
            return replace(self.required(edition), warnings=(Warning_.DUTY_TO_REPORT,))
        return self.required(edition)

    def required(self, edition: str = "2024") -> Answer:
        return Answer(
            question="Behöver jag samtycke?",
            status=Status.ANSWERED,
            verdict=Verdict.CONSENT_REQUIRED,
            edition=edition,
            answer="**Samtycke från vårdnadshavare krävs**, eftersom ni har olika huvudmän.\n\n"
            "- Samtycket gäller bara den situation som det gavs för.\n- Samtycket dokumenteras.\n\n"
            "**Tänk också på**\n\n- Om samtycke nekas: ”Sekretessen kan ändå brytas.”\n"
            "- Dokumentera: ”I journalen.”",
            citations=(self.row(edition, 2), self.row(edition, 3)),
            reasons=Reasons(
                facts={"Du": "BHV-sjuksköterska, Region Skåne", "Den andra": "BHV-sjuksköterska, privat"},
                assumed=("Ni har ingen gemensam vårdrelation.",),
                decisive_fact="Vem som är arbetsgivare för den andra BHV-sjuksköterskan.",
            ),
            warnings=(Warning_.SUPERSEDED_EDITION,) if edition == "2018" else (),
        )

    def depends(self) -> Answer:
        return Answer(
            question="Får vi prata?",
            status=Status.NEEDS_FACTS,
            verdict=Verdict.DEPENDS,
            edition="2024",
            answer="Det beror på vem du är anställd av.",
            citations=(self.row("2024", 2), self.row("2024", 8)),
            branches=(
                Branch("Du är anställd av Region Skåne", Verdict.CONSENT_REQUIRED, 2),
                Branch("Du är själv privat anställd", Verdict.NO_UNAUTHORISED_DISCLOSURE, 8),
                Branch("Ni är anställda vid samma enhet", Verdict.CONSENT_NOT_REQUIRED, 1),
            ),
            follow_up=FollowUp(
                "Vem är du anställd av?", ("Region Skåne", "Kommunen", "Privat vårdgivare", "Vet inte")
            ),
        )

    def fact(self) -> Answer:
        return Answer(
            question="Hur många timmar?",
            status=Status.ANSWERED,
            verdict=None,
            edition="2024",
            answer="Minst 15 timmar i veckan.",
            citations=(self.sentence("2024", "15h/vecka"),),
        )


def silent(edition: str, status: Status) -> Answer:
    words = {
        Status.NOT_IN_GUIDELINE: "Vägledningen säger inget om det. Fråga din samordnare.",
        Status.DECLINED: "Jag svarar bara på frågor om vägledningen.",
    }
    return Answer(question="?", status=status, verdict=None, edition=edition, answer=words[status])
