"""What a database's errors mean to us: every error of SQLAlchemy as one of ours, for people to read."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    OperationalError,
    PendingRollbackError,
    ResourceClosedError,
    SQLAlchemyError,
    StatementError,
    TimeoutError,
)

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
    "40001": DatabaseLockedError,
    "25P03": DatabaseUnreachableError,
}
WHAT_TO_DO: Final[dict[type[StorageError], str]] = {
    DatabaseLockedError: "the database must be free within 5 s; another process holds it",
    DatabaseFullError: "the disk must have room for the database; free some space",
    DatabaseReadOnlyError: "the database file and its folder must be writable; check the data directory and its rights",
    DatabaseDamagedError: "the database must be whole; move it aside and `reelmate restore` a backup",
    DatabaseUrlError: "REELMATE_DATABASE_URL must name a SQLite or PostgreSQL database",
    DatabaseUnreachableError: "the database server must answer; check REELMATE_DATABASE_URL and that it runs",
    UnknownRecordError: "the person and the movie must be stored first",
}


def translate(error: SQLAlchemyError, where: str) -> StorageError | None:
    """Return what an error means; None for a defect of ours, which must not be taken for the database's.

    Args:
        where: the database, fit to be shown.
    """
    if isinstance(error, DBAPIError):
        kind = _kind(error)
        return kind(f"{_expectation(kind)}. Received: {_fact(error)} ({where})")
    if _is_dropped(error):
        kind = DatabaseUnreachableError
        return kind(f"{_expectation(kind)}. Received: a connection that was lost ({where})")
    return None


def _expectation(kind: type[StorageError]) -> str:
    return WHAT_TO_DO.get(kind, "the database must accept what is asked of it")


def _fact(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0] or type(error.orig).__name__


def _is_dropped(error: BaseException | None) -> bool:
    """Say whether an error is what SQLAlchemy makes of a connection that was lost in the middle of a transaction.

    Only the root of InvalidRequestError: most of its leaves are defects, such as a column that is not there.
    """
    if isinstance(error, PendingRollbackError | ResourceClosedError | TimeoutError):
        return True
    if isinstance(error, StatementError):
        return _is_dropped(error.orig)
    return type(error) is InvalidRequestError


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
    is_away = error.connection_invalidated or isinstance(error, OperationalError)
    return DatabaseUnreachableError if is_away else StorageError
