"""What the maintainer reads: the Swedish names of verdicts and statuses, and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

VERDICTS = {
    "consent_required": "samtycke krävs",
    "consent_not_required": "samtycke krävs inte",
    "no_unauthorised_disclosure": "obehörigt röjande prövas",
    "depends": "det beror på",
    "none": "ingen delningsfråga",
}
STATUSES = {
    "answered": "svarar",
    "needs_facts": "frågar efter fakta",
    "not_in_guideline": "står inte i vägledningen",
    "declined": "avböjer",
}


def either(values: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the values' names joined with "eller"."""
    return " eller ".join(names[value] for value in values)


def percent(share: float) -> str:
    """Return the share as Swedish writes it: 0.886 is "88,6 %" with a space that doesn't break."""
    return f"{share * 100:.1f}".replace(".", ",") + "\u00a0%"


def between(low: float, high: float) -> str:
    """Return an interval of shares: "83,5–92,9 %"."""
    return f"{low * 100:.1f}–{high * 100:.1f}".replace(".", ",") + "\u00a0%"
