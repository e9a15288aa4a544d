"""The schema of an open database: is it the code's, and how it becomes so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, text

from bot.storage.backup import back_up
from bot.storage.engine import open_engine, sqlite_file, translated
from bot.storage.errors import SchemaOutdatedError
from bot.storage.revisions import find_revision, head, refuse_newer, upgrade

# Held while migrating PostgreSQL, so that two processes that start together do not both try ("reelmate" in ASCII).
MIGRATION_LOCK: Final = 0x7265656C6D617465


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration did; `before` is None for an empty database, `backup` None where none was needed."""

    before: str | None
    after: str
    backup: Path | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def check_schema(engine: Engine) -> None:
    """Make sure that the database has the code's schema.

    Raises:
        SchemaOutdatedError: it waits for a migration.
        SchemaTooNewError: a newer Reelmate wrote it.
    """
    revision = current_revision(engine)
    refuse_newer(revision)
    if revision != head():
        raise SchemaOutdatedError(
            f"the database must be migrated first; run `reelmate migrate`. Received: schema {revision or 'none'}"
        )


def current_revision(engine: Engine) -> str | None:
    """Return the revision a database has; None when it is empty."""
    with translated(str(engine.url)), engine.connect() as connection:
        return find_revision(connection)


def has_leases(url: str) -> bool:
    """Say whether a database knows leases yet: an empty one and an older one do not."""
    engine = open_engine(url)
    try:
        with translated(url), engine.connect() as connection:
            return inspect(connection).has_table("leases")
    finally:
        engine.dispose()


def migrate(url: str, *, backups: Path | None = None) -> Migration:
    """Bring a database to the code's schema in one transaction, backed up first: SQLite beside its file.

    Args:
        backups: the folder where PostgreSQL is backed up; None leaves that to others.

    Raises:
        StorageError: it cannot be opened, or a newer Reelmate wrote it.
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        before = current_revision(engine)
        refuse_newer(before)
        if before == head():
            return Migration(before, head(), None)
        saved = None if before is None else _back_up_first(engine, url, before, backups)
        _upgrade(engine, url)
        return Migration(before, head(), saved)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, url: str) -> None:
    with translated(url), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        upgrade(connection)


def _back_up_first(engine: Engine, url: str, revision: str, backups: Path | None) -> Path | None:
    file = sqlite_file(url) or (None if backups is None else backups / "reelmate.db")
    if file is None:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return back_up(engine, file.with_name(f"{file.name}.before-migration-{revision}-{stamp}")).file
