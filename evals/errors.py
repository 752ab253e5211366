"""The evals' own exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import CorpusError, GuideError


class CaseFault(CorpusError):
    """One fault in a case file: names file, line, what was found and what was expected."""


class CaseFaults(GuideError):
    """All faults of the case files, one a line, so that they can be mended in one go."""

    def __init__(self, faults: Sequence[CaseFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class RunError(GuideError):
    """A run can't be made, found or read; the message is in Swedish and says what to do."""
