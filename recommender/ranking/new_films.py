"""Films that came after a training: told as films of their genres, year and fame are, and by what ratings said since.

The network is told them as it was told films in training whose id it was to forget, and there are no item-to-item
weights; whatever else a ranker knows of a film they have.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.odds import logit, sigmoid
from recommender.data.statistics import PRIOR_RATINGS, FilmCounts
from recommender.domain import Movie
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.table_file import AXES, MOVIES_AXIS

# People who know nothing of a film that every source starts from: a share among a handful says little.
PRIOR_PEOPLE: Final = 20.0
# Shares of likes are kept from 0 and 1, whose log odds are infinite.
LEAST_RATE: Final = 0.01
# Years and fame are straight lines between knots, flat beyond them: hats, as in training/content.py.
YEAR_KNOTS: Final = np.arange(1930.0, 2031.0, 10.0)
FAME_KNOTS: Final = 8
# What holds each weight back, in films that nobody liked; any other counts as many times as often as it is liked, for
# what tables have of the least known is noise.
RIDGE: Final = 10.0

Tables = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class NewFilms:
    """Films that a ranker was not trained with, or nobody had rated then.

    Attributes:
        movies: in any order.
        sources: what people gave films, these among them, source by source.
        features: of each film, as recommender/data/content.py names them.
    """

    movies: Sequence[Movie]
    sources: Sequence[FilmCounts]
    features: Sequence[Collection[str]]


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """What ratings say of new films.  (new films,) each

    Attributes:
        ratings, likes, stars_above: of all sources together; stars above what is usual in theirs.
        known, liked: the share of people who rated and who liked each, in the source that knows it best.
    """

    ratings: NDArray[np.float64]
    likes: NDArray[np.float64]
    stars_above: NDArray[np.float64]
    known: NDArray[np.float64]
    liked: NDArray[np.float64]


def with_new_films(retrieval: Retrieval, new: NewFilms) -> Retrieval:
    """Return the catalogue and the tables with these films: rows at the end, or in place of those of unrated ones."""
    known = retrieval.catalogue
    catalogue = Catalogue([*known.movies, *(movie for movie in new.movies if movie.id not in known.row_of)])
    rows, counted = catalogue.rows(movie.id for movie in new.movies), _count(new)
    own = _own_rows(retrieval, new.movies, counted)
    usual = _Usual(retrieval, catalogue.genres[rows], own)
    own |= _drawn(retrieval, usual, counted)
    tables = {name: _extended(name, table, rows, own, usual) for name, table in retrieval.tables.items()}
    return Retrieval(catalogue, tables | _with_content(retrieval, new), rows)


def _count(new: NewFilms) -> _Counted:
    ids = np.array([movie.id for movie in new.movies], dtype=np.int64)
    ratings, likes, above, known, liked = np.zeros((5, len(ids)))
    for source in new.sources:
        its_ratings, its_likes, star_sums = source.of(ids)
        ratings, likes = ratings + its_ratings, likes + its_likes
        above = above + star_sums - source.mean_stars * its_ratings
        known = np.maximum(known, its_ratings / (source.people + PRIOR_PEOPLE))
        liked = np.maximum(liked, its_likes / (source.people + PRIOR_PEOPLE))
    return _Counted(ratings, likes, above, known, liked)


def _own_rows(retrieval: Retrieval, movies: Sequence[Movie], counted: _Counted) -> Tables:
    """Return what new films have of their own in tables over films, in the terms of training.  (new films,) each"""
    tables = retrieval.tables
    people = float(np.exp(tables["log_count"][0] - tables["log_rating_rate"][0]))  # one more than there were
    years = [np.nan if movie.year is None else float(movie.year) for movie in movies]
    made = np.where(np.isnan(years), np.median(tables["year"]), years)
    if "until" in tables:
        # What a ranker knows ends there: to it a film made later has just come out.
        made = np.minimum(made, np.floor(tables["until"]))
    return {
        "year": made,
        "log_like_rate": np.log(counted.liked + 1 / people),
        "log_rating_rate": np.log(counted.known + 1 / people),
        "log_count": np.log1p(counted.known * people),
        "ease_places": np.full(len(movies), -1),
    }


class _Usual:
    """What films of the genres, years and fame of new ones have in a table: a ridge regression over known films."""

    def __init__(self, retrieval: Retrieval, genres: NDArray[np.bool_], own: Tables) -> None:
        """Prepare it for new films of these genres and with these rows of their own.  genres: (new films, genres)"""
        known, fame = retrieval.tables, retrieval.tables["log_like_rate"].astype(np.float64)
        ends = np.linspace(fame.min(), max(fame.max(), fame.min() + 1), FAME_KNOTS)
        design = _design(retrieval.catalogue.genres, known["year"], fame, ends)  # (movies, features)
        self._weighted = design * np.exp(fame - fame.min())[:, None]
        covariance = self._weighted.T @ design + RIDGE * np.eye(design.shape[1])
        asked = _design(genres, own["year"], own["log_like_rate"], ends)  # (new films, features)
        self._told_by = np.linalg.solve(covariance, asked.T).T  # (new films, features)

    def of(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return what new films would have.  values of known films: (movies,) -> (new films,)"""
        return np.asarray(self._told_by @ (self._weighted.T @ values.astype(np.float64)))


