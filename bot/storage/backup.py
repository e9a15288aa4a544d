"""A copy of a database while it is in use: one file of SQLite, whichever kind of database it was taken of.

SQLite is copied by its online backup, never by copying the file; PostgreSQL row by row in one transaction that sees
one moment. Inside lies a table `backup` that says when it was taken and how many rows each table has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine

from bot.storage.engine import translated
from bot.storage.errors import BackupError
from bot.storage.revisions import find_revision, refuse_newer, upgrade
from bot.storage.row_copy import copy_rows, count_rows
from recommender.data.durable import make_durable

_TAKEN_AT: Final = "taken at"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a verified backup holds.

    Attributes:
        taken_at: None for a copy that says nothing of itself, as of a Reelmate before 0.2.
        rows: how many each table has.
    """

    file: Path
    revision: str
    taken_at: datetime | None
    rows: Mapping[str, int]


def back_up(engine: Engine, target: Path) -> Backup:
    """Copy the database to `target`, which is there whole, verified and for its owner alone, or not at all.

    Raises:
        BackupError: the copy is not what the database was.
        StorageError: the database cannot be read, or the disk is full.
    """
    aside = target.with_name(f"{target.name}.part")
    aside.unlink(missing_ok=True)
    try:
        aside.touch(mode=0o600)
        with translated(str(engine.url)):
            rows = _copy_sqlite(engine, aside) if engine.dialect.name == "sqlite" else _copy_rows(engine, aside)
        _label(aside, rows)
        found = verify(aside)
        make_durable(aside)
        aside.replace(target)
    except sqlite3.Error as error:  # a full disk may say no more than "disk I/O error"
        raise BackupError(f"a backup needs room on its disk. Received: {error} ({target})") from error
    finally:
        aside.unlink(missing_ok=True)
    return Backup(target, found.revision, found.taken_at, found.rows)


def verify(file: Path) -> Backup:
    """Return what a backup holds, once it is known to be whole.

    Raises:
        BackupError: it is damaged, or no backup.
        SchemaTooNewError: a newer Reelmate wrote it.
    """
    newest = file.with_name(f"{file.name}-wal")
    if newest.exists() and newest.stat().st_size:
        raise BackupError(f"a backup must be one file. Received: {newest} beside it, as of a database in use")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            faults = connection.execute("PRAGMA integrity_check(1)").fetchall()
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"a backup must be a whole SQLite database. Received: {error} ({file})") from error
    if faults != [("ok",)] or strays:
        fact = faults[0][0] if faults != [("ok",)] else f"a row of {strays[0][0]} that refers to nothing"
        raise BackupError(f"a backup must be a whole SQLite database. Received: {fact} ({file})")
    with translated(str(file)), opened(file) as connection:
        revision, rows = find_revision(connection), count_rows(connection)
        taken_at, expected = _read_label(connection)
    if revision is None:
        raise BackupError(f"a backup must be of a Reelmate's database. Received: another one ({file})")
    refuse_newer(revision)
    if expected is not None and expected != rows:
        raise BackupError(f"a backup must have the rows it was taken with. Received: {rows} of {expected} ({file})")
    return Backup(file, revision, taken_at, rows)


@contextmanager
def opened(file: Path) -> Iterator[Connection]:
    """Open a backup to read its rows; nothing is written beside it."""
    address = f"sqlite:///{file.absolute().as_uri()}?mode=ro&immutable=1&uri=true"
    engine = create_engine(address, hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def remove_label(connection: sqlite3.Connection) -> None:
    """Make a backup the database it was taken of."""
    connection.execute("DROP TABLE IF EXISTS backup")


def _copy_sqlite(engine: Engine, target: Path) -> dict[str, int]:
    with engine.connect() as connection, connection.begin():  # the copy sees what this transaction sees
        rows = count_rows(connection)
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # a backup is one file
    return rows


def _copy_rows(engine: Engine, target: Path) -> dict[str, int]:
    """Build the same schema as SQLite, and fill it with what one moment saw."""
    copy = create_engine(f"sqlite:///{target}", hide_parameters=True)
    try:
        snapshot = engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with snapshot as source, copy.begin() as into:
            upgrade(into, find_revision(source) or "head")
            return copy_rows(source, into)
    finally:
        copy.dispose()


def _label(file: Path, rows: Mapping[str, int]) -> None:
    now = int(datetime.now(UTC).timestamp())
    with closing(sqlite3.connect(file)) as connection, connection:
        remove_label(connection)
        connection.execute("CREATE TABLE backup (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
        connection.executemany("INSERT INTO backup VALUES (?, ?)", [(_TAKEN_AT, now), *rows.items()])


def _read_label(connection: Connection) -> tuple[datetime | None, dict[str, int] | None]:
    if not connection.dialect.has_table(connection, "backup"):
        return None, None
    label = {str(row.name): int(row.value) for row in connection.exec_driver_sql("SELECT name, value FROM backup")}
    taken_at = label.pop(_TAKEN_AT, None)
    return None if taken_at is None else datetime.fromtimestamp(taken_at, UTC), label
