"""The webhook: Telegram's deliveries go into the durable queue, and are confirmed once they are committed."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import Iterator
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.delivery.delivery import Delivery
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.incoming import ALLOWED_UPDATES, is_readable, without_what_is_unknown
from bot.delivery.insisting import insist

log = logging.getLogger(__name__)

# An update is some kilobytes; without a cap a stranger's 90 MB would fill the memory (measured, docs/design.md).
MAX_BODY: Final = 1 << 20
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
# Between looks whether Telegram is there and takes the token: a third of what health calls stale.
LOOK_EVERY_S: Final = 20.0


class Webhook:
    """Telegram's deliveries instead of polling.

    Args:
        url: the public address; we listen at its path.
        secret: what Telegram must send along.
        port: where the proxy that has the public address finds us; 0 takes a free one.
    """

    def __init__(self, delivery: Delivery, bot: Bot, url: str, *, secret: str, port: int) -> None:
        self._health, self._bot, self._url, self._secret = delivery.health, bot, url, secret
        app = webhook_app(delivery.queue, bot, path=urlsplit(url).path or "/", secret=secret)
        self._server = _Server(
            uvicorn.Config(app, host="0.0.0.0", port=port, log_config=None, access_log=False, lifespan="off")
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listen, and tell Telegram where."""
        self._tasks = [asyncio.create_task(self._server.serve()), asyncio.create_task(self._watch())]
        tell = partial(self._bot.set_webhook, self._url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)
        await insist(tell, "setWebhook")

    async def stop(self) -> None:
        """Take no more deliveries; Telegram keeps them for the next start."""
        self._server.should_exit = True
        serving, watching = self._tasks
        watching.cancel()
        await asyncio.gather(serving, watching, return_exceptions=True)

    async def _watch(self) -> None:
        """Ask Telegram now and then: nobody polls here, and a revoked token must not go unnoticed."""
        while True:
            try:
                await self._bot.get_webhook_info()
            except InvalidToken:
                self._health.answered(401)
            except TelegramError as error:
                log.warning("Telegram does not answer: %s", type(error).__name__)
            else:
                self._health.answered(200)
            await asyncio.sleep(LOOK_EVERY_S)


class _Server(uvicorn.Server):
    """Serves in the bot's own loop; signals stay with the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def webhook_app(queue: DurableQueue, bot: Bot, *, path: str, secret: str) -> Starlette:
    """Return the application that takes deliveries at `path` from who knows the secret."""

    async def deliver(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        body = await _read_capped(request)
        if body is None:
            return Response(status_code=413)
        raw = _parse(body)
        if raw is None:
            return Response(status_code=400)
        await _hand_on(queue, bot, raw)
        return Response(status_code=200)

    return Starlette(routes=[Route(path, deliver, methods=["POST"])])


async def _hand_on(queue: DurableQueue, bot: Bot, raw: dict[str, Any]) -> None:
    raw = dict(without_what_is_unknown(raw))
    if not is_readable(raw):
        await queue.receive([], [raw])
        return
    update = Update.de_json(raw, bot)
    await queue.receive([raw])
    await queue.put(update)


async def _read_capped(request: Request) -> bytes | None:
    """Return the body; None as soon as it is too large, whatever its header claims."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None
