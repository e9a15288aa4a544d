"""MovieLens releases read from a folder or a zip, under their own film ids."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.layouts import detect_layout
from bot.catalogue.rating_files import read_rating_rows
from bot.catalogue.rating_rows import RatingRows
from recommender.data.corpus import Corpus
from recommender.domain import Movie


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A MovieLens release as its files say it: films in file order, ratings in file order.

    Attributes:
        name: that of its folder, such as "ml-latest-small".
        shares_numbers: films may be numbered as in MovieLens' other releases.
    """

    name: str
    films: tuple[FilmRow, ...]
    ratings: RatingRows
    shares_numbers: bool = True

    @property
    def movies(self) -> tuple[Movie, ...]:
        return tuple(film.movie for film in self.films)

    @property
    def unknown_genres(self) -> frozenset[str]:
        """Return the genre names outside MovieLens' 18 that were left out."""
        return frozenset(name for film in self.films for name in film.unknown_genres)


def read_movielens(path: str | Path) -> Corpus:
    """Read a release of any layout, folder or zip, as a corpus under MovieLens' own film ids.

    Raises:
        SourceError: a file is missing or broken; names the file, the line and the reason.
    """
    release = read_release(path)
    return release.ratings.build(release.movies)


def read_release(path: str | Path) -> Release:
    """Read a release of any layout with everything its files say.

    Raises:
        SourceError: a file is missing or broken; names the file, the line and the reason.
    """
    archive = open_archive(Path(path))
    layout = detect_layout(archive)
    films = layout.read_films(archive)
    ratings = read_rating_rows(archive, layout.rating_file)
    _check_films_known(films, ratings, layout.rating_file.name)
    return Release(archive.name.lower(), tuple(films), ratings, layout.shares_numbers)


def _check_films_known(films: list[FilmRow], ratings: RatingRows, rating_file: str) -> None:
    known = np.array([film.movie.id for film in films], dtype=np.int32)
    unknown = ~np.isin(ratings.movie_ids, known)
    if unknown.any():
        movie_id = ratings.movie_ids[int(unknown.argmax())]
        raise SourceError(f"every rated film must be in the film file. Received: film {movie_id}", file=rating_file)
