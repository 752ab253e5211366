"""Which cases a run takes: by suite, split and tag, or the fast subset."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from evals.errors import RunError
from evals.model import Case

SUITES = ("tabell1", "guideline", "silence", "safety", "conversation")
FAST = "fast"
FAST_EVERY = 16  # beside one case of each kind of situation, every 16th of all
FAST_AT_LEAST = 120  # of each suite: of 30 cases, chance alone moves a share of 87 % by six points


def select_cases(
    cases: Sequence[Case], suites: Sequence[str] = (), split: str | None = None, filters: Sequence[str] = ()
) -> tuple[Case, ...]:
    """Return the cases that fit all conditions, in their order.

    A filter is ``tag=row-2``, ``kind=consent``, ``id=rad-1*`` or ``file=tystnad.yaml``; "fast" among
    the suites takes the fast subset. Raises RunError for unknown names and when nothing is left.
    """
    unknown = [suite for suite in suites if suite not in (*SUITES, FAST)]
    if unknown:
        raise RunError(f"Okänd svit: {', '.join(unknown)}. Välj bland {', '.join((*SUITES, FAST))}.")
    chosen = fast_subset(cases) if FAST in suites else tuple(cases)
    named = [suite for suite in suites if suite != FAST]
    for text in filters:
        key, _, value = text.partition("=")
        chosen = tuple(case for case in chosen if _fits(case, key, value))
    chosen = tuple(c for c in chosen if (not named or c.suite in named) and split in (None, c.split))
    if not chosen:
        raise RunError("Inget fall passar urvalet. Se sviter, --split och --filter (t.ex. tag=row-2).")
    return chosen


def fast_subset(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the same small part every time: one case of each situation, every 16th of all, and of each
    suite so many more that its share can be held against a limit."""
    places = {case.id: int(hashlib.sha256(case.id.encode()).hexdigest(), 16) for case in cases}
    ordered = sorted(cases, key=lambda case: places[case.id])
    # By the id's own digest, so that a new case doesn't move the others in or out.
    chosen = {id_ for id_, place in places.items() if place % FAST_EVERY == 0}
    seen: set[tuple[object, ...]] = set()
    for case in ordered:
        situation = (case.suite, case.kind, case.edition, case.rows and case.rows[0], case.verdicts)
        if situation not in seen or "fast" in case.tags:
            chosen.add(case.id)
        seen.add(situation)
    for suite in SUITES:
        of_suite = [case.id for case in ordered if case.suite == suite]
        rest = [id_ for id_ in of_suite if id_ not in chosen]
        chosen.update(rest[: max(0, FAST_AT_LEAST - (len(of_suite) - len(rest)))])
    return tuple(case for case in cases if case.id in chosen)


def _fits(case: Case, key: str, value: str) -> bool:
    if key == "tag":
        return value in case.tags
    if key in ("id", "kind", "file"):
        actual = str(getattr(case, key))
        return actual.startswith(value[:-1]) if value.endswith("*") else actual == value
    raise RunError(f"Okänt filter {key!r}. Skriv tag=…, kind=…, id=… eller file=….")
