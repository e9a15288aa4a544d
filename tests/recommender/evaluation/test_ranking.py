from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.data.metrics import first_rank, top_rows
from recommender.domain import Profile
from recommender.errors import CorpusError
from recommender.evaluation.floors import fit_most_popular, fit_popular_in_genres
from recommender.evaluation.ladder import RUNGS, build_ladder, split_people
from recommender.evaluation.ranking import Scorer, evaluate, pool
from tests.recommender.movielens import movielens
from tests.recommender.toys import toy_corpus

MOVIES = 34


@dataclass
class FirstRowsFirst:
    """Prefers the movie with the smaller row, whoever asks, and remembers who asked."""

    movie_count: int = MOVIES
    asked: list[Profile] = field(default_factory=list)

    def score(self, profile: Profile) -> NDArray[np.float32]:
        self.asked.append(profile)
        return np.arange(self.movie_count, 0, -1, dtype=np.float32)


@dataclass
class ManyAtOnce(FirstRowsFirst):
    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        return np.stack([self.score(profile) for profile in profiles])


def three_people() -> Corpus:
    """Three judged people (1 to 3), one without targets (4) and one who trains (5)."""
    first = [(row, 4.0) for row in range(20)]
    return toy_corpus(
        MOVIES,
        {
            1: [*first, (20, 4.0), (21, 3.5), (22, 5.0)],  # targets at ranks 1 and 3
            2: [*first[:19], (20, 1.0), (22, 4.0)],  # candidates 19, 21, 22, ...: target at rank 3
            3: [*first, (33, 4.5)],  # the last of 14 candidates
            4: [*first, (33, 3.5)],
            5: [(0, 4.0), (30, 4.0)],
        },
    )


def test_toy_ladder_has_the_numbers_computed_by_hand() -> None:
    corpus = three_people()
    result = evaluate(FirstRowsFirst(), build_ladder(corpus, np.arange(4)), corpus.only(np.array([4])))
    assert result.user_ids.tolist() == [1, 2, 3]
    for rung in range(len(RUNGS)):
        # (1 + 1/2) / (1 + 1/log2(3)), 1/2, 0
        assert result.ndcg[rung] == pytest.approx([0.919721, 0.5, 0.0], abs=1e-6)
        assert result.recall[rung].tolist() == [1, 1, 0]
        assert result.hit[rung].tolist() == [1, 1, 0]
        assert result.mrr[rung] == pytest.approx([1, 1 / 3, 1 / 14])
        assert result.coverage[rung] == pytest.approx(11 / MOVIES)  # rows 19 to 29
        assert result.lists[rung, 1].tolist() == [19, *range(21, 30)]
        # One person trains: a movie nobody rated carries log2(2) = 1 bit, a rated one none.
        assert result.novelty[rung] == pytest.approx([1, 1, 1])


def test_every_rung_shows_the_scorer_its_ratings_alone() -> None:
    corpus, scorer = three_people(), FirstRowsFirst()
    evaluate(scorer, build_ladder(corpus, np.arange(4)), corpus.only(np.array([4])))
    assert [len(profile.ratings) for profile in scorer.asked] == [k for k in RUNGS for _ in range(3)]


def test_many_at_once_are_judged_like_one_by_one() -> None:
    corpus = three_people()
    ladder, train = build_ladder(corpus, np.arange(4)), corpus.only(np.array([4]))
    one, many = evaluate(FirstRowsFirst(), ladder, train), evaluate(ManyAtOnce(), ladder, train)
    assert (one.ndcg == many.ndcg).all()
    assert (one.lists == many.lists).all()


def test_catches_a_planted_leak() -> None:
    corpus = three_people()
    ladder = build_ladder(corpus, np.arange(4))
    one_of_them = corpus.only(np.array([2, 4]))
    with pytest.raises(CorpusError, match="judged people must not train"):
        evaluate(fit_most_popular(one_of_them), ladder, one_of_them)
    with pytest.raises(CorpusError, match="judged people must not train"):
        evaluate(FirstRowsFirst(), ladder, corpus)


def test_refuses_scores_of_another_shape_or_without_value() -> None:
    corpus = three_people()
    ladder, train = build_ladder(corpus, np.arange(4)), corpus.only(np.array([4]))
    with pytest.raises(ValueError, match="scores must be"):
        evaluate(FirstRowsFirst(MOVIES - 1), ladder, train)


def test_pooled_folds_hold_everyone() -> None:
    corpus = three_people()
    train = corpus.only(np.array([4]))
    parts = [evaluate(FirstRowsFirst(), build_ladder(corpus, np.array([row])), train) for row in range(3)]
    whole = pool(parts)
    assert whole.user_ids.tolist() == [1, 2, 3]
    assert whole.ndcg.shape == (len(RUNGS), 3)
    assert whole.coverage == pytest.approx(10 / MOVIES)


def test_equal_scores_keep_row_order_in_lists_and_share_the_better_rank() -> None:
    scores = np.array([1, 3, 2, 3, 2, 2], dtype=np.float32)
    assert top_rows(scores, 4).tolist() == [1, 3, 2, 4]
    assert first_rank(scores, np.array([3, 5])) == 1
    assert first_rank(scores, np.array([5])) == 3


CHECK_VALUES = [
    (0, 124, fit_most_popular, (0.2463, 0.2391, 0.6048, 0.4273)),
    (1, 126, fit_most_popular, (0.2637, 0.2538, 0.7222, 0.4398)),
    (2, 123, fit_most_popular, (0.3137, 0.3155, 0.7154, 0.4501)),
    (3, 126, fit_most_popular, (0.2714, 0.2715, 0.7857, 0.4424)),
    (4, 128, fit_most_popular, (0.2398, 0.2255, 0.6562, 0.4275)),
    (0, 124, fit_popular_in_genres, (0.2529, 0.2396, 0.6371, 0.4524)),
    (1, 126, fit_popular_in_genres, (0.2725, 0.2590, 0.7460, 0.4605)),
    (2, 123, fit_popular_in_genres, (0.3202, 0.3111, 0.7642, 0.4915)),
    (3, 126, fit_popular_in_genres, (0.2796, 0.2804, 0.7778, 0.4462)),
    (4, 128, fit_popular_in_genres, (0.2453, 0.2363, 0.6875, 0.4299)),
]


@pytest.mark.movielens
@pytest.mark.parametrize(("fold", "people", "fit", "expected"), CHECK_VALUES)
def test_ml_latest_small_has_the_check_values(
    fold: int, people: int, fit: Callable[[Corpus], Scorer], expected: tuple[float, ...]
) -> None:
    corpus = movielens()
    split = split_people(corpus.user_count, fold)
    ladder, train = build_ladder(corpus, split.test), corpus.only(split.train)
    result = evaluate(fit(train), ladder, train)
    assert len(ladder.newcomers) == people
    for rung in range(len(RUNGS)):
        means = [result.metric(name)[rung].mean() for name in ("ndcg", "recall", "hit", "mrr")]
        # Equal like counts at the lists' edge move the third digit; one hit weighs 0.008.
        assert means[:2] == pytest.approx(expected[:2], abs=0.0025)
        assert means[2] == pytest.approx(expected[2], abs=0.009)
        assert means[3] == pytest.approx(expected[3], abs=0.001)
