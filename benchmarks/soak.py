"""A soak: the real bot for hours, with people who act and faults at random; what is lost, what grows, how soon.

Three processes on one machine: `reelmate run`, a local Telegram without sending limits, and the people, who do the
mischief as well. What must be exact is compared with the database at the end; each run draws build/soak.svg.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.account import Account, reckon, settle
from benchmarks.acts import Acts, Toast
from benchmarks.crowd import SimClient
from benchmarks.figures import BUILD, Figure, percentile, publish
from benchmarks.living import LivingBot
from benchmarks.mischief import Mischief, plan
from benchmarks.processes import bot_environment, copy_of_data_dir, telegram
from benchmarks.samples import Watch, overall, slopes_by_life
from benchmarks.soak_figure import draw_soak
from bot.settings import sqlite_url

FILMS: Final = range(1, 301)
FIRST_PERSON: Final = 1_001
# Taps this far from any fault show what people wait on a calm day.
CALM_S: Final = 20.0
SHARES: Final = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True, slots=True)
class Soak:
    """What one soak came to."""

    seconds: float
    settled_s: float
    account: Account
    acts: Acts
    mischief: Mischief
    watch: Watch
    lives: int
    said: str

    def as_object(self) -> dict[str, Any]:
        """Return all of it but the acts, for programs."""
        return {
            "seconds": self.seconds,
            "settled_s": self.settled_s,
            "lives": self.lives,
            "began": self.mischief.began,
            "account": asdict(self.account),
            "mischief": self.mischief.done,
            "toasts": [asdict(toast) for toast in self.acts.toasts],
            "samples": [asdict(sample) for sample in self.watch.samples],
            "slopes": {life: asdict(slope) for life, slope in slopes_by_life(self.watch.samples).items()},
            "overall": asdict(slope) if (slope := overall(self.watch.samples)) else None,
        }


def main(arguments: Sequence[str] = ()) -> None:
    """Run one soak, publish its figures, and draw them."""
    options = _parse(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="reelmate-soak-") as room:
        soak = run(options, Path(room))
    (options.out / "soak-run.json").write_text(json.dumps(soak.as_object()) + "\n", encoding="utf-8")
    draw_soak(soak.watch.samples, soak.acts.toasts, soak.mischief.done, options.out)
    publish("soak", arguments, figures(soak), as_json=options.as_json)


def run(options: argparse.Namespace, room: Path) -> Soak:
    """Let people act and mischief happen for so long, then settle and compare."""
    with ExitStack() as stack:
        url = stack.enter_context(telegram())
        data_dir = copy_of_data_dir(room)
        environment = bot_environment(url, data_dir) | {"REELMATE_RETRAIN_EVERY": "off"}
        clients = [SimClient(url), SimClient(url)]
        bot = LivingBot(environment, options.out / "bot.log")
        stack.callback(bot.end)
        bot.start()
        people = range(FIRST_PERSON, FIRST_PERSON + options.people)
        acts = Acts(clients[0], people, FILMS, random.Random(options.seed))
        seconds = options.hours * 3600
        mischief = Mischief(plan(seconds, options.seed, options.retrains), bot, clients[1], data_dir, environment)
        watch = Watch(lambda: (bot.pid, bot.lives))
        acts.open()
        watch.start()
        mischief.start()
        began = time.monotonic()
        acts.go_on(options.acts_per_second, lambda: time.monotonic() - began >= seconds)
        lasted = time.monotonic() - began
        mischief.stop()
        settled = settle(acts, sqlite_url(data_dir))
        watch.stop()
        return Soak(lasted, settled, reckon(acts, sqlite_url(data_dir)), acts, mischief, watch, bot.lives, bot.said)


def figures(soak: Soak) -> list[Figure]:
    """Return what was measured, what must be exact first."""
    kinds = Counter(kind for _, kind, _ in soak.mischief.done)
    samples = soak.watch.samples
    growth = overall(samples)
    found = [
        *soak.account.figures(),
        Figure("lasted", (soak.seconds / 60,), "minutes"),
        Figure("lives of the bot", (soak.lives,), ""),
        *(Figure(f"mischief: {kind}", (count,), "times") for kind, count in sorted(kinds.items())),
        *_delays("all taps", soak.acts.toasts),
        *_delays("calm taps", calm(soak)),
        Figure("SIGTERM, the longest", (max(soak.mischief.end_s, default=0.0),), "s", 10),
        Figure("memory, the most", (max(sample.resident_mb for sample in samples),), "MB"),
        Figure("descriptors, the most", (max(sample.descriptors for sample in samples),), ""),
        Figure("traces in the log", (soak.said.count("Traceback"),), "", 0),
    ]
    for life, slope in slopes_by_life(samples).items():
        minutes = max(sample.age_s for sample in samples if sample.life == life) / 60
        found += [
            Figure(f"memory in life {life} of {minutes:.0f} minutes", (slope.mb_per_h,), "MB/h"),
            Figure(f"memory in life {life}, standard error", (slope.error,), "MB/h"),
        ]
    if growth is not None:
        found += [
            Figure("memory over all lives", (growth.mb_per_h,), "MB/h"),
            Figure("memory over all lives, standard error", (growth.error,), "MB/h"),
        ]
    return found


def calm(soak: Soak) -> list[Toast]:
    """Return the toasts of taps that no fault came near."""
    faults = [soak.mischief.began + at for at, _, _ in soak.mischief.done]
    return [toast for toast in soak.acts.toasts if all(abs(toast.at - fault) > CALM_S for fault in faults)]


def _delays(name: str, toasts: Sequence[Toast]) -> list[Figure]:
    if not toasts:
        return []
    delays = [1000 * toast.seconds for toast in toasts]
    inside = [1000 * toast.in_bot_s for toast in toasts if toast.in_bot_s is not None]
    return [
        Figure(f"{name}: how many", (len(toasts),), ""),
        *(Figure(f"{name}: to toast, {of}", (percentile(delays, share),), "ms") for of, share in SHARES.items()),
        *(Figure(f"{name}: in the bot, {of}", (percentile(inside, share),), "ms") for of, share in SHARES.items()),
    ]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--hours", type=float, default=1.0, help="how long people act; default 1")
    parser.add_argument("--people", type=int, default=200, help="how many they are; default 200")
    parser.add_argument("--acts-per-second", type=float, default=8.0, help="of all together; default 8")
    parser.add_argument("--retrains", type=int, default=2, help="trainings beside the bot; default 2")
    parser.add_argument("--seed", type=int, default=0, help="of people and mischief")
    parser.add_argument("--out", type=Path, default=BUILD / "soak", help="where log, samples and drawing go")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    return parser.parse_args(arguments)
