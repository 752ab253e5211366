"""The chat's fixed Swedish words: verdict lines, notices, example questions, errors."""

from __future__ import annotations

from assistant import wording
from assistant.types import Answer, Edition, EditionStatus, Status, Verdict, Warning_

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.CONSENT_REQUIRED: "Samtycke krävs",
    Verdict.CONSENT_NOT_REQUIRED: "Samtycke är inte nödvändigt",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "Får delas om det inte är ett obehörigt röjande",
    Verdict.DEPENDS: "Det beror på",
}
STATUS_WORDS: dict[Status, str] = {
    Status.ANSWERED: "Så här säger vägledningen",
    Status.NEEDS_FACTS: "En uppgift saknas",
    Status.NOT_IN_GUIDELINE: "Vägledningen säger inget om det",
    Status.DECLINED: "Den frågan kan Vägledaren inte ta",
}
NOTICE_TITLES: dict[Warning_, str] = {
    Warning_.DUTY_TO_REPORT: "Anmälningsplikt",
    Warning_.PERSONAL_DATA: "Personuppgifter",
    Warning_.SUPERSEDED_EDITION: "Ersatt utgåva",
}
_NOTICES: dict[Warning_, str] = {
    Warning_.DUTY_TO_REPORT: wording.DUTY_FIRST,
    Warning_.PERSONAL_DATA: wording.PERSONAL_DATA,
}
EXAMPLES: tuple[str, ...] = (
    "Behöver jag samtycke för att dela uppgifter med BVC-sköterskan hos en privat vårdgivare? "
    "Jag är BHV-sjuksköterska anställd av Region Skåne och vi sitter på samma familjecentral.",
    "Får barnmorskan och jag prata om en familj vi båda träffar?",
    "Hur många timmar i veckan ska vi ha öppet gemensamt?",
    "Vad gör vi om vårdnadshavaren inte samtycker?",
)
ROLES: tuple[str, ...] = ("BHV-sjuksköterska", "Barnmorska", "Förskollärare", "Socionom")
EMPLOYERS: tuple[str, ...] = ("Region Skåne", "Kommunen", "Privat vårdgivare")

CRASHED = (
    "Något gick fel när frågan skulle besvaras. Det du skrev står kvar i rutan. "
    "Försök igen om en stund. Händer det igen, säg till den som sköter Vägledaren."
)
BESIDE = f"**{wording.BESIDE}**"  # the line that a consent answer puts over its list of reminders
EMPTY = "Skriv en fråga först."
FEEDBACK_SAVED = "Tack! Ditt omdöme är sparat."
FEEDBACK_FAILED = "Omdömet kunde inte sparas just nu. Försök igen om en stund."


def headline(answer: Answer) -> str:
    """Return the words of an answer's first line: the verdict's, else the status's."""
    if answer.verdict is not None:
        return VERDICT_WORDS[answer.verdict]
    return STATUS_WORDS[answer.status]


def notices(answer: Answer, edition: Edition | None) -> list[tuple[str, str]]:
    """Return title and words of each notice that stands above an answer."""
    return [(NOTICE_TITLES[warning], _notice(warning, edition)) for warning in answer.warnings]


def body_of(text: str) -> str:
    """Return an answer's Markdown without what the page shows beside it: notices, verdict line."""
    paragraphs = text.split("\n\n")
    said = {f"*{wording.SUPERSEDED}*", f"*{wording.PERSONAL_DATA}*", f"**{wording.DUTY_FIRST}**"}
    said |= {f"**{words}**" for words in wording.HEADLINE.values()}
    return "\n\n".join(p for p in paragraphs if p.strip() not in said)


def folded(body: str) -> tuple[str, str, tuple[str, ...]]:
    """Return what is said at once, the list beside it that is folded away, and what the list is about."""
    paragraphs = body.split("\n\n")
    if BESIDE not in paragraphs[:-1]:
        return body, "", ()
    at = paragraphs.index(BESIDE)
    beside = paragraphs[at + 1]
    leads = (line.removeprefix("- ").partition(":")[0] for line in beside.splitlines())
    topics = tuple(lead[:1].lower() + lead[1:] for lead in leads)
    return "\n\n".join(paragraphs[:at] + paragraphs[at + 2 :]), beside, topics


def _notice(warning: Warning_, edition: Edition | None) -> str:
    if warning is not Warning_.SUPERSEDED_EDITION:
        return _NOTICES[warning]
    if edition is None or edition.status is EditionStatus.SUPERSEDED:
        return wording.SUPERSEDED
    return "Svaret citerar även en ersatt utgåva. Källorna visar vilken utgåva varje citat kommer ur."


def edition_words(edition: Edition) -> str:
    """Return an edition's name with its standing, such as "Vägledning 2024 (gällande)"."""
    standing = "gällande" if edition.status is EditionStatus.IN_FORCE else "ersatt"
    return f"Vägledning {edition.id} ({standing})"


def too_long(limit: int, found: int) -> str:
    """Return what is said of a question that is longer than the limit."""
    return f"Frågan är {_number(found)} tecken lång. Den får vara högst {_number(limit)} tecken. Korta den."


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
