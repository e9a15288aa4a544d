"""The settings' database: its folder made, its schema brought up to date, and opened by commands that only use it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from bot.commands.errors import CommandError
from bot.settings import Settings
from bot.storage import Migration, Store, migrate
from bot.storage.engine import sqlite_file
from bot.storage.integrity import require_whole

# Where backups lie in the data directory.
BACKUPS: Final = "backups"

# What the data directory holds besides files (docs/design.md).
FOLDERS: Final = ("bundles", "corpora")


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
    for name in FOLDERS:
        if (folder / name).exists() and not (folder / name).is_dir():
            raise CommandError(f"{name} must be a folder; move the file away. Received: a file ({folder / name})")


def migrate_at_start(settings: Settings) -> Migration:
    """Make the data directory where it is missing, then migrate.

    Raises:
        CommandError: the data directory or a SQLite database's file cannot be made or written.
        StorageError: the database cannot be opened, or is newer than the code.
    """
    make_data_dir(settings.data_dir)
    _require_writable(sqlite_file(settings.database_url))
    look_through(settings)
    return migrate(settings.database_url, backups=settings.data_dir / BACKUPS)


def open_store(settings: Settings) -> Store:
    """Open the settings' database, which must be there and have the code's schema.

    Raises:
        CommandError: nothing was stored yet.
        StorageError: it cannot be opened, or its schema is not the code's.
    """
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        raise CommandError(
            f"there is no database yet; run `reelmate import starter`. Received: {file}, which is missing"
        )
    return Store(settings.database_url)


def look_through(settings: Settings) -> None:
    """Make sure that a SQLite database is whole, as far as a moment's look shows.

    Raises:
        DatabaseDamagedError: it is not.
    """
    file = sqlite_file(settings.database_url)
    if file is not None and file.is_file():
        require_whole(file)


def _require_writable(file: Path | None) -> None:
    if file is not None and file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise CommandError(
            f"the database must be a file that may be read and written; check whose it is. Received: {file}"
        )


def _unwritable(folder: Path, fact: str) -> CommandError:
    return CommandError(
        f"the data directory must be writable; choose another with --data-dir or REELMATE_DATA_DIR. "
        f"Received: {fact} ({folder})"
    )
