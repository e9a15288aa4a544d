"""The durable inbox: an update is here before Telegram hears that we have it, until its effect is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.columns import UtcDateTime
from bot.storage.errors import AlreadyFinishedError
from bot.storage.ratings import RENUMBERED_AFTER
from bot.storage.repository import Repository, upsert_into
from bot.storage.tables import InboxRow
from recommender.domain import UserId

InboxState = Literal["pending", "done", "dead"]


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """An update as it came: `payload` is Telegram's JSON, in ASCII; `person` is None where there is none."""

    update_id: int
    person: UserId | None
    payload: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Inbox(Repository):
    """Attributes:
    finished: updates that this transaction marks done; the store tells the processor once they are committed.
    """

    finished: list[int] = field(default_factory=list)

    def receive(self, incoming: InboxUpdate, *, state: InboxState = "pending", error: str | None = None) -> bool:
        """Store an update; False when it is here already, waiting or finished.

        A row with the same number older than six days is another update: Telegram numbers anew after a quiet week.
        """
        row = {
            "update_id": incoming.update_id,
            "person_id": incoming.person,
            "payload": incoming.payload,
            "state": state,
            "attempts": 0,
            "received_at": self.now,
            "error": error,
        }
        return self._stored(_receive(self.dialect), row)

    def accept(self, incoming: InboxUpdate) -> bool:
        """Store an update; False when it is here already and finished, so that nothing is left to do.

        One that waits is no duplicate to whoever could not hear that it had been stored.
        """
        return self.receive(incoming) or self.is_pending(incoming.update_id)

    def finish(self, update_id: int) -> None:
        """Mark an update done, in the transaction of its effect; its content and its person are forgotten.

        Raises:
            AlreadyFinishedError: it is done or dead already, so the caller's effect must roll back.
        """
        row = {"update_id": update_id, "payload": "", "state": "done", "received_at": self.now}
        if not self._stored(_finish(self.dialect), row):
            raise AlreadyFinishedError(f"an update takes effect once. Received again: {update_id}")
        self.finished.append(update_id)

    def is_pending(self, update_id: int) -> bool:
        return self._state(update_id) == "pending"

    def count_failure(self, update_id: int, error: str) -> int:
        """Count a failed attempt; returns how many there were, 0 when the update does not wait any more."""
        failed = update(InboxRow).where(InboxRow.update_id == update_id, InboxRow.state == "pending")
        values = {"attempts": InboxRow.attempts + 1, "error": error[:200]}
        return self.connection.scalar(failed.values(values).returning(InboxRow.attempts)) or 0

    def bury(self, update_id: int, error: str) -> bool:
        """Keep an update that cannot be handled as a dead letter; False when it was not waiting."""
        buried = update(InboxRow).where(InboxRow.update_id == update_id, InboxRow.state == "pending")
        values = {"state": "dead", "error": error[:200]}
        return self.connection.scalar(buried.values(values).returning(InboxRow.update_id)) is not None

    def pending(self, *, limit: int = 10_000) -> list[InboxUpdate]:
        """Return the unfinished updates in the order they came."""
        return self._pending(limit=limit)

    def pending_in(self, lane: int, *, limit: int) -> list[InboxUpdate]:
        """Return a person's unfinished updates in the order they came; lane 0 is those of nobody."""
        return self._pending(func.coalesce(InboxRow.person_id, 0) == lane, limit=limit)

    def waiting_by_lane(self) -> dict[int, int]:
        """Count the unfinished updates by person, who waits longest first; lane 0 is those of nobody."""
        lane = func.coalesce(InboxRow.person_id, 0)
        counted = select(lane, func.count()).where(InboxRow.state == "pending").group_by(lane)
        rows = self.connection.execute(counted.order_by(func.min(InboxRow.received_at))).all()
        return {row[0]: row[1] for row in rows}

    def count(self, state: InboxState) -> int:
        return self.connection.scalar(select(func.count()).where(InboxRow.state == state)) or 0

    def forget(self, person: UserId, *, keep_pending: int | None = None) -> None:
        """Empty every update of a person and end the waiting ones, but for the one being handled now."""
        mine: ColumnElement[bool] = InboxRow.person_id == person
        nameless = {"person_id": None, "payload": "", "error": None}
        waiting = (
            mine,
            InboxRow.state == "pending",
            InboxRow.update_id != (-1 if keep_pending is None else keep_pending),
        )
        self.connection.execute(update(InboxRow).where(*waiting).values(state="done", **nameless))
        self.connection.execute(update(InboxRow).where(mine).values(nameless))
        # What could not be read names nobody, and may hold their number all the same.
        unread = (InboxRow.person_id.is_(None), InboxRow.state == "dead", InboxRow.payload.contains(str(person)))
        self.connection.execute(update(InboxRow).where(*unread).values(payload="", error=None))

    def _stored(self, statement: ReturningInsert[int], row: Mapping[str, Any]) -> bool:
        values = {**row, "renumbered_before": self.now - RENUMBERED_AFTER}
        return self.connection.execute(statement, values).first() is not None

    def _state(self, update_id: int) -> str | None:
        return self.connection.scalar(select(InboxRow.state).where(InboxRow.update_id == update_id))

    def _pending(self, *where: ColumnElement[bool], limit: int) -> list[InboxUpdate]:
        wanted = select(InboxRow.__table__).where(InboxRow.state == "pending", *where)
        return [
            InboxUpdate(row.update_id, row.person_id, row.payload, row.attempts)
            for row in self.connection.execute(wanted.order_by(InboxRow.received_at, InboxRow.update_id).limit(limit))
        ]


@cache
def _receive(dialect: str) -> ReturningInsert[int]:
    insert = upsert_into(InboxRow, dialect)
    columns = ("person_id", "payload", "state", "attempts", "received_at", "error")
    return insert.on_conflict_do_update(
        index_elements=["update_id"], set_={name: insert.excluded[name] for name in columns}, where=_is_another()
    ).returning(InboxRow.update_id)


@cache
def _finish(dialect: str) -> ReturningInsert[int]:
    insert = upsert_into(InboxRow, dialect)
    return insert.on_conflict_do_update(
        index_elements=["update_id"],
        set_={"person_id": None, "payload": "", "state": "done", "error": None},
        where=or_(InboxRow.state == "pending", _is_another()),
    ).returning(InboxRow.update_id)


def _is_another() -> ColumnElement[bool]:
    """Match a row that is too old to be the same update: Telegram numbered anew meanwhile."""
    return InboxRow.received_at < bindparam("renumbered_before", type_=UtcDateTime())
