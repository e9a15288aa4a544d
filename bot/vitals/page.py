"""What is asked on the loopback: /healthz, /readyz and /metrics by programs, /stats by the operator."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.vitals.sign import Report
from bot.web.server import BoundedServer, listen

log = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
# A probe, a scraper and an operator's curl.
MOST_CONNECTIONS: Final = 32
NO_SCRIPT: Final = "default-src 'none'; style-src 'unsafe-inline'"


def status_app(
    look: Callable[[], Report],
    is_ready: Callable[[], bool],
    metrics: Callable[[], bytes],
    stats: Callable[[], str] | None = None,
) -> Starlette:
    """Return the application.

    Args:
        look: how the bot is.
        is_ready: whether it takes updates.
        metrics: in Prometheus' text format.
        stats: the operator's figures as a page; None for no such page.
    """

    async def healthz(request: Request) -> Response:
        """Say how the bot is: 200 when all is well, 503 when anything is not."""
        report = look()
        return JSONResponse(
            {"status": report.state, "reasons": [sign.complaint for sign in report.bad]}
            | {"signs": [asdict(sign) for sign in report.signs]},
            200 if report.state == "ok" else 503,
        )

    async def readyz(request: Request) -> Response:
        """Say whether it takes updates and can store what comes of them."""
        bad = [sign.name for sign in look().bad if sign.name in ("telegram", "database")]
        ready = is_ready() and not bad
        return JSONResponse({"ready": ready, "for_want_of": bad or ([] if ready else ["start"])}, 200 if ready else 503)

    async def show_metrics(request: Request) -> Response:
        return Response(metrics(), media_type="text/plain; version=0.0.4")

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", show_metrics)]
    return Starlette(routes=[*routes, *([] if stats is None else [stats_route(stats)])])


def stats_route(stats: Callable[[], str]) -> Route:
    """Return the way to the operator's figures; they are read beside the loop, for they take a second."""

    async def show_stats(request: Request) -> Response:
        return HTMLResponse(await asyncio.to_thread(stats), headers={"Content-Security-Policy": NO_SCRIPT})

    return Route("/stats", show_stats)


class StatusPage:
    """Serves an application on a loopback port.

    Raises:
        SettingsError: the port cannot be had.
    """

    def __init__(self, app: Starlette, port: int, *, setting: str = "REELMATE_HEALTH_PORT") -> None:
        self.server = BoundedServer(app, listen(HOST, port, setting=setting), most=MOST_CONNECTIONS)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve in the running loop."""
        log.info("health and metrics at http://%s:%d", HOST, self.server.port)
        self._serving = asyncio.create_task(self.server.serve(), name="status-page")

    async def stop(self) -> None:
        self.server.should_exit = True
        if self._serving is not None:
            await asyncio.gather(self._serving, return_exceptions=True)