def _design(
    genres: NDArray[np.bool_], years: NDArray[np.floating], fame: NDArray[np.floating], ends: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return genres, years and fame, and the former two once more as they grow with fame.  (films, features)"""
    decades, known = _hats(years, YEAR_KNOTS), _hats(fame, ends)
    plain = np.hstack([genres.astype(np.float64), decades])
    return np.hstack([known, plain, plain * (fame - ends.mean())[:, None]])


def _hats(values: NDArray[np.floating], knots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how near each value is to each knot, all of it summing to one.  (values, knots)"""
    return np.column_stack([np.interp(values, knots, hat) for hat in np.eye(len(knots))])


def _drawn(retrieval: Retrieval, usual: _Usual, counted: _Counted) -> Tables:
    """Return mean stars and odds of a like: what is usual, and the films' own ratings beside it.  (new films,) each"""
    means, odds = (usual.of(retrieval.tables[name]) for name in ("mean_stars", "like_odds"))
    count = counted.ratings + PRIOR_RATINGS
    rates = (counted.likes + PRIOR_RATINGS * sigmoid(odds)) / count
    return {
        "mean_stars": (counted.stars_above + PRIOR_RATINGS * means) / count,
        "like_odds": logit(np.clip(rates, LEAST_RATE, 1 - LEAST_RATE)),
    }


def _extended(name: str, table: NDArray[Any], rows: NDArray[np.int64], own: Tables, usual: _Usual) -> NDArray[Any]:
    """Return a table with what new films have where it is over films, in these rows of a longer one.

    No new film has what none of the known has: the network knows nothing of that.
    """
    axes = AXES.get(name, ())
    if MOVIES_AXIS not in axes:
        return table
    by_film = np.moveaxis(table, axes.index(MOVIES_AXIS), 0)  # (movies, ...)
    if name in own:
        values = own[name]
    elif table.ndim == 1:
        values = usual.of(table)
    else:
        values = np.stack([usual.of(column).astype(table.dtype) for column in by_film.T], axis=1)
    more = int(rows.max(initial=-1)) + 1 - len(by_film)
    longer = np.concatenate([by_film, np.zeros((max(0, more), *by_film.shape[1:]), table.dtype)])
    longer[rows] = np.clip(values, by_film.min(axis=0), by_film.max(axis=0))
    return np.ascontiguousarray(np.moveaxis(longer, 0, axes.index(MOVIES_AXIS)))


def _with_content(retrieval: Retrieval, new: NewFilms) -> Tables:
    """Return the tables of content with those features of new films that known ones bear."""
    if "content_starts" not in retrieval.tables:
        return {}
    named = zip(new.movies, new.features, strict=True)
    fresh = [names for movie, names in named if movie.id not in retrieval.catalogue.row_of]
    borne = [retrieval.likeness.weigh(names) for names in fresh]
    first = retrieval.tables["content_starts"][-1]
    more = {
        "content_starts": [first + np.cumsum([len(features) for features, _ in borne])],
        "content_features": [features for features, _ in borne],
        "content_weights": [weights for _, weights in borne],
    }
    return {
        name: np.concatenate([retrieval.tables[name], *parts]).astype(retrieval.tables[name].dtype)
        for name, parts in more.items()
    }
