"""Ratings: one per person and movie, the newest update wins; and the profile that they make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal

import numpy as np
from sqlalchemy import ColumnElement, Row, and_, bindparam, case, func, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.columns import UtcDateTime
from bot.storage.marks import Marks
from bot.storage.people import CONSENTING, People
from bot.storage.repository import Repository, upsert_into
from bot.storage.tables import PersonRow, RatingRow
from bot.storage.training_ratings import TrainingRatings, gather
from bot.storage.twins import Twins
from recommender.data.statistics import FilmCounts
from recommender.domain import LIKE, MovieId, Profile, Rating, Stars, UserId

Source = Literal["chat", "import"]

# Telegram numbers updates anew after a quiet week, so that an older number may be the newer update
# (Bot API, Update.update_id); Telegram keeps an update for one day, so six days are on the safe side.
RENUMBERED_AFTER: Final = timedelta(days=6)


class Ratings(Repository):
    __slots__ = ()

    def put(
        self,
        person: UserId,
        movie_id: MovieId,
        half_stars: int,
        *,
        update_id: int,
        rated_at: datetime | None = None,
        source: Source = "chat",
    ) -> bool:
        """Bring a rating to its target state: 1-10 half stars, or 0 to take it back.

        Args:
            rated_at: when the person gave it; None means now.

        Returns:
            False when a newer update was here first, and nothing changed.
        """
        row = {
            "person_id": person,
            "movie_id": movie_id,
            "half_stars": half_stars,
            "source": source,
            "rated_at": rated_at or self.now,
            "stored_at": self.now,
            "update_id": update_id,
            "renumbered_before": self.now - RENUMBERED_AFTER,
        }
        return self.connection.execute(_put(self.dialect), row).first() is not None

    def get(self, person: UserId, movie_id: MovieId) -> Rating | None:
        row = self.connection.execute(_ONE, {"person": person, "movie": movie_id}).first()
        return None if row is None else _rating(row)

    def moment(self, person: UserId, movie_id: MovieId) -> datetime | None:
        """Return when a movie was rated, taken back or not; None when it never was."""
        mine = (RatingRow.person_id == person, RatingRow.movie_id == movie_id)
        return self.connection.scalar(select(RatingRow.rated_at).where(*mine))

    def set_counted(self, person: UserId, movie_id: MovieId, counted: bool) -> None:
        """Let a rating tell of the person's taste, or stand for itself."""
        mine = (RatingRow.person_id == person, RatingRow.movie_id == movie_id)
        self.connection.execute(update(RatingRow).where(*mine).values(counted=counted))

    def uncounted(self, person: UserId) -> frozenset[MovieId]:
        """Return the rated movies that tell nothing of the person's taste."""
        return frozenset(map(MovieId, self.connection.scalars(_UNCOUNTED, {"person": person})))

    def last_stored_at(self, person: UserId) -> datetime | None:
        """Return when the person last rated anything, or took a rating back."""
        return self.connection.scalar(select(func.max(RatingRow.stored_at)).where(RatingRow.person_id == person))

    def many(self, person: UserId, movie_ids: Iterable[MovieId]) -> dict[MovieId, Rating]:
        """Return the person's ratings of a page of movies."""
        rows = self.connection.execute(_RATINGS.where(RatingRow.movie_id.in_(movie_ids)), {"person": person})
        return {rating.movie_id: rating for rating in map(_rating, rows)}

    def all(self, person: UserId) -> tuple[Rating, ...]:
        """Return the person's ratings, oldest first."""
        return tuple(map(_rating, self.connection.execute(_OLDEST_FIRST, {"person": person})))

    def page(self, person: UserId, *, offset: int, limit: int) -> tuple[Rating, ...]:
        """Return some of the person's ratings, newest first."""
        # Not by update: a rating that is corrected keeps its place.
        newest = (RatingRow.rated_at.desc(), RatingRow.movie_id.desc())
        wanted = _RATINGS.order_by(*newest).offset(offset).limit(limit)
        return tuple(map(_rating, self.connection.execute(wanted, {"person": person})))

    def count(self, person: UserId) -> int:
        return self.connection.scalar(_COUNT, {"person": person}) or 0

    def count_since(self, person: UserId, since: datetime) -> int:
        """Count the person's ratings that were stored after `since`."""
        mine = (RatingRow.person_id == person, RatingRow.stored_at > since, _GIVEN)
        return self.connection.scalar(select(func.count()).where(*mine)) or 0

    def profile(self, person: UserId) -> Profile:
        """Return all that the recommender may know of a person; unknown people have an empty profile."""
        chosen, excluded = People(self.connection, self.now).chosen_and_excluded(person)
        uncounted = self.uncounted(person)
        return Profile(
            genres=chosen,
            ratings=tuple(rating for rating in self.all(person) if rating.movie_id not in uncounted),
            hidden=Marks(self.connection, self.now).hidden(person)
            | uncounted
            | Twins(self.connection, self.now).kept_by_gone().keys(),
            excluded=frozenset(excluded),
            asked_at=self.now,
            leanings=Marks(self.connection, self.now).movies(person, "leaning"),
        )

    def training(self) -> TrainingRatings:
        """Return the ratings of everyone who consents to training, by person and time."""
        columns = (RatingRow.person_id, RatingRow.movie_id, RatingRow.half_stars, RatingRow.rated_at)
        wanted = select(*columns).join(PersonRow).where(*_TEACHING).order_by(RatingRow.person_id, *_AGE)
        return gather(self.connection.execution_options(yield_per=10_000).execute(wanted))

    def film_counts(self) -> FilmCounts | None:
        """Return what everyone who consents to training gave films; None where nobody gave any."""
        stars, likes = (
            func.sum(RatingRow.half_stars),
            func.sum(case((RatingRow.half_stars >= LIKE.half_stars, 1), else_=0)),
        )
        columns = (RatingRow.movie_id, func.count(), likes, stars)
        by_film = select(*columns).join(PersonRow).where(*_TEACHING).group_by(RatingRow.movie_id)
        rows = self.connection.execute(by_film.order_by(RatingRow.movie_id)).all()
        if not rows:
            return None
        people = select(func.count(RatingRow.person_id.distinct())).join(PersonRow).where(*_TEACHING)
        ids, ratings, liked, half_stars = np.array(rows, dtype=np.int64).T
        mean = float(half_stars.sum() / ratings.sum() / 2)
        counts = (column.astype(np.float64) for column in (ratings, liked, half_stars / 2))
        return FilmCounts(self.connection.scalar(people) or 0, mean, ids, *counts)

    def count_for_training(self, since: datetime | None = None) -> int:
        """Count the ratings of everyone who consents, stored after `since`."""
        wanted = select(func.count()).select_from(RatingRow).join(PersonRow).where(*_TEACHING)
        return self.connection.scalar(wanted if since is None else wanted.where(RatingRow.stored_at > since)) or 0


