"""Which film of the catalogue a row is about; where several may be meant, none is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.titles import fold
from bot.histories.entry import Entry
from bot.storage.movies import CatalogueMovie
from recommender.domain import MovieId


def find_film(
    entry: Entry,
    *,
    linked: Sequence[CatalogueMovie],
    called: Sequence[CatalogueMovie],
    headed: Sequence[CatalogueMovie] = (),
) -> MovieId | None:
    """Find a row's film: by a number where title or year agree, else by title and year, give or take one.

    Args:
        linked: films that bear one of the row's numbers.
        called: films that bear its title, in any language.
        headed: films whose title begins with it, before a colon.

    Returns:
        None where no film is it, and where several may be.
    """
    bearing = {one.movie.id for one in called}
    sure = next((one for one in linked if _agrees(entry, one, bearing)), None)
    if sure is not None:
        return sure.movie.id
    # A number that nothing bears out is mistyped, and says nothing against a film of that title.
    called, headed = ([one for one in films if linked or _may_be(entry, one)] for films in (called, headed))
    nearest = _nearest(entry, called)
    if not nearest and entry.year is not None:
        nearest = [one for one in headed if one.movie.year == entry.year]
    if len(nearest) > 1:
        written = fold(entry.title)
        nearest = [one for one in nearest if fold(one.movie.title) == written]
    return nearest[0].movie.id if len(nearest) == 1 else None


def _agrees(entry: Entry, movie: CatalogueMovie, bearing: set[MovieId]) -> bool:
    """Tell that title or year bear out a number: numbers are mistyped, and lists of them outdated.

    Our own number is another film's where the export is another bot's, so that the title must agree.
    """
    if not entry.title and entry.year is None:
        return entry.movie_id is None
    if movie.movie.id in bearing or fold(movie.movie.title) == fold(entry.title):
        return True
    return entry.movie_id is None and _distance(entry, movie) in (0, 1)


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
