"""A pytest plugin: migrated schemas of PostgreSQL, lent to one test after another.

With REELMATE_TEST_DATABASE=postgresql every test that opens a migrated database gets one of these in place of a file of
SQLite, and what is of SQLite alone, or is there for both, is left out for SQLite.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from benchmarks.postgres import fresh_schema
from bot.storage import migrate
from bot.storage.tables import Base

SERVER: Final = "REELMATE_TEST_POSTGRES_URL"
SWITCH: Final = "REELMATE_TEST_DATABASE"
# Who still holds a schema that was given back has forgotten to close it.
LOCKED_FOR: Final = "5s"


def is_wanted() -> bool:
    """Say whether PostgreSQL stands in for SQLite."""
    kind = os.environ.get(SWITCH, "sqlite")
    if kind not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"{SWITCH} must be sqlite or postgresql. Received: {kind}")
    return kind == "postgresql"


@contextmanager
def empty_schema() -> Iterator[str]:
    """Give the URL of an empty schema of its own on the server named by the environment."""
    server = os.environ.get(SERVER)
    if not server:
        pytest.skip(f"{SERVER} names no server")
    with fresh_schema(server) as url:
        yield url


class Schemas:
    """Migrated schemas: made when all are lent, emptied when lent again: migrating takes longer than most tests."""

    def __init__(self) -> None:
        self._made = ExitStack()
        self._free: list[str] = []
        self._lent: list[str] = []

    def lend(self) -> str:
        """Return the URL of a migrated schema without a row."""
        url = self._take() or self._make()
        self._lent.append(url)
        return url

    @contextmanager
    def keep(self) -> Iterator[str]:
        """Give the URL of such a schema for as long as the block runs, whichever tests begin and end in it."""
        url = self._take() or self._make()
        yield url
        self._free.append(url)

    def take_back(self) -> None:
        """Take back what is lent, its rows and all."""
        self._free += self._lent
        self._lent.clear()

    def close(self) -> None:
        self._made.close()

    def _take(self) -> str | None:
        while self._free:
            url = self._free.pop()
            if _emptied(url):
                return url
        return None

    def _make(self) -> str:
        url = self._made.enter_context(empty_schema())
        migrate(url)
        return url


def _emptied(url: str) -> bool:
    """Delete every row; False where somebody holds on to them, or a test has changed the tables themselves."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCKED_FOR}'"))
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for name in connection.scalars(
                text("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
            ):
                connection.execute(text(f'ALTER SEQUENCE "{name}" RESTART'))
        return True
    except DBAPIError:
        return False
    finally:
        engine.dispose()


_SCHEMAS: Final = Schemas()


def lent_url() -> str:
    """Return the URL of a migrated and empty schema that is the running test's own."""
    return _SCHEMAS.lend()


def kept_url() -> AbstractContextManager[str]:
    """Give the URL of a migrated and empty schema that several tests share."""
    return _SCHEMAS.keep()


@pytest.fixture(autouse=True)
def take_back_schemas() -> Iterator[None]:
    """Let the next test have the schemas of this one."""
    yield
    _SCHEMAS.take_back()


def pytest_configure(config: pytest.Config) -> None:
    is_wanted()
    config.add_cleanup(_SCHEMAS.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_wanted():
        config.hook.pytest_deselected(items=[item for item in items if _is_of_sqlite(item)])
        items[:] = [item for item in items if not _is_of_sqlite(item)]


def _is_of_sqlite(item: pytest.Item) -> bool:
    """Say whether a test is marked so, asks for SQLite's store, or is the one of two that runs on SQLite."""
    spec = getattr(item, "callspec", None)
    asks_for_it = "sqlite_store" in getattr(item, "fixturenames", ())
    is_one_of_two = spec is not None and "sqlite" in spec.params.values()
    return asks_for_it or is_one_of_two or item.get_closest_marker("sqlite") is not None
