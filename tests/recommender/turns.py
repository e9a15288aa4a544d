"""People who came one after another: a corpus for what rolls on with time."""

from __future__ import annotations

import numpy as np

from recommender.data.corpus import Corpus
from tests.recommender.toys import toy_corpus


def people_in_turn(count: int) -> Corpus:
    """Return people who came one after another and like every second film."""
    generator, rated = np.random.default_rng(5), dict[int, list[tuple[int, float]]]()
    for user in range(count):
        rows = generator.choice(60, 30, replace=False)
        rated[user] = [(int(row), 5.0 if (row + user) % 2 else 1.0) for row in rows]
    corpus = toy_corpus(60, rated)
    corpus.times[:] = np.arange(corpus.rating_count)
    return corpus
