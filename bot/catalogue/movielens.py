"""MovieLens releases read from a folder or a zip, under their own film ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from bot.catalogue.archive import Archive, open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.film_content import content_of_release
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.layouts import Layout, detect_layout
from bot.catalogue.rating_files import RatingFile, find_line, read_rating_rows
from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.tag_files import read_tags
from bot.catalogue.tag_rows import TagRows, no_tags
from recommender.data.corpus import Corpus
from recommender.domain import Movie

# A few films withdrawn from a film file do no harm; with more of them missing, it is the file of another release.
MOST_ORPHANS: Final = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A MovieLens release as its files say it: films in file order, ratings in file order.

    Attributes:
        name: that of its folder, such as "ml-latest-small".
        shares_numbers: films may be numbered as in MovieLens' other releases.
        orphan_count: ratings left out, since the film file lacks their film.
        tags: that people gave its films.
    """

    name: str
    films: tuple[FilmRow, ...]
    ratings: RatingRows
    shares_numbers: bool = True
    orphan_count: int = 0
    tags: TagRows = field(default_factory=no_tags)

    @property
    def movies(self) -> tuple[Movie, ...]:
        return tuple(film.movie for film in self.films)

    @property
    def unknown_genres(self) -> frozenset[str]:
        """Return the genre names outside MovieLens' 18 that were left out."""
        return frozenset(name for film in self.films for name in film.unknown_genres)


def read_movielens(path: str | Path) -> Corpus:
    """Read a release of any layout, folder or zip, under MovieLens' own film ids, with what is known of its films.

    Raises:
        SourceError: a file is missing or broken; names the file, the line and the reason.
    """
    release = read_release(path)
    return release.ratings.build(release.movies).knowing(content_of_release(release.films))


def read_release(path: str | Path, layout: Layout | None = None, *, with_tags: bool = False) -> Release:
    """Read a release with everything its files say, of a known layout or of that which its files tell.

    Args:
        with_tags: read them, too: there may be millions.

    Raises:
        SourceError: a file is missing or broken; names the file, the line and the reason.
    """
    archive = open_archive(Path(path))
    layout = layout or detect_layout(archive)
    films = layout.read_films(archive)
    ratings = read_rating_rows(archive, layout.rating_file)
    ratings, orphan_count = _of_known_films(archive, layout.rating_file, films, ratings)
    tags = read_tags(archive) if with_tags else no_tags()
    return Release(archive.name.lower(), tuple(films), ratings, layout.shares_numbers, orphan_count, tags)


def _of_known_films(
    archive: Archive, file: RatingFile, films: list[FilmRow], ratings: RatingRows
) -> tuple[RatingRows, int]:
    """Return the ratings of films that the film file has, and how many others there were.

    Raises:
        SourceError: others are many: these files do not belong together.
    """
    known = np.isin(ratings.movie_ids, np.array([film.movie.id for film in films], dtype=np.int32))
    missing = int((~known).sum())
    if missing > MOST_ORPHANS * len(known):
        movie_id = int(ratings.movie_ids[int((~known).argmax())])
        raise SourceError(
            f"every rated film must be in the film file: take both files from one release. Received: film {movie_id}, "
            f"as in {missing} of {len(known)} ratings",
            file=file.name,
            line=find_line(archive, file, movie_id),
        )
    return (ratings.keeping(known) if missing else ratings), missing
