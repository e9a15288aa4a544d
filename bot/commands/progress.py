"""How long steps show themselves, on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

# A log file is read by people too: often enough to see life, rarely enough to stay readable.
LINE_EVERY_S = 5.0


class Meter(Protocol):
    """Where a long step says how far it is."""

    def __call__(self, done: float, total: float | None, note: str = "") -> None:
        """Show `done` of `total` (None while unknown) with a few words on the current state."""
        ...


@contextmanager
def meter(title: str) -> Iterator[Meter]:
    """Yield a meter for one long step."""
    screen = Console(stderr=True)
    if screen.is_terminal:
        with _bar(screen) as progress:
            yield _BarMeter(progress, title)
    else:
        yield LineMeter(title, print_line=_print_line)


def _print_line(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _bar(screen: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, TimeRemainingColumn(), TextColumn("{task.fields[note]}"), console=screen)


class _BarMeter:
    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, note="")

    def __call__(self, done: float, total: float | None, note: str = "") -> None:
        self._progress.update(self._task, completed=done, total=total, note=note)


class LineMeter:
    """Prints the first state, the last, and one every few seconds between."""

    def __init__(
        self, title: str, *, print_line: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._title = title
        self._print = print_line
        self._clock = clock
        self._next_at = clock()

    def __call__(self, done: float, total: float | None, note: str = "") -> None:
        if self._clock() < self._next_at and done != total:
            return
        self._next_at = self._clock() + LINE_EVERY_S
        share = f"{done:g}" if total is None else f"{100 * done / max(total, 1):.0f} %"
        self._print(" ".join(part for part in (f"{self._title}: {share}", note) if part))
