"""A backup as the database again, SQLite or PostgreSQL: verified first, and what it replaces is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, delete, select
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.backup import back_up, opened, remove_label, verify
from bot.storage.engine import open_engine, sqlite_file, translated
from bot.storage.erasure import Erasure
from bot.storage.errors import BackupError, StorageError
from bot.storage.revisions import upgrade
from bot.storage.row_copy import copy_rows, count_rows, reflect
from bot.storage.tables import PersonRow
from recommender.data.durable import make_durable
from recommender.domain import UserId

# What SQLite keeps beside a file in use.
_BESIDE: Final = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        rows: how many each table has now.
        kept: the database as it was before; None where there was none.
        left_out: people of the backup who had their data erased since; None where nobody can tell.
    """

    rows: Mapping[str, int]
    kept: Path | None
    left_out: int | None


def restore(backup: Path, url: str, *, overwrite: bool, aside: Path) -> Restored:
    """Make a backup the database at a URL; nobody else may use that database meanwhile.

    Whoever is in the backup and no longer in the database that it replaces had their data erased, and stays so.

    Args:
        overwrite: whether a database that is there may be replaced.
        aside: a folder for the database as it was.

    Raises:
        BackupError: the backup is damaged, or there is a database and it may not be replaced.
        StorageError: the database cannot be written.
    """
    verify(backup)
    file = sqlite_file(url)
    found = _find_people(url)
    is_there = found is not None or (file is not None and file.exists() and file.stat().st_size > 0)
    if is_there and not overwrite:
        expected = "a restore must not replace a database unless told to; add --overwrite"
        raise BackupError(f"{expected}. Received: {file or 'a PostgreSQL database'} with {_count(found)}")
    aside.mkdir(parents=True, exist_ok=True)
    kept = aside / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S-%f}.db" if is_there else None
    if file is None:
        return _restore_rows(backup, url, found, kept)
    return _restore_file(backup, file, found, kept)


def _restore_file(backup: Path, file: Path, found: frozenset[int] | None, kept: Path | None) -> Restored:
    part = file.with_name(f"{file.name}.restoring")
    try:
        left_out, rows = _prepare(backup, part, found)
        make_durable(part)
        if kept is not None:
            _keep(file, kept)
        part.replace(file)
        make_durable(file.parent)
    finally:
        part.unlink(missing_ok=True)
    return Restored(rows, kept, left_out)


def _keep(file: Path, kept: Path) -> None:
    """Keep a database file aside with what lies beside it: its last writes may stand there alone."""
    try:
        os.link(file, kept)
    except OSError:  # another disk, or one without links
        shutil.copy2(file, kept)
    for ending in _BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            shutil.move(beside, kept.with_name(kept.name + ending))


def _restore_rows(backup: Path, url: str, found: frozenset[int] | None, kept: Path | None) -> Restored:
    """Fill PostgreSQL in one transaction: a restore that fails leaves what was there."""
    part = backup.with_name(f"{backup.name}.restoring") if kept is None else kept.with_name(f"{kept.name}.restoring")
    engine = open_engine(url)
    try:
        left_out, _ = _prepare(backup, part, found)
        if kept is not None:
            back_up(engine, kept)
        with translated(url), opened(part) as source, engine.begin() as target:
            upgrade(target)
            for table in reversed(reflect(target)):
                target.execute(delete(table))
            copy_rows(source, target)
            rows = count_rows(target)
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return Restored(rows, kept, left_out)


def _prepare(backup: Path, part: Path, found: frozenset[int] | None) -> tuple[int | None, dict[str, int]]:
    """Write the backup beside, of the code's schema and without whoever was erased since."""
    shutil.copyfile(backup, part)
    part.chmod(0o600)
    with closing(sqlite3.connect(part)) as copy, copy:
        remove_label(copy)
    engine = create_engine(f"sqlite:///{part}", hide_parameters=True)
    try:
        with translated(str(part)), engine.begin() as connection:
            upgrade(connection)
            left_out = None if found is None else _erase(connection, found)
            return left_out, count_rows(connection)
    finally:
        engine.dispose()


def _erase(connection: Connection, found: frozenset[int]) -> int:
    gone = sorted(set(connection.scalars(select(PersonRow.id))) - found)
    for person in gone:
        Erasure(connection, datetime.now(UTC)).delete_person(UserId(person))
    return len(gone)


def _find_people(url: str) -> frozenset[int] | None:
    """Return who is in the database now; None where there is none that can be read."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None
    engine = open_engine(url)
    try:
        with suppress(StorageError, SQLAlchemyError), translated(url), engine.connect() as connection:
            tables = {table.name: table for table in reflect(connection)}
            if "people" in tables:
                return frozenset(connection.scalars(select(tables["people"].c.id)))
    finally:
        engine.dispose()
    return None


def _count(found: frozenset[int] | None) -> str:
    if found is None:
        return "contents that cannot be read"
    return f"{len(found)} {'person' if len(found) == 1 else 'people'}"
