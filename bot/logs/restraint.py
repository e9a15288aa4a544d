"""Restraint: a fault that repeats is written once a minute, with a count of the lines that were held back."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.tally import Counts

EVERY_S: Final = 60.0
# Faults that are told apart; beyond, the oldest is forgotten.
REMEMBERED: Final = 500
_NUMBERS: Final = re.compile(r"\d+")
_RELEASED: Final = "released"

Fault = tuple[str, int, str]


@dataclass(slots=True)
class _Run:
    """A fault that goes on: when its last line was written, and how many like it were not since."""

    written_at: float
    held_back: int = 0


class Restraint(logging.Filter):
    """Lets the first warning or error of its kind pass in each minute; two are of a kind if only numbers differ.

    Args:
        counts: hears the level of every line held back.
    """

    def __init__(self, counts: Counts | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._counts, self._clock = counts, clock
        self._runs: dict[Fault, _Run] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING or getattr(record, _RELEASED, False):
            return True
        fault = record.name, record.levelno, _NUMBERS.sub("N", record.getMessage())
        now, run = self._clock(), self._runs.get(fault)
        if run is not None and now - run.written_at < EVERY_S:
            run.held_back += 1
            if self._counts is not None:
                self._counts.add(record.levelname.lower())
            return False
        if run is not None and run.held_back:
            record.msg, record.args = f"{record.getMessage()} ({run.held_back} lines like this were held back)", None
        self._remember(fault, now)
        return True

    def release(self) -> None:
        """Write how many lines were held back of faults that are silent since; called now and then."""
        now = self._clock()
        over = [fault for fault, run in self._runs.items() if now - run.written_at >= EVERY_S]
        for fault in over:
            run = self._runs.pop(fault)
            if run.held_back:
                name, level, kind = fault
                told = f"{kind} ({run.held_back} lines like this were held back)"
                logging.getLogger(name).log(level, "%s", told, extra={_RELEASED: True})

    def _remember(self, fault: Fault, now: float) -> None:
        self._runs.pop(fault, None)
        if len(self._runs) >= REMEMBERED:
            self._runs.pop(next(iter(self._runs)))
        self._runs[fault] = _Run(now)
