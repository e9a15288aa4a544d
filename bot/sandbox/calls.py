"""The journal of Bot API calls, for tests to look into."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

JOURNAL_SIZE = 50_000  # calls; the oldest go first


@dataclass(frozen=True, slots=True)
class Call:
    """One answered call; `answer` is None when the connection was dropped; times are seconds of the world's clock."""

    number: int
    method: str
    parameters: dict[str, Any]
    status: int
    answer: Any
    came_at: float
    answered_at: float

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "method": self.method,
            "parameters": self.parameters,
            "status": self.status,
            "answer": self.answer,
            "came_at": self.came_at,
            "answered_at": self.answered_at,
        }


@dataclass(slots=True)
class Calls:
    """Calls in the order in which they were answered."""

    clock: Callable[[], float] = time.time
    next_number: int = 1
    _calls: deque[Call] = field(default_factory=lambda: deque(maxlen=JOURNAL_SIZE))

    def add(self, method: str, parameters: dict[str, Any], status: int, answer: Any, *, came_at: float) -> None:
        self._calls.append(Call(self.next_number, method, parameters, status, answer, came_at, self.clock()))
        self.next_number += 1

    def since(self, number: int) -> list[Call]:
        """Return the calls after that number, oldest first."""
        # Numbers have no gaps, so the new ones are counted from the end: who looks often must not pay for the old ones.
        count = min(len(self._calls), max(0, self.next_number - 1 - number))
        return list(islice(reversed(self._calls), count))[::-1]

    def clear(self) -> None:
        self._calls.clear()
