"""What a file says of one film."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from recommender.domain import MovieId

Says = Literal["rated", "seen", "later", "never"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row about a film.

    Attributes:
        title, original_title: as the file writes them; empty where it knows only numbers.
        half_stars: 1 to 10 of what is rated, else 0.
        said_at: when it was said (UTC, aware); None where the file does not tell.
        movie_id: our own number, of our own export alone.
        is_log: it stands in a diary, beside which ratings may say what holds today.
        file: which file of a zip it stands in, from 0.
    """

    title: str
    year: int | None
    says: Says
    half_stars: int = 0
    said_at: datetime | None = None
    original_title: str = ""
    imdb_id: str | None = None
    tmdb_id: int | None = None
    movielens_id: int | None = None
    movie_id: MovieId | None = None
    is_log: bool = False
    file: int = 0

    @property
    def name(self) -> str:
        """Return the title, else a number by which people may know the film."""
        if self.title or self.imdb_id:
            return self.title or self.imdb_id or ""
        return f"TMDB {self.tmdb_id}" if self.tmdb_id else f"MovieLens {self.movielens_id}"


@dataclass(frozen=True, slots=True)
class History:
    """What a person's file says.

    Attributes:
        sites: whose files these are, as people know them.
        series: rows about series, episodes and games, which are left out.
        unreadable: rows whose film or rating cannot be read.
    """

    sites: tuple[str, ...]
    entries: tuple[Entry, ...]
    series: int = 0
    unreadable: int = 0
