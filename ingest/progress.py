"""What an ingest says while it works: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_PLAIN_STEPS = 5


class Progress:
    """Lines and bars on standard output, or nothing when ``quiet``."""

    def __init__(self, console: Console | None = None, quiet: bool = False) -> None:
        self._console = console or Console(quiet=quiet)

    def say(self, text: str) -> None:
        """Print one line."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def track(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Yield a function that takes how many more are done. Says nothing when total is 0."""
        if total == 0:
            yield lambda _: None
        elif self._console.is_terminal:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            with Bar(*columns, console=self._console, transient=True) as bar:
                task = bar.add_task(label, total=total)
                yield lambda more: bar.advance(task, more)
        else:
            yield self._plain(label, total)

    def _plain(self, label: str, total: int) -> Callable[[int], None]:
        done = 0
        self.say(f"{label}: 0 of {total}")

        def advance(more: int) -> None:
            nonlocal done
            before, done = done, done + more
            if before * _PLAIN_STEPS // total != done * _PLAIN_STEPS // total:
                self.say(f"{label}: {done} of {total}")

        return advance
