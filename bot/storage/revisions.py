"""The schema's revisions: which one a database has, which the code speaks, and the way from one to the other.

Alembic is imported where a schema is changed: a start that finds it as it should be saves 9 MB and a tenth of a second.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

import migrations
from bot.storage.errors import SchemaTooNewError

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER: Final = Path(migrations.__file__).parent


def head() -> str:
    """Return the revision that the code speaks."""
    return known()[0]


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
    if revision is not None and revision not in known():
        raise SchemaTooNewError(
            f"the database must not be newer than the code; install the newer Reelmate. Received: schema {revision}"
        )


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind a connection to a revision, inside the connection's transaction."""
    from alembic import command

    command.upgrade(alembic_config(connection), revision)


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, on an open connection where one is given."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


@cache
def known() -> tuple[str, ...]:
    """Return every revision that the code knows, the newest first: what the names of their files begin with."""
    files = (_FOLDER / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((file.name.partition("_")[0] for file in files), reverse=True))
