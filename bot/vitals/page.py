"""What other programs ask on the loopback: /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.vitals.sign import Report
from bot.web.server import BoundedServer, listen

log = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
# A probe, a scraper and an operator's curl.
MOST_CONNECTIONS: Final = 32


def status_app(look: Callable[[], Report], is_ready: Callable[[], bool], metrics: Callable[[], bytes]) -> Starlette:
    """Return the application.

    Args:
        look: how the bot is.
        is_ready: whether it takes updates.
        metrics: in Prometheus' text format.
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

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", show_metrics)],
    )


class StatusPage:
    """Serves an application on a loopback port.

    Raises:
        SettingsError: the port cannot be had.
    """

    def __init__(self, app: Starlette, port: int) -> None:
        self.server = BoundedServer(app, listen(HOST, port, setting="REELMATE_HEALTH_PORT"), most=MOST_CONNECTIONS)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve in the running loop."""
        log.info("health and metrics at http://%s:%d", HOST, self.server.port)
        self._serving = asyncio.create_task(self.server.serve(), name="status-page")

    async def stop(self) -> None:
        self.server.should_exit = True
        if self._serving is not None:
            await asyncio.gather(self._serving, return_exceptions=True)
