"""The webhook: Telegram's deliveries go into the durable queue, and are confirmed once they are committed."""

from __future__ import annotations

import contextlib
import hmac
import json
from collections.abc import Iterator
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.delivery.durable_queue import DurableQueue
from bot.delivery.incoming import is_readable

# An update is some kilobytes; without a cap a stranger's 90 MB would fill the memory (measured, docs/design.md).
MAX_BODY: Final = 1 << 20
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class WebhookServer(uvicorn.Server):
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


def webhook_server(app: Starlette, *, host: str, port: int) -> WebhookServer:
    """Return a server that is run with `serve()` and ended by `should_exit`."""
    return WebhookServer(uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, lifespan="off"))


async def _hand_on(queue: DurableQueue, bot: Bot, raw: dict[str, Any]) -> None:
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
