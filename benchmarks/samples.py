"""A process over time: memory and descriptors, and how fast memory grows."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import psutil

EVERY_S: Final = 5.0
# The start of a life, while caches fill, says nothing of what grows; and a short life says little.
WARM_UP_S: Final = 120.0
LEAST: Final = 24
WINDOW_S: Final = 300.0
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a living process: seconds since the watch began, which life it is, and seconds since that began."""

    at: float
    life: int
    age_s: float
    resident_mb: float
    descriptors: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Slope:
    """Megabytes an hour with their standard error, by least squares over so many samples."""

    mb_per_h: float
    error: float
    samples: int


@dataclass(slots=True)
class Watch:
    """Looks at whichever process lives, in a thread of its own.

    Args:
        living: its number and which life it is; no number between two lives.
    """

    living: Callable[[], tuple[int | None, int]]
    samples: list[Sample] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look_for_ever, args=(time.time(),), name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _look_for_ever(self, began: float) -> None:
        while not self._over.wait(EVERY_S):
            pid, life = self.living()
            if pid is not None:
                with contextlib.suppress(psutil.Error):
                    self.samples.append(look(pid, life, began))


def look(pid: int, life: int, began: float) -> Sample:
    """Look at a process once; `began` is when the watch did."""
    process, now = psutil.Process(pid), time.time()
    with process.oneshot():
        times = process.cpu_times()
        return Sample(
            at=now - began,
            life=life,
            age_s=now - process.create_time(),
            resident_mb=process.memory_info().rss / MEGABYTE,
            descriptors=process.num_fds(),
            cpu_s=times.user + times.system,
        )


def slopes_by_life(samples: Sequence[Sample]) -> dict[int, Slope]:
    """Return how memory grew in each life that was long enough."""
    return {life: slope_of([group]) for life, group in _lives(samples).items()}


def slope_of(lives: Sequence[Sequence[Sample]]) -> Slope:
    """Return the growth that all these lives share, each from a level of its own.

    Neighbouring samples resemble each other, so that the error is the one for clusters (Liang and Zeger 1986): windows
    of five minutes of a life.
    """
    rows = [row for life in lives for row in _centred(life)]
    spread = sum(hour * hour for _, hour, _ in rows)
    slope = sum(hour * megabytes for _, hour, megabytes in rows) / spread
    by_window = groupby(rows, key=lambda row: row[0])
    sums = [sum(hour * (megabytes - slope * hour) for _, hour, megabytes in window) for _, window in by_window]
    return Slope(slope, math.sqrt(sum(one * one for one in sums)) / spread, len(rows))


def overall(samples: Sequence[Sample]) -> Slope | None:
    """Return the growth over all lives that were long enough; None where none was."""
    lives = _lives(samples)
    return slope_of([*lives.values()]) if lives else None


def _lives(samples: Sequence[Sample]) -> dict[int, list[Sample]]:
    warm = [sample for sample in samples if sample.age_s >= WARM_UP_S]
    lives = {life: list(group) for life, group in groupby(warm, key=lambda sample: sample.life)}
    return {life: group for life, group in lives.items() if len(group) >= LEAST}


def _centred(life: Sequence[Sample]) -> list[tuple[tuple[int, int], float, float]]:
    """Return window, hours and megabytes of each sample, less their means over the life."""
    hours = sum(sample.age_s for sample in life) / len(life) / 3600
    level = sum(sample.resident_mb for sample in life) / len(life)
    return [
        ((sample.life, int(sample.age_s // WINDOW_S)), sample.age_s / 3600 - hours, sample.resident_mb - level)
        for sample in life
    ]
