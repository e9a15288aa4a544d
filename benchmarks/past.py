"""Bringing one's past along: how soon a file of 5,000 rows is shown, imported and undone; and what others notice.

Three processes on one machine: the bot with the starter catalogue and no model, a local Telegram without sending
limits, and the people. Half of the rows are of films that the bot knows.
"""

from __future__ import annotations

import base64
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.crowd import Crowd, Journal, Json, SimClient
from benchmarks.figures import Figure, parser, percentile, progress, publish
from benchmarks.processes import bot_environment, running, spawn, telegram
from bot.catalogue.starter import load_starter

ROWS: Final = 5_000
MOST_S: Final = 5.0
# What others send meanwhile, as many rows as are taken at all.
LONG_ROWS: Final = 50_000
TAPS, TAPS_PER_S, MOST_TAP_MS = 50, 20.0, 50.0
WITHIN_S: Final = 120.0
LOOK_EVERY_S: Final = 0.01
ADA, OTHERS = 1, range(2, 52)


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds until a file is shown, imported, undone; milliseconds from tap to edit, alone and beside a long file."""

    shown_s: float
    imported_s: float
    undone_s: float
    alone_ms: tuple[float, ...]
    beside_ms: tuple[float, ...]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure on a bot of its own for each run, and publish the medians."""
    options = parser("past", __doc__ or "").parse_args(arguments)
    runs = list[Run]()
    for repeat in range(options.repeats):
        progress(f"run {repeat + 1} of {options.repeats}")
        with _client() as client:
            runs.append(run_once(client))
    publish("past", arguments, figures(runs), as_json=options.as_json)


def file_of(rows: int) -> bytes:
    """Return a Letterboxd file of so many rows: films of the starter catalogue and of none in turn."""
    movies = load_starter()
    lines = ["Date,Name,Year,Letterboxd URI,Rating"]
    for at in range(rows):
        movie = movies[at // 2 % len(movies)]
        title, year = (movie.title, movie.year) if at % 2 else (f"Never heard of {at}", 1950 + at % 70)
        lines.append(f'2023-03-20,"{title}",{year},https://boxd.it/{at},{at % 10 / 2 + 0.5}')
    return "\n".join(lines).encode()


def run_once(client: SimClient) -> Run:
    """Let one person bring a file along, and another tap beside a longer one."""
    crowd = Crowd(client, Journal(client))
    crowd.open_cards(OTHERS)  # and the bot has started
    shown_s = _timed(lambda: _send(client, ADA, ROWS), client, f"{ROWS:,} rows:")
    imported_s = _timed(lambda: _tap(client, ADA, "📥 Import"), client, "Imported from")
    undone_s = _timed(lambda: _tap(client, ADA, "↩ Undo (for 30 days)"), client, "as it was before")
    crowd.cards.pop(ADA, None)
    alone = _tap_steadily(crowd)
    _send(client, ADA, LONG_ROWS)
    return Run(shown_s, imported_s, undone_s, alone, _tap_steadily(crowd))


def figures(runs: Sequence[Run]) -> list[Figure]:
    """Return what was measured, the targets first."""
    whole = tuple(run.shown_s + run.imported_s for run in runs)
    beside = tuple(percentile(run.beside_ms, 0.5) for run in runs)
    return [
        Figure(f"{ROWS:,} rows shown and imported", whole, "s", MOST_S),
        Figure("another's tap to edit while a file is read, p50", beside, "ms", MOST_TAP_MS),
        Figure("the same, p99", tuple(percentile(run.beside_ms, 0.99) for run in runs), "ms"),
        Figure("the same tap alone, p50", tuple(percentile(run.alone_ms, 0.5) for run in runs), "ms"),
        Figure("the same tap alone, p99", tuple(percentile(run.alone_ms, 0.99) for run in runs), "ms"),
        Figure(f"{ROWS:,} rows shown", tuple(run.shown_s for run in runs), "s"),
        Figure(f"{ROWS:,} rows imported", tuple(run.imported_s for run in runs), "s"),
        Figure(f"{ROWS:,} rows undone", tuple(run.undone_s for run in runs), "s"),
    ]


@contextmanager
def _client() -> Iterator[SimClient]:
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reelmate-past-")))
        url = stack.enter_context(telegram())
        if spawn(["-m", "bot", "--data-dir", str(room), "import", "starter"]).wait():
            raise RuntimeError("reelmate import starter must work")
        stack.enter_context(running(["-m", "bot", "run"], bot_environment(url, room)))
        client = SimClient(url)
        stack.callback(client.close)
        yield client


def _send(client: SimClient, person: int, rows: int) -> None:
    user = {"id": person, "first_name": "Ada", "language_code": "en"}
    client.post("document", user=user, name="ratings.csv", content_base64=base64.b64encode(file_of(rows)).decode())


def _tap(client: SimClient, person: int, label: str) -> None:
    client.post("callback", user_id=person, message_id=_newest(client, person)["message_id"], label=label)


def _tap_steadily(crowd: Crowd) -> tuple[float, ...]:
    crowd.tap_steadily("4★", per_s=TAPS_PER_S, taps=TAPS)
    return tuple(1000 * seconds for seconds in crowd.latencies_s)


def _timed(act: Callable[[], None], client: SimClient, text: str) -> float:
    began = time.monotonic()
    act()
    while text not in _newest(client, ADA).get("text", ""):
        if time.monotonic() - began > WITHIN_S:
            raise RuntimeError(f"{text!r} must come within {WITHIN_S:.0f} s")
        time.sleep(LOOK_EVERY_S)
    return time.monotonic() - began


def _newest(client: SimClient, person: int) -> Json:
    messages = client.get(f"/sim/chat/{person}")["messages"]
    found: Json = next((one for one in reversed(messages) if one["from"] == "bot"), {})
    return found
