"""What the assistant says when it doesn't answer: each kind in its own words, in Swedish."""

from __future__ import annotations

from assistant.guard import Kind

NOT_IN_GUIDELINE = (
    "**Det säger vägledningen inte.** Jag svarar bara med det som står i vägledningen. Fråga din chef "
    "eller familjecentralens styrgrupp; i rättsliga frågor kommunjurist, regionjurist eller, i privat "
    "verksamhet, vårdgivarens jurist."
)
TOO_LONG = (
    "Frågan är för lång: högst {limit} tecken. Korta den till det du vill veta, så svarar jag ur "
    "vägledningen."
)
_ASK = (
    "Fråga till exempel: ”Behöver jag samtycke för att prata med barnmorskan?” eller ”Vad är "
    "samlokalisering?”"
)
DECLINED = {
    Kind.INSTRUCTION: (
        "Det kan jag inte göra. Jag svarar bara på frågor om vägledningen för familjecentraler, med "
        f"vägledningens egna ord. {_ASK}"
    ),
    Kind.ABUSE: f"Jag svarar gärna på frågor om vägledningen för familjecentraler. {_ASK}",
    Kind.GREETING: f"Hej! Jag svarar på frågor ur vägledningen för familjecentraler. {_ASK}",
    Kind.THANKS: "Tack själv! Fråga gärna mer om vägledningen.",
    Kind.ABOUT_ASSISTANT: (
        "Jag är Vägledaren, ett datorprogram som svarar med citat ur vägledningen för familjecentraler och "
        f"familjecentralsliknande verksamheter i Skåne, och visar var det står. {_ASK}"
    ),
    Kind.EMPTY: f"Skriv en fråga, så svarar jag ur vägledningen. {_ASK}",
    Kind.NONSENSE: f"Jag förstår inte frågan. Skriv den gärna med hela ord. {_ASK}",
}
