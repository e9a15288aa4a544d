"""Chances of a like from those who know the people."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.corpus import Corpus
from recommender.evaluation.likes import roc_auc, split_last_ratings
from tests.recommender.toys import toy_corpus

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return two camps: even films please the ones and odd films the others."""
    generator = np.random.default_rng(5)
    people = {
        user: [(int(row), 4.5 if (row + user) % 2 else 2.0) for row in generator.permutation(60)[:30]]
        for user in range(40)
    }
    return toy_corpus(60, people)


def test_known_people_are_folded_in_from_what_they_rated(corpus: Corpus) -> None:
    from benchmarks.likes_known import chances_of, means_of

    liked = corpus.likes[split_last_ratings(corpus)]
    assert roc_auc(chances_of(corpus), liked) > 0.95
    assert roc_auc(means_of(corpus), liked) < 0.8


def test_what_is_judged_is_not_looked_at(corpus: Corpus) -> None:
    from dataclasses import replace

    from benchmarks.likes_known import chances_of

    judged = split_last_ratings(corpus)
    other = replace(corpus, stars=np.where(judged, 6.5 - corpus.stars, corpus.stars).astype(np.float32))
    np.testing.assert_array_equal(chances_of(corpus), chances_of(other))


@pytest.mark.parametrize("is_running", [True, False])
def test_networks_are_told_nothing_of_what_is_judged(corpus: Corpus, is_running: bool) -> None:
    from dataclasses import replace

    from benchmarks import likes_peers

    judged = split_last_ratings(corpus)
    other = replace(corpus, stars=np.where(judged, 6.5 - corpus.stars, corpus.stars).astype(np.float32))
    for one, two in zip(
        likes_peers.describe(corpus, judged, is_running=is_running),
        likes_peers.describe(other, judged, is_running=is_running),
        strict=True,
    ):
        assert one.keys() == two.keys()
        assert all(np.array_equal(one[name], two[name]) for name in one)


def test_every_network_gives_a_chance_of_each_judged_rating(corpus: Corpus) -> None:
    from benchmarks.likes_peers import NETWORKS, WAYS, fit_network

    judged = split_last_ratings(corpus)
    for name in NETWORKS:
        losses, chances = fit_network(name, corpus, judged, WAYS[0], epochs=1)
        assert len(losses) == 1
        assert chances.shape == (judged.sum(),)
        assert ((chances >= 0) & (chances <= 1)).all()
        assert np.ptp(chances) > 0 or not NETWORKS[name][1]  # years as they are drown all else where ratings are few
