from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.new_films import (
    CHOSEN_WEIGHTS,
    GenrePrior,
    choose_new_films,
    judge_new_films,
    pool_new_films,
    released_later,
)
from tests.recommender.movielens import movielens
from tests.recommender.toys import toy_corpus

MOVIES = 120


def lively_corpus(people: int = 60) -> Corpus:
    """Return people who rate 70 of 120 films, and like what is in every other round of genres."""
    generator = np.random.default_rng(4)
    return toy_corpus(
        MOVIES,
        {
            user: [(int(row), 5.0 if row // 18 % 2 else 2.0) for row in generator.permutation(MOVIES)[:70]]
            for user in range(people)
        },
    )


class Oracle:
    """Knows which films are liked; lists the last films first once the dial is turned."""

    trained_on: Corpus

    def __call__(self, corpus: Corpus) -> Oracle:
        self.trained_on = corpus
        return self

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
        return np.where(movie_rows // 18 % 2 == 1, 0.9, 0.1)

    def score_many(self, profiles: Sequence[Profile], *, novelty: float = 0.0) -> NDArray[np.float32]:
        known = np.bincount(self.trained_on.movie_rows, minlength=MOVIES) > 0
        return np.tile((np.where(known, 1.0, 2 * novelty)).astype(np.float32), (len(profiles), 1))


def test_one_in_ten_rated_films_is_new_whatever_their_fame() -> None:
    corpus = movielens()
    new, counts = choose_new_films(corpus), np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
    assert counts[new].min() > 0
    assert new.sum() == (counts > 0).sum() // 10
    assert counts[new].sum() / counts.sum() == pytest.approx(0.1, abs=0.01)
    assert np.array_equal(new, choose_new_films(corpus))


def test_new_films_come_out_after_the_first_ratings_of_others() -> None:
    new = np.zeros(8, dtype=np.bool_)
    new[[6, 7]] = True
    people = {1: [(6, 5.0), (0, 4.0), (1, 3.0), (7, 2.0), (2, 5.0)], 2: [(3, 4.0), (6, 5.0), (7, 5.0)]}
    later = released_later(toy_corpus(8, people), new, history=2)
    assert later.user_ids.tolist() == [1]  # the other rated one film besides
    assert later.movie_rows.tolist() == [0, 1, 7, 2]


def test_the_genre_prior_is_the_mean_of_the_genres_shares_and_the_choice() -> None:
    people = {user: [(0, 5.0), (1, 5.0 if user < 5 else 1.0), (2, 1.0)] for user in range(20)}
    prior = GenrePrior(toy_corpus(5, people), 0.4)  # one genre each; the last two genres have no rating
    chances = prior.like_probabilities(Profile(), np.arange(5))
    assert chances[:3].tolist() == pytest.approx([(20 + 5 * 5 / 12) / 25, (5 + 5 * 5 / 12) / 25, (5 * 5 / 12) / 25])
    assert chances[3:].tolist() == pytest.approx([5 / 12, 5 / 12])
    chosen = prior.like_probabilities(Profile(("Action",)), np.array([0]))
    odds = [chance / (1 - chance) for chance in (chances[0], chosen[0])]
    assert np.log(odds[1] / odds[0]) == pytest.approx(0.4)


def test_nothing_of_a_new_film_reaches_training_or_a_profile() -> None:
    corpus, oracle = lively_corpus(), Oracle()
    new = choose_new_films(corpus)
    result = judge_new_films(oracle, corpus, 0)
    assert not new[oracle.trained_on.movie_rows].any()
    assert not np.isin(np.unique(result.ours[0].people), oracle.trained_on.user_ids).any()


def test_only_new_films_are_asked_about_and_the_dial_brings_them_into_lists() -> None:
    corpus = lively_corpus()
    result = pool_new_films([judge_new_films(Oracle(), corpus, fold) for fold in (0, 1)])
    assert result.natural == choose_new_films(corpus).mean() == 0.1
    for k, answers in result.ours.items():
        assert len(answers.liked) == len(result.prior[k].liked)
        assert ((answers.chances > 0.5) == answers.liked).all()
    assert result.shares[0.0].mean() == 0
    assert result.shares[1.0].mean() == 1


def test_validation_people_choose_the_priors_weight_and_nobody_else() -> None:
    result = judge_new_films(Oracle(), lively_corpus(), 0, on_validation=True)
    assert len(np.unique(result.ours[0].people)) == int(0.15 * 48)
    assert len(CHOSEN_WEIGHTS) > 1
