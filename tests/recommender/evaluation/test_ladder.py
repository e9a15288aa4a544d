from __future__ import annotations

import numpy as np
import pytest

from recommender.data.onboarding import onboarding_genres, onboarding_masks
from recommender.domain import GENRES
from recommender.errors import CorpusError
from recommender.evaluation.ladder import FOLDS, build_ladder, refuse_leak, split_people
from tests.recommender.toys import toy_corpus


def test_folds_test_everyone_once_and_never_train_them() -> None:
    splits = [split_people(671, fold) for fold in range(FOLDS)]
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(671))
    for split in splits:
        assert not np.intersect1d(split.train, split.test).size
        assert len(split.train) + len(split.test) == 671


def test_validation_people_are_fifteen_percent_of_training() -> None:
    split = split_people(671, 0)
    assert len(split.validation) == int(0.15 * len(split.train))
    assert np.isin(split.validation, split.train).all()
    assert not np.intersect1d(split.tuning, split.validation).size


def test_split_follows_the_written_generators() -> None:
    split = split_people(10, 1)
    assert set(split.test) == set(np.random.default_rng(42).permutation(10)[1::5])
    assert set(split.validation) == {np.random.default_rng(44).permutation(split.train)[0]}


def test_refuses_a_fold_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"fold must be 0 to 4. Received: fold=5"):
        split_people(10, 5)


def test_rungs_reveal_the_first_ratings_with_their_stars() -> None:
    corpus = toy_corpus(30, {7: [(row, 0.5 + row % 9 / 2) for row in range(20)] + [(25, 4.0)]})
    newcomer = build_ladder(corpus, np.array([0])).newcomers[0]
    assert [len(newcomer.profile(k).ratings) for k in (0, 1, 3, 20)] == [0, 1, 3, 20]
    assert [rating.movie_id for rating in newcomer.profile(3).ratings] == [100, 101, 102]
    assert [rating.stars.value for rating in newcomer.profile(3).ratings] == [0.5, 1.0, 1.5]


def test_leaves_out_people_without_a_later_like() -> None:
    first = [(row, 5.0) for row in range(20)]
    corpus = toy_corpus(30, {1: first, 2: [*first, (20, 3.5)], 3: [*first, (20, 4.0)]})
    assert build_ladder(corpus, np.arange(3)).user_ids.tolist() == [3]


def test_genres_come_from_likes_then_ratings_then_order() -> None:
    genres = np.zeros((4, len(GENRES)), dtype=np.bool_)
    genres[0, 7] = genres[1, 4] = genres[2, 4] = genres[3, 3] = True
    chosen = onboarding_genres(genres, np.array([True, False, False, False]))
    assert chosen == (GENRES[7], GENRES[4], GENRES[3])
    assert onboarding_genres(genres[2:3], np.array([False])) == (GENRES[4],)


def test_equal_genre_weights_keep_the_order_of_genres() -> None:
    genres = np.eye(len(GENRES), dtype=np.bool_)[::-1]
    assert onboarding_genres(genres, np.ones(len(GENRES), dtype=np.bool_)) == GENRES[:3]


def test_refuses_judged_people_among_the_training_people() -> None:
    first = [(row, 5.0) for row in range(21)]
    corpus = toy_corpus(30, {1: first, 2: first, 3: first})
    ladder = build_ladder(corpus, np.array([2]))
    refuse_leak(corpus.only(np.array([0, 1])), ladder)
    with pytest.raises(CorpusError, match=r"judged people must not train. Received: 1 of them in both, first 3"):
        refuse_leak(corpus.only(np.array([1, 2])), ladder)


def test_a_large_ladder_can_be_a_seeded_sample_of_whom_it_would_judge() -> None:
    likers = {user: [(place, 4.0) for place in range(25)] for user in range(20)}
    corpus = toy_corpus(30, likers | {user: [(place, 2.0) for place in range(25)] for user in range(20, 60)})
    some = build_ladder(corpus, np.arange(60), most=7)
    assert len(some.newcomers) == 7
    assert list(some.user_ids) == list(build_ladder(corpus, np.arange(60), most=7).user_ids)
    assert set(some.user_ids) < set(build_ladder(corpus, np.arange(60)).user_ids)
    assert len(build_ladder(corpus, np.arange(60), most=20).newcomers) == 20


def test_masks_of_many_say_what_each_would_have_chosen() -> None:
    rng = np.random.default_rng(2)
    genres, likes = rng.random((300, len(GENRES))) < 0.1, rng.random(300) < 0.4
    firsts = np.array([0, 1, 21, 40, 290])
    masks = onboarding_masks(genres, likes, firsts)
    for person, start, stop in zip(range(5), firsts, [*firsts[1:], 300], strict=True):
        chosen = onboarding_genres(genres[start:stop], likes[start:stop])
        assert [GENRES[place] for place in np.flatnonzero(masks[person])] == sorted(chosen, key=GENRES.index)
