"""The known answer for every trained ranker: on a checkerboard, whoever likes one colour must get more of it.

After implicit's tests (Frederickson 2017): even people like even movies, odd people odd ones.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import numpy as np

from recommender.data.corpus import Corpus
from recommender.domain import MovieId, Profile, Rating, Stars
from recommender.evaluation.ranking import Scorer
from tests.recommender.toys import toy_corpus

SIDE = 20
LIKED = 4


@cache
def checkerboard(movie_count: int = SIDE) -> Corpus:
    """Return 60 people who liked all but one or two movies of their colour, and disliked one of the other.

    Movies beyond the board are rated by nobody.
    """
    people = {}
    for user in range(3 * SIDE):
        own = [row for row in range(user % 2, SIDE, 2) if row // 2 != user // 2 % (SIDE // 2)]
        people[user] = [(row, 5.0) for row in np.roll(own, user)] + [((user + 1) % SIDE, 1.0)]
    return toy_corpus(movie_count, people)


def assert_keeps_colours_apart(scorer: Scorer) -> None:
    """Assert that every unmet movie of the liked colour is above every one of the other."""
    for colour in (0, 1):
        liked = list(range(colour, 2 * LIKED, 2))
        scores = scorer.score(_likes(liked))[:SIDE]
        own = [row for row in range(colour, SIDE, 2) if row not in liked]
        assert scores[own].min() > scores[1 - colour :: 2].max()


def _likes(rows: list[int]) -> Profile:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Profile(ratings=tuple(Rating(MovieId(100 + row), Stars(5.0), moment) for row in rows))
