"""Which film of the catalogue a row is about; where several may be meant, none is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.catalogue.titles import fold
from bot.histories.entry import Entry
from bot.storage.movies import CatalogueMovie
from recommender.domain import MovieId


@dataclass(frozen=True, slots=True)
class Match:
    """The film found; else `among` has those that it may be, none where no film is called so."""

    movie_id: MovieId | None
    among: tuple[MovieId, ...] = ()


def find_film(
    entry: Entry,
    *,
    linked: Sequence[CatalogueMovie],
    called: Sequence[CatalogueMovie],
    headed: Sequence[CatalogueMovie] = (),
) -> Match:
    """Find a row's film: by a number where title or year agree, else by title and year, give or take one.

    Args:
        linked: films that bear one of the row's numbers.
        called: films that bear its title, in any language.
        headed: films whose title begins with it, before a colon.
    """
    bearing = {one.movie.id for one in called}
    sure = [one for one in linked if _agrees(entry, one, bearing)]
    if sure:
        return Match(sure[0].movie.id)
    fitting = [one for one in called if _may_be(entry, one)]
    nearest = _nearest(entry, fitting)
    if not nearest and entry.year is not None:
        nearest = [one for one in headed if _may_be(entry, one) and one.movie.year == entry.year]
    return _decide(entry, nearest, fitting)


def _agrees(entry: Entry, movie: CatalogueMovie, bearing: set[MovieId]) -> bool:
    """Tell that title or year bear out a number: numbers are mistyped, and lists of them outdated."""
    if not entry.title and entry.year is None:
        return True
    return movie.movie.id in bearing or _distance(entry, movie) in (0, 1)


def _may_be(entry: Entry, movie: CatalogueMovie) -> bool:
    """Tell that no number says these are two films."""
    pairs = ((entry.imdb_id, movie.imdb_id), (entry.tmdb_id, movie.tmdb_id))
    return not any(left and right and left != right for left, right in pairs)


def _nearest(entry: Entry, films: Sequence[CatalogueMovie]) -> list[CatalogueMovie]:
    """Return the films of the row's year, else of the years beside it; all of them where it has none."""
    if entry.year is None:
        return list(films)
    for years in (0, 1, None):
        found = [one for one in films if _distance(entry, one) == years]
        if found:
            return found
    return []


def _distance(entry: Entry, movie: CatalogueMovie) -> int | None:
    """Return how many years lie between a row and a film; None where one has no year."""
    if entry.year is None or movie.movie.year is None:
        return None
    return abs(entry.year - movie.movie.year)


def _decide(entry: Entry, nearest: Sequence[CatalogueMovie], fitting: Sequence[CatalogueMovie]) -> Match:
    if len(nearest) > 1:
        written = fold(entry.title)
        nearest = [one for one in nearest if fold(one.movie.title) == written] or nearest
    if len(nearest) == 1:
        return Match(nearest[0].movie.id)
    return Match(None, _ids(nearest or fitting))


def _ids(films: Iterable[CatalogueMovie]) -> tuple[MovieId, ...]:
    return tuple(dict.fromkeys(one.movie.id for one in films))
