"""A movie night of eight: from the tap on "Show films" to the stored letters, over the starter catalogue and its model.

Reading eight people, choosing and the commit are in it; the way to Telegram is not.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, parser, percentile, progress, publish
from benchmarks.processes import copy_of_data_dir
from bot.callbacks import ShowNightFilms
from bot.messages import load_words
from bot.service import nights
from bot.service.service import Service, Turn
from bot.service.titles import Titles
from bot.settings import sqlite_url
from bot.storage import Store, Tx
from recommender.domain import GENRES, Movie, UserId
from recommender.ranking.bundle import BundleStore

GROUP: Final = -1
MEMBERS: Final = tuple(UserId(number) for number in range(1, 9))
RATINGS: Final = 60
# Films that such people know, the best known first.
KNOWN: Final = 600
NIGHTS: Final = 30
MOST_MS: Final = 200
MILLISECONDS: Final = 1000


def main(arguments: Sequence[str] = ()) -> None:
    """Hold nights and publish how long their films took."""
    options = parser("nights", __doc__ or "").parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        data_dir = copy_of_data_dir(Path(folder))
        bundles = BundleStore(data_dir / "bundles")
        ranker = bundles.load(str(bundles.current()))
        ranker.warm()
        with Store(sqlite_url(data_dir)) as store:
            store.write(partial(_meet, movies=ranker.retrieval.catalogue.movies)).result()
            service = Service(store, ranker, load_words(), Titles(store))
            runs = [_hold_nights(service, repeat) for repeat in range(options.repeats)]
    publish("nights", arguments, figures(runs), as_json=options.as_json)


def figures(runs: Sequence[Sequence[float]]) -> list[Figure]:
    """Return the middle night and the slowest but one in a hundred, of each run in seconds."""
    name = f"ten films for {len(MEMBERS)} people with {RATINGS} ratings each, from tap to commit"
    at = {share: tuple(percentile(run, share) * MILLISECONDS for run in runs) for share in (0.5, 0.99)}
    return [Figure(f"{name}, p50", at[0.5], "ms", MOST_MS), Figure(f"{name}, p99", at[0.99], "ms")]


def _hold_nights(service: Service, repeat: int) -> list[float]:
    progress(f"run {repeat + 1}: {NIGHTS} nights")
    return [_seconds(service, repeat * NIGHTS + number) for number in range(NIGHTS)]


def _seconds(service: Service, number: int) -> float:
    night = service.store.write(partial(_begin, number=number)).result()
    turn = Turn(number + 1, MEMBERS[0], chat_id=GROUP, message_id=1)
    began = time.perf_counter()
    nights.show_films(service, turn, ShowNightFilms(night))
    return time.perf_counter() - began


def _begin(tx: Tx, *, number: int) -> int:
    night = tx.nights.begin(GROUP, thread_id=None, language="en", code=f"night {number}", lot=number)
    for member in MEMBERS:
        tx.nights.set_in(night.id, member, is_in=True)
    return night.id


def _meet(tx: Tx, *, movies: Sequence[Movie]) -> None:
    """Let everybody choose a genre and rate films at random."""
    draws, stored = random.Random(0), [movie for movie in movies[:KNOWN] if tx.movies.get(movie.id)]
    for member in MEMBERS:
        tx.people.ensure(member)
        tx.people.set_genre(member, draws.choice(GENRES), "chosen")
        for movie in draws.sample(stored, RATINGS):
            tx.ratings.put(member, movie.id, draws.randint(1, 10), update_id=0)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
