"""The title index in use: built from the stored catalogue when first asked, and again when the catalogue changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock

from bot.callbacks import number_of
from bot.catalogue.content_index import ContentIndex
from bot.catalogue.film_names import FilmNames
from bot.catalogue.named_films import NamedFilms
from bot.catalogue.search import Match, TitleIndex
from bot.storage.store import Store
from bot.storage.tx import Tx
from recommender.domain import MovieId


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is searched: titles, and films by who made them or plays in them."""

    index: TitleIndex
    films_of: Mapping[str, Sequence[MovieId]]


class Titles:
    """Searches the catalogue as it was at the last refresh; the first one is at the first question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._edition: object = None
        self._prepared: _Prepared | None = None
        self._films: NamedFilms | None = None
        self._building = Lock()

    @property
    def films(self) -> NamedFilms:
        """Return films as wishes name them; gathered with the first wish, since not every bot is asked for one."""
        found = self._films
        if found is None:
            entries, facts = self._store.read(lambda tx: (tx.movies.catalogue(), tx.facts.all()))
            self._films = found = NamedFilms(self._known.index, ContentIndex((entry.movie for entry in entries), facts))
        return found

    def search(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` films, best first."""
        return self._known.index.search(query, limit)

    def meant(self, query: str, limit: int) -> list[Match]:
        """Return at most `limit` films that may be the one meant, best first."""
        return self._known.index.meant(query, limit)

    def typed(self, text: str, limit: int) -> list[Match]:
        """Return at most `limit` films of which a word begins as somebody types it, best first."""
        return self._known.index.typed(text, limit)

    def called(self, title: str) -> list[MovieId]:
        """Return the films that bear a title, in any language."""
        return self._known.index.called(title)

    def says_part(self, title: str) -> bool:
        """Tell whether a film bears a title, or its own title says that it is the part that this one ends with."""
        return self._known.index.says_part(title)

    def headed(self, title: str) -> list[MovieId]:
        """Return the films whose title has this one before its colon."""
        return self._known.index.headed(title)

    def series(self) -> dict[MovieId, str]:
        """Return the series of each film that is of one."""
        return self._known.index.series()

    def films_of(self, name: str) -> Sequence[MovieId]:
        """Return the films that somebody made or plays in."""
        return self._known.films_of.get(name, ())

    def name_of(self, number: int) -> str | None:
        """Return who a number stands for; None where nobody of the catalogue's credits."""
        return next((name for name in self._known.films_of if number_of(name) == number), None)

    def refresh(self) -> bool:
        """Build the index where films have come or gone, or more is known of them; says whether it did."""
        with self._building:
            return self._refresh()

    @property
    def _known(self) -> _Prepared:
        if self._prepared is None:
            self.refresh()
        assert self._prepared is not None, "a refresh prepares it"
        return self._prepared

    def _refresh(self) -> bool:
        edition = self._store.read(lambda tx: (tx.movies.edition(), tx.facts.edition()))
        if edition == self._edition:
            return False
        entries, facts, gone = self._store.read(lambda tx: (tx.movies.catalogue(), tx.facts.all(), _gone_titles(tx)))
        popularity = {entry.movie.id: entry.popularity for entry in entries if entry.popularity is not None}
        movies = [entry.movie for entry in entries]
        known = FilmNames(movies, facts)
        titles = chain(known.titles(), gone)
        index = TitleIndex(movies, popularity, titles=titles, names=known.names(), parts=known.parts())
        films_of = defaultdict[str, list[MovieId]](list)
        for name, movie_id in known.credits():
            films_of[name].append(movie_id)
        self._prepared, self._films, self._edition = _Prepared(index, dict(films_of)), None, edition
        return True


def _gone_titles(tx: Tx) -> list[tuple[str, MovieId]]:
    """Return what films were called under the ids that they have no more."""
    kept_by_gone = tx.twins.kept_by_gone()
    titles = (
        {entry.movie.id: entry.movie.title for entry in tx.movies.catalogue(with_gone=True)} if kept_by_gone else {}
    )
    return [(titles[gone], kept) for gone, kept in kept_by_gone.items()]
