"""A copy of a SQLite database while it is in use, by SQLite's online backup; never by copying the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from bot.storage.engine import translated
from bot.storage.errors import DatabaseUrlError
from recommender.data.durable import make_durable


def back_up(engine: Engine, target: Path) -> None:
    """Copy the database to `target`, which is there whole or not at all.

    Raises:
        DatabaseUrlError: it is no SQLite database (PostgreSQL has pg_dump).
    """
    if engine.dialect.name != "sqlite":
        raise DatabaseUrlError("backup copies SQLite; use pg_dump for PostgreSQL. Received: PostgreSQL")
    aside = target.with_name(f"{target.name}.part")
    with translated(str(engine.url)), engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
    make_durable(aside)
    aside.replace(target)
