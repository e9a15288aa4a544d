"""The real bot as processes of its own, on any database, told to end in every way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import PREFIX, sqlite_url
from bot.storage import Store, migrate
from tests.bot.pupil import ENTRIES
from tests.sim import Sim

READY_S, END_S = 60.0, 10.0


@dataclass
class Bots:
    """Starts `reelmate run` on one database, and ends what it started."""

    sim: Sim
    folder: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database_url = self.database_url or sqlite_url(self.folder)
        migrate(self.database_url)
        with Store(self.database_url) as store:
            store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()

    def start(self, name: str = "", **more: str) -> subprocess.Popen[bytes]:
        """Start a bot in a data directory of its own name; what it says is in `said(name)`."""
        outside = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
        ours = {
            "TELEGRAM_TOKEN": self.sim.token,
            "TELEGRAM_API_URL": self.sim.url,
            "DATA_DIR": str(self.folder / name),
            "DATABASE_URL": self.database_url,
            "RETRAIN_EVERY": "off",
            **self.environment,
            **more,
        }
        environment = {**outside, **{f"{PREFIX}{key}": value for key, value in ours.items()}}
        with self.log(name).open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stderr=log, stdout=log)
        self.started.append(process)
        return process

    def ready(self, name: str = "", *, within_s: float = READY_S, **more: str) -> subprocess.Popen[bytes]:
        """Start a bot and wait until it takes updates."""
        before = self.said(name).count("the bot is ready")
        process = self.start(name, **more)

        def is_there() -> bool:
            return self.said(name).count("the bot is ready") > before or process.poll() is not None

        self.sim.until(is_there, within_s=within_s, what="the bot to be ready")
        assert process.poll() is None, self.said(name)
        return process

    def log(self, name: str = "") -> Path:
        return self.folder / f"log{name}.txt"

    def said(self, name: str = "") -> str:
        return self.log(name).read_text() if self.log(name).exists() else ""

    def store(self) -> Store:
        return Store(self.database_url)

    def settle(self) -> None:
        """Wait until nothing waits: a person may read an answer before the database knows that it was sent."""
        with self.store() as store:
            self.sim.until(
                lambda: store.read(lambda tx: tx.inbox.count("pending") + tx.outbox.count("waiting")) == 0,
                what="everything to be done",
            )

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


def seconds_to_end(process: subprocess.Popen[bytes]) -> float:
    """Send SIGTERM and return how long the process took to be gone."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(4 * END_S)
    return time.monotonic() - began


def helped(sim: Sim, person: int) -> int:
    """Return how many answers to /help somebody has; what else they were told does not count."""
    return sum("/recommend" in message["text"] for message in sim.from_bot(person))
