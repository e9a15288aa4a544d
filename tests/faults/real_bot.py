"""`reelmate run` as a process of its own, on the local Telegram, with any settings and any limit of the system."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.settings import PREFIX
from bot.storage import Store
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url
from tests.sim import Sim

READY_S, END_S = 60.0, 15.0
SECRET = "a_secret-of-24-characters"


class RealBot:
    """One bot; `settings` are the variables without their prefix."""

    def __init__(self, sim: Sim, data_dir: Path, **settings: object) -> None:
        self.data_dir, self.log, self._sim = data_dir, data_dir / "bot.log", sim
        given = {
            "TELEGRAM_TOKEN": sim.token,
            "TELEGRAM_API_URL": sim.url,
            "DATA_DIR": data_dir,
            "RETRAIN_EVERY": "off",
            **settings,
        }
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = {**outside, **{f"{PREFIX}{name}": str(value) for name, value in given.items()}}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str, before: Callable[[], None] | None = None) -> None:
        """Start it and wait until it takes updates; `before` runs in the child first."""
        command = [sys.executable, "-m", "bot", *options, "run"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stderr=log, stdout=log, preexec_fn=before)
        self._sim.until(lambda: "the bot is ready" in self.said or not self.is_running, within_s=READY_S)
        assert self.is_running, self.said

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def ask(self, *command: str) -> tuple[int, str]:
        """Run another command of the same settings; return its exit code and what it said."""
        arguments = [sys.executable, "-m", "bot", *command]
        ended = subprocess.run(
            arguments, env=self.environment, capture_output=True, text=True, timeout=READY_S, check=False
        )
        return ended.returncode, ended.stdout + ended.stderr

    def end(self) -> int | None:
        """End it as systemd would; returns its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(END_S)
        finally:
            self.process.kill()
            self.process.wait()


@contextmanager
def real_bot(sim: Sim, data_dir: Path, **settings: object) -> Iterator[RealBot]:
    """Give a bot on a database with a small catalogue; whatever happens, it ends."""
    if "DATABASE_URL" not in settings:
        with Store(migrated_url(data_dir)) as store:
            store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    bot = RealBot(sim, data_dir, **settings)
    try:
        yield bot
    finally:
        if bot.process is not None:
            bot.process.kill()
            bot.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(condition: Callable[[], Any], within_s: float, what: str) -> float:
    """Wait for a condition; return how many seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within_s, f"within {within_s} s: {what}"
        time.sleep(0.1)
    return time.monotonic() - began


def health_of(port: int) -> tuple[int, dict[str, Any]]:
    """Return the status and what /healthz says; 0 where nobody answers."""
    try:
        response = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5, trust_env=False)
    except httpx.HTTPError:
        return 0, {}
    return response.status_code, response.json()
