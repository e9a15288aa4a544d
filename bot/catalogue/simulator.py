"""A seeded simulator of raters, so that a first model can be trained on any machine.

Nobody real stands behind these ratings, and whatever shows them says so. Each simulated person has a taste made of
leanings people really have (family films, thrills, romance, ...), of hidden facets that no genre names (a film's
school: think of directors), of an era and of a bent for the famous or the obscure. They watch what is well known and
suits them, and give stars by taste, the film's quality, their own strictness and chance. A ranker can therefore learn
from who liked what else more than genres alone tell it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.starter import load_starter_films
from recommender.data.corpus import Corpus
from recommender.domain import GENRES, Movie, MovieId

DEFAULT_PEOPLE: Final = 3000
DEFAULT_SEED: Final = 20
# 2026-01-01 UTC: when every starter film is out. The first ratings fall in the half year after it.
FIRST_TIME: Final = 1_767_225_600
_HALF_YEAR_S: Final = 181 * 86_400

# Leanings: genres that people tend to like together. A person mixes a few of them.
LEANINGS: Final = (
    ("Action", "Adventure", "Sci-Fi"),
    ("Animation", "Children", "Fantasy", "Musical", "Adventure"),
    ("Romance", "Comedy"),
    ("Crime", "Thriller", "Mystery", "Film-Noir"),
    ("Horror", "Thriller", "Sci-Fi"),
    ("War", "Western", "Action"),
    ("Drama", "Romance"),
    ("Documentary", "Drama", "War"),
    ("Comedy",),
    ("Musical", "Romance", "Comedy"),
    ("Film-Noir", "Drama", "Mystery"),
    ("Fantasy", "Sci-Fi", "Adventure"),
)
_FACETS: Final = 6
_SCHOOLS: Final = 36
_UNKNOWN_POPULARITY: Final = 15
_FIRST_YEAR, _LAST_YEAR = 1920, 2025

# Weights of a film's star value; with the noise they give MovieLens' mean and spread (3.5 and 1.05).
_STARS_MEAN: Final = 3.00
_GENRE_WEIGHT: Final = 0.50
_FACET_WEIGHT: Final = 0.60
_BENT_WEIGHT: Final = 0.18
_ERA_WEIGHT: Final = 0.20
_NOISE: Final = 0.70
# What draws people to a film: being famous counts most, as MovieLens' long tail shows.
_FAME_PULL: Final = 1.35
_TASTE_PULL: Final = 1.1
_ERA_PULL: Final = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class _Films:
    genres: NDArray[np.float64]  # (movies, genres), rows of unit length
    facets: NDArray[np.float64]  # (movies, facets)
    fame: NDArray[np.float64]  # (movies,), -2 to 3
    decades: NDArray[np.float64]  # (movies,), decades since 1920
    quality: NDArray[np.float64]  # (movies,)


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    genres: NDArray[np.float64]  # (people, genres)
    facets: NDArray[np.float64]  # (people, facets)
    bent: NDArray[np.float64]  # (people,), towards the famous
    decades: NDArray[np.float64]  # (people,), the era they feel at home in
    strictness: NDArray[np.float64]  # (people,)
    counts: NDArray[np.int64]  # (people,), films rated


def simulate(
    movies: Sequence[Movie],
    people: int = DEFAULT_PEOPLE,
    seed: int = DEFAULT_SEED,
    *,
    popularity: Mapping[MovieId, float] | None = None,
) -> Corpus:
    """Simulate ratings of these movies as a corpus; the same arguments give the same corpus.

    Args:
        popularity: 0 to 100 by movie; the starter catalogue's own by default. A movie without counts as little known.

    Raises:
        ValueError: there are no movies, or `people` is not positive.
    """
    return simulate_rows(movies, people, seed, popularity=popularity).build(tuple(movies))


def simulate_rows(
    movies: Sequence[Movie],
    people: int = DEFAULT_PEOPLE,
    seed: int = DEFAULT_SEED,
    *,
    popularity: Mapping[MovieId, float] | None = None,
) -> RatingRows:
    """Simulate ratings as columns, person by person, oldest first."""
    if not movies or people < 1:
        raise ValueError(f"simulation needs movies and people. Received: {len(movies)} movies, {people} people")
    known = popularity
    if known is None:
        known = {film.movie.id: film.popularity for film in load_starter_films()}
    rng = np.random.default_rng(seed)
    films = _draw_films(movies, known, rng)
    crowd = _draw_people(people, len(movies), rng)
    taste, era = _taste(films, crowd), _era(films, crowd)  # (people, movies) each
    stars = _stars(films, crowd, taste + _ERA_WEIGHT * era, rng)  # (people, movies)
    pull = _FAME_PULL * films.fame + _TASTE_PULL * taste + _ERA_PULL * era  # (people, movies)
    return _rows(np.array([movie.id for movie in movies]), films, crowd, pull, stars, rng)


def _draw_films(movies: Sequence[Movie], popularity: Mapping[MovieId, float], rng: np.random.Generator) -> _Films:
    genres = np.array([[genre in movie.genres for genre in GENRES] for movie in movies], dtype=np.float64)
    genres /= np.sqrt(np.maximum(genres.sum(axis=1, keepdims=True), 1.0))
    years = np.array([movie.year or 2000 for movie in movies], dtype=np.float64)
    decades = (np.clip(years, _FIRST_YEAR, _LAST_YEAR) - _FIRST_YEAR) / 10
    levels = np.array([popularity.get(movie.id, _UNKNOWN_POPULARITY) for movie in movies], dtype=np.float64) / 20 - 2
    facets = _draw_facets(genres, decades, rng)
    quality = 0.32 * rng.standard_normal(len(movies)) + 0.07 * levels + 0.03 * (10 - decades)
    return _Films(genres, facets, levels, decades, quality)


def _draw_facets(
    genres: NDArray[np.float64], decades: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Give each film a school that suits its genres and era, and its facets from the school's.  (movies, facets)"""
    school_genres = rng.standard_normal((_SCHOOLS, len(GENRES)))
    school_decades = rng.uniform(0, 10.5, _SCHOOLS)
    fit = genres @ school_genres.T - 0.5 * ((decades[:, None] - school_decades) / 2.0) ** 2  # (movies, schools)
    schools = (fit + rng.gumbel(size=fit.shape)).argmax(axis=1)  # (movies,)
    centres = rng.standard_normal((_SCHOOLS, _FACETS))
    facets: NDArray[np.float64] = centres[schools] + 0.45 * rng.standard_normal((len(genres), _FACETS))
    return facets


