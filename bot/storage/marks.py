"""Marks: what a person said of a movie without rating it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, delete, func, or_, select

from bot.storage.repository import Repository
from bot.storage.tables import MarkRow
from recommender.domain import MovieId, UserId

# The first four keep a movie out of lists; later saves it; unseen ("haven't seen") only ends the question, and leaning
# is on the films of a chosen shelf.
MarkKind = Literal["seen", "later", "never", "not_now", "unseen", "leaning"]
HIDING: Final[tuple[MarkKind, ...]] = ("seen", "later", "never", "not_now")
# What is done with: such a movie is no longer kept for later, though the mark stays, should the other be taken back.
DONE_WITH: Final[tuple[MarkKind, ...]] = ("seen", "never")


@dataclass(frozen=True, slots=True)
class MarkedMovie:
    """A movie that bears a mark; `until` belongs to not_now alone."""

    movie_id: MovieId
    kind: MarkKind
    marked_at: datetime
    until: datetime | None = None


class Marks(Repository):
    __slots__ = ()

    def put(self, person: UserId, movie_id: MovieId, kind: MarkKind, *, until: datetime | None = None) -> None:
        """Set a mark; setting it again changes only `until`."""
        insert = self.upsert(MarkRow).values(
            person_id=person, movie_id=movie_id, kind=kind, until=until, marked_at=self.now
        )
        keys = ["person_id", "movie_id", "kind"]
        self.connection.execute(
            insert.on_conflict_do_update(index_elements=keys, set_={"until": insert.excluded.until})
        )

    def clear(self, person: UserId, movie_id: MovieId, kind: MarkKind) -> None:
        """Take a mark back; one that is not there is no error."""
        mine = (MarkRow.person_id == person, MarkRow.movie_id == movie_id, MarkRow.kind == kind)
        self.connection.execute(delete(MarkRow).where(*mine))

    def kinds(self, person: UserId, movie_id: MovieId) -> frozenset[MarkKind]:
        """Return the marks a movie bears, a not_now that is over left out."""
        return self.kinds_of(person, [movie_id])[movie_id]

    def kinds_of(self, person: UserId, movie_ids: Iterable[MovieId]) -> dict[MovieId, frozenset[MarkKind]]:
        """Return the marks that each of a page of movies bears, as `kinds` does."""
        wanted = list(movie_ids)
        mine = (MarkRow.person_id == person, MarkRow.movie_id.in_(wanted), self._in_force())
        found = self.connection.execute(select(MarkRow.movie_id, MarkRow.kind).where(*mine)).all()
        kinds = {each: frozenset(row.kind for row in found if row.movie_id == each) for each in wanted}
        return {each: marks - {"later"} if marks & {*DONE_WITH} else marks for each, marks in kinds.items()}

    def movies(self, person: UserId, kind: MarkKind) -> frozenset[MovieId]:
        """Return every movie that bears this mark."""
        wanted = select(MarkRow.movie_id).where(*self._bearing(person, kind), self._in_force())
        return frozenset(MovieId(found) for found in self.connection.scalars(wanted))

    def hidden(self, person: UserId) -> frozenset[MovieId]:
        """Return the movies that lists must leave out."""
        mine = (MarkRow.person_id == person, MarkRow.kind.in_(HIDING), self._in_force())
        return frozenset(MovieId(found) for found in self.connection.scalars(select(MarkRow.movie_id).where(*mine)))

    def page(self, person: UserId, kind: MarkKind, *, offset: int, limit: int) -> tuple[MarkedMovie, ...]:
        """Return some of the person's marks of a kind, newest first."""
        wanted = select(MarkRow.movie_id, MarkRow.marked_at, MarkRow.until).where(*self._bearing(person, kind))
        newest = wanted.order_by(MarkRow.marked_at.desc(), MarkRow.movie_id).offset(offset).limit(limit)
        return tuple(
            MarkedMovie(MovieId(row.movie_id), kind, row.marked_at, row.until)
            for row in self.connection.execute(newest)
        )

    def count(self, person: UserId, kind: MarkKind) -> int:
        return self.connection.scalar(select(func.count()).where(*self._bearing(person, kind))) or 0

    def _bearing(self, person: UserId, kind: MarkKind) -> tuple[ColumnElement[bool], ...]:
        """Return what holds of the person's marks of a kind; a movie done with is not kept for later."""
        mine = (MarkRow.person_id == person, MarkRow.kind == kind)
        if kind != "later":
            return mine
        done = select(MarkRow.movie_id).where(MarkRow.person_id == person, MarkRow.kind.in_(DONE_WITH))
        return (*mine, MarkRow.movie_id.not_in(done))

    def _in_force(self) -> ColumnElement[bool]:
        return or_(MarkRow.until.is_(None), MarkRow.until > self.now)
