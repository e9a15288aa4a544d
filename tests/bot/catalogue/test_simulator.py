"""The simulated raters: the same from the same seed, plausible, and worth learning from."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.catalogue.simulator import FIRST_TIME, simulate
from bot.catalogue.starter import load_starter, load_starter_films
from recommender.data.corpus import Corpus
from recommender.domain import Movie, MovieId


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return simulate(load_starter(), people=1500)


def test_the_same_seed_gives_the_same_ratings() -> None:
    one, other = (simulate(load_starter(), people=30, seed=4) for _ in range(2))
    assert np.array_equal(one.movie_rows, other.movie_rows)
    assert np.array_equal(one.stars, other.stars)
    assert np.array_equal(one.times, other.times)


def test_another_seed_gives_other_ratings() -> None:
    one, other = (simulate(load_starter(), people=30, seed=seed) for seed in (4, 5))
    assert not np.array_equal(one.movie_rows[:100], other.movie_rows[:100])


def test_people_rate_25_to_80_films(corpus: Corpus) -> None:
    counts = np.diff(corpus.starts)
    assert corpus.user_count == 1500
    assert counts.min() >= 25
    assert counts.max() <= 80


def test_stars_are_spread_as_in_movielens(corpus: Corpus) -> None:
    assert 3.3 <= corpus.stars.mean() <= 3.8
    assert 0.85 <= corpus.stars.std() <= 1.15
    assert 0.35 <= corpus.likes.mean() <= 0.6


def test_times_rise_from_the_start_of_2026(corpus: Corpus) -> None:
    assert corpus.times.min() >= FIRST_TIME
    for user_row in range(50):
        assert (np.diff(corpus.times[corpus.of_user(user_row)]) > 0).all()


def test_famous_films_are_rated_more_and_earlier(corpus: Corpus) -> None:
    popularity = np.array([film.popularity for film in load_starter_films()])
    counts = np.bincount(corpus.movie_rows, minlength=len(popularity))
    by_popularity = [counts[popularity // 20 == step].mean() for step in range(5)]
    assert by_popularity == sorted(by_popularity)
    places = np.concatenate([np.arange(count) for count in np.diff(corpus.starts)])
    rated = popularity[corpus.movie_rows]
    assert rated[places < 10].mean() > rated[places >= 30].mean() + 5


def test_taste_can_be_learned_from_who_liked_what(corpus: Corpus) -> None:
    """Item neighbours of a person's first likes find the later ones clearly more often than popularity does."""
    liked = np.zeros((corpus.user_count, len(corpus.movies)), dtype=np.float32)
    liked[corpus.user_rows, corpus.movie_rows] = corpus.likes
    known = liked[np.arange(corpus.user_count) % 5 != 0]
    together = known.T @ known
    near = together / np.sqrt(np.outer(together.diagonal() + 10, together.diagonal() + 10))
    np.fill_diagonal(near, 0)
    by_neighbours = by_popularity = 0
    for user_row in range(0, corpus.user_count, 5):
        rated, likes = corpus.movie_rows[corpus.of_user(user_row)], corpus.likes[corpus.of_user(user_row)]
        later = rated[20:][likes[20:]]
        by_neighbours += _hits(near[rated[:20][likes[:20]]].sum(axis=0), rated[:20], later)
        by_popularity += _hits(known.sum(axis=0), rated[:20], later)
    assert by_neighbours > 1.25 * by_popularity


def _hits(scores: NDArray[np.float32], rated: NDArray[np.int32], later: NDArray[np.int32]) -> int:
    open_scores = scores.copy()
    open_scores[rated] = -1
    return len(np.intersect1d(np.argsort(-open_scores)[:10], later))


def test_films_outside_the_starter_catalogue_are_rated_too() -> None:
    movies = [Movie(MovieId(500_000 + place), f"Film {place}", None, ()) for place in range(40)]
    assert simulate(movies, people=3).user_count == 3


def test_needs_movies_and_people() -> None:
    with pytest.raises(ValueError, match="Received: 0 movies"):
        simulate([])
    with pytest.raises(ValueError, match="0 people"):
        simulate(load_starter(), people=0)
