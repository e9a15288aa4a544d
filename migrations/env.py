"""Alembic's entry: runs migrations on the connection given, or on the database the settings name."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from bot.storage.engine import open_engine
from bot.storage.tables import Base, GenreList, UtcDateTime


def run_on(connection: Connection) -> None:
    """Migrate over one open connection, everything in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_server_default=True,
        transactional_ddl=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Use the caller's connection; from the shell, `alembic -x url=...` or the settings' database."""
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        return run_on(given)
    engine = open_engine(_url(), foreign_keys=False)
    with engine.connect().execution_options(writes=True) as connection:
        run_on(connection)
    return engine.dispose()


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as the plain ones they store, so that old migrations need no code of today."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, GenreList):
        return "sa.String(length=200)"
    return False


def _url() -> str:
    named: str | None = context.get_x_argument(as_dictionary=True).get("url")
    if named is not None:
        return named
    from bot.settings import load_settings

    return load_settings().database_url


run()
