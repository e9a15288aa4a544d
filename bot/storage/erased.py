"""Who had everything erased, as pseudonyms that name nobody: what they write next makes no record."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.storage.repository import Repository
from bot.storage.tables import ErasedRow


class Erased(Repository):
    __slots__ = ()

    def add(self, pseudonym: str) -> None:
        """Know from now on that somebody had everything erased."""
        insert = self.upsert(ErasedRow).values(pseudonym=pseudonym, erased_at=self.now)
        self.connection.execute(insert.on_conflict_do_nothing())

    def has(self, pseudonym: str) -> bool:
        return self.connection.scalar(select(ErasedRow.pseudonym).where(ErasedRow.pseudonym == pseudonym)) is not None

    def forget(self, pseudonym: str) -> None:
        """Know nothing of it any more: they begin again."""
        self.connection.execute(delete(ErasedRow).where(ErasedRow.pseudonym == pseudonym))
