"""Facts: what was found out about films, and when it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, func, select, update

from bot.facts import NO_FACTS, FilmFacts
from bot.storage.film_tables import FactsRow
from bot.storage.movies import BATCH
from bot.storage.repository import Repository
from recommender.domain import MovieId

_COLUMNS: Final = tuple(field.name for field in fields(FilmFacts))


class Facts(Repository):
    __slots__ = ()

    def get(self, movie_id: MovieId) -> FilmFacts:
        return self.many([movie_id]).get(movie_id, NO_FACTS)

    def many(self, movie_ids: Iterable[MovieId]) -> dict[MovieId, FilmFacts]:
        """Return what is known of those among these films of which anything is."""
        wanted = list(dict.fromkeys(movie_ids))
        known = select(FactsRow.__table__).where(FactsRow.wikidata_id.is_not(None))
        return {
            MovieId(row["movie_id"]): _facts(row)
            for start in range(0, len(wanted), BATCH)
            for row in self.connection.execute(
                known.where(FactsRow.movie_id.in_(wanted[start : start + BATCH]))
            ).mappings()
        }

    def all(self) -> dict[MovieId, FilmFacts]:
        """Return everything known, by film."""
        known = select(FactsRow.__table__).where(FactsRow.wikidata_id.is_not(None))
        return {MovieId(row["movie_id"]): _facts(row) for row in self.connection.execute(known).mappings()}

    def edition(self) -> tuple[int, float]:
        """Return what changes whenever any fact does: how many films are known, and when one last changed."""
        wanted = select(func.count(), func.max(FactsRow.changed_at)).where(FactsRow.wikidata_id.is_not(None))
        count, newest = self.connection.execute(wanted).one()
        return count, newest.timestamp() if newest else 0.0

    def checked(self) -> dict[MovieId, datetime]:
        """Return when each film was last asked for."""
        rows = self.connection.execute(select(FactsRow.movie_id, FactsRow.checked_at))
        return {MovieId(row.movie_id): row.checked_at for row in rows}

    def put(self, facts: Mapping[MovieId, FilmFacts]) -> None:
        """Store these facts as asked for now; those that are as before keep the time of their last change."""
        stored = self.many(facts)
        for movie_id, new in facts.items():
            values = {name: getattr(new, name) for name in _COLUMNS}
            times = {"changed_at": self.now, "checked_at": self.now}
            insert = self.upsert(FactsRow).values(movie_id=movie_id, **values, **times)
            kept = () if stored.get(movie_id, NO_FACTS) != new else ("changed_at",)
            changed = {name: insert.excluded[name] for name in (*values, *times) if name not in kept}
            self.connection.execute(insert.on_conflict_do_update(index_elements=["movie_id"], set_=changed))

    def note_checked(self, movie_ids: Iterable[MovieId]) -> None:
        """Note that these were asked for now, and nothing was found; what is known of them stays."""
        for movie_id in movie_ids:
            self.put({movie_id: NO_FACTS} if self._is_new(movie_id) else {})
            asked = update(FactsRow).where(FactsRow.movie_id == movie_id).values(checked_at=self.now)
            self.connection.execute(asked)

    def _is_new(self, movie_id: MovieId) -> bool:
        return self.connection.scalar(select(FactsRow.movie_id).where(FactsRow.movie_id == movie_id)) is None


def _facts(row: RowMapping) -> FilmFacts:
    return FilmFacts(**{name: row[name] for name in _COLUMNS})
