"""The title index in use: built from the stored catalogue, and again when the catalogue changes."""

from __future__ import annotations

from bot.catalogue.film_names import FilmNames
from bot.catalogue.search import Match, TitleIndex
from bot.storage.store import Store
from recommender.domain import MovieId


class Titles:
    """Searches the catalogue as it was at the last refresh."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._edition: tuple[int, int, float] | None = None
        self._index = TitleIndex(())
        self.refresh()

    def search(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` films, best first."""
        return self._index.search(query, limit)

    def called(self, title: str) -> list[MovieId]:
        """Return the films that bear a title, in any language."""
        return self._index.called(title)

    def headed(self, title: str) -> list[MovieId]:
        """Return the films whose title has this one before its colon."""
        return self._index.headed(title)

    def refresh(self) -> bool:
        """Build the index again when films have come or gone; says whether it did."""
        edition = self._store.read(lambda tx: tx.movies.edition())
        if edition == self._edition:
            return False
        entries = self._store.read(lambda tx: tx.movies.catalogue())
        popularity = {entry.movie.id: entry.popularity for entry in entries if entry.popularity is not None}
        movies = [entry.movie for entry in entries]
        known = FilmNames(movies)
        self._index = TitleIndex(movies, popularity, titles=known.titles(), names=known.names(), parts=known.parts())
        self._edition = edition
        return True
