"""Searches: what was found, so that its pages can be turned; what was typed is not kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from bot.storage.repository import Repository
from bot.storage.tables import SearchRow
from recommender.domain import MovieId, UserId


class Searches(Repository):
    __slots__ = ()

    def add(self, person: UserId, round: int, movie_ids: Sequence[MovieId]) -> None:
        """Store what a search found, best first."""
        found = {"person_id": person, "round": round, "movie_ids": tuple(movie_ids), "searched_at": self.now}
        self.connection.execute(insert(SearchRow).values(**found))

    def get(self, person: UserId, round: int) -> tuple[MovieId, ...]:
        """Return what a search found; empty when it is not known any more."""
        mine = (SearchRow.person_id == person, SearchRow.round == round)
        found = self.connection.scalar(select(SearchRow.movie_ids).where(*mine))
        return tuple(MovieId(number) for number in found or ())
