"""Films as MovieLens' releases write them: raw titles and genre names turned into domain movies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.catalogue.titles import natural_title
from recommender.domain import GENRES, Movie

_YEAR: Final = re.compile(r"\s*\((?P<year>(?:18|19|20)\d\d)(?:\s*[-–]\s*(?:\d{2,4})?)?\)?\s*$")
# "Birdman: Or (The Unexpected Virtue of Ignorance)" is one title.
_OTHER_TITLE: Final = re.compile(r"(?<!\bOr)\s+\((?P<other>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
# "Aladdin (1995) (V)": what the Internet Movie Database marks as made for video or television.
_MEDIUM: Final = re.compile(r"(?<=\))\s+\((?:V|TV|VG)\)\s*$")
# What older releases and other sites call the same.
_RENAMED: Final = {
    **{"children's": "Children", "family": "Children", "kids": "Children"},
    **{"science fiction": "Sci-Fi", "science-fiction": "Sci-Fi", "sci fi": "Sci-Fi", "scifi": "Sci-Fi"},
    **{"film noir": "Film-Noir", "suspense": "Thriller"},
}
_NO_GENRES: Final = frozenset({"", "(no genres listed)", "imax", "unknown"})
_BY_NAME: Final = {genre.lower(): genre for genre in GENRES}


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film of a release.

    Attributes:
        movie: under the release's own id, the title in natural order.
        other_titles: alternative titles the release gives in parentheses, in natural order.
        imdb_id: "tt" and at least seven digits, or empty.
        tmdb_id: None when unknown.
        unknown_genres: names outside MovieLens' 18, left out of the movie.
    """

    movie: Movie
    other_titles: tuple[str, ...] = ()
    imdb_id: str = ""
    tmdb_id: int | None = None
    unknown_genres: tuple[str, ...] = ()


def parse_title(raw: str) -> tuple[str, tuple[str, ...], int | None]:
    """Split "Matrix, The (a.k.a. Other) (1999)" into the title, the other titles and the year."""
    text = _MEDIUM.sub("", " ".join(raw.split()))
    found = _YEAR.search(text)
    year = int(found["year"]) if found and found.start() > 0 else None
    text = text[: found.start()] if found and year is not None else text
    others: list[str] = []
    while (other := _OTHER_TITLE.search(text)) and other.start() > 0:
        others.insert(0, natural_title(re.sub(r"^a\.?k\.?a\.?:? ", "", other["other"], flags=re.IGNORECASE)))
        text = text[: other.start()]
    return natural_title(text), tuple(title for title in others if title), year


def parse_genres(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the known genres in GENRES' order, and the unknown names."""
    cleaned = [name.strip() for name in names]
    wanted = [_RENAMED.get(name.lower(), name) for name in cleaned if name.lower() not in _NO_GENRES]
    known = {_BY_NAME[name.lower()] for name in wanted if name.lower() in _BY_NAME}
    unknown = tuple(name for name in wanted if name.lower() not in _BY_NAME)
    return tuple(genre for genre in GENRES if genre in known), unknown
