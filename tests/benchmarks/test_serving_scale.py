"""What the serving benchmark compares: the same network asked about candidates, and about every film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.serving_run import LONGEST, SHORTEST, EveryFilm, keep_people, profiles
from recommender.data.corpus import Corpus, corpus_digest
from recommender.domain import Profile
from tests.recommender.tiny import tiny
from tests.recommender.toys import toy_corpus


@pytest.mark.tensorflow
def test_every_film_is_scored_as_the_ranker_scores_its_candidates() -> None:
    ranker = tiny().ranker()
    movies = len(ranker.retrieval.catalogue)
    assert movies <= 400  # so that all are candidates
    every, chosen = EveryFilm(ranker).score(Profile(genres=("Drama",))), ranker.score(Profile(genres=("Drama",)))
    np.testing.assert_allclose(every, chosen, rtol=1e-4, atol=1e-5)


def test_people_are_kept_as_they_are_and_asked_after_20_to_50_ratings(tmp_path: Path) -> None:
    corpus = toy_corpus(80, {user: [(row, 4.0) for row in range(60)] for user in range(9)})
    keep_people(corpus, tmp_path / "people.npz")
    with np.load(tmp_path / "people.npz") as columns:
        assert corpus_digest(Corpus(corpus.movies, **columns)) == corpus_digest(corpus)
    lengths = [len(profile.ratings) for profile in profiles(corpus)]
    assert len(lengths) == 9
    assert all(SHORTEST <= length <= LONGEST for length in lengths)
