"""What answers at the webhook's address: the secret first, then the body, then the commit, then 200."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

# An update is some kilobytes; without a cap a stranger's 90 MB would fill the memory (measured, docs/design.md).
MAX_BODY: Final = 1 << 20
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
# When to come again, for who reads it.
AGAIN_S: Final = "5"


def webhook_app(
    take: Callable[[bytes], Awaitable[bool]], *, path: str, secret: str, count: Callable[[int], None] = lambda _: None
) -> Starlette:
    """Return the application that takes deliveries at `path` from who knows the secret.

    Args:
        take: commits a body; False means that it could not be committed in time.
        count: hears the status of every answer.
    """

    async def deliver(request: Request) -> Response:
        response = await _answer(request)
        count(response.status_code)
        return response

    async def _answer(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _read_capped(request)
        except ClientDisconnect:  # or the time for the body was over; nobody hears this answer
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        if not await take(body):
            return Response(status_code=503, headers={"Retry-After": AGAIN_S})
        return Response(status_code=200)

    return Starlette(routes=[Route(path, deliver, methods=["POST"])])


async def _read_capped(request: Request) -> bytes | None:
    """Return the body; None as soon as it is too large, or says that it will be."""
    claimed = request.headers.get("Content-Length", "0")
    if claimed.isdecimal() and int(claimed) > MAX_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
