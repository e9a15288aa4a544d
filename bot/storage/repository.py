"""What every repository stands on: one connection inside a transaction, and that transaction's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from bot.storage.tables import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Upsert = postgresql.Insert | sqlite.Insert


@dataclass(frozen=True, slots=True)
class Repository:
    """Queries about one noun.

    Attributes:
        connection: open, inside a transaction that someone else ends.
        now: the moment of this transaction (UTC, aware).
    """

    connection: Connection
    now: datetime

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

    def upsert(self, row: type[Base]) -> Upsert:
        """Start an INSERT that knows ON CONFLICT in the dialect of this database."""
        return upsert_into(row, self.dialect)


def upsert_into(row: type[Base], dialect: str) -> Upsert:
    """Start an INSERT that knows ON CONFLICT; what every tap runs is built once per dialect and kept."""
    table = row.__table__
    assert isinstance(table, Table)
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with its drivers: nothing for a bot on SQLite

    return postgresql.insert(table)
