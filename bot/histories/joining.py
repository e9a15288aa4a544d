"""Rows joined by film: of all that a file says of one, what holds."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.catalogue.titles import normalise_title
from bot.histories.caps import Pace
from bot.histories.entry import Entry, Says
from recommender.domain import MovieId

# A rating says most of a film, and a wish to see it later nothing once it is seen.
_ORDER: Final[tuple[Says, ...]] = ("rated", "never", "seen", "later")
_LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says of one film; `movie_id` is None for a film that is not known or not sure."""

    movie_id: MovieId | None
    title: str
    year: int | None
    says: Says
    half_stars: int
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class Joined:
    """A file's films, each once.

    Attributes:
        rows, matched: how many rows there were, and how many of them are of known films.
        twice: rows that say again what another row of the same file says.
    """

    wanted: tuple[Wanted, ...]
    rows: int
    matched: int
    twice: int


def join(entries: Sequence[Entry], movie_ids: Sequence[MovieId | None], pace: Pace) -> Joined:
    """Join rows by film, in the order in which films come first.

    Of several ratings that of a list of ratings holds before a diary's, then the newest, then the last.
    """
    films: dict[Hashable, list[tuple[Entry, MovieId | None]]] = {}
    said = set[Hashable]()
    twice = 0
    for entry, movie_id in zip(entries, movie_ids, strict=True):
        pace.step()
        film = movie_id or _key_of_unknown(entry)
        saying = (film, entry.file, entry.says)
        twice += saying in said and not entry.is_log
        said.add(saying)
        films.setdefault(film, []).append((entry, movie_id))
    wanted = tuple(_join_film(rows) for rows in films.values())
    return Joined(wanted, len(entries), sum(movie_id is not None for movie_id in movie_ids), twice)


def _key_of_unknown(entry: Entry) -> Hashable:
    return normalise_title(entry.title) or entry.name, entry.year, entry.imdb_id, entry.tmdb_id


def _join_film(rows: Sequence[tuple[Entry, MovieId | None]]) -> Wanted:
    says = min((entry.says for entry, _ in rows), key=_ORDER.index)
    saying = [entry for entry, _ in rows if entry.says == says]
    best = max(enumerate(saying), key=lambda one: (not one[1].is_log, one[1].said_at or _LONG_AGO, one[0]))[1]
    return Wanted(rows[0][1], best.name, best.year, says, best.half_stars, best.said_at)
