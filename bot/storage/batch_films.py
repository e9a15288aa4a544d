"""The films of batches: what a file says of each, and what its import replaced, for the undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast

from sqlalchemy import Row, Table, bindparam, delete, func, insert, select, update

from bot.storage.batch_tables import BatchFilmRow
from bot.storage.batches import BatchId
from bot.storage.repository import Repository
from bot.storage.standing import Before
from recommender.domain import MovieId, UserId

Said = Literal["rated", "seen", "later", "never"]


@dataclass(frozen=True, slots=True)
class BatchFilm:
    """What a file says of one film.

    Attributes:
        position: known films count from 0, the others from `UNKNOWN_FROM`.
        movie_id: None for a film that is not known, or not sure.
        title, year: as the file writes them.
        changed_at: when the import changed what is stored; None where it did not.
        before: what it replaced.
    """

    position: int
    movie_id: MovieId | None
    title: str
    year: int | None
    said: Said
    half_stars: int = 0
    said_at: datetime | None = None
    changed_at: datetime | None = None
    before: Before | None = None


UNKNOWN_FROM: Final = 1_000_000


class BatchFilms(Repository):
    __slots__ = ()

    def add(self, batch: BatchId, person: UserId, films: Sequence[BatchFilm]) -> None:
        """Store some films."""
        rows = [
            {
                "batch_id": batch,
                "position": film.position,
                "person_id": person,
                "movie_id": film.movie_id,
                "written_title": film.title,
                "written_year": film.year,
                "said": film.said,
                "half_stars": film.half_stars,
                "said_at": film.said_at,
            }
            for film in films
        ]
        if rows:
            self.connection.execute(insert(BatchFilmRow), rows)

    def clear(self, batch: BatchId) -> None:
        """Forget all films of a batch."""
        self.connection.execute(delete(BatchFilmRow).where(BatchFilmRow.batch_id == batch))

    def known(self, batch: BatchId, *, first: int, limit: int) -> list[BatchFilm]:
        """Return known films from a position on."""
        return self._from(batch, first, min(first + limit, UNKNOWN_FROM))

    def unknown(self, batch: BatchId, *, offset: int, limit: int) -> list[BatchFilm]:
        """Return some of the films that are not known."""
        first = UNKNOWN_FROM + offset
        return self._from(batch, first, first + limit)

    def count_unknown(self, batch: BatchId) -> int:
        mine = (BatchFilmRow.batch_id == batch, BatchFilmRow.position >= UNKNOWN_FROM)
        return self.connection.scalar(select(func.count()).where(*mine)) or 0

    def count_by_said(self, batch: BatchId, *, changed: bool = False) -> dict[str, int]:
        """Count the known films by what is said of them; of an import, those that it changed."""
        mine = [BatchFilmRow.batch_id == batch, BatchFilmRow.position < UNKNOWN_FROM]
        if changed:
            mine.append(BatchFilmRow.changed_at.is_not(None))
        counted = select(BatchFilmRow.said, func.count()).where(*mine).group_by(BatchFilmRow.said)
        return {str(row[0]): row[1] for row in self.connection.execute(counted)}

    def note_changes(self, batch: BatchId, changes: Iterable[tuple[int, Before]]) -> None:
        """Store, by position, what the import replaced just now."""
        rows = [
            {
                "of_batch": batch,
                "at_position": position,
                "changed_at": self.now,
                "before_half_stars": before.half_stars,
                "before_rated_at": before.rated_at,
                "before_stored_at": before.stored_at,
                "before_source": before.source,
                "before_update_id": before.update_id,
                "before_later_at": before.later_at,
            }
            for position, before in changes
        ]
        if rows:
            self.connection.execute(_NOTE, rows)

    def _from(self, batch: BatchId, first: int, end: int) -> list[BatchFilm]:
        mine = (BatchFilmRow.batch_id == batch, BatchFilmRow.position >= first, BatchFilmRow.position < end)
        wanted = select(BatchFilmRow.__table__).where(*mine).order_by(BatchFilmRow.position)
        return [_film(row) for row in self.connection.execute(wanted)]


_TABLE: Final = cast("Table", BatchFilmRow.__table__)
_NOTE: Final = (
    update(_TABLE)
    .where(BatchFilmRow.batch_id == bindparam("of_batch"), BatchFilmRow.position == bindparam("at_position"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "changed_at",
                "before_half_stars",
                "before_rated_at",
                "before_stored_at",
                "before_source",
                "before_update_id",
                "before_later_at",
            )
        }
    )
)


def _film(row: Row[Any]) -> BatchFilm:
    before = Before(
        row.before_half_stars,
        row.before_rated_at,
        row.before_stored_at,
        row.before_source,
        row.before_update_id,
        row.before_later_at,
    )
    return BatchFilm(
        row.position,
        None if row.movie_id is None else MovieId(row.movie_id),
        row.written_title,
        row.written_year,
        row.said,
        row.half_stars,
        row.said_at,
        row.changed_at,
        before if row.changed_at else None,
    )
