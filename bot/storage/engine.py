"""The engine: how a database is opened, how its transactions begin, and what its errors mean to us."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError

from bot.storage.errors import (
    DatabaseDamagedError,
    DatabaseFullError,
    DatabaseLockedError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    DatabaseUrlError,
    StorageError,
    UnknownRecordError,
)

# Shorter than the 10 s a person's later updates may wait; whoever is refused is retried from the inbox.
BUSY_TIMEOUT_S: Final = 5.0
_BY_SQLITE_NAME: Final[dict[str, type[StorageError]]] = {
    "SQLITE_BUSY": DatabaseLockedError,
    "SQLITE_LOCKED": DatabaseLockedError,
    "SQLITE_FULL": DatabaseFullError,
    "SQLITE_IOERR_WRITE": DatabaseFullError,
    "SQLITE_READONLY": DatabaseReadOnlyError,
    "SQLITE_CANTOPEN": DatabaseReadOnlyError,
    "SQLITE_NOTADB": DatabaseUrlError,
    "SQLITE_CORRUPT": DatabaseDamagedError,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_SQLSTATE: Final[dict[str, type[StorageError]]] = {
    "53100": DatabaseFullError,
    "25006": DatabaseReadOnlyError,
    "55P03": DatabaseLockedError,
    "40P01": DatabaseLockedError,
}
_WHAT_TO_DO: Final[dict[type[StorageError], str]] = {
    DatabaseLockedError: "the database must be free within 5 s; another process holds it",
    DatabaseFullError: "the disk must have room for the database; free some space",
    DatabaseReadOnlyError: "the database file and its folder must be writable; check the data directory and its rights",
    DatabaseDamagedError: "the database must be whole; move it aside and `reelmate restore` a backup",
    DatabaseUrlError: "REELMATE_DATABASE_URL must name a SQLite or PostgreSQL database",
    DatabaseUnreachableError: "the database server must answer; check REELMATE_DATABASE_URL and that it runs",
    UnknownRecordError: "the person and the movie must be stored first",
}


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """Open an engine; nothing is connected yet.

    Args:
        foreign_keys: False while migrating SQLite, which rebuilds tables and would cascade.

    Raises:
        DatabaseUrlError: the URL is not one of SQLite in a file or of PostgreSQL.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)
    event.listen(engine, "connect", _set_up_with_foreign_keys if foreign_keys else _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def parse_url(url: str) -> URL:
    """Return the URL with the driver we speak.

    Raises:
        DatabaseUrlError: it is not one of SQLite in a file or of PostgreSQL.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        _refuse_unescaped(url, parsed)
    except (ArgumentError, NoSuchModuleError):
        raise _bad_url("text that is no database URL") from None
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise _bad_url(f"a {backend} database")
    if parsed.database in (None, "", ":memory:"):
        raise _bad_url("SQLite without a file")
    return parsed


def without_password(url: str) -> str:
    """Return a URL fit to be shown: nothing between the user's name and the last @, and nothing behind a password=."""
    url = re.sub(r"(password=).*", r"\1***", url, flags=re.IGNORECASE | re.DOTALL)
    scheme, separator, rest = url.partition("://")
    login, at, place = (rest if separator else url).rpartition("@")
    if not at:
        return url
    user, colon, _ = login.partition(":")
    return f"{scheme}://{user}:***@{place}" if separator and colon else url if separator else f"***@{place}"


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL."""
    parsed = parse_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the driver's errors into ours, for people to read; no statement, value or password is in the text."""
    try:
        yield
    except DBAPIError as error:
        raise _translation(error, url) from error


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
    return DatabaseUrlError(f"{_WHAT_TO_DO[DatabaseUrlError]}, such as {example}. Received: {fact}")


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy begins them, by _begin
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _set_up_with_foreign_keys(connection: sqlite3.Connection, record: object) -> None:
    _set_up(connection, record)
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once despite the busy timeout (docs/design.md).
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _translation(error: DBAPIError, url: str) -> StorageError:
    kind = _kind(error)
    fact = str(error.orig).strip().partition("\n")[0] or type(error.orig).__name__
    expectation = _WHAT_TO_DO.get(kind, "the database must accept what is asked of it")
    file = sqlite_file(url)
    where = without_password(url) if file is None else str(file)
    return kind(f"{expectation}. Received: {fact} ({where})")


def _kind(error: DBAPIError) -> type[StorageError]:
    origin: Any = error.orig
    name = getattr(origin, "sqlite_errorname", None)
    if name is not None:
        by_name = next((kind for prefix, kind in _BY_SQLITE_NAME.items() if name.startswith(prefix)), None)
        return by_name or (UnknownRecordError if name == "SQLITE_CONSTRAINT_FOREIGNKEY" else StorageError)
    state = getattr(origin, "sqlstate", None)
    if state in _BY_SQLSTATE:
        return _BY_SQLSTATE[state]
    if isinstance(error, IntegrityError) and state == "23503":
        return UnknownRecordError
    return DatabaseUnreachableError if isinstance(error, OperationalError) else StorageError
