"""Which of the updates in memory is the newest of its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Newest(Generic[K]):
    """Counts the updates at hand under each key, and knows the newest."""

    def __init__(self) -> None:
        self._count: Counter[K] = Counter()
        self._newest: dict[K, int] = {}

    def count(self, key: K) -> int:
        """Return how many are at hand."""
        return self._count[key]

    def take(self, key: K, update_id: int) -> None:
        """Note one more, newer than those before."""
        self._count[key] += 1
        self._newest[key] = update_id

    def is_overtaken(self, key: K, update_id: int) -> bool:
        """Tell whether a newer one is at hand."""
        return self._newest.get(key, update_id) != update_id

    def release(self, key: K) -> None:
        """Let go of one; with the last of a key all that is known of it goes."""
        self._count[key] -= 1
        if self._count[key] <= 0:
            del self._count[key]
            self._newest.pop(key, None)
