"""Impressions: what was shown to whom, where, and which bundle chose it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import CursorResult, RowMapping, delete, func, insert, select, update

from bot.storage.cells import cell_of
from bot.storage.errors import UnknownRecordError
from bot.storage.repository import Repository
from bot.storage.tables import ImpressionRow, PersonRow, SearchRow, WishRow
from recommender.domain import Because, MovieId, Recommendation, UserId

# Lists and searches of one person whose pages can still be turned, however many were asked for.
MOST_ROUNDS: Final = 500


class Impressions(Repository):
    __slots__ = ()

    def new_round(self, person: UserId) -> int:
        """Open a round of lists in which nothing repeats; its number is never reused for this person.

        Pages of a person's rounds before the newest `MOST_ROUNDS` are forgotten, so that nobody fills the disk.
        """
        opened = update(PersonRow).where(PersonRow.id == person).values(round=PersonRow.round + 1)
        number: int | None = self.connection.scalar(opened.returning(PersonRow.round))
        if number is None:
            raise UnknownRecordError(f"the person must be stored first. Received: {person}")
        if number > MOST_ROUNDS:
            for table in (ImpressionRow, SearchRow, WishRow):
                old = (table.person_id == person, table.round <= number - MOST_ROUNDS)
                self.connection.execute(delete(table).where(*old))
        return number

    def add(
        self, person: UserId, round: int, page: int, recommendations: Sequence[Recommendation], *, version: str
    ) -> None:
        """Store one page of a round as shown now, in place of what the same page showed before."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round, ImpressionRow.page == page)
        self.connection.execute(delete(ImpressionRow).where(*here))
        shown = {"person_id": person, "round": round, "page": page, "version": version, "shown_at": self.now}
        before = self._shown_with_a_chance(person, [one.movie_id for one in recommendations])
        rows = [
            {**shown, **_values(one), "position": at, "cell": cell_of(one, at, before).number}
            for at, one in enumerate(recommendations)
        ]
        if rows:
            self.connection.execute(insert(ImpressionRow), rows)

    def page(self, person: UserId, round: int, page: int) -> tuple[Recommendation, ...]:
        """Return what one page showed, in its order; empty when it was never shown or is pruned."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round, ImpressionRow.page == page)
        wanted = select(ImpressionRow.__table__).where(*here).order_by(ImpressionRow.position)
        return tuple(_recommendation(row) for row in self.connection.execute(wanted).mappings())

    def shown(self, person: UserId, round: int) -> frozenset[MovieId]:
        """Return every movie shown in a round."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round)
        return frozenset(
            MovieId(found) for found in self.connection.scalars(select(ImpressionRow.movie_id).where(*here))
        )

    def shown_since(self, person: UserId, since: datetime) -> frozenset[MovieId]:
        """Return every movie shown since then, in any round."""
        mine = (ImpressionRow.person_id == person, ImpressionRow.shown_at > since)
        return frozenset(
            MovieId(found) for found in self.connection.scalars(select(ImpressionRow.movie_id).where(*mine).distinct())
        )

    def times_shown(self, person: UserId, since: datetime) -> dict[MovieId, int]:
        """Return how many times each movie was shown since then, in any round."""
        mine = (ImpressionRow.person_id == person, ImpressionRow.shown_at > since)
        wanted = select(ImpressionRow.movie_id, func.count()).where(*mine).group_by(ImpressionRow.movie_id)
        return {MovieId(movie_id): count for movie_id, count in self.connection.execute(wanted)}

    def like_of(self, person: UserId, round: int) -> MovieId | None:
        """Return the movie that a round's are like; None where the round is of another kind or not known any more."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round, ImpressionRow.slot == "alike")
        found = self.connection.scalar(select(ImpressionRow.because_movie_id).where(*here).limit(1))
        return None if found is None else MovieId(found)

    def slot(self, person: UserId, round: int) -> str | None:
        """Return what the places of a round are given for; None where it is not known any more."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round)
        return self.connection.scalar(select(ImpressionRow.slot).where(*here).limit(1))

    def has_shown_alike(self, person: UserId, movie_id: MovieId, since: datetime) -> bool:
        """Tell whether movies like this one were shown since then."""
        mine = (ImpressionRow.person_id == person, ImpressionRow.shown_at > since, ImpressionRow.slot == "alike")
        wanted = select(ImpressionRow.round).where(*mine, ImpressionRow.because_movie_id == movie_id).limit(1)
        return self.connection.scalar(wanted) is not None

    def open(self, person: UserId, round: int, page: int, movie_id: MovieId) -> bool:
        """Note that a film of a page was chosen there; False where it was before, or was not shown there."""
        here = (ImpressionRow.person_id == person, ImpressionRow.round == round, ImpressionRow.page == page)
        fresh = (*here, ImpressionRow.movie_id == movie_id, ImpressionRow.opened_at.is_(None))
        opened = self.connection.execute(update(ImpressionRow).where(*fresh).values(opened_at=self.now))
        assert isinstance(opened, CursorResult)
        return opened.rowcount > 0

    def last_shown_at(self, person: UserId) -> datetime | None:
        """Return when anything was last shown to this person that is not pruned."""
        return self.connection.scalar(select(func.max(ImpressionRow.shown_at)).where(ImpressionRow.person_id == person))

    def has_any(self, person: UserId) -> bool:
        """Tell whether anything was shown to this person that is not pruned."""
        mine = ImpressionRow.person_id == person
        return self.connection.scalar(select(ImpressionRow.round).where(mine).limit(1)) is not None

    def count(self, since: datetime | None = None) -> int:
        wanted = select(func.count()).select_from(ImpressionRow)
        return self.connection.scalar(wanted if since is None else wanted.where(ImpressionRow.shown_at > since)) or 0

    def _shown_with_a_chance(self, person: UserId, movie_ids: Sequence[MovieId]) -> frozenset[MovieId]:
        mine = (ImpressionRow.person_id == person, ImpressionRow.movie_id.in_(movie_ids))
        wanted = select(ImpressionRow.movie_id).where(*mine, ImpressionRow.like_probability.is_not(None))
        return frozenset(map(MovieId, self.connection.scalars(wanted)))


def _values(one: Recommendation) -> dict[str, Any]:
    return {
        "movie_id": one.movie_id,
        "slot": one.slot,
        "score": one.score,
        "like_probability": one.like_probability,
        "because_movie_id": one.because.movie_id,
        "because_genre": one.because.genre,
        "because_liked_with": one.because.liked_with,
        "because_shared": one.because.shared,
        "propensity": one.propensity,
    }


def _recommendation(row: RowMapping) -> Recommendation:
    cited = row["because_movie_id"]
    because = Because(
        None if cited is None else MovieId(cited),
        row["because_genre"],
        row["because_liked_with"],
        row["because_shared"],
    )
    return Recommendation(
        MovieId(row["movie_id"]), row["score"], row["like_probability"], because, row["slot"], row["propensity"]
    )
