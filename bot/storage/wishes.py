"""Wishes: the genres and years that a list was asked for in words."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from bot.storage.repository import Repository
from bot.storage.tables import WishRow
from recommender.domain import GENRES, Filters, UserId


class Wishes(Repository):
    __slots__ = ()

    def add(self, person: UserId, round: int, wish: Filters) -> None:
        """Store what a round of lists keeps to."""
        genres = {name: _ordered(getattr(wish, name)) for name in ("genres_in", "genres_all", "genres_out")}
        years = {"year_from": wish.year_from, "year_to": wish.year_to}
        values = {"person_id": person, "round": round, "wished_at": self.now, **genres, **years}
        self.connection.execute(insert(WishRow).values(**values))

    def drop(self, person: UserId, round: int) -> None:
        """Let a round keep to nothing any more."""
        self.connection.execute(delete(WishRow).where(WishRow.person_id == person, WishRow.round == round))

    def get(self, person: UserId, round: int) -> Filters | None:
        """Return what a round keeps to; None where nothing was wished."""
        mine = (WishRow.person_id == person, WishRow.round == round)
        row = self.connection.execute(select(WishRow.__table__).where(*mine)).mappings().first()
        if row is None:
            return None
        return Filters(
            genres_in=frozenset(row["genres_in"]),
            genres_out=frozenset(row["genres_out"]),
            genres_all=frozenset(row["genres_all"]),
            year_from=row["year_from"],
            year_to=row["year_to"],
        )


def _ordered(genres: frozenset[str]) -> tuple[str, ...]:
    return tuple(genre for genre in GENRES if genre in genres)
