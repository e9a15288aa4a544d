"""Batches: files that people sent to be imported, from the moment they came until their undo is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, NewType

from sqlalchemy import RowMapping, delete, func, insert, select, update

from bot.storage.batch_tables import BatchRow
from bot.storage.repository import Repository
from recommender.domain import UserId

BatchId = NewType("BatchId", int)
# Fetched and read next; waiting for its person; being applied; applied; being undone; undone.
BatchState = Literal["received", "read", "importing", "imported", "undoing", "undone"]
# What somebody has to work on who looks.
AT_WORK: Final[tuple[BatchState, ...]] = ("received", "importing", "undoing")
# What of a person's batches changes what is stored of them: one at a time.
APPLYING: Final[tuple[BatchState, ...]] = ("importing", "undoing")


@dataclass(frozen=True, slots=True)
class Batch:
    """One file.

    Attributes:
        file_id, file_name: Telegram's number of the file and its name; forgotten once it is read.
        site: whose file it is, as people know it.
        rows, matched, twice, series, unreadable: how many rows there were, and what of them.
        films: how many known films it speaks of; they are applied in their order, `done` of them so far.
        changed, kept: films for which it changed something, and those for which something newer was kept.
        attempts: how often reading it began.
        message_id: the message that shows how it goes.
    """

    id: BatchId
    person: UserId
    state: BatchState
    file_id: str
    file_name: str
    created_at: datetime
    acted_at: datetime
    site: str = ""
    rows: int = 0
    matched: int = 0
    twice: int = 0
    series: int = 0
    unreadable: int = 0
    films: int = 0
    done: int = 0
    changed: int = 0
    kept: int = 0
    attempts: int = 0
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Batches(Repository):
    """Attributes:
    added: batches that this transaction leaves to be worked on; the store tells who does once they are committed.
    """

    added: list[BatchId] = field(default_factory=list)

    def receive(self, person: UserId, file_id: str, file_name: str) -> BatchId:
        """Store a file that is to be fetched and read."""
        row = {
            "person_id": person,
            "state": "received",
            "file_id": file_id,
            "file_name": file_name,
            "site": "",
            "created_at": self.now,
            "acted_at": self.now,
        }
        number = BatchId(self.connection.scalar(insert(BatchRow).returning(BatchRow.id), row) or 0)
        self.added.append(number)
        return number

    def get(self, batch: BatchId) -> Batch | None:
        row = self.connection.execute(select(BatchRow.__table__).where(BatchRow.id == batch)).mappings().first()
        return None if row is None else _batch(row)

    def at_work(self, *, leaving: Collection[UserId] = (), limit: int = 1) -> list[Batch]:
        """Return what is to be worked on, longest waiting first, one of a person.

        Args:
            leaving: people whose turn it is not.
        """
        mine = (BatchRow.state.in_(AT_WORK), BatchRow.person_id.not_in(leaving))
        firsts = select(func.min(BatchRow.id)).where(*mine).group_by(BatchRow.person_id)
        wanted = select(BatchRow.__table__).where(BatchRow.id.in_(firsts)).order_by(BatchRow.acted_at, BatchRow.id)
        return [_batch(row) for row in self.connection.execute(wanted.limit(limit)).mappings()]

    def count(self, person: UserId, *states: BatchState) -> int:
        wanted = select(func.count()).where(BatchRow.person_id == person, BatchRow.state.in_(states))
        return self.connection.scalar(wanted) or 0

    def change(self, batch: BatchId, state: BatchState, **values: Any) -> None:
        """Bring a batch to a state, and with it what else is known of it now."""
        self._set(batch, {"state": state, "acted_at": self.now, **values})
        if state in AT_WORK:
            self.added.append(batch)

    def note(self, batch: BatchId, **values: Any) -> None:
        """Store how far it is."""
        self._set(batch, values)

    def drop(self, batch: BatchId) -> None:
        """Forget a batch and its rows."""
        self.connection.execute(delete(BatchRow).where(BatchRow.id == batch))

    def drop_read(self, person: UserId, *, but: int) -> None:
        """Forget the oldest of the person's batches that wait to be imported, but for so many."""
        mine = select(BatchRow.id).where(BatchRow.person_id == person, BatchRow.state == "read")
        old = self.connection.scalars(mine.order_by(BatchRow.id.desc()).offset(but)).all()
        self.connection.execute(delete(BatchRow).where(BatchRow.id.in_(old)))

    def _set(self, batch: BatchId, values: Mapping[str, Any]) -> None:
        self.connection.execute(update(BatchRow).where(BatchRow.id == batch).values(**values))


def _batch(row: RowMapping) -> Batch:
    values = {name: value for name, value in row.items() if name != "person_id"}
    return Batch(person=UserId(row["person_id"]), **values)
