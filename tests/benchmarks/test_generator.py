"""Generated corpora: as large as asked for, the same every time, and like ml-latest-small in what scale depends on."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.generator import FEWEST_FILMS, MOST_FILMS, MOST_PEOPLE, film_count, generate
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus, corpus_digest
from recommender.domain import GENRES
from tests.recommender.movielens import movielens

DAY_S = 86_400
# How far a generated corpus may lie from the real one, in the statistic's own unit.
BANDS = {
    "ratings of the top 1 % of films": 0.04,
    "ratings of the top 10 % of films": 0.06,
    "films with fewer than 5 ratings": 0.06,
    "ratings on the first day": 0.08,
    "people of one day": 0.08,
    "likes": 0.04,
    "mean stars": 0.08,
    "deviation of stars": 0.08,
    "deviation of people's means": 0.1,
    "deviation of known films' means": 0.06,
    "half stars": 0.08,
    "genres of a rated film": 0.25,
}
# The same as a ratio to the real one, either way.
RATIOS = {
    "ratings": 1.1,
    "people": 1.01,
    "films": 1.01,
    "median ratings of a person": 1.2,
    "90th percentile of ratings of a person": 1.15,
    "99th percentile of ratings of a person": 1.25,
    "median years from film to rating": 1.3,
    "first ratings, how much better known": 1.3,
}
GENRE_BAND = 0.04


def statistics_of(corpus: Corpus) -> dict[str, float]:
    """Return what MovieLens' shape comes down to."""
    lengths, people = np.diff(corpus.starts), corpus.user_rows
    raters = np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
    by_fame = np.sort(raters)[::-1] / corpus.rating_count
    first_times, last_times = corpus.times[corpus.starts[:-1]], corpus.times[corpus.starts[1:] - 1]
    years = np.array([movie.year or 2000 for movie in corpus.movies])
    ages = 1970 + corpus.times / (365.25 * DAY_S) - years[corpus.movie_rows]
    fame, turn = np.log(raters[corpus.movie_rows]), np.arange(len(people)) - corpus.starts[people]
    known = raters >= 20
    return {
        "ratings": corpus.rating_count,
        "people": corpus.user_count,
        "films": len(corpus.movies),
        "ratings of the top 1 % of films": by_fame[: len(by_fame) // 100].sum(),
        "ratings of the top 10 % of films": by_fame[: len(by_fame) // 10].sum(),
        "films with fewer than 5 ratings": (raters < 5).mean(),
        "median ratings of a person": float(np.median(lengths)),
        "90th percentile of ratings of a person": float(np.quantile(lengths, 0.9)),
        "99th percentile of ratings of a person": float(np.quantile(lengths, 0.99)),
        "ratings on the first day": (corpus.times - first_times[people] < DAY_S).mean(),
        "people of one day": (last_times - first_times < DAY_S).mean(),
        "likes": corpus.likes.mean(),
        "mean stars": float(corpus.stars.mean()),
        "deviation of stars": float(corpus.stars.std()),
        "deviation of people's means": float((np.bincount(people, weights=corpus.stars) / lengths).std()),
        "deviation of known films' means": float(means_of_films(corpus, raters)[known].std()),
        "half stars": (corpus.stars % 1 == 0.5).mean(),
        "genres of a rated film": genre_shares(corpus).sum(),
        "median years from film to rating": float(np.median(ages)),
        "first ratings, how much better known": float(np.exp(fame[turn < 20].mean() - fame[turn >= 20].mean())),
    }


def means_of_films(corpus: Corpus, raters: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return the mean stars of each film, zero without ratings.  (movies,)"""
    sums = np.bincount(corpus.movie_rows, weights=corpus.stars, minlength=len(corpus.movies))
    return np.asarray(sums / np.maximum(1, raters))


def genre_shares(corpus: Corpus) -> NDArray[np.float64]:
    """Return which share of ratings goes to films of each genre.  (genres,)"""
    return np.asarray(Catalogue(corpus.movies).genres[corpus.movie_rows].mean(axis=0))


@pytest.mark.long("as many ratings as ml-latest-small has")
@pytest.mark.movielens
def test_generated_ratings_are_shaped_like_movielens() -> None:
    real, made = movielens(), generate(100_000)
    wanted, got = statistics_of(real), statistics_of(made)
    assert set(BANDS) | set(RATIOS) == set(wanted)
    off = {name: (wanted[name], got[name]) for name, band in BANDS.items() if abs(wanted[name] - got[name]) > band}
    off |= {name: (wanted[name], got[name]) for name, most in RATIOS.items() if not within(wanted, got, name, most)}
    genres = zip(GENRES, genre_shares(real), genre_shares(made), strict=True)
    off |= {name: (one, other) for name, one, other in genres if abs(one - other) > GENRE_BAND}
    assert not off


def within(wanted: dict[str, float], got: dict[str, float], name: str, most: float) -> bool:
    """Tell whether two values are at most that ratio apart."""
    return 1 / most <= got[name] / wanted[name] <= most


def test_the_same_seed_gives_the_same_ratings_and_another_gives_others() -> None:
    assert corpus_digest(generate(20_000, seed=3)) == corpus_digest(generate(20_000, seed=3))
    assert corpus_digest(generate(20_000, seed=3)) != corpus_digest(generate(20_000, seed=4))


def test_a_person_rates_each_film_once_in_order_of_time_and_none_before_it_is_made() -> None:
    corpus = generate(50_000)
    pairs = corpus.user_rows.astype(np.int64) * len(corpus.movies) + corpus.movie_rows
    assert len(np.unique(pairs)) == corpus.rating_count
    assert all((np.diff(corpus.times[corpus.of_user(user)]) >= 0).all() for user in range(corpus.user_count))
    years = np.array([movie.year or 0 for movie in corpus.movies])
    assert (1970 + corpus.times / (365.25 * DAY_S) + 0.01 >= years[corpus.movie_rows]).all()
    assert all(movie.genres for movie in corpus.movies)


def test_the_catalogue_grows_with_the_ratings_up_to_that_of_the_largest_release() -> None:
    assert film_count(100_000) == FEWEST_FILMS
    assert abs(film_count(32_000_000) / MOST_FILMS - 1) < 0.01
    assert film_count(10**9) == MOST_FILMS
    assert 32_000_000 / MOST_PEOPLE == 160


def test_too_few_ratings_for_a_person_are_refused() -> None:
    with pytest.raises(ValueError, match=r"at least 149\. Received: 10"):
        generate(10)


def test_light_raters_give_little_more_than_the_site_demands() -> None:
    light = generate(20_000, per_person=30)
    assert np.median(np.diff(light.starts)) < 30 < np.median(np.diff(generate(20_000).starts))
    with pytest.raises(ValueError, match=r"above 19\. Received: 19"):
        generate(20_000, per_person=19)
