"""Counts of what the process did, as plain numbers that cost next to nothing; who shows them lives in bot/vitals."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

# Upper bounds of the bins, in seconds: from a commit on an SSD to an answer that Telegram keeps waiting for.
BOUNDS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Durations:
    """How often something took how long.

    Attributes:
        bins: counts of those up to each bound, and of those beyond the last; not cumulated.
    """

    bins: tuple[int, ...]
    total_s: float


class Counts:
    """How often something happened, by label; safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_label: Counter[Labels] = Counter()

    def add(self, *labels: str) -> None:
        with self._lock:
            self._by_label[labels] += 1

    def read(self) -> dict[Labels, int]:
        with self._lock:
            return dict(self._by_label)


class Timings:
    """How long something took, by label; safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bins: dict[Labels, list[int]] = {}
        self._total_s: dict[Labels, float] = {}

    def add(self, seconds: float, *labels: str) -> None:
        with self._lock:
            bins = self._bins.setdefault(labels, [0] * (len(BOUNDS_S) + 1))
            bins[bisect_left(BOUNDS_S, seconds)] += 1
            self._total_s[labels] = self._total_s.get(labels, 0.0) + seconds

    @contextmanager
    def timed(self, *labels: str) -> Iterator[None]:
        """Add how long the block took, whatever it raised."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(time.perf_counter() - began, *labels)

    def read(self) -> dict[Labels, Durations]:
        with self._lock:
            return {labels: Durations(tuple(bins), self._total_s[labels]) for labels, bins in self._bins.items()}


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything that is counted, from the start of the process.

    Attributes:
        updates: by kind (message, callback_query, ...) and outcome (done, failed).
        handlers: by use case.
        recommendations: each call of the recommender.
        telegram: calls by method and HTTP status; "none" where no answer came.
        commits: by outcome (done, refused), each a batch of writes.
        deliveries: to the webhook, by the status that we answered.
        trainings: by outcome (published, refused, failed).
        held_back: log lines that were not written, by level.
    """

    updates: Counts = field(default_factory=Counts)
    handlers: Timings = field(default_factory=Timings)
    recommendations: Timings = field(default_factory=Timings)
    telegram: Counts = field(default_factory=Counts)
    commits: Timings = field(default_factory=Timings)
    deliveries: Counts = field(default_factory=Counts)
    trainings: Counts = field(default_factory=Counts)
    held_back: Counts = field(default_factory=Counts)
