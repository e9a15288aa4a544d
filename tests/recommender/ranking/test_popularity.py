from __future__ import annotations

import numpy as np
import pytest

from recommender.data.statistics import assume_statistics, count_statistics
from recommender.domain import Because, Profile, Recommender
from recommender.evaluation.floors import fit_most_popular, fit_popular_in_genres
from recommender.ranking.popularity import BayesianMeanInGenres, MostPopular, PopularInGenres
from tests.recommender.contract import MOVIE_COUNT, RecommenderContract, contract_corpus
from tests.recommender.toys import toy_corpus, toy_movies


class TestMostPopular(RecommenderContract):
    @pytest.fixture
    def recommender(self) -> Recommender:
        return fit_most_popular(contract_corpus())


class TestPopularInGenres(RecommenderContract):
    @pytest.fixture
    def recommender(self) -> Recommender:
        return fit_popular_in_genres(contract_corpus())


class TestBayesianMeanInGenres(RecommenderContract):
    @pytest.fixture
    def recommender(self) -> Recommender:
        corpus = contract_corpus()
        return BayesianMeanInGenres(corpus.movies, count_statistics(corpus))


class TestPopularInGenresFromFameAlone(RecommenderContract):
    @pytest.fixture
    def recommender(self) -> Recommender:
        fame = np.geomspace(1e6, 1, MOVIE_COUNT)
        return PopularInGenres(toy_movies(MOVIE_COUNT), assume_statistics(fame))


LIKES = {1: [(0, 5.0), (1, 4.0), (2, 3.5)], 2: [(1, 4.5), (3, 5.0)], 3: [(1, 2.0)]}


def test_counts_likes_not_ratings() -> None:
    corpus = toy_corpus(5, LIKES)
    scores = MostPopular(corpus.movies, count_statistics(corpus)).score(Profile())
    assert scores == pytest.approx(np.log1p([1, 2, 0, 1, 0]))


def test_a_chosen_genre_is_worth_half_a_unit() -> None:
    corpus = toy_corpus(5, LIKES)
    floor = PopularInGenres(corpus.movies, count_statistics(corpus))
    gain = floor.score(Profile(genres=("Animation",))) - floor.score(Profile())
    assert gain == pytest.approx([0, 0, 0.5, 0, 0])


def test_bayesian_mean_draws_few_ratings_to_the_overall_mean() -> None:
    corpus = toy_corpus(5, LIKES)
    scores = BayesianMeanInGenres(corpus.movies, count_statistics(corpus)).score(Profile())
    overall = (5 + 4 + 3.5 + 4.5 + 5 + 2) / 6
    assert scores[1] == pytest.approx((10.5 + 5 * overall) / 8)
    assert scores[4] == pytest.approx(overall)


def test_names_the_only_chosen_genre_of_a_movie_as_the_reason() -> None:
    corpus = toy_corpus(5, LIKES)
    floor = PopularInGenres(corpus.movies, count_statistics(corpus))
    reasons = {line.movie_id: line.because for line in floor.recommend(Profile(genres=("Action",)), 5)}
    assert reasons[corpus.movies[0].id] == Because(genre="Action")
    assert reasons[corpus.movies[1].id] == Because()


def test_nothing_known_of_any_movie_still_gives_a_list() -> None:
    floor = PopularInGenres(toy_movies(5), assume_statistics(np.zeros(5)))
    assert [line.movie_id for line in floor.recommend(Profile(), 3)] == [100, 101, 102]


def test_fame_alone_tells_no_chance_of_a_like() -> None:
    floor = PopularInGenres(toy_movies(5), assume_statistics(np.arange(5.0)))
    assert {line.like_probability for line in floor.recommend(Profile(), 5)} == {None}
