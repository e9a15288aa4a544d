"""How fast Telegram lets us send: token buckets per chat and overall, and the pauses it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

# Telegram Bot FAQ, "My bot is hitting limits": about one message a second per chat with short bursts,
# 20 a minute in one group, about 30 a second overall.
CHAT: Final = (5, 1.0)
GROUP: Final = (20, 20 / 60)
OVERALL: Final = (30, 30.0)
# Chats whose buckets are full again are forgotten beyond this many.
REMEMBERED: Final = 10_000


@dataclass(slots=True)
class Bucket:
    """Tokens that refill with time; starts full."""

    size: int
    per_s: float
    filled_at: float
    tokens: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def refill(self, now: float) -> None:
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.per_s)
        self.filled_at = now

    def wait_s(self, now: float) -> float:
        """Return the seconds until a token is there; 0 means now."""
        self.refill(now)
        return max(0.0, (1 - self.tokens) / self.per_s)


class Throttle:
    """Says when the next message may go to a chat; negative chat ids are groups, as in the Bot API.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._overall = Bucket(*OVERALL, clock())
        self._chats: dict[int, Bucket] = {}
        self._held_until: dict[int, float] = {}

    def wait_s(self, chat_id: int) -> float:
        """Return the seconds until a message may go to the chat, 0 when it may go now, and then count it as sent."""
        now = self._clock()
        chat = self._bucket(chat_id, now)
        held_s = self._held_until.get(chat_id, now) - now
        wait_s = max(held_s, chat.wait_s(now), self._overall.wait_s(now))
        if wait_s > 0:
            return wait_s
        self._held_until.pop(chat_id, None)
        chat.tokens -= 1
        self._overall.tokens -= 1
        return 0.0

    def hold(self, chat_id: int, seconds: float) -> None:
        """Send nothing to the chat for so long, as Telegram asked; other chats go on."""
        self._held_until[chat_id] = self._clock() + seconds

    def _bucket(self, chat_id: int, now: float) -> Bucket:
        if chat_id not in self._chats:
            if len(self._chats) >= REMEMBERED:
                self._forget_full(now)
            self._chats[chat_id] = Bucket(*(GROUP if chat_id < 0 else CHAT), now)
        return self._chats[chat_id]

    def _forget_full(self, now: float) -> None:
        for bucket in self._chats.values():
            bucket.refill(now)
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.tokens < bucket.size}
