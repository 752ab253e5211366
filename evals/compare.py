"""The difference between two runs, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.matching import normal
from evals.model import Scored


@dataclass(frozen=True, slots=True)
class Change:
    """One case in both runs."""

    before: Scored
    after: Scored

    @property
    def id(self) -> str:
        """The case's id."""
        return self.after.case.id


@dataclass(frozen=True, slots=True)
class Comparison:
    """What happened between two runs. A case stands in one of the lists at most."""

    fixed: tuple[Change, ...] = ()
    broken: tuple[Change, ...] = ()
    reworded: tuple[Change, ...] = ()  # right or wrong as before, with another text
    unchanged: int = 0
    added: tuple[str, ...] = ()  # ids that only the later run has
    gone: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()  # the case itself was changed: not comparable


def compare_runs(before: Sequence[Scored], after: Sequence[Scored]) -> Comparison:
    """Return what got fixed, what broke and what changed wording from one run to the next."""
    old = {result.case.id: result for result in before}
    new = {result.case.id: result for result in after}
    both = [Change(old[id_], result) for id_, result in new.items() if id_ in old]
    altered = {c.id for c in both if c.before.case.digest() != c.after.case.digest()}
    same = [change for change in both if change.id not in altered]
    steady = [change for change in same if change.before.right == change.after.right]
    reworded = [change for change in steady if _text(change.before) != _text(change.after)]
    return Comparison(
        fixed=tuple(c for c in same if c.after.right and not c.before.right),
        broken=tuple(c for c in same if c.before.right and not c.after.right),
        reworded=tuple(reworded),
        unchanged=len(steady) - len(reworded),
        added=tuple(id_ for id_ in new if id_ not in old),
        gone=tuple(id_ for id_ in old if id_ not in new),
        altered=tuple(id_ for id_ in new if id_ in altered),
    )


def _text(result: Scored) -> str:
    answer = result.output.answer
    return normal(answer.answer) if answer else result.output.error
