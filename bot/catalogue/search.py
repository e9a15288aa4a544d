"""Search of the catalogue by title: forgives typos, understands a year, prefers the well known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.catalogue.titles import fold, normalise_title, split_year
from recommender.domain import Movie, MovieId

# Nobody types a longer title, and Telegram lets people send 4096 characters.
MAX_QUERY: Final = 120
# Below it, results look arbitrary to people.
MIN_SCORE: Final = 0.62
# An equal title beats any likeness, and equal as written beats equal in normal form.
_EQUAL_AS_WRITTEN: Final = 1.0
_EQUAL_FOLDED: Final = 0.99
_EQUAL_NORMAL: Final = 0.98
_BEST_LIKENESS: Final = 0.96
# A title that holds the query's words among others, and one that holds its letters inside a word.
_WORDS_WITHIN: Final = 0.90
_LETTERS_WITHIN: Final = 0.80
_SHORTEST_WITHIN: Final = 4
# What a year in the query takes off a film of the year beside it, and off one of another year.
_YEAR_BESIDE: Final = 0.02
_YEAR_OTHER: Final = 0.12


@dataclass(frozen=True, slots=True)
class Match:
    """A film found: `score` is 1 for the title as written, falling to MIN_SCORE."""

    movie_id: MovieId
    score: float


class TitleIndex:
    """The catalogue's titles, prepared for search; build it again when the catalogue changes."""

    def __init__(self, movies: Sequence[Movie], popularity: Mapping[MovieId, float] | None = None) -> None:
        known = popularity or {}
        self._movies = list(movies)
        self._normal = [normalise_title(movie.title) for movie in movies]
        self._lengths = np.array([len(title) for title in self._normal], dtype=np.int64)  # (movies,)
        self._years = np.array([movie.year or 0 for movie in movies], dtype=np.int64)  # (movies,)
        self._popularity = np.array([known.get(movie.id, 0.0) for movie in movies], dtype=np.float64)  # (movies,)
        self._as_written = _group(movie.title.casefold() for movie in movies)
        self._folded = _group(fold(movie.title) for movie in movies)
        self._by_normal = _group(self._normal)

    def search(self, query: str, limit: int = 10) -> list[Match]:
        """Return at most `limit` films, best first; among equals the better known comes first.

        Raises:
            ValueError: `limit` is not positive.
        """
        if limit < 1:
            raise ValueError(f"limit must be positive. Received: limit={limit}")
        asked = " ".join(query[:MAX_QUERY].split())
        if not asked or not self._movies:
            return []
        scores = self._score(asked)  # (movies,)
        title, year = split_year(asked)
        if year is not None:
            scores = np.maximum(scores, np.minimum(self._score(title), 0.999) - self._penalty(year))
        order = np.lexsort((-self._popularity, -np.round(scores, 2)))[:limit]
        return [Match(self._movies[row].id, round(float(scores[row]), 4)) for row in order if scores[row] >= MIN_SCORE]

    def _score(self, title: str) -> NDArray[np.float64]:
        """Return how well each title answers.  (movies,)"""
        normal = normalise_title(title)
        scores = _likeness(normal, self._normal, self._lengths) if normal else np.zeros(len(self._movies))
        for rows, score in (
            (self._by_normal.get(normal, ()) if normal else (), _EQUAL_NORMAL),
            (self._folded.get(fold(title), ()) if normal else (), _EQUAL_FOLDED),
            (self._as_written.get(title.casefold(), ()), _EQUAL_AS_WRITTEN),
        ):
            scores[list(rows)] = score
        return scores

    def _penalty(self, year: int) -> NDArray[np.float64]:
        """Return what each film loses for its year.  (movies,)"""
        distance = np.abs(self._years - year)
        return np.select([distance == 0, distance == 1], [0.0, _YEAR_BESIDE], _YEAR_OTHER)


def _likeness(query: str, titles: Sequence[str], lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the best of whole-title, word and letter likeness; the last two ask for a longer title.  (movies,)"""
    scores = process.cdist([query], titles, scorer=fuzz.ratio)[0]  # (movies,)
    within = np.flatnonzero(lengths >= len(query))
    longer = [titles[row] for row in within.tolist()]
    if longer:
        words = process.cdist([query], longer, scorer=fuzz.token_set_ratio)[0]  # (longer,)
        scores[within] = np.maximum(scores[within], _WORDS_WITHIN * words)
    if longer and len(query) >= _SHORTEST_WITHIN:
        letters = process.cdist([query], longer, scorer=fuzz.partial_ratio, score_cutoff=80)[0]  # (longer,)
        scores[within] = np.maximum(scores[within], _LETTERS_WITHIN * letters)
    likeness: NDArray[np.float64] = np.minimum(scores.astype(np.float64) / 100, _BEST_LIKENESS)
    return likeness


def _group(keys: Iterator[str] | Sequence[str]) -> dict[str, list[int]]:
    """Return the rows of each key, ascending."""
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    return rows
