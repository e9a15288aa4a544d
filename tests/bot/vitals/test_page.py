"""The status page answers other programs on the loopback, and nobody else."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from bot.settings import SettingsError
from bot.vitals.page import HOST, StatusPage, status_app
from bot.vitals.sign import Report, Sign

WELL = Report((Sign("telegram", is_vital=True), Sign("database"), Sign("disk")))


def ill(name: str) -> Report:
    return Report((Sign("telegram", is_vital=True), Sign(name, f"{name} must be well. Received: not")))


async def ask(path: str, report: Report = WELL, *, is_ready: bool = True) -> tuple[int, Any]:
    app = status_app(lambda: report, lambda: is_ready, lambda: b"reelmate_healthy 1.0\n")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        response = await client.get(path)
    kind = response.headers["content-type"]
    return response.status_code, response.json() if "json" in kind else response.text


async def test_a_bot_that_is_well_is_healthy_and_ready() -> None:
    status, said = await ask("/healthz")
    assert (status, said["status"], said["reasons"]) == (200, "ok", [])
    assert await ask("/readyz") == (200, {"ready": True, "for_want_of": []})


async def test_whatever_is_amiss_is_told_with_its_reason() -> None:
    status, said = await ask("/healthz", ill("disk"))
    assert (status, said["status"], said["reasons"]) == (503, "degraded", ["disk must be well. Received: not"])


@pytest.mark.parametrize(("name", "status"), [("disk", 200), ("model", 200), ("database", 503), ("telegram", 503)])
async def test_ready_is_who_can_take_updates_and_store_them(name: str, status: int) -> None:
    assert (await ask("/readyz", ill(name)))[0] == status


async def test_a_bot_that_is_starting_or_stopping_is_not_ready() -> None:
    assert await ask("/readyz", is_ready=False) == (503, {"ready": False, "for_want_of": ["start"]})


async def test_metrics_are_text() -> None:
    assert await ask("/metrics") == (200, "reelmate_healthy 1.0\n")


async def test_figures_are_a_page_without_a_script() -> None:
    app = status_app(lambda: WELL, lambda: True, lambda: b"", lambda: "<h1>Figures</h1>")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        response = await client.get("/stats")
    assert (response.status_code, response.text) == (200, "<h1>Figures</h1>")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert (await ask("/stats"))[0] == 404, "where there are none"


async def test_the_page_is_served_on_the_loopback_alone() -> None:

    page = StatusPage(status_app(lambda: WELL, lambda: True, lambda: b""), 0)
    await page.start()
    assert page.server._listener.getsockname()[0] == HOST
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{page.server.port}", trust_env=False) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/elsewhere")).status_code == 404
    await page.stop()


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        with pytest.raises(SettingsError, match=r"^REELMATE_HEALTH_PORT must name a port that is free"):
            StatusPage(status_app(lambda: WELL, lambda: True, lambda: b""), other.getsockname()[1])
