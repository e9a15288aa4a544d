"""The schema's revisions: which one a database has, which the code speaks, and the way from one to the other."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

import migrations
from bot.storage.errors import SchemaTooNewError


def head() -> str:
    """Return the revision that the code speaks."""
    return _scripts().get_current_head() or ""


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
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
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


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())
