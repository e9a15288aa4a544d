"""The schema of an open database: is it the code's, and how it becomes so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

import migrations
from bot.storage.backup import back_up
from bot.storage.engine import open_engine, sqlite_file, translated
from bot.storage.errors import SchemaOutdatedError, SchemaTooNewError

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


def head() -> str:
    """Return the revision that the code speaks."""
    return _revisions()[0]


def check_schema(engine: Engine) -> None:
    """Make sure that the database has the code's schema.

    Raises:
        SchemaOutdatedError: it waits for a migration.
        SchemaTooNewError: a newer Reelmate wrote it.
    """
    revision = current_revision(engine)
    _refuse_newer(revision)
    if revision != head():
        raise SchemaOutdatedError(
            f"the database must be migrated first; run `reelmate migrate`. Received: schema {revision or 'none'}"
        )


def current_revision(engine: Engine) -> str | None:
    """Return the revision a database has; None when it is empty."""
    with translated(str(engine.url)), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def migrate(url: str) -> Migration:
    """Bring a database to the code's schema in one transaction; SQLite is backed up beside its file first.

    Raises:
        StorageError: it cannot be opened, or a newer Reelmate wrote it.
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        before = current_revision(engine)
        _refuse_newer(before)
        if before == head():
            return Migration(before, head(), None)
        saved = None if before is None else _back_up_first(engine, url, before)
        _upgrade(engine, url)
        return Migration(before, head(), saved)
    finally:
        engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, on an open connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


def _upgrade(engine: Engine, url: str) -> None:
    with translated(url), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(alembic_config(connection), "head")


def _back_up_first(engine: Engine, url: str, revision: str) -> Path | None:
    file = sqlite_file(url)
    if file is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = file.with_name(f"{file.name}.before-migration-{revision}-{stamp}")
    back_up(engine, target)
    return target


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in _revisions():
        raise SchemaTooNewError(
            f"the database must not be newer than the code; install the newer Reelmate. Received: schema {revision}"
        )


@cache
def _revisions() -> tuple[str, ...]:
    """Return every revision that the code knows, the newest first; Alembic runs each file of them to tell."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return tuple(script.revision for script in scripts.walk_revisions())
