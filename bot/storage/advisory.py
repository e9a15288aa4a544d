"""Advisory locks of PostgreSQL: held by a connection, so that they end with the process that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from bot.storage.engine import open_engine, sqlite_file, translated


@contextmanager
def advisory_lock(url: str, key: int) -> Iterator[bool]:
    """Hold a lock of the database; False means that another process has it. SQLite has none and always says True."""
    if sqlite_file(url) is not None:
        yield True
        return
    engine = open_engine(url)
    try:
        with translated(url), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}))
    finally:
        engine.dispose()
