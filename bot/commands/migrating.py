"""`reelmate migrate`, and what `run` and `demo` do before they start."""

from __future__ import annotations

import os
from pathlib import Path

from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import say
from bot.settings import Settings
from bot.storage import Migration, migrate


def migrate_database(invocation: Invocation) -> None:
    """Bring the settings' database to the code's schema, and say what was done."""
    done = migrate_at_start(invocation.settings())
    say(describe(done))


def migrate_at_start(settings: Settings) -> Migration:
    """Make the data directory where it is missing, then migrate.

    Raises:
        CommandError: the data directory cannot be made or written.
        StorageError: the database cannot be opened, or is newer than the code.
    """
    make_data_dir(settings.data_dir)
    return migrate(settings.database_url)


def make_data_dir(folder: Path) -> None:
    """Make sure that the data directory is there and writable.

    Raises:
        CommandError: it is not.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, "a folder without the right to write")


def describe(done: Migration) -> str:
    """Return one sentence on a migration."""
    if not done.changed:
        return f"The database is up to date (schema {done.after})."
    saved = f" The database as it was is kept in {done.backup}." if done.backup else ""
    return f"The database now has schema {done.after}.{saved}"


def _unwritable(folder: Path, fact: str) -> CommandError:
    return CommandError(
        f"the data directory must be writable; choose another with --data-dir or REELMATE_DATA_DIR. "
        f"Received: {fact} ({folder})"
    )
