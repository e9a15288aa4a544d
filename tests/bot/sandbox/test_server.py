"""The server binds, says so when it cannot, and stops without waiting for pollers."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from bot.sandbox import PortInUseError, RunningSandbox, running
from tests.bot.sandbox.api import Api


def test_a_port_in_use_is_named(telegram: RunningSandbox) -> None:
    port = int(telegram.url.rpartition(":")[2])
    with pytest.raises(PortInUseError, match=f"port must be free. Received: 127.0.0.1:{port}"), running(port=port):
        pass


def test_stops_at_once_under_a_long_poll_and_an_open_page() -> None:
    answers: list[int] = []
    with running(limits=False) as sandbox:
        api = Api(sandbox.url, sandbox.token)
        poller = threading.Thread(target=lambda: answers.append(api.call("getUpdates", timeout=50)[0]))
        poller.start()
        with httpx.stream("GET", f"{sandbox.url}/page/events/7", trust_env=False) as page:
            assert next(page.iter_lines()) == "event: chat"
            begun = time.monotonic()
    assert time.monotonic() - begun < 5
    poller.join(5)
    api.close()
    assert answers == [200]


def test_it_serves_a_bot_of_any_name() -> None:
    with running(token="5:own", name="Echo", username="echo_bot") as sandbox:
        api = Api(sandbox.url, "5:own")
        me = api.result("getMe")
        api.close()
    assert (me["id"], me["first_name"], me["username"]) == (5, "Echo", "echo_bot")


def test_nothing_answers_after_the_block(telegram: RunningSandbox) -> None:
    with running(limits=False) as sandbox:
        url = sandbox.url
    with pytest.raises(httpx.TransportError):
        httpx.get(url, trust_env=False)


def test_the_page_asks_nothing_from_elsewhere(telegram: RunningSandbox) -> None:
    page = httpx.get(telegram.url, trust_env=False)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http://" not in page.text
    assert "https://" not in page.text


def test_an_answer_does_not_wait_for_the_acknowledgement_of_its_headers(telegram: RunningSandbox) -> None:
    api = Api(telegram.url, telegram.token)
    api.result("getMe")
    durations_s = []
    for _ in range(20):
        begun = time.monotonic()
        api.result("getMe")
        durations_s.append(time.monotonic() - begun)
    api.close()
    assert min(durations_s) < 0.02  # the delayed acknowledgement of Linux takes 0.04
