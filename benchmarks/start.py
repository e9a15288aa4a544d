"""The bot process: memory and time until it polls, with a trained model loaded; beside it the same bot with Keras."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.crowd import Crowd, Journal, SimClient
from benchmarks.figures import Figure, parser, progress, publish
from benchmarks.processes import bot_environment, copy_of_data_dir, end, spawn, telegram

MEGABYTE: Final = 1_000_000
READY_S: Final = 120.0
LOOK_EVERY_S: Final = 0.01
# `reelmate run`, as its console script calls it; the other one has what a bot that predicts with Keras imports.
OURS: Final = ("-m", "bot", "run")
WITH_KERAS: Final = (
    "-c",
    "import keras, tensorflow, sys; from bot.__main__ import main; sys.argv = ['reelmate', 'run']; main()",
)
SIDES: Final = {"ours": OURS, "with Keras": WITH_KERAS}


@dataclass(frozen=True, slots=True)
class Start:
    """What one start cost: seconds until the first poll, megabytes then, and after a first list was made."""

    ready_s: float
    resident_mb: float
    after_a_list_mb: float


def main(arguments: Sequence[str] = ()) -> None:
    """Measure both in turn and publish the ratios."""
    options = parser("start", __doc__ or "").parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reelmate-start-") as room:
        data_dir = copy_of_data_dir(Path(room))
        start_once(OURS, data_dir)  # compiled files and the page cache are there for both
        starts: dict[str, list[Start]] = {side: [] for side in SIDES}
        for repeat in range(options.repeats):
            for side, command in SIDES.items():
                progress(f"run {repeat + 1} of {options.repeats}: {side}")
                starts[side].append(start_once(command, data_dir))
    publish("start", arguments, figures(starts), as_json=options.as_json)


def start_once(command: Sequence[str], data_dir: Path) -> Start:
    """Start a bot, let one person get a list, and end it."""
    with telegram() as url:
        client = SimClient(url)
        client.say(2, "/help")  # a poll is answered at once when something waits
        began = time.monotonic()
        process = spawn(command, environment=bot_environment(url, data_dir))
        try:
            journal = Journal(client)
            _wait_for_poll(journal, began)
            ready_s = time.monotonic() - began
            resident_mb = _resident_mb(process.pid)
            Crowd(client, journal).open_cards([1], "/recommend")
            return Start(ready_s, resident_mb, _resident_mb(process.pid))
        finally:
            end(process)
            client.close()


def figures(starts: dict[str, list[Start]]) -> list[Figure]:
    """Return what was measured, the targets first."""
    ours, keras = starts["ours"], starts["with Keras"]
    pairs = list(zip(keras, ours, strict=True))
    return [
        Figure("resident memory, ready to poll", tuple(one.resident_mb for one in ours), "MB", 200),
        Figure("resident memory, after a first list", tuple(one.after_a_list_mb for one in ours), "MB", 200),
        Figure("ready to poll", tuple(one.ready_s for one in ours), "s", 6),
        Figure("memory with Keras / ours", tuple(other.resident_mb / one.resident_mb for other, one in pairs), "times"),
        Figure("start with Keras / ours", tuple(other.ready_s / one.ready_s for other, one in pairs), "times"),
        Figure("resident memory with Keras", tuple(one.resident_mb for one in keras), "MB"),
        Figure("ready to poll with Keras", tuple(one.ready_s for one in keras), "s"),
    ]


def _wait_for_poll(journal: Journal, began: float) -> None:
    """Wait for the first answered poll."""
    while not any(call["method"].lower() == "getupdates" for call in journal.fresh()):
        if time.monotonic() - began > READY_S:
            raise RuntimeError(f"the bot must poll within {READY_S:.0f} s. Received: no poll")
        time.sleep(LOOK_EVERY_S)


def _resident_mb(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / MEGABYTE
