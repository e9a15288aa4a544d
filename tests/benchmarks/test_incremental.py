"""The benchmark of incremental training: what the old bundle may know, and what is made of the three results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.incremental import Outcome, as_figures, before
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import evaluate
from tests.recommender.toys import toy_corpus
from tests.recommender.wanted import Wanted


def test_the_old_bundle_knows_neither_later_ratings_nor_films_first_rated_later() -> None:
    corpus = toy_corpus(5, {1: [(0, 5.0), (1, 4.0), (2, 3.0)], 2: [(1, 5.0), (0, 1.0)]})
    old = before(corpus, until=1)
    assert [movie.id for movie in old.movies] == [100, 101, 103, 104], "104 and 103 nobody ever rated"
    assert old.times.max() == 1
    assert old.rating_count == 4
    assert list(old.user_ids) == [1, 2]


def outcome_with(rows: dict[str, int]) -> Outcome:
    corpus = toy_corpus(60, {user: [*((row, 3.0) for row in range(20)), (55, 5.0)] for user in range(10)})
    ladder, train = build_ladder(corpus, np.arange(5)), corpus.only(np.arange(5, 10))
    results = {name: evaluate(Wanted(60, row), ladder, train) for name, row in rows.items()}
    return Outcome(results, full_s=30.0, incremental_s=5.0)


def test_figures_say_what_is_kept_and_how_much_faster() -> None:
    good = outcome_with({"stale": 40, "full": 55, "incremental": 55})
    figures = {figure.name: figure for figure in as_figures([good, replace(good, full_s=10.0)])}
    assert figures["incremental / full, mean NDCG@10"].value == 1
    assert figures["incremental / full, mean NDCG@10"].is_reached
    assert figures["full / incremental, time"].runs == (6.0, 2.0)
    assert not figures["full / incremental, time"].is_reached
    assert figures["mean NDCG@10, stale"].value < figures["mean NDCG@10, full"].value
