"""`reelmate migrate`: the database brought to this version's schema."""

from __future__ import annotations

from bot.commands.data.database import migrate_at_start
from bot.commands.invocation import Invocation
from bot.commands.output import say
from bot.storage import Migration


def migrate_database(invocation: Invocation) -> None:
    """Bring the settings' database to the code's schema, and say what was done."""
    say(_describe(migrate_at_start(invocation.settings())))


def _describe(done: Migration) -> str:
    """Return one sentence on a migration."""
    if not done.changed:
        return f"The database is up to date (schema {done.after})."
    saved = f" The database as it was is kept in {done.backup}." if done.backup else ""
    return f"The database now has schema {done.after}.{saved}"
