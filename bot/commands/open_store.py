"""Opening the database for commands that only use what is there."""

from __future__ import annotations

from bot.commands.errors import CommandError
from bot.settings import Settings
from bot.storage import Store
from bot.storage.engine import sqlite_file


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
