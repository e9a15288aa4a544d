"""How long steps show themselves, on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

# A log file is read by people too: often enough to see life, rarely enough to stay readable.
LINE_EVERY_S: Final = 5.0


class Meter(Protocol):
    """Where a long step says how far it is."""

    def __call__(self, step: str, done: int, total: int | None, note: str = "") -> None:
        """Show the step in plain words, how much is done, of how much (None: unknown), and figures that change."""
        ...


@contextmanager
def meter() -> Iterator[Meter]:
    """Yield where a long step says how far it is."""
    from rich.console import Console  # not imported by a bot that runs

    screen = Console(stderr=True)
    if screen.is_terminal:
        with _bar(screen) as progress:
            yield _BarMeter(progress)
    else:
        yield LineMeter(_print_line)


class LineMeter:
    """Prints every new step, its end, and a line every few seconds between."""

    def __init__(self, print_line: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._print = print_line
        self._clock = clock
        self._step = ""
        self._next_at = 0.0

    def __call__(self, step: str, done: int, total: int | None, note: str = "") -> None:
        is_new = step != self._step
        if not is_new and done != total and self._clock() < self._next_at:
            return
        self._step, self._next_at = step, self._clock() + LINE_EVERY_S
        share = "" if total is None else f": {100 * done // max(total, 1)} %"
        self._print(f"{step}{share}{f' ({note})' if note else ''}")


class _BarMeter:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, note="")
        self._step = ""

    def __call__(self, step: str, done: int, total: int | None, note: str = "") -> None:
        if step != self._step:
            self._step = step
            self._progress.reset(self._task)  # the time left is the new step's
        self._progress.update(self._task, description=step, completed=done, total=total, note=note)


def _bar(screen: Console) -> Progress:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    # Steps may quote titles and folders: brackets in them are no markup.
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    return Progress(*columns, TimeRemainingColumn(), TextColumn("{task.fields[note]}", markup=False), console=screen)


def _print_line(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
