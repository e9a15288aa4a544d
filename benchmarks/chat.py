"""Taps handled per second through inbox and outbox, beside the library's own queue and direct sends; and how soon.

Three processes on one machine: a bot, a local Telegram without sending limits, and the people. Both bots run the
same handlers on the same kind of database with the same model, and are measured in turn.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.crowd import Crowd, Journal, SimClient
from benchmarks.figures import Figure, parser, percentile, progress, publish
from benchmarks.processes import bot_environment, copy_of_data_dir, running, telegram

PEOPLE: Final = 100
TAPS: Final = 500
WARM_UP: Final = 100
STEADY_PER_S: Final = 20.0
STEADY_TAPS: Final = 300
SIDES: Final = ("ours", "direct")
LABEL: Final = "4★"
BESIDE: Final = (
    (f"taps of {PEOPLE} people per second", "taps_per_s", "/s"),
    ("tap to edit at 20 taps/s, p99", "p99_ms", "ms"),
    ("tap to edit at 20 taps/s, p50", "p50_ms", "ms"),
    ("the bot's CPU time per tap", "cpu_ms", "ms"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A running bot, where its data is, and the people who talk to it."""

    crowd: Crowd
    bot: psutil.Process
    data_dir: Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one side; `cpu_ms` is the bot process's own per tap, which a busy machine does not change."""

    taps_per_s: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def main(arguments: Sequence[str] = ()) -> None:
    """Measure both sides in turn and publish the ratio."""
    options = parser("chat", __doc__ or "").parse_args(arguments)
    measured: dict[str, list[Run]] = {side: [] for side in SIDES}
    with ExitStack() as stack:
        places = {side: stack.enter_context(place_of(side)) for side in SIDES}
        for place in places.values():
            place.crowd.open_cards(range(1001, 1001 + PEOPLE))
            place.crowd.tap_in_turn(LABEL, WARM_UP)
        for repeat in range(options.repeats):
            for side, place in places.items():
                progress(f"run {repeat + 1} of {options.repeats}: {side}")
                measured[side].append(run_once(place.crowd, place.bot))
    publish("chat", arguments, figures(measured), as_json=options.as_json)


def run_once(crowd: Crowd, bot: psutil.Process) -> Run:
    """Let everyone tap as fast as the bot answers, then at a steady rate."""
    cpu_s = _cpu_s(bot)
    seconds = crowd.tap_in_turn(LABEL, TAPS)
    cpu_ms = 1000 * (_cpu_s(bot) - cpu_s) / TAPS
    crowd.tap_steadily(LABEL, per_s=STEADY_PER_S, taps=STEADY_TAPS)
    delays_ms = [1000 * second for second in crowd.latencies_s]
    return Run(TAPS / seconds, cpu_ms, *(percentile(delays_ms, share) for share in (0.5, 0.95, 0.99)))


def figures(measured: dict[str, list[Run]]) -> list[Figure]:
    """Return what was measured, the targets first."""
    pairs = list(zip(measured["ours"], measured["direct"], strict=True))
    ratios = tuple(ours.taps_per_s / direct.taps_per_s for ours, direct in pairs)
    delays = tuple(run.p99_ms for run in measured["ours"])
    beside = [
        Figure(f"{name}, {side}", tuple(float(getattr(run, field)) for run in measured[side]), unit)
        for name, field, unit in BESIDE
        for side in SIDES
    ]
    return [
        Figure("taps per second, ours / in-memory and direct", ratios, "", 0.7, "at least"),
        Figure("tap to edit at 20 taps/s, p95", tuple(run.p95_ms for run in measured["ours"]), "ms", 50),
        Figure("tap to edit at 20 taps/s, p99", delays, "ms", 150),
        *beside,
    ]


@contextmanager
def place_of(side: str) -> Iterator[Place]:
    """Run one of the bots with a Telegram of its own and a trained model."""
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reelmate-chat-")))
        url = stack.enter_context(telegram())
        environment = bot_environment(url, copy_of_data_dir(room))
        bot = stack.enter_context(running(["-m", "benchmarks.chat_bots", side], environment))
        client = SimClient(url)
        stack.callback(client.close)
        yield Place(Crowd(client, Journal(client)), psutil.Process(bot.pid), room)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
