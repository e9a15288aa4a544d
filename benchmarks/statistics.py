"""The operator's figures over a million showings: how long reading them takes, in the database and in all.

On SQLite, and with --postgres on PostgreSQL as well, after the VACUUM that a server does by itself sooner or later.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from sqlalchemy import create_engine, insert, text

from benchmarks.figures import Figure, parser, progress, publish
from benchmarks.postgres import fresh_schema
from bot.commands.data.stats_page import as_page
from bot.pseudonyms import NO_KEY
from bot.service.statistics import read_statistics
from bot.settings import sqlite_url
from bot.storage import Store, migrate
from bot.storage.cells import cell_of
from bot.storage.tables import Base, ImpressionRow, MovieRow, PersonRow, RatingRow
from recommender.domain import Because, MovieId, Recommendation, Slot

SHOWINGS: Final = 1_000_000
MOST_S: Final = 2
SEED: Final = 7
NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)
KEPT: Final = timedelta(days=180)
FILMS, PAGES, PLACES = 9_000, 20, 5
BUNDLES: Final = ("popular_in_genres", "20260101-030000-0", "20260201-030000-0")
# Of the films shown, so many were rated later.
RATED: Final = 0.12
AT_ONCE: Final = 20_000

Row = dict[str, Any]


def main(arguments: Sequence[str] = ()) -> None:
    """Fill a database, read it, and publish what that took."""
    options = _parse(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(sqlite_url(Path(folder)), "", options)
    if options.postgres:
        with fresh_schema(options.postgres) as url:
            figures += _measure(url, ", PostgreSQL", options)
    publish("statistics", arguments, figures, as_json=options.as_json)


def _measure(url: str, where: str, options: argparse.Namespace) -> list[Figure]:
    migrate(url)
    progress(f"a million showings{where}")
    _fill(url, options.showings)
    with Store(url, clock=lambda: NOW) as store:
        return _figures(lambda: as_page(read_statistics(store, NO_KEY)), where, options)


def _figures(read: Callable[[], str], where: str, options: argparse.Namespace) -> list[Figure]:
    wall, worked = list[float](), list[float]()
    for _ in range(options.repeats):
        began, busy = time.perf_counter(), time.process_time()
        read()
        wall.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    about = f"the page of figures over {options.showings:,} showings{where}"
    return [
        Figure(about, tuple(wall), "s", MOST_S),
        Figure(f"the same{where}, without waiting for the core", tuple(worked), "s", MOST_S),
    ]


def _fill(url: str, showings: int) -> None:
    people = showings // (PAGES * PLACES)
    rng, engine = np.random.default_rng(SEED), create_engine(url)
    films = [{"id": film, "title": f"Film {film}", "genres": ("Drama",)} for film in range(1, FILMS + 1)]
    known = [{"id": person, "created_at": NOW - KEPT, "consent": True} for person in range(1, people + 1)]
    with engine.begin() as connection:
        for table, rows in ((MovieRow, films), (PersonRow, known)):
            connection.execute(insert(table), rows)
        for start in range(1, people + 1, AT_ONCE // (PAGES * PLACES)):
            some = range(start, min(start + AT_ONCE // (PAGES * PLACES), people + 1))
            shown = [row for person in some for row in _shown_to(person, rng)]
            connection.execute(insert(ImpressionRow), shown)
            _add(connection, RatingRow, _rated(shown, rng))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _add(connection: Any, table: type[Base], rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _shown_to(person: int, rng: np.random.Generator) -> Iterator[Row]:
    """Yield what one person was shown: films well known more often than others, each once."""
    films = (FILMS * rng.random(PAGES * PLACES) ** 3).astype(int) + 1
    for number, film in enumerate(dict.fromkeys(films.tolist())):
        page, place = divmod(number, PLACES)
        because = Because(MovieId(film)) if place % 2 else Because(genre="Drama")
        slot: Slot = "wildcard" if place == PLACES - 1 and page % 2 else "top"
        one = Recommendation(MovieId(film), 1.0, float(rng.random()), because, slot)
        at = NOW - KEPT * (1 - (page + rng.random()) / (PAGES + 1))
        yield {
            "person_id": person,
            "round": page + 1,
            "page": 0,
            "position": place,
            "movie_id": film,
            "slot": one.slot,
            "score": one.score,
            "like_probability": one.like_probability,
            "because_movie_id": one.because.movie_id,
            "because_genre": one.because.genre,
            "cell": cell_of(one, place).number,
            "version": BUNDLES[page * len(BUNDLES) // PAGES],
            "shown_at": at,
        }


def _rated(shown: Sequence[Row], rng: np.random.Generator) -> list[Row]:
    return [
        {
            "person_id": row["person_id"],
            "movie_id": row["movie_id"],
            "half_stars": int(rng.integers(2, 11)),
            "source": "chat",
            "rated_at": row["shown_at"] + timedelta(days=1),
            "stored_at": row["shown_at"] + timedelta(days=1),
            "update_id": number,
        }
        for number, row in enumerate(shown)
        if rng.random() < RATED
    ]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("statistics", __doc__ or "")
    made.add_argument("--postgres", metavar="URL", help="measure on this PostgreSQL server, too")
    made.add_argument("--showings", type=int, default=SHOWINGS, help="how many films were shown in all")
    return made.parse_args(arguments)
