"""Telegram's sending limits as token buckets; the clock is a parameter, and a switch turns them off."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError

# Telegram Bot FAQ, "My bot is hitting limits": about one message a second per chat with short bursts,
# 20 a minute in one group, about 30 a second overall.
CHAT_BURST, CHAT_PER_S = 5, 1.0
GROUP_BURST, GROUP_PER_S = 20, 20 / 60
OVERALL_BURST, OVERALL_PER_S = 30, 30.0


@dataclass(slots=True)
class Bucket:
    """A token bucket that starts full."""

    size: int
    per_s: float
    tokens: float
    filled_at: float

    def wait_s(self, now: float) -> float:
        """Return the seconds until one token is there; 0 means now."""
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.per_s)
        self.filled_at = now
        return max(0.0, (1 - self.tokens) / self.per_s)

    def take(self) -> None:
        self.tokens -= 1


@dataclass(slots=True)
class Limits:
    """All buckets of one bot."""

    clock: Callable[[], float]
    enabled: bool = True
    _chats: dict[int, Bucket] = field(default_factory=dict)
    _overall: Bucket | None = None

    def spend(self, chat_id: int, *, is_group: bool) -> None:
        """Take one message's worth from each bucket, or from none.

        Raises:
            ApiError: 429 with the whole seconds to wait.
        """
        if not self.enabled:
            return
        now = self.clock()
        buckets = (self._overall_bucket(now), self._chat_bucket(chat_id, now, is_group=is_group))
        wait_s = max(bucket.wait_s(now) for bucket in buckets)
        if wait_s > 0:
            seconds = math.ceil(wait_s)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for bucket in buckets:
            bucket.take()

    def clear(self) -> None:
        """Fill every bucket."""
        self._chats.clear()
        self._overall = None

    def _overall_bucket(self, now: float) -> Bucket:
        if self._overall is None:
            self._overall = Bucket(OVERALL_BURST, OVERALL_PER_S, OVERALL_BURST, now)
        return self._overall

    def _chat_bucket(self, chat_id: int, now: float, *, is_group: bool) -> Bucket:
        if chat_id not in self._chats:
            size, per_s = (GROUP_BURST, GROUP_PER_S) if is_group else (CHAT_BURST, CHAT_PER_S)
            self._chats[chat_id] = Bucket(size, per_s, size, now)
        return self._chats[chat_id]
