"""Wishes: what a list was asked for in words, part by part."""

from __future__ import annotations

from sqlalchemy import RowMapping, delete, insert, select

from bot.storage.repository import Repository
from bot.storage.tables import WishRow
from bot.wanted import Wanted, read_part
from recommender.domain import GENRES, Filters, UserId


class Wishes(Repository):
    __slots__ = ()

    def add(self, person: UserId, round: int, wish: Wanted, *, made_from: int | None = None) -> None:
        """Store what a round of lists keeps to.

        Args:
            made_from: the round whose wish it is, less a part.
        """
        filters = wish.filters
        genres = {name: _ordered(getattr(filters, name)) for name in ("genres_in", "genres_all", "genres_out")}
        years = {"year_from": filters.year_from, "year_to": filters.year_to}
        rest = {"parts": tuple(part.code for part in wish.parts), "made_from": made_from}
        values = {"person_id": person, "round": round, "wished_at": self.now, **genres, **years, **rest}
        self.connection.execute(insert(WishRow).values(**values))

    def drop(self, person: UserId, round: int) -> None:
        """Let a round keep to nothing any more."""
        self.connection.execute(delete(WishRow).where(WishRow.person_id == person, WishRow.round == round))

    def get(self, person: UserId, round: int) -> Wanted | None:
        """Return what a round keeps to; None where nothing was wished."""
        mine = (WishRow.person_id == person, WishRow.round == round)
        row = self.connection.execute(select(WishRow.__table__).where(*mine)).mappings().first()
        return None if row is None else _wanted(row) or None

    def made_from(self, person: UserId, round: int, wish: Wanted) -> int | None:
        """Return the newest round that keeps to a wish which was made from that of another round; None without one."""
        mine = (WishRow.person_id == person, WishRow.made_from == round)
        rows = self.connection.execute(select(WishRow.__table__).where(*mine)).mappings()
        return max((row["round"] for row in rows if _wanted(row) == wish), default=None)


def _wanted(row: RowMapping) -> Wanted:
    filters = Filters(
        genres_in=frozenset(row["genres_in"]),
        genres_out=frozenset(row["genres_out"]),
        genres_all=frozenset(row["genres_all"]),
        year_from=row["year_from"],
        year_to=row["year_to"],
    )
    return Wanted(filters, tuple(map(read_part, row["parts"])))


def _ordered(genres: frozenset[str]) -> tuple[str, ...]:
    return tuple(genre for genre in GENRES if genre in genres)
