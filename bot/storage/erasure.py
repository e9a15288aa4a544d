"""Erasure and export: everything that names a person, found by walking the schema and not by a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, delete, or_, select

from bot.storage.inbox import Inbox
from bot.storage.repository import Repository
from bot.storage.tables import NAMES_PERSON, Base, InboxRow
from recommender.domain import UserId


def columns_naming_people() -> list[tuple[Table, Column[Any]]]:
    """Return every (table, column) that holds a person's id, dependent tables first."""
    tables = reversed(Base.metadata.sorted_tables)
    return [(table, column) for table in tables for column in table.columns if column.info.get(NAMES_PERSON)]


class Erasure(Repository):
    __slots__ = ()

    def delete_person(self, person: UserId, *, update_id: int | None = None) -> None:
        """Leave no row that names the person.

        Their updates stay as bare numbers, so that none takes effect a second time.

        Args:
            update_id: the update that asked for it; it still waits for `inbox.finish`.
        """
        Inbox(self.connection, self.now).forget(person, keep_pending=update_id)
        for table, column in columns_naming_people():
            if table is not InboxRow.__table__:
                self.connection.execute(delete(table).where(column == person))

    def export(self, person: UserId) -> dict[str, list[dict[str, Any]]]:
        """Return every stored row that names the person, by table; tables without one are left out.

        Files are left out: they are exports that wait to be sent, and each would hold all those before it.
        """
        naming = defaultdict[Table, list[Column[Any]]](list)
        for table, column in columns_naming_people():
            naming[table].append(column)
        rows = {table.name: self._rows(table, columns, person) for table, columns in naming.items()}
        return {name: found for name, found in sorted(rows.items()) if found}

    def _rows(self, table: Table, naming: Sequence[Column[Any]], person: UserId) -> list[dict[str, Any]]:
        columns = (one for one in table.columns if not isinstance(one.type, LargeBinary))
        named = or_(*(column == person for column in naming))
        wanted = select(*columns).where(named).order_by(*table.primary_key.columns)
        return [dict(row) for row in self.connection.execute(wanted).mappings()]
