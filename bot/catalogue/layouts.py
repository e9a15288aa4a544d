"""The layouts of MovieLens' releases: which files each has, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.catalogue.archive import Archive
from bot.catalogue.errors import SourceError
from bot.catalogue.film_files import read_csv_films, read_dat_films, read_item_films, read_tweeted_films
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.rating_files import RatingFile


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of writing a release; `releases` says which use it.

    Attributes:
        shares_numbers: its releases number films as MovieLens' others do.
    """

    releases: str
    film_file: str
    rating_file: RatingFile
    read_films: Callable[[Archive], list[FilmRow]]
    shares_numbers: bool = True


LAYOUTS: Final = (
    Layout("latest, 20m, 25m, 32m", "movies.csv", RatingFile("ratings.csv", ",", header=True), read_csv_films),
    Layout("1m, 10m", "movies.dat", RatingFile("ratings.dat", "::", header=False), read_dat_films),
    Layout("100k", "u.item", RatingFile("u.data", "\t", header=False), read_item_films, shares_numbers=False),
)
# The same names as in the 1m release, on another scale and under other numbers: nothing in the files tells them apart.
TWEETED: Final = Layout(
    "MovieTweetings",
    "movies.dat",
    RatingFile("ratings.dat", "::", header=False, highest=10),
    read_tweeted_films,
    shares_numbers=False,
)


def detect_layout(archive: Archive) -> Layout:
    """Tell a release's layout by its files.

    Raises:
        SourceError: none fits.
    """
    for has_enough in (all, any):  # a file of another layout may lie beside a whole release
        for layout in LAYOUTS:
            if has_enough(file in archive for file in (layout.film_file, layout.rating_file.name)):
                return layout
    pairs = "; ".join(f"{layout.film_file} and {layout.rating_file.name}" for layout in LAYOUTS)
    raise SourceError(f"expected a MovieLens release ({pairs}). Received: {archive.path}, which has none of them")
