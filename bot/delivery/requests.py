"""The request that polls: commits what it fetched, and lets no single update block the others."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, Final

from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.delivery.health import Health
from bot.delivery.incoming import Raw, is_readable, without_what_is_unknown

# What the library hears once polling has no hope: an error would end it in a way that skips the shutdown.
Call = Callable[[], Awaitable[tuple[int, bytes]]]
NOTHING: Final = (200, b'{"ok":true,"result":[]}')
# Between such answers, while the application stops, and while another bot may be the one that polls.
NOTHING_EVERY_S: Final = 0.5
# The library's last call tells Telegram what is stored; whatever does not hear it is fetched, and known, again.
CONFIRM_S: Final = 1.5

Receive = Callable[[Sequence[Raw], Sequence[Raw]], Awaitable[None]]


class PollingRequest(HTTPXRequest):
    """Polls for updates.

    A whole batch is committed at once before the library sees it. An update that the library cannot read would be
    fetched for ever (docs/design.md): it goes on as its bare number and is kept as a dead letter.

    Args:
        receive: stores (readable, unreadable) raw updates; returns once they are committed.
        health: hears the status of every poll.
        may_poll: False while another process may be the one that polls.
        has_ended: True once nothing more is to be stored; what is fetched then stays with Telegram.
    """

    def __init__(
        self,
        receive: Receive,
        health: Health,
        *,
        may_poll: Callable[[], bool] = lambda: True,
        has_ended: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(connection_pool_size=1)
        self._receive, self._health = receive, health
        self._may_poll, self._has_ended = may_poll, has_ended

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        if not url.endswith("/getUpdates"):
            return await super().do_request(url, method, *args, **options)
        if self._health.fatal is not None or not self._may_poll():
            if not self._has_ended():
                await asyncio.sleep(NOTHING_EVERY_S)
            return NOTHING
        call = partial(super().do_request, url, method, *args, **options)
        return await (self._confirm(call) if self._has_ended() else self._poll(call))

    async def _poll(self, call: Call) -> tuple[int, bytes]:
        await asyncio.sleep(self._health.pause_s)
        status, payload = await call()
        if status == 200:
            payload = await self._cleaned(payload)  # a page that is no answer of Telegram's raises here
        self._health.answered(status)
        return NOTHING if self._health.fatal is not None or self._has_ended() else (status, payload)

    async def _confirm(self, call: Call) -> tuple[int, bytes]:
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(CONFIRM_S):
                await call()
        return NOTHING

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse Telegram's answer; unlike the library's, it writes nothing of it to the log."""
        return parse_answer(payload)

    async def _cleaned(self, payload: bytes) -> bytes:
        """Commit the updates in an answer and return it with the unreadable ones bare."""
        answer = parse_answer(payload)
        found = [one for one in answer.get("result") or () if isinstance(one, dict) and "update_id" in one]
        if not found:
            return payload
        once: dict[int, Raw] = {}
        for one in found:
            once.setdefault(one["update_id"], one)
        batch = [without_what_is_unknown(one) for one in once.values()]
        unreadable = [one for one in batch if not is_readable(one)]
        await self._receive([one for one in batch if one not in unreadable], unreadable)
        if not unreadable and batch == found:
            return payload
        bare = [{"update_id": one["update_id"]} if one in unreadable else one for one in batch]
        return json.dumps({"ok": True, "result": bare}).encode()


# The HTTP status of this task's last call; None: no answer. The library's errors do not tell.
last_status: ContextVar[int | None] = ContextVar("last_status", default=None)


class SendingRequest(HTTPXRequest):
    """Everything but polling; remembers the status and writes no answer to the log."""

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        last_status.set(None)
        status, payload = await super().do_request(*args, **options)
        last_status.set(status)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse Telegram's answer; unlike the library's, it writes nothing of it to the log."""
        return parse_answer(payload)


def parse_answer(payload: bytes) -> dict[str, Any]:
    """Parse an answer of the Bot API.

    Raises:
        TelegramError: it is no JSON object, such as the HTML page of a proxy.
    """
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        raise TelegramError("Invalid server response") from None
    if not isinstance(answer, dict):
        raise TelegramError("Invalid server response")
    return answer
