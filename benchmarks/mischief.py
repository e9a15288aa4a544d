"""Mischief: a seeded plan of faults, and the thread that does them to a living bot, its database and its Telegram."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil

from benchmarks.crowd import SimClient
from benchmarks.living import LivingBot
from benchmarks.processes import spawn
from recommender.ranking.bundle import FILES, BundleStore

# Faults of Telegram, as /sim/fault takes them.
TELEGRAM: Final[Mapping[str, Mapping[str, Any]]] = {
    "500": {"status": 500, "times": 6},
    "502, a page": {"status": 502, "times": 6},
    "429": {"status": 429, "retry_after": 2, "method": "sendMessage", "times": 3},
    "dropped before": {"drop": True, "times": 6},
    "dropped after": {"drop": "after", "method": "editMessageText", "times": 4},
    "slow": {"delay_s": 2.0, "times": 12},
}
TELEGRAM_PER_H: Final = 5.0  # of each
HELD_PER_H, SWAPS_PER_H, TERMS_PER_H, KILLS_PER_H = 6.0, 10.0, 6.0, 12.0
HELD_S: Final = (1.0, 8.0)
KILL: Final = "kill -9"
ENDS: Final = ("SIGTERM", KILL)
RETRAIN, SWAP, HELD = "retrain", "swap", "database held"
# Lowest priority but for idle work, as the bot gives its own trainings.
NICENESS: Final = 15


@dataclass(frozen=True, slots=True)
class Planned:
    """What happens so many seconds after the start; `seconds` is how long the database is held."""

    at: float
    kind: str
    seconds: float = 0.0


def plan(seconds: float, seed: int, retrains: int) -> list[Planned]:
    """Return what happens when.

    The bot is ended in the first half alone, so that the second half is one life, over which memory can be judged.
    """
    chance = random.Random(seed)
    rates = {**dict.fromkeys(TELEGRAM, TELEGRAM_PER_H), HELD: HELD_PER_H, SWAP: SWAPS_PER_H}
    rates |= dict(zip(ENDS, (TERMS_PER_H, KILLS_PER_H), strict=True))
    planned = [Planned(seconds * (number + 1) / (retrains + 1), RETRAIN) for number in range(retrains)]
    for kind, per_h in rates.items():
        at, end = 0.0, seconds / 2 if kind in ENDS else seconds
        while (at := at + chance.expovariate(per_h / 3600)) < end:
            planned.append(Planned(at, kind, chance.uniform(*HELD_S) if kind == HELD else 0.0))
    return sorted(planned, key=lambda one: one.at)


@dataclass(slots=True)
class Mischief:
    """Does what is planned, one after the other.

    Attributes:
        began: when the plan started.
        done: seconds since then, kind, and what it came to.
        end_s: how long each SIGTERM took.
    """

    planned: list[Planned]
    bot: LivingBot
    client: SimClient
    data_dir: Path
    environment: Mapping[str, str]
    done: list[tuple[float, str, str]] = field(default_factory=list)
    end_s: list[float] = field(default_factory=list)
    ready_s: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.time)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _failure: Exception | None = None
    _training: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.began = time.time()
        self._thread = threading.Thread(target=self._run, name="mischief", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Say whether all of it is done, or nothing more can be."""
        return self._thread is not None and not self._thread.is_alive()

    def stop(self) -> None:
        """Do no more, and wait for what is being done, a training included.

        Raises:
            Exception: whatever kept it from doing what was planned, such as a bot that does not come up.
        """
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        if self._training is not None:
            self._training.wait()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._do_all()
        except Exception as error:  # raised again where somebody hears it
            self._failure = error

    def _do_all(self) -> None:
        for one in self.planned:
            if self._over.wait(max(0.0, self.began + one.at - time.time())):
                return
            came_to = self._acts(one)()
            self.done.append((time.time() - self.began, one.kind, came_to))
            print(f"{time.time() - self.began:7.0f} s  {one.kind}  {came_to}", file=sys.stderr, flush=True)

    def _acts(self, one: Planned) -> Callable[[], str]:
        if one.kind in TELEGRAM:
            return lambda: str(self.client.post("fault", **TELEGRAM[one.kind]) or "")
        others = {HELD: lambda: self._hold(one.seconds), SWAP: self._swap, RETRAIN: self._retrain}
        return others.get(one.kind, lambda: self._end(one.kind))

    def _hold(self, seconds: float) -> str:
        with closing(sqlite3.connect(self.data_dir / "reelmate.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            self._over.wait(seconds)
            other.execute("ROLLBACK")
        return f"for {seconds:.1f} s"

    def _swap(self) -> str:
        """Publish a copy of what serves, so that the bot has something to load."""
        bundles = BundleStore(self.data_dir / "bundles")
        current = bundles.current() or ""
        files = {name: (bundles.folder / current / name).read_bytes() for name in FILES}
        version = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        bundles.publish(files, bundles.manifest(current), version)
        bundles.prune(2)
        return version

    def _retrain(self) -> str:
        if self._training is not None and self._training.poll() is None:
            return "one is under way"
        self._training = spawn(["-m", "bot", "retrain", "--incremental"], environment=self.environment)
        psutil.Process(self._training.pid).nice(NICENESS)
        return "begun"

    def _end(self, kind: str) -> str:
        seconds = self.bot.end(signal.SIGKILL if kind == KILL else signal.SIGTERM)
        if kind != KILL:
            self.end_s.append(seconds)
        self.ready_s.append(self.bot.start())
        return f"gone after {seconds:.1f} s, ready after {self.ready_s[-1]:.1f} s"
