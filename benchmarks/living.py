"""`reelmate run` as a child process that is ended in every way and started again, with its log kept."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.processes import spawn

READY: Final = "the bot is ready"
READY_S: Final = 120.0
END_S: Final = 30.0
LOOK_S: Final = 0.05


class LivingBot:
    """One bot and its lives; `environment` is that of every life.

    Attributes:
        lives: how often it was started.
    """

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment, self.log = environment, log
        self.lives = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int | None:
        """Return the number of the living process; None between two lives."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self) -> float:
        """Start it and wait until it takes updates; returns the seconds that took.

        Raises:
            RuntimeError: it ended, or came to nothing in time.
        """
        before, began = self.said.count(READY), time.monotonic()
        with self.log.open("a") as log:
            self._process = spawn(["-m", "bot", "run"], environment=self._environment, stdout=log, stderr=log)
        self.lives += 1
        while self.said.count(READY) <= before:
            if self.pid is None or time.monotonic() - began > READY_S:
                raise RuntimeError(f"the bot must come up within {READY_S:.0f} s. Received: {self.said[-500:]}")
            time.sleep(LOOK_S)
        return time.monotonic() - began

    def end(self, number: int = signal.SIGTERM) -> float:
        """Signal it and wait until it is gone, in the end by force; returns the seconds that took."""
        began, process = time.monotonic(), self._process
        if process is not None and process.poll() is None:
            process.send_signal(number)
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return time.monotonic() - began
