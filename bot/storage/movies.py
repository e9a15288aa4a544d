"""Movies: the catalogue with external ids. Ids are ours, assigned once and never reused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from bot.storage.film_tables import TwinRow
from bot.storage.repository import Repository
from bot.storage.tables import MovieRow
from recommender.domain import Movie, MovieId

# Rows per statement: SQLite takes at most 32,766 variables, and a movie is eight.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class CatalogueMovie:
    """A movie with what other catalogues call it; None where unknown, never guessed.

    Attributes:
        imdb_id: such as "tt0113277".
        popularity: how well known, higher is more; comparable within one catalogue.
    """

    movie: Movie
    imdb_id: str | None = None
    tmdb_id: int | None = None
    movielens_id: int | None = None
    popularity: float | None = None


# Films that stand for another one now.
_GONE = select(TwinRow.gone_id).where(TwinRow.parted_at.is_(None))


# What every tap asks is built once.
_ASKED = aliased(MovieRow)
_FOUND: Final = (
    select(_ASKED.id.label("asked"), MovieRow.__table__)
    .outerjoin(TwinRow, and_(TwinRow.gone_id == _ASKED.id, TwinRow.parted_at.is_(None)))
    .join(MovieRow, MovieRow.id == func.coalesce(TwinRow.kept_id, _ASKED.id))
    .where(_ASKED.id.in_(bindparam("wanted", expanding=True)))
)


class Movies(Repository):
    """The catalogue; asked for a film that was joined with another, it answers with that one."""

    __slots__ = ()

    def get(self, movie_id: MovieId) -> Movie | None:
        return self.many([movie_id]).get(movie_id)

    def many(self, movie_ids: Iterable[MovieId]) -> dict[MovieId, Movie]:
        """Return the stored ones among these ids, by the ids that were asked for."""
        return {asked: entry.movie for asked, entry in self._asked(movie_ids)}

    def linked(self, *, imdb_id: str | None = None, tmdb_id: int | None = None) -> Movie | None:
        """Return the movie that another catalogue gives this id; the first of both that is known."""
        for column, wanted in ((MovieRow.imdb_id, imdb_id), (MovieRow.tmdb_id, tmdb_id)):
            if wanted is not None:
                found = self.connection.scalar(select(MovieRow.id).where(column == wanted))
                if found is not None:
                    return self.get(MovieId(found))
        return None

    def all(self) -> list[Movie]:
        """Return the whole catalogue, by id."""
        return [entry.movie for entry in self.catalogue()]

    def ids(self) -> list[MovieId]:
        """Return the ids of the whole catalogue, ascending."""
        wanted = select(MovieRow.id).where(MovieRow.id.not_in(_GONE)).order_by(MovieRow.id)
        return list(map(MovieId, self.connection.scalars(wanted)))

    def newest_year(self, until: int) -> int | None:
        """Return the year of the newest film up to that year; None where there is none."""
        wanted = select(func.max(MovieRow.year)).where(MovieRow.year <= until, MovieRow.id.not_in(_GONE))
        return self.connection.scalar(wanted)

    def popularity(self) -> list[float]:
        """Return how well known films are, of those of which that is known."""
        wanted = select(MovieRow.popularity).where(MovieRow.popularity.is_not(None), MovieRow.id.not_in(_GONE))
        return [value for value in self.connection.scalars(wanted) if value is not None]

    def edition(self) -> tuple[int, int, float]:
        """Return what changes when films come, go or become better known: their count, newest id and popularity."""
        wanted = select(func.count(), func.max(MovieRow.id), func.sum(MovieRow.popularity))
        count, newest, popularity = self.connection.execute(wanted.where(MovieRow.id.not_in(_GONE))).one()
        return count, newest or 0, popularity or 0.0

    def catalogue(self, *, with_gone: bool = False) -> list[CatalogueMovie]:
        """Return the whole catalogue with external ids, by id; films that stand for another one only if wanted."""
        wanted = select(MovieRow.__table__).order_by(MovieRow.id)
        rows = self.connection.execute(wanted if with_gone else wanted.where(MovieRow.id.not_in(_GONE))).mappings()
        return [_entry(row) for row in rows]

    def entries(self, movie_ids: Iterable[MovieId]) -> list[CatalogueMovie]:
        """Return the stored ones among these ids with external ids."""
        return [entry for _, entry in self._asked(movie_ids)]

    def _asked(self, movie_ids: Iterable[MovieId]) -> list[tuple[MovieId, CatalogueMovie]]:
        """Return the stored ones among these ids, each with the id that was asked for."""
        wanted = list(dict.fromkeys(movie_ids))
        return [
            (MovieId(row["asked"]), _entry(row))
            for start in range(0, len(wanted), BATCH)
            for row in self.connection.execute(_FOUND, {"wanted": wanted[start : start + BATCH]}).mappings()
        ]

    def bearing(
        self, *, imdb_ids: Iterable[str] = (), tmdb_ids: Iterable[int] = (), movielens_ids: Iterable[int] = ()
    ) -> list[CatalogueMovie]:
        """Return the movies that other catalogues give one of these ids."""
        columns = ((MovieRow.imdb_id, imdb_ids), (MovieRow.tmdb_id, tmdb_ids), (MovieRow.movielens_id, movielens_ids))
        found: dict[MovieId, CatalogueMovie] = {}
        for column, ids in columns:
            wanted = list(dict.fromkeys(ids))
            for start in range(0, len(wanted), BATCH):
                some = select(MovieRow.__table__).where(column.in_(wanted[start : start + BATCH]))
                found |= {MovieId(row["id"]): _entry(row) for row in self.connection.execute(some).mappings()}
        return list(found.values())

    def count(self) -> int:
        wanted = select(func.count()).select_from(MovieRow).where(MovieRow.id.not_in(_GONE))
        return self.connection.scalar(wanted) or 0

    def upsert_all(self, entries: Sequence[CatalogueMovie]) -> None:
        """Store these movies; a known id is brought up to date, and a None never erases what is stored."""
        for start in range(0, len(entries), BATCH):
            insert = self.upsert(MovieRow).values([_values(entry) for entry in entries[start : start + BATCH]])
            new = insert.excluded
            kept = {
                name: func.coalesce(new[name], getattr(MovieRow, name))
                for name in ("year", "imdb_id", "tmdb_id", "movielens_id", "popularity")
            }
            self.connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["id"], set_={"title": new.title, "genres": new.genres, **kept}
                )
            )


def _movie(row: RowMapping) -> Movie:
    return Movie(MovieId(row["id"]), row["title"], row["year"], row["genres"])


def _entry(row: RowMapping) -> CatalogueMovie:
    return CatalogueMovie(_movie(row), row["imdb_id"], row["tmdb_id"], row["movielens_id"], row["popularity"])


def _values(entry: CatalogueMovie) -> dict[str, Any]:
    movie = entry.movie
    return {
        "id": movie.id,
        "title": movie.title,
        "year": movie.year,
        "genres": movie.genres,
        "imdb_id": entry.imdb_id,
        "tmdb_id": entry.tmdb_id,
        "movielens_id": entry.movielens_id,
        "popularity": entry.popularity,
    }
