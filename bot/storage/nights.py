"""Movie nights: one at a time in a group, who is in, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal, NewType

from sqlalchemy import ColumnElement, CursorResult, RowMapping, delete, func, insert, select, update

from bot.storage.night_tables import NightMemberRow, NightRow
from bot.storage.repository import Repository
from recommender.domain import MovieId, UserId

NightId = NewType("NightId", int)
# Open for people to join, voting on the shortlist or on the last two, over, or called off.
NightState = Literal["open", "voting", "final", "over", "off"]
GOING_ON: Final[tuple[NightState, ...]] = ("open", "voting", "final")
# A night that nobody touched for so long is not the one that somebody means by /movienight.
LASTS: Final = timedelta(hours=18)
# So many of the poll's losers wait for the next night.
MOST_CARRIED: Final = 3


@dataclass(frozen=True, slots=True)
class Night:
    """A movie night; `lot` decides ties, and letters are those of the outbox."""

    id: NightId
    chat_id: int
    thread_id: int | None
    language: str
    code: str
    lot: int
    state: NightState
    without_seen: bool
    movie_ids: tuple[MovieId, ...]
    finalists: tuple[MovieId, ...]
    runners_up: tuple[MovieId, ...]
    lobby_letter: int | None
    poll_letter: int | None
    poll_id: str | None


class Nights(Repository):
    __slots__ = ()

    def begin(self, chat_id: int, *, thread_id: int | None, language: str, code: str, lot: int) -> Night:
        """Open a night in a group; whatever went on there is called off."""
        self.call_off(chat_id)
        row: dict[str, Any] = {
            "chat_id": chat_id,
            "thread_id": thread_id,
            "language": language,
            "code": code,
            "lot": lot,
        }
        row |= {"state": "open", "movie_ids": (), "finalists": (), "runners_up": (), "acted_at": self.now}
        number = self.connection.scalar(insert(NightRow).values(row).returning(NightRow.id))
        found = self.get(NightId(int(number or 0)))
        assert found is not None
        return found

    def get(self, night: NightId) -> Night | None:
        return self._one(NightRow.id == night)

    def by_code(self, code: str) -> Night | None:
        return self._one(NightRow.code == code)

    def by_poll(self, poll_id: str) -> Night | None:
        return self._one(NightRow.poll_id == poll_id)

    def going_on(self, chat_id: int) -> Night | None:
        """Return the group's night of today, if it is not over."""
        fresh = NightRow.acted_at > self.now - LASTS
        return self._one(NightRow.chat_id == chat_id, NightRow.state.in_(GOING_ON), fresh)

    def carried(self, chat_id: int) -> frozenset[MovieId]:
        """Return what waits from the group's last night."""
        last = self._one(NightRow.chat_id == chat_id, NightRow.state == "over")
        return frozenset(last.runners_up) if last else frozenset()

    def change(self, night: NightId, **values: Any) -> None:
        """Store what became of a night."""
        self.connection.execute(update(NightRow).where(NightRow.id == night).values(**values, acted_at=self.now))

    def call_off(self, chat_id: int) -> None:
        """End what goes on in a group, with nothing chosen."""
        going_on = (NightRow.chat_id == chat_id, NightRow.state.in_(GOING_ON))
        self.connection.execute(update(NightRow).where(*going_on).values(state="off"))

    def note_poll(self, letter_id: int, poll_id: str) -> None:
        """Learn under which number Telegram knows a poll that was sent."""
        self.connection.execute(update(NightRow).where(NightRow.poll_letter == letter_id).values(poll_id=poll_id))

    def follow(self, letters: Mapping[int, int]) -> None:
        """Learn that letters were readdressed: their old numbers and the new ones."""
        for column in (NightRow.lobby_letter, NightRow.poll_letter):
            for old, new in letters.items():
                self.connection.execute(update(NightRow).where(column == old).values({column: new}))

    def move(self, chat_id: int, to_chat: int) -> Night | None:
        """Take over the new number of a group; returns what goes on there."""
        self.connection.execute(update(NightRow).where(NightRow.chat_id == chat_id).values(chat_id=to_chat))
        return self.going_on(to_chat)

    def set_in(self, night: NightId, person: UserId, *, is_in: bool) -> None:
        """Bring somebody into a night, or out of it."""
        if is_in:
            row = self.upsert(NightMemberRow).values(night_id=night, person_id=person)
            self.connection.execute(row.on_conflict_do_nothing())
        else:
            self.connection.execute(delete(NightMemberRow).where(*_place(night, person)))

    def is_in(self, night: NightId, person: UserId) -> bool:
        return self.connection.scalar(select(func.count()).where(*_place(night, person))) == 1

    def members(self, night: NightId) -> list[UserId]:
        """Return who is in, by number."""
        wanted = select(NightMemberRow.person_id).where(NightMemberRow.night_id == night)
        return [UserId(found) for found in self.connection.scalars(wanted.order_by(NightMemberRow.person_id))]

    def prune(self, kept: timedelta) -> int:
        """Drop nights that nobody touched for so long; returns how many went."""
        dropped = self.connection.execute(delete(NightRow).where(NightRow.acted_at < self.now - kept))
        assert isinstance(dropped, CursorResult)
        return dropped.rowcount

    def _one(self, *conditions: ColumnElement[bool]) -> Night | None:
        newest = select(NightRow.__table__).where(*conditions).order_by(NightRow.id.desc()).limit(1)
        row = self.connection.execute(newest).mappings().first()
        return None if row is None else _night(row)


def _place(night: NightId, person: UserId) -> tuple[ColumnElement[bool], ...]:
    return NightMemberRow.night_id == night, NightMemberRow.person_id == person


def _night(row: RowMapping) -> Night:
    return Night(
        id=NightId(row["id"]),
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        language=row["language"],
        code=row["code"],
        lot=row["lot"],
        state=row["state"],
        without_seen=row["without_seen"],
        movie_ids=_movie_ids(row["movie_ids"]),
        finalists=_movie_ids(row["finalists"]),
        runners_up=_movie_ids(row["runners_up"]),
        lobby_letter=row["lobby_letter"],
        poll_letter=row["poll_letter"],
        poll_id=row["poll_id"],
    )


def _movie_ids(numbers: Iterable[int]) -> tuple[MovieId, ...]:
    return tuple(map(MovieId, numbers))
