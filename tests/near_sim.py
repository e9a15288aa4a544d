"""The same people where the local Telegram is in this process: its routes are asked without HTTP between.

A test asks them dozens of times, and waits; HTTP would take ten times as long as the answer, of both sides.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from bot.sandbox import RunningSandbox
from tests.sim import CHECK_EVERY_S, DEADLINE_S, Sim

Message = dict[str, Any]


class NearSim(Sim):
    """People of a Telegram that runs on another thread; the routes themselves are tested over HTTP."""

    def __init__(self, telegram: RunningSandbox) -> None:
        super().__init__(telegram.url, telegram.token)
        self._loop, self._changed = telegram.loop, telegram.app.state.world.changed
        routes = [route for route in telegram.app.routes if isinstance(route, Route)]
        self._routes = [route for route in routes if route.path.startswith("/sim/")]

    def _answer(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        answering = asyncio.run_coroutine_threadsafe(self._respond(method, path, body or b""), self._loop)
        response = answering.result(DEADLINE_S)
        return response.status_code, bytes(response.body)

    def _pause(self) -> None:
        """Wait until something changes; what is not of Telegram's changes without a word, so wait a moment only."""
        asyncio.run_coroutine_threadsafe(self._changed.wait(CHECK_EVERY_S), self._loop).result(DEADLINE_S)

    async def _respond(self, method: str, path: str, body: bytes) -> Response:
        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        parts = urlsplit(path)
        scope: Message = {"type": "http", "method": method, "path": parts.path, "headers": [], "root_path": ""}
        scope["query_string"] = parts.query.encode()
        for route in self._routes:
            match, more = route.matches(scope)
            if match is Match.FULL:
                response: Response = await route.endpoint(Request({**scope, **more}, receive))
                return response
        raise LookupError(f"a path must be one of /sim. Received: {method} {path}")
