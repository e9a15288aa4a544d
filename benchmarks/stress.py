"""Too many at once: a thousand people in one moment, and one person who taps five thousand times beside fifty others.

The real bot as in benchmarks/chat.py, without sending limits: what is looked at is that nothing is lost and nobody
is held up.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.chat import LABEL, PEOPLE, place_of
from benchmarks.crowd import Crowd, SimClient, nap
from benchmarks.figures import Figure, parser, percentile, progress, publish
from bot.callbacks import Ask, encode

AT_ONCE: Final = 1_000
FLOOD: Final = 5_000
FLOOD_PER_S: Final = 100.0  # ten times what a quick finger does
STEADY_PER_S: Final = 10.0
STEADY_TAPS: Final = 500  # as long as the flood lasts
# How much longer the slowest twentieth of the others' taps may take while somebody floods the bot. Both share two
# cores, of which the flood takes what it can get: its lane is one of two that are at work.
MOST_TIMES_SLOWER: Final = 3.0
FLOODER: Final = 9_999
LONGEST_S: Final = 900.0


def main(arguments: Sequence[str] = ()) -> None:
    """Measure both and publish what was lost and how long others waited."""
    options = parser("stress", __doc__ or "").parse_args(arguments)
    crowds: list[tuple[float, float]] = []
    floods: list[tuple[float, float, float]] = []
    for repeat in range(options.repeats):
        progress(f"run {repeat + 1} of {options.repeats}: {AT_ONCE} people at once")
        crowds.append(meet_at_once())
        progress(f"run {repeat + 1} of {options.repeats}: one person taps {FLOOD} times")
        floods.append(flood())
    publish("stress", arguments, figures(crowds, floods), as_json=options.as_json)


def figures(crowds: list[tuple[float, float]], floods: list[tuple[float, float, float]]) -> list[Figure]:
    """Return what was measured, the targets first."""
    return [
        Figure(f"{AT_ONCE} people at once: lost", tuple(lost for lost, _ in crowds), "people", 0),
        Figure(f"{FLOOD} taps of one person: lost", tuple(lost for lost, _, _ in floods), "taps", 0),
        Figure(
            "others' p95 while one floods / before",
            tuple(during / before for _, before, during in floods),
            "times",
            MOST_TIMES_SLOWER,
        ),
        Figure(f"{AT_ONCE} people at once: answered", tuple(AT_ONCE / seconds for _, seconds in crowds), "people/s"),
        Figure("others' tap to edit, p95, before the flood", tuple(1000 * before for _, before, _ in floods), "ms"),
        Figure("others' tap to edit, p95, during the flood", tuple(1000 * during for _, _, during in floods), "ms"),
    ]


def meet_at_once() -> tuple[float, float]:
    """Let a thousand people write /start; returns how many got no answer, and the seconds until the last one did."""
    with place_of("ours") as place:
        began = time.monotonic()
        place.crowd.open_cards(range(1, 1 + AT_ONCE), "/start", within_s=LONGEST_S)
        seconds = time.monotonic() - began
        settle(place.crowd, place.data_dir)
        return AT_ONCE - count(place.data_dir, "SELECT count(*) FROM inbox WHERE state = 'done'"), seconds


def flood() -> tuple[float, float, float]:
    """Let one person tap without waiting; returns the taps lost, and the others' p95 in seconds before and during."""
    with place_of("ours") as place:
        crowd = place.crowd
        crowd.open_cards([FLOODER, *range(1001, 1001 + PEOPLE)])
        flooder = Flooder(crowd.client, crowd.cards.pop(FLOODER))
        crowd.tap_steadily(LABEL, per_s=STEADY_PER_S, taps=STEADY_TAPS)
        before = percentile(crowd.latencies_s, 0.95)
        flooder.began = time.monotonic()
        crowd.tap_steadily(LABEL, per_s=STEADY_PER_S, taps=STEADY_TAPS, meanwhile=flooder.tap_if_due)
        during = percentile(crowd.latencies_s, 0.95)
        while flooder.taps < FLOOD:
            flooder.tap_if_due()
        settle(crowd, place.data_dir)
        everything = 1 + PEOPLE + 2 * STEADY_TAPS + FLOOD
        return everything - count(place.data_dir, "SELECT count(*) FROM inbox WHERE state = 'done'"), before, during


@dataclass(slots=True)
class Flooder:
    """One person who taps again and again without waiting for any answer."""

    client: SimClient
    card: int
    began: float = 0.0
    taps: int = 0

    def tap_if_due(self) -> None:
        """Tap if it is time to; else leave the cores to the bot."""
        if self.taps >= FLOOD or time.monotonic() < self.began + self.taps / FLOOD_PER_S:
            return nap()
        self.taps += 1
        self.client.post("callback", user_id=FLOODER, message_id=self.card, data=encode(Ask()))


def settle(crowd: Crowd, data_dir: Path) -> None:
    """Wait until the bot has fetched and handled everything."""
    pending = "SELECT count(*) FROM inbox WHERE state = 'pending'"
    last = -1

    def is_quiet() -> bool:
        nonlocal last
        before, last = last, count(data_dir, "SELECT count(*) FROM inbox")
        time.sleep(0.5)
        return before == last and count(data_dir, pending) == 0

    crowd.until(is_quiet, what="the end of the queue", within_s=LONGEST_S)


def count(data_dir: Path, query: str) -> int:
    """Return the one number that a query finds."""
    with closing(sqlite3.connect(data_dir / "reelmate.db")) as connection:
        return int(connection.execute(query).fetchone()[0])
