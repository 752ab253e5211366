"""The exceptions that cross module borders. Each message says what to do about it."""


class GuideError(Exception):
    """Base of all expected errors: shown to the operator as one line, without a stack trace."""


class CorpusError(GuideError):
    """A file in ``corpus/`` is broken: names file, line, what was found and what was expected."""

    def __init__(self, file: str, line: int | None, found: str, expected: str, remedy: str = "") -> None:
        where = f"{file}:{line}" if line is not None else file
        text = f"{where}: found {found}; expected {expected}."
        super().__init__(f"{text} {remedy}".rstrip())
        self.file, self.line, self.found, self.expected = file, line, found, expected


class IndexMissingError(GuideError):
    """There is no index yet: ``python -m ingest`` builds it."""


class IndexDamagedError(GuideError):
    """The index can't be trusted (bytes changed, files missing): ``python -m ingest`` rebuilds it."""


class IndexMismatchError(GuideError):
    """The index was built with another model or from another corpus: ``python -m ingest``."""


class IndexLockedError(GuideError):
    """Another process is ingesting right now."""


class EmbeddingError(GuideError):
    """The configured embedding model can't be loaded or gave vectors of the wrong shape."""


class InvalidInputError(GuideError):
    """A question, history, profile or edition that can't be taken; the message is in Swedish."""


class ChatModelError(GuideError):
    """The optional chat model didn't answer, or wrote what the guideline doesn't support."""
