"""Too many at once: a thousand people in one moment, and one who taps two thousand times beside a hundred others.

The real bot as in benchmarks/chat.py, without sending limits: what is looked at is that nothing is lost and nobody
is held up.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from benchmarks.acts import LOOK_EVERY_S, Acts, Toast
from benchmarks.chat import Place, place_of
from benchmarks.crowd import Crowd, SimClient
from benchmarks.figures import Figure, parser, percentile, progress, publish
from bot.callbacks import Ask, encode

AT_ONCE: Final = 1_000
FLOOD: Final = 2_000
FLOOD_PER_S: Final = 100.0  # ten times what a quick finger does
OTHERS: Final = range(1_001, 1_101)
TAPS_PER_S: Final = 10.0
WINDOW_S: Final = 40.0  # twice as long as the flood comes in
RATE_ALONE: Final = {"rate": 1}
FILMS: Final = range(1, 301)
# How much longer the slowest twentieth of the others' taps may take while somebody floods the bot, inside of it: from
# their delivery to the call that answers them. What the local Telegram takes for the flood is no matter of the bot's.
MOST_TIMES_SLOWER: Final = 1.5
# What the last taps are waited for; of one person a hundred at most wait for theirs.
ANSWERED_S: Final = 5.0
FLOODER: Final = 9_999
LONGEST_S: Final = 900.0


@dataclass(frozen=True, slots=True)
class Flooded:
    """What came of a flood: taps lost, and the others' toasts before and during."""

    lost: int
    before: tuple[Toast, ...]
    during: tuple[Toast, ...]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure both and publish what was lost and how long others waited."""
    options = parser("stress", __doc__ or "").parse_args(arguments)
    crowds: list[tuple[float, float]] = []
    floods: list[Flooded] = []
    for repeat in range(options.repeats):
        progress(f"run {repeat + 1} of {options.repeats}: {AT_ONCE} people at once")
        crowds.append(meet_at_once())
        progress(f"run {repeat + 1} of {options.repeats}: one person taps {FLOOD} times")
        floods.append(flood())
    publish("stress", arguments, figures(crowds, floods), as_json=options.as_json)


def figures(crowds: list[tuple[float, float]], floods: list[Flooded]) -> list[Figure]:
    """Return what was measured, the targets first."""
    inside = [(p95(flood.before, "in_bot_s"), p95(flood.during, "in_bot_s")) for flood in floods]
    whole = [(p95(flood.before, "seconds"), p95(flood.during, "seconds")) for flood in floods]
    return [
        Figure(f"{AT_ONCE} people at once: lost", tuple(lost for lost, _ in crowds), "people", 0),
        Figure(f"{FLOOD} taps of one person: lost", tuple(flood.lost for flood in floods), "taps", 0),
        Figure(
            "others' p95 in the bot while one floods / before",
            tuple(during / before for before, during in inside),
            "times",
            MOST_TIMES_SLOWER,
        ),
        Figure(f"{AT_ONCE} people at once: answered", tuple(AT_ONCE / seconds for _, seconds in crowds), "people/s"),
        Figure("others' toast in the bot, p95, before", tuple(before for before, _ in inside), "ms"),
        Figure("others' toast in the bot, p95, during", tuple(during for _, during in inside), "ms"),
        Figure("others' tap to toast, p95, before", tuple(before for before, _ in whole), "ms"),
        Figure("others' tap to toast, p95, during", tuple(during for _, during in whole), "ms"),
    ]


def p95(toasts: Sequence[Toast], span: Literal["seconds", "in_bot_s"]) -> float:
    """Return the slowest twentieth's milliseconds."""
    return 1000 * percentile([getattr(toast, span) or 0.0 for toast in toasts], 0.95)


def meet_at_once() -> tuple[float, float]:
    """Let a thousand people write /start; returns how many got no answer, and the seconds until the last one did."""
    with place_of("ours") as place:
        began = time.monotonic()
        place.crowd.open_cards(range(1, 1 + AT_ONCE), "/start", within_s=LONGEST_S)
        seconds = time.monotonic() - began
        settle(place.crowd, place.data_dir)
        return AT_ONCE - count(place.data_dir, "SELECT count(*) FROM inbox WHERE state = 'done'"), seconds


def flood() -> Flooded:
    """Let one person tap without waiting beside others, who tapped alone before."""
    with place_of("ours") as place:
        acts = Acts(place.crowd.client, OTHERS, FILMS, random.Random(0), RATE_ALONE)
        acts.open()
        before = let_tap(acts, WINDOW_S)
        place.crowd.open_cards([FLOODER])
        flooder = threading.Thread(target=tap_again_and_again, args=(place, place.crowd.cards[FLOODER]))
        flooder.start()
        during = let_tap(acts, WINDOW_S)
        flooder.join()
        settle(place.crowd, place.data_dir)
        done = count(place.data_dir, "SELECT count(*) FROM inbox WHERE state = 'done'")
        return Flooded(acts.count + 1 + FLOOD - done, before, during)


def let_tap(acts: Acts, seconds: float) -> tuple[Toast, ...]:
    """Let people tap for so long; returns the toasts of these taps."""
    known, began = len(acts.toasts), time.monotonic()
    acts.go_on(TAPS_PER_S, lambda: time.monotonic() - began >= seconds)
    while acts.unanswered and time.monotonic() - began < seconds + ANSWERED_S:
        acts.look()
        time.sleep(LOOK_EVERY_S)
    return tuple(acts.toasts[known:])


def tap_again_and_again(place: Place, card: int) -> None:
    """Tap without waiting for any answer."""
    client, began = SimClient(place.crowd.client.url), time.monotonic()
    for number in range(FLOOD):
        time.sleep(max(0.0, began + number / FLOOD_PER_S - time.monotonic()))
        client.post("callback", user_id=FLOODER, message_id=card, data=encode(Ask()))
    client.close()


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
