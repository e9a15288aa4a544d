"""Databases to test on: SQLite always, PostgreSQL where REELMATE_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.settings import sqlite_url
from bot.storage import CatalogueMovie, Store, migrate
from recommender.domain import Movie, MovieId
from tests import postgres
from tests.postgres import empty_schema, is_wanted, lent_url
from tests.shared import shared

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
THIRTY = tuple(
    CatalogueMovie(Movie(MovieId(at), f"Film {at}", 1990 + at, ("Drama",)), imdb_id=f"tt{at:07}") for at in range(1, 31)
)


@dataclass(slots=True)
class Clock:
    """A clock that moves when told to."""

    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(params=["sqlite", POSTGRES])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'reelmate.db'}"
        return
    with empty_schema() as url:
        yield url


@pytest.fixture(params=["sqlite", POSTGRES])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database, of each kind in turn."""
    return migrated_file(tmp_path) if request.param == "sqlite" else lent_url()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    """An open store with thirty films, on each kind of database in turn."""
    with Store(database_url, clock=clock) as opened:
        stock(opened)
        yield opened


@pytest.fixture
def real_time_store(tmp_path: Path) -> Iterator[Store]:
    """An open store with thirty films and the real time."""
    with Store(migrated_url(tmp_path, THIRTY)) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """The same for what is of SQLite alone."""
    with Store(migrated_file(tmp_path, THIRTY)) as opened:
        yield opened


def migrated_url(folder: Path, films: Sequence[CatalogueMovie] = ()) -> str:
    """Return the URL of a migrated database with these films: a file in a folder, or PostgreSQL if that is wanted."""
    if not is_wanted():
        return migrated_file(folder, films)
    return _filled(lent_url(), films)


@contextmanager
def kept_url(folder: Path, films: Sequence[CatalogueMovie] = ()) -> Iterator[str]:
    """Give the same for a database that all tests of a file share."""
    if not is_wanted():
        yield migrated_file(folder, films)
        return
    with postgres.kept_url() as url:
        yield _filled(url, films)


def _filled(url: str, films: Sequence[CatalogueMovie]) -> str:
    """Put films into a database and return its URL."""
    with Store(url) as store:
        store.write(lambda tx: tx.movies.upsert_all(films)).result()
    return url


def migrated_file(folder: Path, films: Sequence[CatalogueMovie] = ()) -> str:
    """Put a migrated SQLite database with these films into a folder and return its URL."""
    (folder / "reelmate.db").write_bytes(_with(tuple(films)) if films else _migrated())
    return sqlite_url(folder)


@cache
def _migrated() -> bytes:
    """Return the file of a database that is migrated and empty: migrating takes longer than most tests."""
    return shared("migrated", _migrate_file)


def _migrate_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        migrate(sqlite_url(Path(folder)))
        return (Path(folder) / "reelmate.db").read_bytes()


@cache
def _with(films: tuple[CatalogueMovie, ...]) -> bytes:
    """Return the file of a database that holds these films alone."""
    with tempfile.TemporaryDirectory() as folder:
        with Store(migrated_file(Path(folder))) as store:
            store.write(lambda tx: tx.movies.upsert_all(films)).result()
        return (Path(folder) / "reelmate.db").read_bytes()


def stock(store: Store) -> None:
    """Put thirty films into the catalogue."""
    store.write(lambda tx: tx.movies.upsert_all(THIRTY)).result()
