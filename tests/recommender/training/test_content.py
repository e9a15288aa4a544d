from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.content import build_content
from recommender.domain import GENRES
from recommender.training.content import (
    FEWEST_OF_PAIR,
    SERIES_PRIOR,
    ContentPrior,
    content_features,
    fit_content_prior,
    series_of,
)
from recommender.training.tables import learn_tables
from tests.recommender.movielens import movielens
from tests.recommender.toys import toy_corpus


def _genres(*names: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([[genre in those for genre in GENRES] for those in names])


def _drawn_from(
    promised: NDArray[np.float64], spread: float, counts: NDArray[np.int64], seed: int = 0
) -> NDArray[np.float64]:
    """Return each film's likes, its own rate spread around what is promised.  (movies,)"""
    generator = np.random.default_rng(seed)
    rates = np.clip(promised + spread * generator.standard_normal(len(promised)), 0.01, 0.99)
    return generator.binomial(counts, rates).astype(np.float64)


def test_every_film_has_its_genres_and_one_unit_of_years() -> None:
    features = content_features(_genres(("War",), ("War", "Drama"), ()), np.array([1995.0, 1890.0, 2050.0])).toarray()
    assert features[:, :18].tolist() == _genres(("War",), ("War", "Drama"), ()).astype(float).tolist()
    assert features[:, 18].tolist() == [0, 0, 1]  # no genre at all
    assert np.allclose(features[:, 19:].sum(axis=1), 1)
    assert np.flatnonzero(features[0, 19:]).tolist() == [7, 8]  # half 1990, half 2000


def test_only_usual_pairs_of_genres_count() -> None:
    twice = _genres(*[("War", "Drama")] * FEWEST_OF_PAIR, ("Comedy", "Horror"))
    features = content_features(twice, np.full(len(twice), 2000.0)).toarray()
    assert features.shape[1] == len(GENRES) + 1 + 1 + 11
    assert features[:, len(GENRES)].tolist() == [1] * FEWEST_OF_PAIR + [0]


def test_finds_what_genres_promise_and_how_far_films_stray_from_it() -> None:
    generator = np.random.default_rng(1)
    genres = np.eye(18, dtype=np.bool_)[generator.integers(0, 2, 3_000)]  # Action or Adventure
    promised = np.where(genres[:, 0], 0.3, 0.6)
    counts = generator.integers(0, 30, 3_000)
    likes = _drawn_from(promised, 0.15, counts)
    prior = fit_content_prior(
        content_features(genres, np.full(3_000, 2000.0)), np.full(3_000, -1), counts.astype(float), likes, likes
    )
    assert np.abs(prior.means - promised).max() < 0.03
    assert 0.22 / 0.15**2 * 0.7 < prior.ratings < 0.22 / 0.15**2 * 1.3  # variance within over variance between


def test_trusts_content_where_films_stray_little() -> None:
    genres, counts = np.eye(18, dtype=np.bool_)[np.arange(2_000) % 18], np.full(2_000, 10)
    features, promised = (
        content_features(genres, np.full(2_000, 2000.0)),
        np.linspace(0.3, 0.7, 18)[np.arange(2_000) % 18],
    )
    weights = []
    for spread in (0.02, 0.1, 0.25):
        likes = _drawn_from(promised, spread, counts)
        weights.append(fit_content_prior(features, np.full(2_000, -1), counts.astype(float), likes, likes).ratings)
    assert weights == sorted(weights, reverse=True)


def test_draws_few_ratings_to_the_promise_and_many_hardly() -> None:
    prior = ContentPrior(np.array([0.4, 0.4, 0.4]), 10.0)
    drawn = prior.drawn(np.array([0.0, 10.0, 1_000.0]), np.array([0.0, 10.0, 1_000.0]))
    assert drawn.tolist() == pytest.approx([0.4, 0.7, 1004 / 1010])


@pytest.mark.parametrize("stars", [1.0, 5.0])
def test_one_film_that_all_rate_alike_is_no_trouble(stars: float) -> None:
    tables = learn_tables(toy_corpus(3, {user: [(0, stars)] for user in range(5)})).tables
    for name in ("like_odds", "mean_stars"):
        assert np.isfinite(tables[name]).all()
        assert np.allclose(tables[name], tables[name][0])


def test_a_film_nobody_rated_is_expected_to_be_liked_as_its_kind_is() -> None:
    generator = np.random.default_rng(2)
    people = {}
    for user in range(60):
        rows = generator.permutation(54)[:30]
        people[user] = [
            (int(row), 5.0 if generator.random() < (0.8 if row % 18 == 3 else 0.3) else 2.0) for row in rows
        ]
    corpus = toy_corpus(72, people)  # the last 18 films have no rating; row % 18 is the genre
    odds = learn_tables(corpus).tables["like_odds"][54:]
    assert odds.argmax() == 3
    assert Catalogue(corpus.movies).genres[54 + 3, 3]


def test_a_film_nobody_rated_is_expected_to_be_liked_as_what_shares_its_features() -> None:
    generator = np.random.default_rng(3)
    people = {
        user: [(int(row), 5.0 if generator.random() < (0.8 if row % 2 else 0.2) else 2.0) for row in range(54)]
        for user in range(40)
    }
    corpus = toy_corpus(72, people)  # the last 18 films have no rating
    names = ["director:Good" if row % 2 else "director:Bad" for row in range(72)]
    odds = learn_tables(corpus.knowing(build_content([[name] for name in names]))).tables["like_odds"][54:]
    blind = learn_tables(corpus).tables["like_odds"][54:]
    assert (odds[1::2] - odds[::2]).min() > 1 > (blind[1::2] - blind[::2]).max()


def test_what_is_in_too_few_films_promises_nothing() -> None:
    genres, years = _genres(*[("Drama",)] * 4), np.full(4, 2000.0)
    content = build_content([["director:Two"], ["director:Two"], ["tag:one"], []])
    found = content_features(genres, years, content)
    assert found.shape[1] == content_features(genres, years).shape[1] + 1
    assert found.toarray()[:, -1].tolist() == [1, 1, 1, 0]  # that anything is known at all


@pytest.mark.parametrize(
    "titles",
    [
        ("Rocky", "Rocky II", "Rocky IV"),
        ("Matrix, The", "Matrix: Reloaded"),
        ("Toy Story", "Toy Story 2"),
        ("Star Wars: Episode IV - A New Hope", "Star Wars: Episode V - The Empire Strikes Back"),
        ("Godfather, The", "Godfather: Part III, The"),
        ("Harry Potter and the Goblet of Fire", "Harry Potter and the Chamber of Secrets"),
        ("Amélie (Fabuleux destin d'Amélie Poulain, Le)", "Amélie 2"),
        ("X-Men", "X-Men: The Last Stand"),
        ("V for Vendetta", "V for Vendetta 2"),
        ("3 Ninjas", "3 Ninjas: High Noon On Mega Mountain"),
    ],
)
def test_films_of_a_series_share_its_number(titles: tuple[str, ...]) -> None:
    assert set(series_of([*titles, "Heat", "Alien"]).tolist()) == {0, -1}
    assert series_of([*titles, "Heat"]).tolist() == [0] * len(titles) + [-1]


def test_a_word_that_many_titles_begin_with_is_no_series() -> None:
    assert series_of([f"Love: {number}" for number in range(30)]).tolist() == [-1] * 30


def test_a_new_film_gains_by_the_others_of_its_series_and_none_by_itself() -> None:
    counts = np.array([0.0, 1_000.0, 1_000.0, 1_000.0])
    likes = np.array([0.0, 800.0, 400.0, 400.0])
    features = content_features(_genres(*[("Drama",)] * 4), np.full(4, 2000.0))
    alone = fit_content_prior(features, np.array([-1, -1, -1, -1]), counts, likes, likes)
    prior = fit_content_prior(features, np.array([0, 0, -1, -1]), counts, likes, likes)
    gained = (0.8 - alone.means[1]) / (1 + SERIES_PRIOR)
    assert prior.means[0] == pytest.approx(alone.means[0] + gained, abs=1e-3)
    assert prior.means[1:].tolist() == alone.means[1:].tolist()


def test_content_tells_films_kept_from_training_apart() -> None:
    corpus = movielens()
    catalogue, years = Catalogue(corpus.movies), np.array([movie.year or 1995 for movie in corpus.movies], dtype=float)
    new = np.random.default_rng(5).random(len(corpus.movies)) < 0.1
    counts = np.bincount(corpus.movie_rows, minlength=len(new)).astype(float)
    likes = np.bincount(corpus.movie_rows, weights=corpus.likes, minlength=len(new))
    features = content_features(catalogue.genres, years)
    series = series_of(movie.title for movie in corpus.movies)
    prior = fit_content_prior(
        features, series, np.where(new, 0, counts), np.where(new, 0, likes), np.where(new, 0, likes)
    )
    known = new & (counts >= 5)
    assert np.corrcoef(prior.means[known], likes[known] / counts[known])[0, 1] > 0.3
