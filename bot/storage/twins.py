"""Twins: one film that stood in the catalogue under two ids. Joining them is one transaction, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Row, delete, func, insert, select, update

from bot.storage.errors import UnknownRecordError
from bot.storage.film_tables import TwinRecordRow, TwinRow
from bot.storage.repository import Repository
from bot.storage.tables import MarkRow, MovieRow, RatingRow
from recommender.domain import MovieId

TwinReason = Literal["wikidata", "title", "operator"]
_RATING = "rating"


@dataclass(frozen=True, slots=True)
class Twin:
    """A film that stands for another one now; `parted_at` says that it does so no more."""

    gone_id: MovieId
    kept_id: MovieId
    reason: TwinReason
    joined_at: datetime
    parted_at: datetime | None = None


class Twins(Repository):
    __slots__ = ()

    def all(self) -> list[Twin]:
        """Return every pair that was ever joined, by the film that went."""
        rows = self.connection.execute(select(TwinRow.__table__).order_by(TwinRow.gone_id)).mappings()
        return [Twin(**row) for row in rows]

    def kept_by_gone(self) -> dict[MovieId, MovieId]:
        """Return the film that each one stands for now that stands for another."""
        rows = self.connection.execute(select(TwinRow.gone_id, TwinRow.kept_id).where(TwinRow.parted_at.is_(None)))
        return {MovieId(row.gone_id): MovieId(row.kept_id) for row in rows}

    def join(self, gone_id: MovieId, kept_id: MovieId, reason: TwinReason) -> None:
        """Let one film stand for another, with what people said of it; of two ratings the newer counts.

        Films that stood for the one that goes stand for the other from now on.

        Raises:
            UnknownRecordError: one of them is not in the catalogue, or stands for another already.
        """
        self._require_free(gone_id, kept_id)
        values = {"kept_id": kept_id, "reason": reason, "joined_at": self.now, "parted_at": None}
        insert_ = self.upsert(TwinRow).values(gone_id=gone_id, **values)
        self.connection.execute(insert_.on_conflict_do_update(index_elements=["gone_id"], set_=values))
        passed_on = update(TwinRow).where(TwinRow.kept_id == gone_id, TwinRow.parted_at.is_(None))
        self.connection.execute(passed_on.values(kept_id=kept_id))
        self._keep_records(gone_id, kept_id)
        self._move_ratings(gone_id, kept_id)
        self._move_marks(gone_id, kept_id)

    def part(self, gone_id: MovieId) -> Twin:
        """Undo a join: the film is one of its own again, with what people had said of it; it is never joined by itself.

        What somebody said of the other film since stays there.

        Raises:
            UnknownRecordError: the film stands for no other.
        """
        joined = (TwinRow.gone_id == gone_id, TwinRow.parted_at.is_(None))
        row = self.connection.execute(select(TwinRow.__table__).where(*joined)).mappings().first()
        if row is None:
            raise UnknownRecordError(f"expected a film that stands for another. Received: {gone_id}")
        twin = Twin(**row)
        for record in self._records(gone_id):
            if record.movie_id == gone_id:
                self._give_back(record, twin.kept_id)
        self.connection.execute(delete(TwinRecordRow).where(TwinRecordRow.gone_id == gone_id))
        self.connection.execute(update(TwinRow).where(*joined).values(parted_at=self.now))
        return twin

    def _require_free(self, gone_id: MovieId, kept_id: MovieId) -> None:
        stored = self.connection.scalar(
            select(func.count()).select_from(MovieRow).where(MovieRow.id.in_((gone_id, kept_id)))
        )
        standing = self.kept_by_gone()
        if stored != 2 or gone_id in standing or kept_id in standing:
            raise UnknownRecordError(
                f"two films of the catalogue that stand for themselves are expected. Received: {gone_id}, {kept_id}"
            )

    def _keep_records(self, gone_id: MovieId, kept_id: MovieId) -> None:
        """Write down what was said of both by whoever said anything of the one that goes."""
        both = (gone_id, kept_id)
        raters = select(RatingRow.person_id).where(RatingRow.movie_id == gone_id)
        ratings = select(RatingRow.__table__).where(RatingRow.movie_id.in_(both), RatingRow.person_id.in_(raters))
        markers = select(MarkRow.person_id).where(MarkRow.movie_id == gone_id)
        marks = select(MarkRow.__table__).where(MarkRow.movie_id.in_(both), MarkRow.person_id.in_(markers))
        records = [
            {
                **{"person_id": row.person_id, "gone_id": gone_id, "movie_id": row.movie_id, "kind": _RATING},
                **{"half_stars": row.half_stars, "source": row.source, "said_at": row.rated_at},
                **{"stored_at": row.stored_at, "until": None, "update_id": row.update_id},
            }
            for row in self.connection.execute(ratings).all()
        ] + [
            {
                **{"person_id": row.person_id, "gone_id": gone_id, "movie_id": row.movie_id, "kind": row.kind},
                **{"half_stars": None, "source": None, "said_at": row.marked_at},
                **{"stored_at": None, "until": row.until, "update_id": None},
            }
            for row in self.connection.execute(marks).all()
        ]
        if records:
            self.connection.execute(insert(TwinRecordRow), records)

    def _move_ratings(self, gone_id: MovieId, kept_id: MovieId) -> None:
        kept = select(RatingRow.person_id, RatingRow.rated_at).where(RatingRow.movie_id == kept_id)
        rated_at = {row.person_id: row.rated_at for row in self.connection.execute(kept)}
        for row in self.connection.execute(select(RatingRow.__table__).where(RatingRow.movie_id == gone_id)).all():
            mine = RatingRow.person_id == row.person_id
            older = row.person_id in rated_at and rated_at[row.person_id] >= row.rated_at
            loser = gone_id if older else kept_id
            self.connection.execute(delete(RatingRow).where(mine, RatingRow.movie_id == loser))
            if not older:
                moved = update(RatingRow).where(mine, RatingRow.movie_id == gone_id)
                self.connection.execute(moved.values(movie_id=kept_id, stored_at=self.now))

    def _move_marks(self, gone_id: MovieId, kept_id: MovieId) -> None:
        for row in self.connection.execute(select(MarkRow.__table__).where(MarkRow.movie_id == gone_id)).all():
            insert_ = self.upsert(MarkRow).values(
                person_id=row.person_id, movie_id=kept_id, kind=row.kind, until=row.until, marked_at=row.marked_at
            )
            self.connection.execute(insert_.on_conflict_do_nothing())
        self.connection.execute(delete(MarkRow).where(MarkRow.movie_id == gone_id))

    def _records(self, gone_id: MovieId) -> list[Row[object]]:
        return list(self.connection.execute(select(TwinRecordRow.__table__).where(TwinRecordRow.gone_id == gone_id)))

    def _give_back(self, record: Row[object], kept_id: MovieId) -> None:
        """Put what was said of the gone film where it was; the other gets back what it had, unless that has changed."""
        before = self._before(record, kept_id)
        if record.kind == _RATING:
            self._give_back_rating(record, before, kept_id)
        else:
            self._give_back_mark(record, before, kept_id)

    def _before(self, record: Row[object], kept_id: MovieId) -> Row[object] | None:
        """Return what the same person had said in the same way of the film that stayed."""
        same = (
            TwinRecordRow.person_id == record.person_id,
            TwinRecordRow.gone_id == record.gone_id,
            TwinRecordRow.movie_id == kept_id,
            TwinRecordRow.kind == record.kind,
        )
        return self.connection.execute(select(TwinRecordRow.__table__).where(*same)).first()

    def _give_back_rating(self, record: Row[object], before: Row[object] | None, kept_id: MovieId) -> None:
        here = (RatingRow.person_id == record.person_id, RatingRow.movie_id == kept_id)
        as_moved = (RatingRow.half_stars == record.half_stars, RatingRow.update_id == record.update_id)
        came_over = self.connection.execute(delete(RatingRow).where(*here, *as_moved)).rowcount
        for row in (record, before if came_over else None):
            if row is not None:
                values = {name: getattr(row, name) for name in ("half_stars", "source", "stored_at", "update_id")}
                put = self.upsert(RatingRow).values(
                    person_id=row.person_id, movie_id=row.movie_id, rated_at=row.said_at, **values
                )
                self.connection.execute(put.on_conflict_do_nothing())

    def _give_back_mark(self, record: Row[object], before: Row[object] | None, kept_id: MovieId) -> None:
        if before is None:
            here = (MarkRow.person_id == record.person_id, MarkRow.movie_id == kept_id, MarkRow.kind == record.kind)
            self.connection.execute(delete(MarkRow).where(*here))
        put = self.upsert(MarkRow).values(
            person_id=record.person_id,
            movie_id=record.movie_id,
            kind=record.kind,
            until=record.until,
            marked_at=record.said_at,
        )
        self.connection.execute(put.on_conflict_do_nothing())
