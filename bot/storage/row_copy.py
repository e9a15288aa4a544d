"""Every row of one database in another of the same schema, whichever kinds of database the two are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy import table as named

# Rows at once: few enough for SQLite's variables and for memory, enough to be quick.
BATCH: Final = 500
# What a database keeps for itself, or for its backup.
NOT_OURS: Final = frozenset({"alembic_version", "backup"})


def reflect(connection: Connection) -> list[Table]:
    """Return the tables behind a connection as they are, referenced ones first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in NOT_OURS]


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = [name for name in inspect(connection).get_table_names() if name not in NOT_OURS]
    return {name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in names}


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Copy all rows into empty tables, and return how many each table got."""
    into, copied = {table.name: table for table in reflect(target)}, dict[str, int]()
    for table in reflect(source):
        found = source.execution_options(yield_per=BATCH).execute(select(table)).mappings()
        copied[table.name] = 0
        for rows in found.partitions(BATCH):
            target.execute(insert(into[table.name]), [_moved(row, target.dialect.name) for row in rows])
            copied[table.name] += len(rows)
        if target.dialect.name == "postgresql":
            _go_on_numbering(target, into[table.name])
    return copied


def _moved(row: Mapping[Any, Any], dialect: str) -> dict[str, Any]:
    """Return a row with its moments as the other database writes them: UTC, and aware on PostgreSQL alone."""
    return {name: _moment(value, dialect) if isinstance(value, datetime) else value for name, value in row.items()}


def _moment(value: datetime, dialect: str) -> datetime:
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc if dialect == "postgresql" else utc.replace(tzinfo=None)


def _go_on_numbering(target: Connection, table: Table) -> None:
    """Let a sequence go on behind the rows that came with numbers of their own."""
    for column in table.primary_key.columns:
        named = {"table": table.name, "column": column.name}
        sequence = target.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
        newest = target.scalar(select(func.max(column)))
        if sequence is not None and newest is not None:
            target.execute(text("SELECT setval(:sequence, :newest)"), {"sequence": sequence, "newest": newest})
