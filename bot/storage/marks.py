"""Marks: what a person said of a movie without rating it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, Literal

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, or_, select

from bot.storage.columns import UtcDateTime
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
        asked = select(MarkRow.movie_id, MarkRow.kind).where(_MINE, MarkRow.movie_id.in_(wanted), _IN_FORCE)
        found = self.connection.execute(asked, {"person": person, "now": self.now}).all()
        kinds = {each: frozenset(row.kind for row in found if row.movie_id == each) for each in wanted}
        return {each: marks - {"later"} if marks & {*DONE_WITH} else marks for each, marks in kinds.items()}

    def movies(self, person: UserId, kind: MarkKind) -> frozenset[MovieId]:
        """Return every movie that bears this mark."""
        mine = {"person": person, "now": self.now}
        return frozenset(map(MovieId, self.connection.scalars(_movies(kind), mine)))

    def hidden(self, person: UserId) -> frozenset[MovieId]:
        """Return the movies that lists must leave out."""
        return frozenset(map(MovieId, self.connection.scalars(_HIDDEN, {"person": person, "now": self.now})))

    def page(self, person: UserId, kind: MarkKind, *, offset: int, limit: int) -> tuple[MarkedMovie, ...]:
        """Return some of the person's marks of a kind, newest first."""
        wanted = select(MarkRow.movie_id, MarkRow.marked_at, MarkRow.until).where(*_bearing(kind))
        newest = wanted.order_by(MarkRow.marked_at.desc(), MarkRow.movie_id).offset(offset).limit(limit)
        return tuple(
            MarkedMovie(MovieId(row.movie_id), kind, row.marked_at, row.until)
            for row in self.connection.execute(newest, {"person": person})
        )

    def count(self, person: UserId, kind: MarkKind) -> int:
        return self.connection.scalar(_count(kind), {"person": person}) or 0


# What every tap asks, built once.
_MINE: Final = MarkRow.person_id == bindparam("person")
_IN_FORCE: Final = or_(MarkRow.until.is_(None), MarkRow.until > bindparam("now", type_=UtcDateTime()))
_HIDDEN: Final = select(MarkRow.movie_id).where(_MINE, MarkRow.kind.in_(HIDING), _IN_FORCE)


def _bearing(kind: MarkKind) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the person's marks of a kind; a movie done with is not kept for later."""
    if kind != "later":
        return _MINE, MarkRow.kind == kind
    done = select(MarkRow.movie_id).where(_MINE, MarkRow.kind.in_(DONE_WITH))
    return _MINE, MarkRow.kind == kind, MarkRow.movie_id.not_in(done)


@cache
def _movies(kind: MarkKind) -> Select[int]:
    return select(MarkRow.movie_id).where(*_bearing(kind), _IN_FORCE)


@cache
def _count(kind: MarkKind) -> Select[int]:
    return select(func.count()).where(*_bearing(kind))
