"""What is known of each film from ratings: plain counts, enough for every floor and small enough to store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import LIKE

# Ratings at the overall mean that every film is given before its own count (docs/quality.md, the floor).
PRIOR_RATINGS: Final = 5
# MovieLens' means, about 3.5 stars and half of them likes: what a film is assumed to get when only its fame is known,
# and what the centred stars of a first rating are measured against.
USUAL_STARS: Final = 3.5
USUAL_LIKES: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Counts by movie row, (movies,) each; assumed ones order films, but tell no film's share of likes."""

    ratings: NDArray[np.float64]
    likes: NDArray[np.float64]
    star_sums: NDArray[np.float64]
    are_assumed: bool = False

    def bayesian_means(self, prior: float = PRIOR_RATINGS) -> NDArray[np.float64]:
        """Return each movie's mean stars, drawn to the overall mean by that many ratings.  (movies,)"""
        return _drawn_mean(self.star_sums, self.ratings, USUAL_STARS, prior)

    @property
    def like_rates(self) -> NDArray[np.float64]:
        """Return the share of likes among each movie's ratings, drawn to the overall share.  (movies,)"""
        return _drawn_mean(self.likes, self.ratings, USUAL_LIKES, PRIOR_RATINGS)


def count_statistics(corpus: Corpus) -> Statistics:
    """Count every movie's ratings, likes and stars."""
    size = len(corpus.movies)
    return Statistics(
        np.bincount(corpus.movie_rows, minlength=size).astype(np.float64),
        np.bincount(corpus.movie_rows[corpus.likes], minlength=size).astype(np.float64),
        np.bincount(corpus.movie_rows, weights=corpus.stars, minlength=size).astype(np.float64),
    )


def assume_statistics(fame: NDArray[np.floating]) -> Statistics:
    """Return what to assume of movies of which only the fame (about how many people rated them) is known.

    Args:
        fame: zero or more.  (movies,)
    """
    ratings = fame.astype(np.float64)
    return Statistics(ratings, ratings * USUAL_LIKES, ratings * USUAL_STARS, are_assumed=True)


def _drawn_mean(
    sums: NDArray[np.float64], counts: NDArray[np.float64], usual: float, prior: float
) -> NDArray[np.float64]:
    total = counts.sum()
    overall = sums.sum() / total if total else usual
    drawn: NDArray[np.float64] = (sums + prior * overall) / (counts + prior)
    return drawn


@dataclass(frozen=True, slots=True, eq=False)
class FilmCounts:
    """What the people of one source gave films.

    Attributes:
        people: how many rated anything.
        mean_stars: of all their ratings.
        movie_ids: ascending.  (films,)
        ratings, likes, star_sums: (films,) each
    """

    people: int
    mean_stars: float
    movie_ids: NDArray[np.int64]
    ratings: NDArray[np.float64]
    likes: NDArray[np.float64]
    star_sums: NDArray[np.float64]

    def under(self, id_of: Mapping[int, int]) -> FilmCounts:
        """Return the counts with some films under another's id, and added to what that one has."""
        ids, places = np.unique([id_of.get(one, one) for one in self.movie_ids.tolist()], return_inverse=True)
        columns = (self.ratings, self.likes, self.star_sums)
        sums = (np.bincount(places, column, len(ids)).astype(np.float64) for column in columns)
        return FilmCounts(self.people, self.mean_stars, ids.astype(np.int64), *sums)

    def of(self, movie_ids: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
        """Return ratings, likes and sums of stars of these films; none of films that are not among those counted.

        (ids,) each
        """
        ids = np.append(self.movie_ids, np.iinfo(np.int64).max)  # which no film has
        places = np.searchsorted(ids, movie_ids)
        known = ids[places] == movie_ids
        columns = (np.append(column, 0.0) for column in (self.ratings, self.likes, self.star_sums))
        return tuple(np.where(known, column[places], 0.0) for column in columns)


def count_films(
    user_ids: NDArray[np.integer], movie_ids: NDArray[np.integer], stars: NDArray[np.floating]
) -> FilmCounts:
    """Count what people gave films.

    Args:
        user_ids, movie_ids, stars: at most one per person and film.  (ratings,) each
    """
    ids, places = np.unique(movie_ids, return_inverse=True)
    sums = (np.bincount(places, weights, len(ids)) for weights in (None, stars >= LIKE.value, stars))
    columns = (column.astype(np.float64) for column in sums)
    mean_stars = float(stars.mean()) if len(stars) else USUAL_STARS
    return FilmCounts(len(np.unique(user_ids)), mean_stars, ids.astype(np.int64), *columns)
