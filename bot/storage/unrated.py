"""Unrated: films that somebody saw, or chose from a list, and gave no stars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Exists, exists, func, select

from bot.storage.repository import Repository
from bot.storage.tables import ImpressionRow, MarkRow, RatingRow
from recommender.domain import MovieId, UserId

# What was opened is asked about from so long after, when it may have been watched, to so long.
ASKED_AFTER: Final = timedelta(days=2)
ASKED_UNTIL: Final = timedelta(days=30)
# Of somebody who brought thousands of films along, the newest are enough to rate.
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class UnratedMovie:
    """A movie without stars, and since when its stars may be asked for."""

    movie_id: MovieId
    since: datetime


class Unrated(Repository):
    __slots__ = ()

    def movies(self, person: UserId) -> list[UnratedMovie]:
        """Return what was marked as seen, or opened from a list days ago and left without a word, newest first."""
        since = self._opened(person) | self._seen(person)
        newest = sorted(since.items(), key=lambda item: (item[1], item[0]), reverse=True)
        return [UnratedMovie(movie_id, moment) for movie_id, moment in newest]

    def _seen(self, person: UserId) -> dict[MovieId, datetime]:
        stars = _said(RatingRow, MarkRow).where(RatingRow.half_stars > 0)
        mine = (MarkRow.person_id == person, MarkRow.kind == "seen", ~stars)
        wanted = select(MarkRow.movie_id, MarkRow.marked_at).where(*mine).order_by(MarkRow.marked_at.desc())
        return {MovieId(row.movie_id): row.marked_at for row in self.connection.execute(wanted.limit(MOST))}

    def _opened(self, person: UserId) -> dict[MovieId, datetime]:
        last = func.max(ImpressionRow.opened_at).label("last")
        wanted = select(ImpressionRow.movie_id, last).where(
            ImpressionRow.person_id == person,
            ImpressionRow.opened_at.between(self.now - ASKED_UNTIL, self.now - ASKED_AFTER),
            ~_said(RatingRow, ImpressionRow),
            ~_said(MarkRow, ImpressionRow),
        )
        rows = self.connection.execute(wanted.group_by(ImpressionRow.movie_id).order_by(last.desc()).limit(MOST))
        return {MovieId(row.movie_id): row.last + ASKED_AFTER for row in rows}


def _said(said: type[RatingRow | MarkRow], of: type[MarkRow | ImpressionRow]) -> Exists:
    """Return whether the person said such a thing of the movie."""
    return exists().where(said.person_id == of.person_id, said.movie_id == of.movie_id)
