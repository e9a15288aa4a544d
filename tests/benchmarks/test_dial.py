from __future__ import annotations

import numpy as np

from benchmarks.dial import BEST_KNOWN, as_page, best_known, judge_stands
from recommender.domain import ListRequest, Profile
from recommender.evaluation.ladder import build_ladder
from recommender.ranking.picking import Pick
from tests.recommender.toys import toy_corpus

# All rated the first 100 films, some the next ten; one person goes on to like a known and a rare film.
FILMS = 130
PEOPLE = {
    **{user: [(row, 4.0) for row in range(BEST_KNOWN if user > 1 else BEST_KNOWN + 10)] for user in range(1, 4)},
    9: [*((row, 4.0) for row in range(20)), (50, 5.0), (120, 5.0), (121, 1.0)],
}
CORPUS = toy_corpus(FILMS, PEOPLE)
TRAIN = CORPUS.only(np.array([0, 1, 2]))


class Turned:
    """Lists what is well known, or what is not, as it is asked to."""

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        rows = (120, 121, 122, 123, 124) if request.filters.novelty else (50, 51, 120, 52, 53)
        free = [row for row in rows if CORPUS.movies[row].id not in request.shown]
        return [Pick(row, 0.0, None) for row in free[:k]]


def test_discoveries_are_likes_of_what_is_not_among_the_best_known() -> None:
    stands = judge_stands(Turned(), build_ladder(CORPUS, np.array([3])), TRAIN, (0.0, 0.25))
    assert (stands[0.0].likes[0], stands[0.0].discoveries[0]) == (2, 1)
    assert (stands[0.25].likes[0], stands[0.25].discoveries[0]) == (1, 1)


def test_the_best_known_are_those_that_most_rated() -> None:
    assert set(best_known(TRAIN)) == set(range(BEST_KNOWN))


def test_page_has_a_row_for_each_stand() -> None:
    page = as_page({"0": {"people": 3, "ndcg": 0.5}, "0.25": {"people": 3, "ndcg": 0.25}})
    assert "| 0.25 | 3 | 0.25 |" in page
