from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.errors import CorpusError
from recommender.evaluation.ladder import RUNGS, split_people
from recommender.evaluation.likes import (
    FilmAndPersonMeans,
    LikeAnswers,
    calibration_error,
    fit_and_judge,
    judge_newcomers,
    measure_likes,
    reliability,
    roc_auc,
    sample_judges,
    split_last_ratings,
)
from tests.recommender.movielens import movielens
from tests.recommender.toys import toy_corpus


def answers_of(chances: list[float], liked: list[bool], people: list[int] | None = None) -> LikeAnswers:
    return LikeAnswers(np.array(people or [0] * len(liked)), np.array(chances), np.array(liked))


def test_metrics_are_those_computed_by_hand() -> None:
    metrics = measure_likes(answers_of([0.9, 0.6, 0.4, 0.2], [True, False, True, False], [1, 1, 2, 2]))
    assert metrics.auc == pytest.approx(3 / 4)
    assert metrics.person_auc == 1
    assert metrics.accuracy == pytest.approx(1 / 2)
    assert metrics.log_loss == pytest.approx(-np.log([0.9, 0.4, 0.4, 0.8]).mean())
    assert metrics.calibration_error == pytest.approx((0.1 + 0.6 + 0.6 + 0.2) / 4)


def test_equal_scores_count_half() -> None:
    assert roc_auc(np.array([1.0, 1.0, 1.0]), np.array([True, False, False])) == pytest.approx(0.5)
    assert roc_auc(np.array([2.0, 1.0, 1.0]), np.array([False, True, False])) == pytest.approx(0.25)


def test_people_with_one_kind_of_rating_have_no_curve() -> None:
    metrics = measure_likes(answers_of([0.9, 0.8, 0.3], [True, True, True]))
    assert np.isnan(metrics.auc)
    assert np.isnan(metrics.person_auc)
    assert metrics.accuracy == pytest.approx(2 / 3)


def test_honest_chances_are_calibrated_and_sure_ones_are_not() -> None:
    generator = np.random.default_rng(1)
    truth = generator.random(30_000)
    liked = generator.random(30_000) < truth
    assert calibration_error(reliability(LikeAnswers(np.zeros(30_000, dtype=np.int64), truth, liked))) < 0.01
    sure = np.where(truth > 0.5, 0.99, 0.01)
    assert calibration_error(reliability(LikeAnswers(np.zeros(30_000, dtype=np.int64), sure, liked))) > 0.2


def test_bins_hold_equal_counts() -> None:
    bins = reliability(answers_of(list(np.linspace(0, 1, 46)), [True] * 46))
    assert len(bins) == 15
    assert {part.count for part in bins} == {3, 4}
    assert [part.mean_chance for part in bins] == sorted(part.mean_chance for part in bins)


def test_a_wrong_certainty_costs_much_but_not_without_bound() -> None:
    assert np.isfinite(measure_likes(answers_of([0.0, 1.0], [True, False])).log_loss)


def test_refuses_what_is_no_chance() -> None:
    with pytest.raises(ValueError, match=r"chances must be in \[0, 1\]"):
        measure_likes(answers_of([1.2], [True]))
    with pytest.raises(ValueError, match="0 ratings"):
        measure_likes(answers_of([], []))


@dataclass
class Remembering:
    asked: list[tuple[int, list[int]]] = field(default_factory=list)

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
        self.asked.append((len(profile.ratings), movie_rows.tolist()))
        return np.full(len(movie_rows), 0.5)


def test_newcomers_are_asked_about_all_they_rated_later() -> None:
    first = [(row, 4.0) for row in range(20)]
    corpus = toy_corpus(30, {1: [*first, (21, 1.0), (25, 5.0)], 2: first, 3: [*first, (29, 2.0)]})
    scorer = Remembering()
    answers = judge_newcomers(scorer, corpus, np.arange(3))
    assert scorer.asked == [(k, rows) for k in RUNGS for rows in ([21, 25], [29])]
    assert answers[5].people.tolist() == [1, 1, 3]
    assert answers[5].liked.tolist() == [False, True, False]


def test_a_planted_leak_is_caught_before_anything_is_fitted() -> None:
    corpus = toy_corpus(4, {user: [(0, 5.0), (1, 2.0)] for user in range(3)})

    def fit(train: Corpus) -> FilmAndPersonMeans:
        raise AssertionError("fitted on a judge's ratings")

    with pytest.raises(CorpusError, match=r"judged people must not train\. Received: 1 of them in both, first 1"):
        fit_and_judge(fit, corpus, np.array([0, 1]), np.array([1, 2]))


def test_judges_ratings_are_no_part_of_what_is_fitted() -> None:
    corpus = toy_corpus(4, {user: [(0, 5.0), (1, 2.0)] for user in range(3)})
    seen = list[int]()

    def fit(train: Corpus) -> FilmAndPersonMeans:
        seen.extend(train.user_ids)
        return FilmAndPersonMeans(train)

    answers = fit_and_judge(fit, corpus, np.array([0, 2]), np.array([1]), rungs=(0, 1))
    assert seen == [0, 2]
    assert set(answers[1].people) == {1}


def test_generous_people_get_higher_chances() -> None:
    corpus = toy_corpus(4, {user: [(0, 5.0), (1, 1.0), (2, 4.0), (3, 2.0)] for user in range(10)})
    means, rows = FilmAndPersonMeans(corpus), np.arange(4)
    stranger = means.like_probabilities(Profile(), rows)
    assert stranger[0] > 0.5 > stranger[1]
    fan = judge_newcomers(means, toy_corpus(4, {1: [(1, 5.0), (0, 5.0)]}), np.array([0]), rungs=(0, 1))
    assert fan[1].chances[0] > fan[0].chances[0]


def test_known_people_are_judged_on_their_last_fifth() -> None:
    corpus = toy_corpus(30, {1: [(row, 4.0) for row in range(10)], 2: [(row, 4.0) for row in range(4)]})
    assert np.flatnonzero(split_last_ratings(corpus)).tolist() == [8, 9]


@pytest.mark.movielens
def test_means_of_film_and_person_know_something_on_real_people() -> None:
    corpus = movielens()
    split = split_people(corpus.user_count, 0)
    answers = judge_newcomers(FilmAndPersonMeans(corpus.only(split.train)), corpus, split.test)
    metrics = [measure_likes(answers[k]) for k in RUNGS]
    assert 0.65 < metrics[0].auc < metrics[-1].auc < 0.8
    assert metrics[-1].log_loss < metrics[0].log_loss < 0.69


def test_judges_are_a_seeded_sample_of_those_with_ratings_left_to_judge() -> None:
    corpus = toy_corpus(30, {user: [(row, 4.0) for row in range(20 + user % 2)] for user in range(40)})
    everyone = sample_judges(corpus, np.arange(40), None)
    assert everyone.tolist() == list(range(1, 40, 2))
    some = sample_judges(corpus, np.arange(40), 5)
    assert some.tolist() == sample_judges(corpus, np.arange(40), 5).tolist() == sorted(set(some.tolist()))
    assert len(some) == 5
    assert set(some.tolist()) < set(everyone.tolist())
    assert sample_judges(corpus, np.arange(3), 5).tolist() == [1]
