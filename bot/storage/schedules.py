"""Schedules: what runs by the clock, at most once per period, across restarts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, CursorResult, select, update

from bot.storage.repository import Repository
from bot.storage.tables import ScheduleRow
from recommender.domain import UserId

# An album comes in parts; for so long it is known which was answered. Telegram keeps an update for one day.
ALBUM_KEPT: Final = timedelta(days=2)
ALBUM: Final = "album:"
# Stands for no person: the schedule is the bot's own.
BOT: Final = UserId(0)


@dataclass(frozen=True, slots=True)
class Schedule:
    name: str
    person: UserId
    last_run_at: datetime | None
    next_run_at: datetime | None


class Schedules(Repository):
    __slots__ = ()

    def get(self, name: str, person: UserId = BOT) -> Schedule | None:
        row = self.connection.execute(select(ScheduleRow.__table__).where(*_key(name, person))).first()
        return None if row is None else Schedule(row.name, UserId(row.person_id), row.last_run_at, row.next_run_at)

    def last_run_at(self, name: str, person: UserId = BOT) -> datetime | None:
        """Return when this ran last; None when it never did."""
        found = self.get(name, person)
        return None if found is None else found.last_run_at

    def plan(self, name: str, next_run_at: datetime, person: UserId = BOT) -> None:
        """Set when this runs next; when it last ran stays known."""
        insert = self.upsert(ScheduleRow).values(name=name, person_id=person, next_run_at=next_run_at)
        self.connection.execute(
            insert.on_conflict_do_update(
                index_elements=["name", "person_id"], set_={"next_run_at": insert.excluded.next_run_at}
            )
        )

    def mend(self, name: str, period: timedelta) -> int:
        """Make due what is planned further ahead than its period: the clock was wrong, and was set back since.

        Returns:
            How many schedules of this name were planned so.
        """
        too_far = (ScheduleRow.name == name, ScheduleRow.next_run_at > self.now + period)
        mended = self.connection.execute(
            update(ScheduleRow).where(*too_far).values(last_run_at=None, next_run_at=self.now)
        )
        assert isinstance(mended, CursorResult)
        return mended.rowcount

    def plan_first(self, name: str, people: Collection[UserId]) -> None:
        """Let this run now for whoever it was never planned for."""
        rows = [{"name": name, "person_id": person, "next_run_at": self.now} for person in sorted(people)]
        if rows:
            self.connection.execute(self.upsert(ScheduleRow).on_conflict_do_nothing(), rows)

    def cancel(self, name: str, person: UserId = BOT) -> None:
        """Run this no more; when it last ran stays known."""
        self.connection.execute(update(ScheduleRow).where(*_key(name, person)).values(next_run_at=None))

    def due(self, name: str) -> list[UserId]:
        """Return whose turn has come, longest waiting first."""
        wanted = select(ScheduleRow.person_id).where(ScheduleRow.name == name, ScheduleRow.next_run_at <= self.now)
        return [UserId(found) for found in self.connection.scalars(wanted.order_by(ScheduleRow.next_run_at))]

    def claim(self, name: str, *, next_run_at: datetime, person: UserId = BOT, if_new: bool = False) -> bool:
        """Take a turn that is due and set the next one, in the caller's transaction.

        Args:
            if_new: take it also when nothing was ever planned.

        Returns:
            False when it is not due, for instance because it ran already.
        """
        if if_new:
            first = self.upsert(ScheduleRow).values(name=name, person_id=person, next_run_at=self.now)
            self.connection.execute(first.on_conflict_do_nothing())
        due = (*_key(name, person), ScheduleRow.next_run_at <= self.now)
        claimed = self.connection.execute(
            update(ScheduleRow).where(*due).values(last_run_at=self.now, next_run_at=next_run_at)
        )
        assert isinstance(claimed, CursorResult)
        return claimed.rowcount == 1


def album_name(group: str) -> str:
    """Return the name under which an album is answered once."""
    return f"{ALBUM}{group}"[:40]


def _key(name: str, person: UserId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ScheduleRow.name == name, ScheduleRow.person_id == person
