"""Claims: which of several bots on one PostgreSQL database works on whose updates and messages.

A lane is a person, or a chat that is none; a claim is a bot's for half a minute, by the database's clock, and renewed
while there is work. So one person's updates and messages stay in order, whichever bot takes them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, DateTime, Select, SQLColumnExpression, and_, delete, func, or_, select, update

from bot.storage.repository import Repository
from bot.storage.tables import ClaimRow, InboxRow, OutboxRow

# After so long a bot that died is followed; many times what a bot needs to renew.
LASTS: Final = timedelta(seconds=30)
# Rows looked at for lanes to claim, in one look.
AT_ONCE: Final = 500

_NOW: Final = func.clock_timestamp(type_=DateTime(timezone=True))


class Claims(Repository):
    __slots__ = ()

    def renew(self, holder: str, *, done: set[int]) -> set[int]:
        """Give up lanes that are done, and keep the others of a holder for longer; returns those.

        What a dead bot claimed, and nobody took, goes as well: a lane is a person's number.
        """
        mine = ClaimRow.holder == holder
        over = or_(and_(mine, ClaimRow.lane.in_(done)), ClaimRow.until <= _NOW - LASTS)
        self.connection.execute(delete(ClaimRow).where(over))
        kept = update(ClaimRow).where(mine).values(until=_NOW + LASTS).returning(ClaimRow.lane)
        return set(self.connection.scalars(kept))

    def take(self, holder: str) -> set[int]:
        """Claim lanes with unfinished updates or unsent messages that nobody has; returns them.

        Rows that another bot looks at in this moment are passed over (SKIP LOCKED), never waited for.
        """
        sender, chat = func.coalesce(InboxRow.person_id, 0), OutboxRow.chat_id
        updates = select(sender).where(InboxRow.state == "pending", ~_claimed(sender)).order_by(InboxRow.received_at)
        letters = select(chat).where(OutboxRow.state == "waiting", ~_claimed(chat)).order_by(OutboxRow.id)
        found = self._look(updates) | self._look(letters)
        return {lane for lane in sorted(found) if self._claim(lane, holder)}

    def release(self, holder: str) -> None:
        """Give up everything of a holder, as at its end."""
        self.connection.execute(delete(ClaimRow).where(ClaimRow.holder == holder))

    def _look(self, lanes: Select[int]) -> set[int]:
        return set(self.connection.scalars(lanes.limit(AT_ONCE).with_for_update(skip_locked=True)))

    def _claim(self, lane: int, holder: str) -> bool:
        insert = self.upsert(ClaimRow).values(lane=lane, holder=holder, until=_NOW + LASTS)
        claimed = insert.on_conflict_do_update(
            index_elements=["lane"],
            set_={"holder": insert.excluded.holder, "until": insert.excluded.until},
            where=ClaimRow.until <= _NOW,
        )
        return self.connection.execute(claimed.returning(ClaimRow.lane)).first() is not None


def _claimed(lane: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return select(ClaimRow.lane).where(ClaimRow.lane == lane, ClaimRow.until > _NOW).exists()
