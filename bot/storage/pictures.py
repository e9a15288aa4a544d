"""Pictures that Telegram has: what is shown again is neither drawn nor uploaded."""

from __future__ import annotations

from sqlalchemy import select

from bot.storage.card_tables import PictureRow
from bot.storage.repository import Repository


class Pictures(Repository):
    __slots__ = ()

    def find(self, key: str) -> str | None:
        """Return Telegram's id of a picture; None where it was not sent yet, or long ago."""
        return self.connection.scalar(select(PictureRow.file_id).where(PictureRow.key == key))

    def keep(self, key: str, file_id: str) -> None:
        """Keep what Telegram calls a picture."""
        insert = self.upsert(PictureRow).values(key=key, file_id=file_id, kept_at=self.now)
        newest = {"file_id": insert.excluded.file_id, "kept_at": insert.excluded.kept_at}
        self.connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_=newest))
