"""The demo as a newcomer meets it: one process, a page, a bot that recommends, a clean end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.settings import PREFIX

READY_S = 120.0
END_S = 10.0


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a demo on a free port; yield its process and the address that it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    # Whatever is set outside must not reach the demo.
    environment |= {"REELMATE_TELEGRAM_TOKEN": "not-a-token", "REELMATE_DATABASE_URL": "mysql://elsewhere/films"}
    environment |= {"HTTP_PROXY": "http://127.0.0.1:9", "all_proxy": "socks5://127.0.0.1:9"}
    command = [sys.executable, "-m", "bot", "--data-dir", str(tmp_path), "demo", "--port", "0", "--no-open"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.]+:\d+/", line)))
            yield process, address
        finally:
            process.kill()


def wait_for(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.1)


@pytest.mark.tensorflow
def test_a_stranger_is_answered_and_ctrl_c_ends_everything(
    demo: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = demo
    with httpx.Client(base_url=address, timeout=10) as page:
        assert "<html" in page.get("/").text
        stranger = {"id": 7, "first_name": "Ann", "language_code": "en"}
        page.post("/sim/message", json={"user": stranger, "text": "/start"}).raise_for_status()
        wait_for(
            lambda: any(message["from"] == "bot" for message in page.get("/sim/chat/7").json()["messages"]), READY_S
        )
    assert (tmp_path / "demo" / "reelmate.db").is_file()
    process.send_signal(signal.SIGINT)
    assert process.wait(END_S) == 0
