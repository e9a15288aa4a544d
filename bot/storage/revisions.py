"""The schema's revisions: which one a database has, which the code speaks, and the way from one to the other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import migrations
from bot.storage.errors import SchemaTooNewError


def head() -> str:
    """Return the revision that the code speaks."""
    return _revisions()[0]


def find_revision(connection: Connection) -> str | None:
    """Return the revision of the database behind a connection; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def refuse_newer(revision: str | None) -> None:
    """Make sure that the code knows a revision.

    Raises:
        SchemaTooNewError: a newer Reelmate wrote it.
    """
    if revision is not None and revision not in _revisions():
        raise SchemaTooNewError(
            f"the database must not be newer than the code; install the newer Reelmate. Received: schema {revision}"
        )


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind a connection to a revision, inside the connection's transaction."""
    command.upgrade(alembic_config(connection), revision)


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, on an open connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config


@cache
def _revisions() -> tuple[str, ...]:
    """Return every revision that the code knows, the newest first; Alembic runs each file of them to tell."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return tuple(script.revision for script in scripts.walk_revisions())
