"""What stands of a person about many films at once, as an import reads and writes it and its undo puts it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, tuple_

from bot.storage.marks import MarkKind
from bot.storage.repository import Repository
from bot.storage.tables import MarkRow, RatingRow
from recommender.domain import MovieId, UserId


@dataclass(frozen=True, slots=True)
class Before:
    """A rating as it is stored, its half stars None where there was none; and since when the film was kept for later.

    Attributes:
        half_stars: 0 for a rating that was taken back.
        later_at: None where the film was not kept for later.
    """

    half_stars: int | None = None
    rated_at: datetime | None = None
    stored_at: datetime | None = None
    source: str | None = None
    update_id: int | None = None
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person has said of one film: a rating, and marks with the moments they were set."""

    before: Before = Before()
    marks: Mapping[MarkKind, datetime] | None = None

    def bears(self, *kinds: MarkKind) -> bool:
        """Say whether the film bears one of these marks."""
        return any(kind in (self.marks or {}) for kind in kinds)


@dataclass(frozen=True, slots=True)
class NewRating:
    """A rating to write over whatever is there; `update_id` orders it among updates still to come."""

    movie_id: MovieId
    half_stars: int
    rated_at: datetime
    update_id: int
    source: str = "import"
    stored_at: datetime | None = None


class Standings(Repository):
    __slots__ = ()

    def of(self, person: UserId, movie_ids: Sequence[MovieId]) -> dict[MovieId, Standing]:
        """Return what stands of each of these films."""
        marks: dict[MovieId, dict[MarkKind, datetime]] = {movie_id: {} for movie_id in movie_ids}
        columns = (MarkRow.movie_id, MarkRow.kind, MarkRow.marked_at)
        mine = (MarkRow.person_id == person, MarkRow.movie_id.in_(movie_ids))
        for mark in self.connection.execute(select(*columns).where(*mine)):
            marks[MovieId(mark.movie_id)][mark.kind] = mark.marked_at
        rated = (RatingRow.person_id == person, RatingRow.movie_id.in_(movie_ids))
        ratings = {row.movie_id: row for row in self.connection.execute(select(RatingRow.__table__).where(*rated))}
        return {movie_id: _standing(ratings.get(movie_id), marks[movie_id]) for movie_id in movie_ids}

    def rate(self, person: UserId, ratings: Sequence[NewRating]) -> None:
        """Write ratings, whatever is there."""
        rows = [
            {
                "person_id": person,
                "movie_id": one.movie_id,
                "half_stars": one.half_stars,
                "source": one.source,
                "rated_at": one.rated_at,
                "stored_at": one.stored_at or self.now,
                "update_id": one.update_id,
            }
            for one in ratings
        ]
        if not rows:
            return
        insert = self.upsert(RatingRow)
        columns = ("half_stars", "source", "rated_at", "stored_at", "update_id")
        wanted = {name: insert.excluded[name] for name in columns}
        self.connection.execute(
            insert.on_conflict_do_update(index_elements=["person_id", "movie_id"], set_=wanted), rows
        )

    def unrate(self, person: UserId, movie_ids: Sequence[MovieId]) -> None:
        """Leave no trace of ratings."""
        mine = (RatingRow.person_id == person, RatingRow.movie_id.in_(movie_ids))
        self.connection.execute(delete(RatingRow).where(*mine))

    def mark(self, person: UserId, marks: Iterable[tuple[MovieId, MarkKind, datetime]]) -> None:
        """Set marks that are not there."""
        rows = [
            {"person_id": person, "movie_id": movie_id, "kind": kind, "until": None, "marked_at": marked_at}
            for movie_id, kind, marked_at in marks
        ]
        if rows:
            self.connection.execute(self.upsert(MarkRow).on_conflict_do_nothing(), rows)

    def unmark(self, person: UserId, marks: Iterable[tuple[MovieId, MarkKind]]) -> None:
        """Take marks off."""
        gone = tuple_(MarkRow.movie_id, MarkRow.kind).in_(list(marks))
        self.connection.execute(delete(MarkRow).where(MarkRow.person_id == person, gone))


def _standing(rating: Row[Any] | None, marks: Mapping[MarkKind, datetime]) -> Standing:
    later_at = marks.get("later")
    if rating is None:
        return Standing(Before(later_at=later_at), marks)
    found = (rating.half_stars, rating.rated_at, rating.stored_at, rating.source, rating.update_id)
    return Standing(Before(*found, later_at), marks)