def _draw_people(people: int, movies: int, rng: np.random.Generator) -> _People:
    leanings = np.array([[genre in leaning for genre in GENRES] for leaning in LEANINGS], dtype=np.float64)
    mix = rng.dirichlet(np.full(len(LEANINGS), 0.35), size=people)  # (people, leanings)
    genres = 2.6 * mix @ leanings + 0.35 * rng.standard_normal((people, len(GENRES)))
    counts = np.clip(np.round(rng.lognormal(np.log(50), 0.35, people)), 25, 80).astype(np.int64)
    return _People(
        genres=genres - genres.mean(axis=1, keepdims=True),
        facets=rng.standard_normal((people, _FACETS)),
        bent=rng.standard_normal(people),
        decades=10.5 - rng.gamma(2.0, 1.1, people),
        strictness=0.32 * rng.standard_normal(people),
        counts=np.minimum(counts, max(1, movies // 2)),
    )


def _taste(films: _Films, crowd: _People) -> NDArray[np.float64]:
    """Return how much each person is made for each film.  (people, movies)"""
    by_genre = crowd.genres @ films.genres.T
    by_facet = crowd.facets @ films.facets.T / np.sqrt(_FACETS)
    by_bent = np.outer(crowd.bent, films.fame)
    taste: NDArray[np.float64] = _GENRE_WEIGHT * by_genre + _FACET_WEIGHT * by_facet + _BENT_WEIGHT * by_bent
    return taste


def _era(films: _Films, crowd: _People) -> NDArray[np.float64]:
    """Return how near each film is to a person's era: 0.5 at home, falling to -1 four decades off.  (people, movies)"""
    distance = np.abs(crowd.decades[:, None] - films.decades)
    return np.maximum(0.5 - distance * 0.375, -1.5)


def _stars(films: _Films, crowd: _People, taste: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float32]:
    value = _STARS_MEAN + films.quality - crowd.strictness[:, None] + taste + _NOISE * rng.standard_normal(taste.shape)
    return np.clip(np.round(value * 2) / 2, 0.5, 5.0).astype(np.float32)


def _rows(
    movie_ids: NDArray[np.integer],
    films: _Films,
    crowd: _People,
    pull: NDArray[np.float64],
    stars: NDArray[np.float32],
    rng: np.random.Generator,
) -> RatingRows:
    """Pick what each person saw by Gumbel top-k (Kool et al. 2019), and order it: the well known comes first-ish."""
    seen_by_wish = np.argsort(-(pull + rng.gumbel(size=pull.shape)), axis=1, kind="stable")  # (people, movies)
    rank_of_turn = films.fame + 1.2 * rng.gumbel(size=pull.shape)  # (people, movies)
    users, rows, times = [], [], []
    for person, count in enumerate(crowd.counts):
        seen = seen_by_wish[person, :count]
        rows.append(seen[np.argsort(-rank_of_turn[person, seen], kind="stable")])
        users.append(np.full(count, person + 1, dtype=np.int32))
        times.append(_times(int(count), rng))
    user_ids, movie_rows = np.concatenate(users), np.concatenate(rows)
    ids = movie_ids[movie_rows].astype(np.int32)
    return RatingRows(user_ids, ids, stars[user_ids - 1, movie_rows], np.concatenate(times))


def _times(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return rising times: a first sitting of about twenty ratings, then a film every few days.  (count,)"""
    gaps = np.where(np.arange(count) < 20, rng.exponential(15, count), rng.exponential(3 * 86_400, count))
    start = FIRST_TIME + rng.integers(0, _HALF_YEAR_S)
    return (start + np.cumsum(1 + gaps)).astype(np.int64)
