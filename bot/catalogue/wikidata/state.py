"""The catalogue while an update goes through it: films, facts and ids in use, changed page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import log
from typing import Protocol

from bot.catalogue.film_facts import facts_of
from bot.catalogue.known_movies import KnownMovie, next_imported_id, rating_share
from bot.catalogue.titles import normalise_title
from bot.catalogue.wikidata.items import Item
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import Movie, MovieId

# How many wikis write about a film says how well known it is: five about the least known, 150 about the best known.
# Our own guess from films that everybody knows; a corpus in which a film is rated says better, and then counts.
_FEWEST_LINKS, _MOST_LINKS = 5, 150


@dataclass(frozen=True, slots=True)
class PageChange:
    """What one page of answers changes, stored in one transaction.

    Attributes:
        movies: rows of the catalogue that are new or know more.
        facts: by film.
        unfound: films that were asked for in vain.
    """

    movies: tuple[KnownMovie, ...] = ()
    facts: Mapping[MovieId, FilmFacts] = field(default_factory=dict)
    unfound: tuple[MovieId, ...] = ()


class UpdateStore(Protocol):
    """Where an update reads and puts films; storage stands behind it."""

    def movies(self) -> Sequence[KnownMovie]:
        """Return the whole catalogue, films that stand for another one left out."""
        ...

    def next_id(self) -> MovieId:
        """Return the lowest id that no film ever had."""
        ...

    def facts(self) -> Mapping[MovieId, FilmFacts]:
        """Return what was found out before."""
        ...

    def checked(self) -> Mapping[MovieId, datetime]:
        """Return when each film was last asked for."""
        ...

    def apply(self, change: PageChange) -> None:
        """Store all of it or nothing."""
        ...


@dataclass(slots=True)
class CatalogueState:
    """Films and facts by id as they will be once everything so far is stored."""

    movies: dict[MovieId, KnownMovie]
    facts: dict[MovieId, FilmFacts]
    next_id: MovieId
    _by_imdb: dict[str, MovieId] = field(default_factory=dict, init=False)
    _by_title: dict[str, set[MovieId]] = field(default_factory=dict, init=False)
    _by_item: dict[str, MovieId] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for known in self.movies.values():
            self._note(known)
        self._by_item = {facts.wikidata_id: film for film, facts in self.facts.items() if facts.wikidata_id}

    def knows(self, wikidata_id: str) -> bool:
        """Tell that a film of the catalogue is known to be this item."""
        return wikidata_id in self._by_item

    def like(self, item: Item) -> list[KnownMovie]:
        """Return the films that bear an id of IMDb or a title of the item, those of the id first."""
        linked = [self._by_imdb[imdb_id] for imdb_id in item.imdb_ids if imdb_id in self._by_imdb]
        titles = {normalise_title(name) for name in item.names}
        named = [film for title in sorted(titles) for film in sorted(self._by_title.get(title, ()))]
        return [self.movies[film] for film in dict.fromkeys((*linked, *named))]

    def known_of(self, known: KnownMovie) -> FilmFacts:
        """Return all that is known of a film, the starter's own facts first."""
        return facts_of(known.movie, self.facts.get(known.movie.id, NO_FACTS))

    def learn(self, known: KnownMovie, item: Item) -> PageChange:
        """Take in what an item says of a film: what it does not say erases nothing."""
        movie_id = known.movie.id
        before = self.facts.get(movie_id, NO_FACTS)
        facts = _named_otherwise(item, known).completed_by(before)
        after = self._complete(known, item)
        self.movies[movie_id], self.facts[movie_id] = after, facts
        self._note(after)
        self._by_item[item.wikidata_id] = movie_id
        return PageChange((after,) if after != known else (), {movie_id: facts})

    def add(self, item: Item) -> PageChange:
        """Take in a film that the catalogue lacks."""
        movie = Movie(self.next_id, item.name, item.year, item.genres)
        self.next_id = MovieId(self.next_id + 1)
        return self.learn(KnownMovie(movie), item)

    def _complete(self, known: KnownMovie, item: Item) -> KnownMovie:
        """Return the movie with what the item adds; what the catalogue says already stays."""
        movie = known.movie
        movie = replace(movie, year=movie.year or item.year, genres=movie.genres or item.genres)
        imdb_id = known.imdb_id
        if imdb_id is None and len(item.imdb_ids) == 1 and item.imdb_ids[0] not in self._by_imdb:
            imdb_id = item.imdb_ids[0]
        popularity = known.popularity
        if not popularity and item.facts.sitelinks:
            popularity = popularity_of(item.facts.sitelinks)
        return replace(known, movie=movie, imdb_id=imdb_id, popularity=popularity)

    def _note(self, known: KnownMovie) -> None:
        """Make a film findable by what it is called."""
        if known.imdb_id:
            self._by_imdb[known.imdb_id] = known.movie.id
        title = normalise_title(known.movie.title)
        if title:
            self._by_title.setdefault(title, set()).add(known.movie.id)


def read_state(store: UpdateStore) -> CatalogueState:
    """Return the catalogue as it is stored."""
    movies = store.movies()
    return CatalogueState(
        {known.movie.id: known for known in movies},
        dict(store.facts()),
        MovieId(max(store.next_id(), next_imported_id(movies))),
    )


def popularity_of(sitelinks: int) -> float:
    """Return the share of a crowd that will have seen a film about which so many wikis write."""
    at = log(max(sitelinks, _FEWEST_LINKS) / _FEWEST_LINKS) / log(_MOST_LINKS / _FEWEST_LINKS)
    return round(rating_share(min(100.0, 100 * at)), 4)


def join_changes(changes: Sequence[PageChange]) -> PageChange:
    """Return all of them as one; of a movie that is changed twice the last counts."""
    movies = {known.movie.id: known for change in changes for known in change.movies}
    facts = {movie_id: facts for change in changes for movie_id, facts in change.facts.items()}
    unfound = tuple(movie_id for change in changes for movie_id in change.unfound)
    return PageChange(tuple(movies.values()), facts, unfound)


def _named_otherwise(item: Item, known: KnownMovie) -> FilmFacts:
    """Return the item's facts; its English name is another title where the film bears a different one here."""
    title = known.movie.title
    original = "" if title in item.own_titles else item.facts.original_title or next(iter(item.own_titles), "")
    names = (item.name, *item.facts.other_titles)
    others = tuple(dict.fromkeys(name for name in names if name and name not in (title, original)))
    return replace(item.facts, original_title=original, other_titles=others[:4])
