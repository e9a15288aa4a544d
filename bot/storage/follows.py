"""Follows: directors and actors whose films somebody wants to see first, and up to which film they were told."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, func, select, update

from bot.storage.card_tables import FollowRow
from bot.storage.repository import Repository
from bot.storage.tables import MovieRow
from recommender.domain import MovieId, UserId

# Of one person: more names than anybody reads.
MOST_FOLLOWED: Final = 20


class Follows(Repository):
    __slots__ = ()

    def add(self, person: UserId, name: str) -> bool:
        """Follow somebody, whose films so far are not new; says no where `MOST_FOLLOWED` are followed already."""
        if name not in (followed := self.names(person)) and len(followed) >= MOST_FOLLOWED:
            return False
        row = {"person_id": person, "name": name, "told_up_to": self._newest_film(), "followed_at": self.now}
        self.connection.execute(self.upsert(FollowRow).values(row).on_conflict_do_nothing())
        return True

    def remove(self, person: UserId, name: str) -> None:
        """Follow somebody no more."""
        self.connection.execute(delete(FollowRow).where(FollowRow.person_id == person, FollowRow.name == name))

    def names(self, person: UserId) -> tuple[str, ...]:
        """Return whom a person follows, the newest first."""
        mine = select(FollowRow.name).where(FollowRow.person_id == person)
        return tuple(self.connection.scalars(mine.order_by(FollowRow.followed_at.desc(), FollowRow.name)))

    def told_up_to(self, person: UserId) -> dict[str, MovieId]:
        """Return the newest film that there was when the person was last told of somebody's new ones, by name."""
        mine = select(FollowRow.name, FollowRow.told_up_to).where(FollowRow.person_id == person)
        return {row.name: MovieId(row.told_up_to) for row in self.connection.execute(mine)}

    def note_told(self, person: UserId) -> None:
        """Note that the person has been told of every film so far."""
        told = update(FollowRow).where(FollowRow.person_id == person).values(told_up_to=self._newest_film())
        self.connection.execute(told)

    def _newest_film(self) -> int:
        return self.connection.scalar(select(func.max(MovieRow.id))) or 0
