"""Papers' figures beside ours: stars dealt out at random, and people's areas weighted by their ratings."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.published import LIKES, STARS, beside, stars_page, weighted_area
from recommender.data.corpus import Corpus
from recommender.evaluation.likes import LikeAnswers
from tests.recommender.toys import toy_corpus

pytest.importorskip("surprise", reason="needs the extra `bench`")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return two camps: even films please the ones and odd films the others."""
    generator = np.random.default_rng(5)
    people = {
        user: [(int(row), 4.5 if (row + user) % 2 else 2.0) for row in generator.permutation(40)[:30]]
        for user in range(60)
    }
    return toy_corpus(40, people)


def test_factors_see_camps_that_biases_do_not(corpus: Corpus) -> None:
    from benchmarks.stars import Factors, deal_ratings, factorise, predict_biases, root_mean_square

    judged = deal_ratings(corpus, 1)
    assert 0.05 < judged.mean() < 0.15
    biases = root_mean_square(predict_biases(corpus, ~judged, judged), corpus, judged)
    factors = root_mean_square(factorise(corpus, ~judged, judged, Factors(epochs=200)), corpus, judged)
    assert biases == pytest.approx(1.25, abs=0.1)
    assert factors < 0.7


def test_what_is_judged_is_not_learned_from_and_who_is_unknown_gets_the_mean() -> None:
    from benchmarks.stars import factorise

    corpus = toy_corpus(3, {1: [(0, 4.0), (1, 4.0)], 2: [(0, 2.0), (1, 2.0)], 3: [(2, 5.0)]})
    judged = corpus.user_rows == 2
    assert factorise(corpus, ~judged, judged).tolist() == pytest.approx([3.0])


def test_the_page_has_ours_theirs_and_why(corpus: Corpus) -> None:
    page = stars_page(corpus, "toys", 1)
    assert page.count("\n| biased MF") == 2
    assert all(f"{each.model} on {each.on}" in page and each.why in page for each in STARS)
    assert "DIN on ML-20M" in beside(LIKES, {"din": 0.7}, "AUC")
    assert "DeepFM" not in beside(LIKES, {"din": 0.7}, "AUC")


def test_areas_are_weighted_by_ratings() -> None:
    people = np.array([1, 1, 2, 2, 2, 2, 3])
    liked = np.array([True, False, True, False, True, False, True])
    chances = np.array([0.9, 0.1, 0.1, 0.9, 0.1, 0.9, 0.5])  # right of the first, wrong of the second
    assert weighted_area(LikeAnswers(people, chances, liked)) == pytest.approx(2 / 6)
