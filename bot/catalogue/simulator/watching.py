"""What simulated people watch, when, and the stars they give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.simulator.films import Films, describe_films
from bot.catalogue.simulator.people import People, draw_people
from bot.catalogue.starter import StarterFilm, load_starter_films
from recommender.data.corpus import Corpus
from recommender.domain import Movie

# More bring nothing to the first model but time: docs/experiments.md.
DEFAULT_PEOPLE: Final = 2000
DEFAULT_SEED: Final = 20
# 2026-01-01 UTC: when every starter film is out. The first ratings fall in the half year after it.
FIRST_TIME: Final = 1_767_225_600
_HALF_YEAR_S: Final = 181 * 86_400

# What draws people to a film, in log odds: being known, and well spoken of. With these about half of all people have
# rated the best known film, as in MovieLens' releases.
POPULARITY_PULL: Final = 0.85
ACCLAIM_PULL: Final = 0.02
TASTE_PULL: Final = 0.8
# What a decade from home costs, and where it costs no more.
ERA_PULL: Final = 0.7
FARTHEST_DECADES: Final = 4.0
# Who rates is grown up: without children they meet family films less, and films for adults more.
FAMILY_PULL: Final = 0.7
ADULT_PULL: Final = 0.6
# Stars: with these, their mean is 3.5 and their spread 1.05, as MovieLens'.
STARS_MEAN: Final = 2.8
USUAL_ACCLAIM: Final = 65.0
ACCLAIM_STARS: Final = 0.03
TASTE_STARS: Final = 0.45
NOISE: Final = 0.85


def simulate(
    movies: Sequence[Movie],
    people: int = DEFAULT_PEOPLE,
    seed: int = DEFAULT_SEED,
    *,
    known: Sequence[StarterFilm] | None = None,
) -> Corpus:
    """Simulate ratings of these movies as a corpus; the same arguments give the same corpus.

    Args:
        known: what is known of films; the starter catalogue by default. A movie of which nothing is known counts as
            little known, and is liked for its genres alone.

    Raises:
        ValueError: there are no movies, or `people` is not positive.
    """
    return simulate_rows(movies, people, seed, known=known).build(tuple(movies))


def simulate_rows(
    movies: Sequence[Movie],
    people: int = DEFAULT_PEOPLE,
    seed: int = DEFAULT_SEED,
    *,
    known: Sequence[StarterFilm] | None = None,
) -> RatingRows:
    """Simulate ratings as columns, person by person, oldest first."""
    return _simulate(movies, people, seed, load_starter_films() if known is None else known)[0]


def simulate_tastes(movies: Sequence[Movie], people: int, seed: int) -> tuple[Corpus, NDArray[np.float32]]:
    """Simulate ratings, and the stars that everybody would give every movie, by user row.  stars: (people, movies)"""
    rows, stars = _simulate(movies, people, seed, load_starter_films())
    return rows.build(tuple(movies)), stars


def _simulate(
    movies: Sequence[Movie], people: int, seed: int, known: Sequence[StarterFilm]
) -> tuple[RatingRows, NDArray[np.float32]]:
    if not movies or people < 1:
        raise ValueError(f"simulation needs movies and people. Received: {len(movies)} movies, {people} people")
    rng = np.random.default_rng(seed)
    films = describe_films(movies, {film.movie.id: film for film in known})
    common = POPULARITY_PULL * films.log_share + ACCLAIM_PULL * films.acclaim  # (movies,)
    crowd = draw_people(people, films, common, rng)
    taste = _taste(films, crowd)  # (people, movies)
    pull = crowd.bents[:, None] * common + TASTE_PULL * taste + _fit(films, crowd)
    stars = _stars(films, crowd, taste, rng)
    return _rows(np.array([movie.id for movie in movies]), films, crowd, pull, stars, rng), stars


def _taste(films: Films, crowd: People) -> NDArray[np.float32]:
    """Return how much each person is made for each film.  (people, movies)"""
    taste = np.zeros((len(crowd.eras), len(films.years)), dtype=np.float32)
    for tastes, signs in zip(crowd.tastes.T, crowd.signs.T, strict=True):
        taste += signs[:, None] * films.features[tastes]
    return taste


def _fit(films: Films, crowd: People) -> NDArray[np.float32]:
    """Return what a film's year and audience do to its being met.  (people, movies)"""
    decades = np.minimum(np.abs(crowd.eras[:, None] - films.years) / 10, FARTHEST_DECADES)  # (people, movies)
    alone = (~crowd.with_family)[:, None]
    audience = alone * (ADULT_PULL * films.for_adults - FAMILY_PULL * films.for_family)
    return np.asarray(audience - ERA_PULL * decades, dtype=np.float32)


def _stars(films: Films, crowd: People, taste: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    usual = STARS_MEAN + ACCLAIM_STARS * (films.acclaim - USUAL_ACCLAIM)  # (movies,)
    value = usual - crowd.strictness[:, None] + TASTE_STARS * taste
    value += NOISE * rng.standard_normal(taste.shape, dtype=np.float32)
    return np.clip(np.round(value * 2) / 2, 0.5, 5.0).astype(np.float32)


def _rows(
    movie_ids: NDArray[np.integer],
    films: Films,
    crowd: People,
    pull: NDArray[np.float32],
    stars: NDArray[np.float32],
    rng: np.random.Generator,
) -> RatingRows:
    """Pick what each person saw by Gumbel top-k (Kool et al. 2019), and order it: the well known comes first-ish."""
    wish = pull + rng.gumbel(size=pull.shape)  # (people, movies)
    users, rows, times = [], [], []
    for person, count in enumerate(crowd.counts):
        seen = np.argpartition(-wish[person], count - 1)[:count]
        turn = films.log_share[seen] + 1.5 * rng.gumbel(size=count)
        rows.append(seen[np.argsort(-turn, kind="stable")])
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
