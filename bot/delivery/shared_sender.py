"""The sender of one bot among several: it sends to chats that it has claimed, within limits that all share."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from bot.delivery.notes import OUTBOX
from bot.delivery.sender import Sender


class SharedLimits(Protocol):
    """Sending limits that several bots keep together."""

    async def wait_s(self, chat_id: int) -> float:
        """Return the seconds until a message may go to a chat; 0 when it may go now, and then count it as sent."""
        ...


class SharedSender(Sender):
    """A sender that looks only at claimed chats.

    Args:
        limits: what is shared; None where each bot keeps its own.

    Attributes:
        claimed: the chats to send to.
    """

    def __init__(self, *args: Any, limits: SharedLimits | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._limits = limits
        self.claimed: set[int] = set()
        self._chat_of: dict[int, int] = {}  # messages at hand -> their chats
        self._looking_at: set[int] = set()

    @property
    def lanes(self) -> set[int]:
        """Return the chats at work: with messages at hand, sent ones that are not noted yet among them."""
        known = self._at_hand()
        self._chat_of = {letter: chat for letter, chat in self._chat_of.items() if letter in known}
        return self._looking_at | set(self._chat_of.values())

    async def sweep(self) -> int:
        """Look for nothing that was lost: every look does."""
        return 0

    async def _look(self) -> None:
        """Give the claimed chats' messages to their lanes, but for those at hand."""
        self._looking_at = looking_at = set(self.claimed)
        try:
            before = self._at_hand()  # of which one may be sent and noted while the outbox is read as it was
            letters = await self._writes.read(lambda tx: tx.outbox.waiting_in(looking_at), OUTBOX)
            known = before | self._at_hand()
            for letter in letters:
                if letter.id not in known:
                    self._chat_of[letter.id] = letter.chat_id
                    self._line_up(letter)
        finally:
            self._looking_at = set()

    async def _await_turn(self, chat_id: int) -> bool:
        waited = await super()._await_turn(chat_id)
        while self._limits is not None and (seconds := await self._limits.wait_s(chat_id)) > 0:
            waited = True
            await asyncio.sleep(seconds)
        return waited
