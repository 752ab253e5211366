"""The rows of the two tables in their own words, and the verdict that each gives."""

from __future__ import annotations

from assistant.types import Verdict

REQUIRED, NOT_REQUIRED = Verdict.CONSENT_REQUIRED, Verdict.CONSENT_NOT_REQUIRED
NAMED = {"2024": "", "2018": "Enligt 2018 års vägledning: "}


def asked(first: str, second: str) -> str:
    return f"Behöver jag samtycke om jag är {first} och ska dela uppgifter med en {second}?"


# The two cells' words, as they are printed; the condition of the third where it has one.
COMMON = {
    1: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid samma familjecentral",
        " Vi är båda anställda vid samma enhet av samma vårdgivare.",
        NOT_REQUIRED,
    ),
    2: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska verksam på samma familjecentral men anställd av vårdgivare med privat vårdavtal",
        "",
        REQUIRED,
    ),
    3: (
        "BHV-sjuksköterska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid annan offentlig BVC",
        "",
        REQUIRED,
    ),
    4: (
        "barnmorska anställd av Region Skåne",
        "BHV-sjuksköterska anställd av Region Skåne vid samma familjecentral",
        " BHV-sjuksköterskan och barnmorskan är anställda vid samma enhet.",
        NOT_REQUIRED,
    ),
}
SOCIAL_WORKER = "socionom anställd av kommunen"
CARE = "barnmorska anställd av Region Skåne vid samma familjecentral"
ROWS = {
    "2024": COMMON
    | {
        5: (
            "förskollärare anställd av kommun",
            "förskollärare anställd av kommun som arbetar på samma familjecentral",
            " Förskollärarna är anställda inom samma nämnd.",
            NOT_REQUIRED,
        ),
        6: (
            SOCIAL_WORKER,
            "förskollärare anställd av kommun som arbetar på samma familjecentral "
            "men är anställd av annan nämnd",
            "",
            REQUIRED,
        ),
        7: (SOCIAL_WORKER, CARE, "", REQUIRED),
        8: (
            "BHV-sjuksköterska anställd av privat vårdgivare",
            "barnmorska anställd av en privat vårdgivare vid samma eller annan familjecentral",
            "",
            Verdict.NO_UNAUTHORISED_DISCLOSURE,
        ),
    },
    "2018": COMMON
    | {
        5: (
            "förskollärare anställd av kommunen",
            "förskollärare anställd av kommunen som arbetar på samma familjecentral",
            " Förskollärarna är anställda inom samma nämnd.",
            NOT_REQUIRED,
        ),
        6: (
            SOCIAL_WORKER,
            "förskollärare anställd av kommunen som arbetar på samma familjecentral",
            "",
            REQUIRED,
        ),
        7: (SOCIAL_WORKER, CARE, "", REQUIRED),
    },
}
CASES = [(edition, number) for edition, rows in ROWS.items() for number in rows]


def in_own_words(edition: str, number: int) -> str:
    """The question that the row answers, with its condition where it has one."""
    first, second, condition, _ = ROWS[edition][number]
    return NAMED[edition] + asked(first, second) + condition
