"""Finding → what the reader sees: verdict, quoted rows or principle, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import wording
from assistant.citing import cite, cite_row
from assistant.consent import Alternative, Finding
from assistant.consent_worlds import MUNICIPAL
from assistant.notes import Notes
from assistant.plain import plain_text
from assistant.types import (
    Branch,
    Citation,
    ConsentRow,
    Edition,
    Employer,
    Facts,
    FollowUp,
    Profession,
    Reasons,
    Status,
    Verdict,
)
from assistant.wording import Voice

_MAX_ROWS = 4  # of a very open question; the branches name them all


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """The parts of an answer to one consent question."""

    status: Status
    verdict: Verdict | None
    text: str
    citations: tuple[Citation, ...]
    branches: tuple[Branch, ...]
    follow_up: FollowUp | None
    reasons: Reasons


def compose(
    findings: list[Finding], edition: Edition, notes: Notes, third_person: bool, unsure: bool
) -> ConsentAnswer:
    """The answer to the findings for each recipient; ``unsure``: the asker can't tell the fact
    that was asked for, so that the branches stand without asking again."""
    parts = [_Part(f, edition, notes, Voice(third_person, f.facts), unsure) for f in findings]
    if len(parts) == 1:
        return parts[0].answer()
    return _several(parts)


def _several(parts: list[_Part]) -> ConsentAnswer:
    """One answer for several recipients: each under its name."""
    verdicts = {p.finding.verdict for p in parts}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.DEPENDS
    texts, citations, branches = [], [], []
    for part in parts:
        name = wording.capital(part.voice.name(part.facts.other, other=True))
        texts.append(f"**{name}:** {part.lead()}")
        citations += part.grounds()
        branches += _as_branches(part, name)
    beside, more = parts[0].beside()
    open_part = next((p for p in parts if p.finding.alternatives), None)
    return ConsentAnswer(
        status=_status(verdict, settled=open_part is None),
        verdict=verdict,
        text="\n\n".join([*texts, *beside]),
        citations=tuple([*citations, *more]),
        branches=tuple(branches),
        follow_up=open_part.question() if open_part else None,
        reasons=(open_part or parts[0]).reasons(),
    )


def _as_branches(part: _Part, name: str) -> list[Branch]:
    if part.finding.alternatives:
        return [
            Branch(f"{name}: {b.condition[:1].lower()}{b.condition[1:]}", b.verdict, b.table_row)
            for b in part.branches()
        ]
    verdict = part.finding.verdict
    row = part.finding.rows[0] if part.finding.rows else None
    return [Branch(name, verdict, row)] if verdict is not None else []


def _status(verdict: Verdict | None, settled: bool) -> Status:
    if verdict is None:
        return Status.NOT_IN_GUIDELINE
    return Status.NEEDS_FACTS if verdict is Verdict.DEPENDS and not settled else Status.ANSWERED


class _Part:
    """What is said of one recipient."""

    def __init__(self, finding: Finding, edition: Edition, notes: Notes, voice: Voice, unsure: bool) -> None:
        self.finding, self.edition, self.notes, self.voice = finding, edition, notes, voice
        self.facts: Facts = finding.facts
        self.unsure = unsure
        self.table: tuple[ConsentRow, ...] = edition.consent_table

    def answer(self) -> ConsentAnswer:
        beside, more = self.beside()
        return ConsentAnswer(
            status=_status(self.finding.verdict, settled=False),
            verdict=self.finding.verdict,
            text="\n\n".join([self.lead(), *beside]),
            citations=tuple([*self.grounds(), *more]),
            branches=tuple(self.branches()),
            follow_up=self.question(),
            reasons=self.reasons(),
        )

    # ------------------------------------------------------------------------------ what is said

    def lead(self) -> str:
        """The verdict, its branches, and the words of the guideline that carry it."""
        lines = [self.headline()]
        if self.finding.alternatives:
            lines.append(self.outcomes())
        lines += self.quoted_rows()
        lines += self.unmet_rows()
        lines += self.without_row()
        return "\n\n".join(line for line in lines if line)

    def headline(self) -> str:
        verdict, they = self.finding.verdict, self.voice.they
        if verdict is None:
            return "**Vägledningen säger inte uttryckligen vad som gäller här.**"
        if verdict is Verdict.DEPENDS:
            return f"**{wording.depends_headline(self.finding, self.voice)}**"
        headline = f"**{wording.HEADLINE[verdict]}**"
        if verdict is not Verdict.CONSENT_NOT_REQUIRED:
            return headline
        if self.finding.by_exception:
            return f"{headline} Det vilar på att vårdrelation finns."
        needs = {need for r in self.table if r.number in self.finding.rows for need in r.outcome_requires}
        if "same_unit" in needs:
            return f"{headline} Det gäller när {they} är anställda vid samma enhet av samma vårdgivare."
        if "same_board" in needs:
            return f"{headline} Det gäller när {they} är anställda inom samma nämnd."
        return headline

    def outcomes(self) -> str:
        both_ways = wording.depends_sentences(self.finding, self.voice)
        if both_ways:
            return both_ways
        lines = [
            f"- {wording.condition(self.finding.decisive, a.value, self.voice)}: "
            f"{wording.branch_outcome(a, self.table)}."
            for a in self._alternatives()
        ]
        return "\n".join(sorted(lines, key=len))

    def _alternatives(self) -> tuple[Alternative, ...]:
        return self.finding.alternatives

    def branches(self) -> list[Branch]:
        """The branches as data; a value that alone settles nothing is a ``depends`` branch."""
        return [
            Branch(
                wording.condition(self.finding.decisive, a.value, self.voice),
                a.verdict,
                a.rows[0] if a.rows else None,
            )
            for a in self._alternatives()
            if a.verdict is not None
        ]

    def quoted_rows(self) -> list[str]:
        rows = [r for r in self.table if r.number in self.finding.rows][:_MAX_ROWS]
        return [f"Tabell 1 rad {r.number}: ”{plain_text(r.cells[2]).strip()}”" for r in rows]

    def without_row(self) -> list[str]:
        """No row: say so, quote the principle, name who to ask."""
        finding = self.finding
        if finding.rows:
            return [f"Annars: ”{plain_text(c.quote)}”" for c in self._otherwise()]
        lines = self._said_of(finding.failed_rows)
        if not lines:
            one, other = wording.describe(self.facts.asker), wording.describe(self.facts.other)
            lines.append(f"Tabell 1 har ingen rad för den här situationen ({one} – {other}).")
        lines += [f"Vägledningen säger: ”{plain_text(c.quote)}”" for c in self._principle()]
        lines += [
            f"Närmast är Tabell 1 rad {r.number}, om samma yrken i olika nämnder: "
            f"”{plain_text(r.cells[2]).strip()}”"
            for r in self._nearest()
        ]
        lines.append(self._who_to_ask())
        return lines

    def _nearest(self) -> list[ConsentRow]:
        """Row 6 for two who are in one nämnd: the verksamhetsgrenar that it names differ there as well."""
        if self.finding.rows or not self.facts.same_board or self.facts.same_huvudman is False:
            return []
        one, other = self.facts.asker.profession, self.facts.other.profession
        apart = [r for r in self.table if r.same_board is False and r.outcome is self.finding.verdict]
        return [r for r in apart if _about(r, one, other) or _about(r, other, one)]

    def unmet_rows(self) -> list[str]:
        """The row for two of one familjecentral whose "samma enhet" or "samma nämnd" isn't met."""
        return self._said_of(self._unmet())

    def _unmet(self) -> tuple[int, ...]:
        finding = self.finding
        here = finding.verdict is Verdict.CONSENT_REQUIRED and self.facts.same_family_centre
        return finding.failed_rows if finding.rows and here else ()

    def _said_of(self, failed: tuple[int, ...]) -> list[str]:
        return [
            f"Tabell 1 rad {r.number} gäller inte här, eftersom dess villkor inte är uppfyllt: "
            f"”{plain_text(r.cells[2]).strip()}”"
            for r in self.table
            if r.number in failed
        ]

    def _who_to_ask(self) -> str:
        private = Employer.PRIVATE in (self.facts.asker.employer, self.facts.other.employer)
        lawyer = "kommunjurist eller regionjurist"
        if private:
            lawyer += ", eller jurist för den privata verksamheten"
        if self.finding.verdict is None:
            return f"Fråga {lawyer} innan ni delar uppgifter; till dess är det tryggast att be om samtycke."
        return f"Vid osäkerhet: fråga {lawyer}."

    # ------------------------------------------------------------------------------ what carries it

    def grounds(self) -> list[Citation]:
        """The rows that decide, else the rows that fail and the principle.

        For two at one familjecentral row 1 stands beside row 3: it is about them, and fails.
        """
        if self.finding.rows:
            rows = (*self.finding.rows, *self._unmet())
            return [*(cite_row(self.edition, n) for n in rows), *self._otherwise()]
        failed = (cite_row(self.edition, n) for n in self.finding.failed_rows)
        nearest = (cite_row(self.edition, r.number) for r in self._nearest())
        return [*failed, *self._principle(), *nearest]

    def _otherwise(self) -> list[Citation]:
        """The principle for the branch that no row covers, where only a condition is open."""
        branch = any(not a.rows for a in self.finding.alternatives)
        passage = self.notes.get("principle_huvudman", self.edition.id) if branch else None
        return [cite(passage)] if passage else []

    def _principle(self) -> list[Citation]:
        topics = self._principle_topics()
        found = [self.notes.get(topic, self.edition.id) for topic in topics]
        return [cite(p) for p in found if p is not None]

    def _principle_topics(self) -> tuple[str, ...]:
        employers = (self.facts.asker.employer, self.facts.other.employer)
        municipal = all(
            e is Employer.MUNICIPALITY or p.profession in MUNICIPAL
            for e, p in zip(employers, (self.facts.asker, self.facts.other), strict=True)
        )
        if self.finding.verdict is None:
            return ("aim",)
        if municipal and self.facts.same_huvudman is not False:
            if self.facts.same_board is False:
                return ("principle_board", "principle_huvudman")
            return ("principle_branch", "principle_board", "principle_huvudman")
        if employers == (Employer.REGION, Employer.REGION):
            return ("principle_huvudman", "inner_secrecy_units")
        return ("different_huvudman", "principle_huvudman")

    def beside(self) -> tuple[list[str], list[Citation]]:
        """What follows when consent is refused, how far a consent reaches, and how it's documented."""
        lines, citations = [f"**{wording.BESIDE}**"], []
        items = []
        for topic, lead in self._beside_topics():
            passage = self.notes.get(topic, self.edition.id)
            if passage is not None:
                items.append(f"- {lead}: ”{plain_text(passage.text)}”")
                citations.append(cite(passage))
        return ([*lines, "\n".join(items)] if items else []), citations

    def _beside_topics(self) -> tuple[tuple[str, str], ...]:
        private = Employer.PRIVATE in (self.facts.asker.employer, self.facts.other.employer)
        refused: tuple[tuple[str, str], ...] = (
            ("refused_rule", "Om samtycke nekas"),
            ("refused_assessment", "Menprövning"),
        )
        if self.finding.verdict is Verdict.NO_UNAUTHORISED_DISCLOSURE:
            refused = (("refused_private", "Så prövar ni"), ("lawyer_private", "Vid osäkerhet"))
        elif private:
            refused = (*refused, ("refused_private", "Privat vårdgivare"))
        own = (
            (("inner_secrecy", "Den inre sekretessen gäller ändå"),)
            if self.finding.verdict is Verdict.CONSENT_NOT_REQUIRED
            else ()
        )
        return (
            *own,
            *refused,
            ("situation", "Ett samtycke räcker inte för allt"),
            ("documentation", "Dokumentera"),
        )

    # ------------------------------------------------------------------------------------- why

    def question(self) -> FollowUp | None:
        if not self.finding.alternatives or self.unsure:
            return None
        return wording.follow_up(self.finding, self.voice)

    def reasons(self) -> Reasons:
        return Reasons(
            facts=wording.facts_in_words(self.facts, self.voice),
            assumed=wording.assumed_in_words(self.finding.assumed, self.voice),
            decisive_fact=wording.decisive_in_words(self.finding.decisive, self.voice),
        )


def _about(row: ConsentRow, one: Profession | None, other: Profession | None) -> bool:
    return one in row.first.professions and other in row.second.professions
