"""The simulated raters: the same from the same seed, plausible, and telling what is known of films."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.catalogue.simulator import FIRST_TIME, simulate
from bot.catalogue.starter import StarterFilm, load_starter, load_starter_films
from recommender.data.corpus import Corpus
from recommender.domain import Movie, MovieId

FILMS = load_starter_films()


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


def test_people_rate_as_many_films_as_in_movielens(corpus: Corpus) -> None:
    counts = np.diff(corpus.starts)
    assert corpus.user_count == 1500
    assert counts.min() >= 25
    assert 60 <= np.median(counts) <= 75
    assert np.quantile(counts, 0.95) > 130


def test_stars_are_spread_as_in_movielens(corpus: Corpus) -> None:
    assert 3.4 <= corpus.stars.mean() <= 3.6
    assert 1.0 <= corpus.stars.std() <= 1.1
    assert 0.35 <= corpus.likes.mean() <= 0.55


def test_times_rise_from_the_start_of_2026(corpus: Corpus) -> None:
    assert corpus.times.min() >= FIRST_TIME
    for user_row in range(50):
        assert (np.diff(corpus.times[corpus.of_user(user_row)]) > 0).all()


def test_half_of_all_have_rated_the_best_known_film_and_few_the_usual_one(corpus: Corpus) -> None:
    shares = np.sort(_raters(corpus))[::-1] / corpus.user_count
    assert 0.4 <= shares[0] <= 0.65
    assert shares[1000] < 0.02


def test_what_is_popular_is_rated_more_and_earlier(corpus: Corpus) -> None:
    popularity = np.array([film.popularity for film in FILMS])
    by_popularity = [_raters(corpus)[popularity // 20 == step].mean() for step in range(5)]
    assert by_popularity == sorted(by_popularity)
    places = np.concatenate([np.arange(count) for count in np.diff(corpus.starts)])
    rated = popularity[corpus.movie_rows]
    assert rated[places < 10].mean() > rated[places >= 30].mean() + 5


def test_what_is_acclaimed_gets_more_stars(corpus: Corpus) -> None:
    acclaim, raters = np.array([film.acclaim for film in FILMS]), _raters(corpus)
    means = np.bincount(corpus.movie_rows, corpus.stars, len(FILMS)) / np.maximum(1, raters)
    often = raters >= 50
    assert np.corrcoef(acclaim[often], means[often])[0, 1] > 0.7


@pytest.mark.parametrize(
    "bears",
    [
        lambda film: "superheroes" in film.tags,
        lambda film: "Animation" in film.movie.genres,
        lambda film: film.series == "Star Wars",
        lambda film: film.countries[0] == "JP",
    ],
    ids=["tag", "genre", "series", "country"],
)
def test_who_likes_one_film_of_a_kind_meets_more_of_it(corpus: Corpus, bears: Callable[[StarterFilm], bool]) -> None:
    of_kind = np.array([bears(film) for film in FILMS])  # (movies,)
    first = of_kind[corpus.movie_rows] & corpus.likes & (corpus.places < 20)
    fans = np.zeros(corpus.user_count, dtype=np.bool_)
    fans[corpus.user_rows[first]] = True
    later = corpus.places >= 20
    share = [of_kind[corpus.movie_rows[later & (fans[corpus.user_rows] == is_fan)]].mean() for is_fan in (True, False)]
    assert share[0] > 1.05 * share[1]


def test_films_by_one_director_are_liked_by_the_same_people(corpus: Corpus) -> None:
    liked = np.zeros((corpus.user_count, len(FILMS)))
    liked[corpus.user_rows[corpus.likes], corpus.movie_rows[corpus.likes]] = 1
    often = np.flatnonzero(liked.sum(axis=0) >= 40)
    together = np.asarray(np.corrcoef(liked[:, often].T))  # (films, films)
    director = np.array([FILMS[row].directors[0] for row in often])
    same = (director[:, None] == director) & ~np.eye(len(often), dtype=np.bool_)
    years = np.array([FILMS[row].movie.year or 0 for row in often])
    near = ~same & (np.abs(years[:, None] - years) <= 10) & ~np.eye(len(often), dtype=np.bool_)
    assert same.sum() > 100
    assert together[same].mean() > together[near].mean() + 0.01


def test_films_of_which_nothing_is_known_are_rated_too_but_less() -> None:
    imported = [Movie(MovieId(500_000 + place), f"Film {place}", 1990, ("Drama",)) for place in range(40)]
    corpus = simulate([*load_starter(), *imported], people=200)
    raters = _raters(corpus)
    assert 0 < raters[-40:].mean() < raters[:-40].mean() / 4
    assert simulate(imported, people=3).user_count == 3


def test_needs_movies_and_people() -> None:
    with pytest.raises(ValueError, match="Received: 0 movies"):
        simulate([])
    with pytest.raises(ValueError, match="0 people"):
        simulate(load_starter(), people=0)


def _raters(corpus: Corpus) -> NDArray[np.int64]:
    return np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