_GIVEN: ColumnElement[bool] = RatingRow.half_stars > 0
_TEACHING: Final = (CONSENTING, _GIVEN, RatingRow.counted)
_AGE = (RatingRow.rated_at, RatingRow.update_id, RatingRow.movie_id)
# What every tap asks, built once.
_MINE: Final = and_(RatingRow.person_id == bindparam("person"), _GIVEN)
_RATINGS: Final = select(RatingRow.movie_id, RatingRow.half_stars, RatingRow.rated_at).where(_MINE)
_OLDEST_FIRST: Final = _RATINGS.order_by(*_AGE)
_ONE: Final = _RATINGS.where(RatingRow.movie_id == bindparam("movie"))
_COUNT: Final = select(func.count()).where(_MINE)
_UNCOUNTED: Final = select(RatingRow.movie_id).where(_MINE, ~RatingRow.counted)


def _rating(row: Row[int, int, datetime]) -> Rating:
    return Rating(MovieId(row.movie_id), Stars.from_half_stars(row.half_stars), row.rated_at)


@cache
def _put(dialect: str) -> ReturningInsert[int]:
    insert = upsert_into(RatingRow, dialect)
    new = insert.excluded
    renumbered = RatingRow.stored_at < bindparam("renumbered_before", type_=UtcDateTime())
    columns = ("half_stars", "source", "rated_at", "stored_at", "update_id")
    return insert.on_conflict_do_update(
        index_elements=["person_id", "movie_id"],
        # What was taken back and is given again counts, whatever the one before did.
        set_={**{name: new[name] for name in columns}, "counted": or_(RatingRow.counted, RatingRow.half_stars == 0)},
        where=or_(new.update_id > RatingRow.update_id, renumbered),
    ).returning(RatingRow.movie_id)
