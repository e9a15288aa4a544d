"""The engine: how a database is opened, how its transactions begin, and what its errors mean to us."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from bot.addresses import without_password
from bot.storage.errors import DatabaseUrlError
from bot.storage.patience import Patience
from bot.storage.translation import WHAT_TO_DO, translate

# Shorter than the 10 s a person's later updates may wait; whoever is refused is retried from the inbox.
BUSY_TIMEOUT_S: Final = 5.0
# One look whether SQLite is free; between two of them the end is heard.
LOOK_S: Final = 0.25


def open_engine(url: str, *, foreign_keys: bool = True, patience: Patience | None = None) -> Engine:
    """Open an engine; nothing is connected yet.

    Args:
        foreign_keys: False while migrating SQLite, which rebuilds tables and would cascade.
        patience: how long the database may keep us waiting; by default as long as a command waits.

    Raises:
        DatabaseUrlError: the URL is not one of SQLite in a file or of PostgreSQL.
    """
    parsed = parse_url(url)
    patience = patience or Patience(BUSY_TIMEOUT_S)
    if parsed.get_backend_name() == "postgresql":
        # Imported here: who keeps to SQLite never needs it.
        from bot.storage.postgres import open_postgres

        return open_postgres(parsed, patience)
    engine = create_engine(parsed, connect_args={"timeout": patience.busy_s}, hide_parameters=True)
    event.listen(engine, "connect", _set_up_with_foreign_keys if foreign_keys else _set_up)
    event.listen(engine, "begin", _beginning(patience))
    return engine


def parse_url(url: str) -> URL:
    """Return the URL with the driver we speak.

    Raises:
        DatabaseUrlError: it is not one of SQLite in a file or of PostgreSQL.
    """
    scheme, separator, rest = url.partition("://")
    try:
        parsed = make_url(f"{scheme.lower()}{separator}{rest}")
        backend = parsed.get_backend_name()
        _refuse_unescaped(url, parsed)
    except (ArgumentError, NoSuchModuleError, ValueError):  # ValueError: a port that is no number
        raise _bad_url("text that is no database URL") from None
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise _bad_url(f"a {backend} database")
    if parsed.database in (None, "", ":memory:"):
        raise _bad_url("SQLite without a file")
    return parsed.set(database=os.path.expanduser(parsed.database))


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL."""
    parsed = parse_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the driver's errors into ours, for people to read; no statement, value or password is in the text."""
    try:
        yield
    except SQLAlchemyError as error:
        file = sqlite_file(url)
        ours = translate(error, without_password(url) if file is None else str(file))
        if ours is None:
            raise
        raise ours from error


def _refuse_unescaped(url: str, parsed: URL) -> None:
    """Refuse a URL whose password was cut short at a sign of its own: the rest would be shown as the server's name."""
    _, question, options = url.partition("?")
    if parsed.password is not None and ("@" in f"{parsed.host}{parsed.database}" or (question and "@" in options)):
        raise _bad_url("a password with @, / or : in it; write them as %40, %2F and %3A")
    if parsed.get_backend_name() == "postgresql" and not parsed.query.keys() <= _options():
        # Its name may be what stands behind an & in a password.
        raise _bad_url("an option that PostgreSQL does not know; in a password write & and = as %26 and %3D")


def _options() -> set[str]:
    """Return what may stand behind the ? of a PostgreSQL URL."""
    import psycopg  # here: a bot on SQLite never needs it

    return {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}


def _bad_url(fact: str) -> DatabaseUrlError:
    example = "sqlite:////var/lib/reelmate/reelmate.db or postgresql://user:password@host/database"
    return DatabaseUrlError(f"{WHAT_TO_DO[DatabaseUrlError]}, such as {example}. Received: {fact}")


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy begins them, by _begin
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _set_up_with_foreign_keys(connection: sqlite3.Connection, record: object) -> None:
    _set_up(connection, record)
    connection.execute("PRAGMA foreign_keys=ON")


def _beginning(patience: Patience) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once despite the busy timeout (docs/design.md).
        if not connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        driver: Any = connection.connection.driver_connection
        # SQLite's own wait hears no end, so it is made of short ones.
        driver.execute(f"PRAGMA busy_timeout = {1000 * min(LOOK_S, patience.busy_s):.0f}")
        try:
            if not _began_to_write(driver, patience):
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # the refusal, in SQLAlchemy's words
        finally:
            driver.execute(f"PRAGMA busy_timeout = {1000 * patience.busy_s:.0f}")

    return begin


def _began_to_write(driver: Any, patience: Patience) -> bool:
    """Begin as soon as nobody else writes; False when patience is over before that."""
    began = patience.clock()
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or patience.is_over(began, patience.busy_s):
                return False
        else:
            return True
