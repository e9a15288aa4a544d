"""Interviews of a corpus's people, judged with numbers known beforehand."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import MovieId, Profile
from recommender.errors import CorpusError
from recommender.evaluation.interviews import (
    ASKED,
    FEWEST_RATINGS,
    HALVINGS,
    find_interviewees,
    interview,
    judge_interviews,
    pool_interviews,
)
from tests.recommender.toys import toy_corpus

MOVIES = 80
# Two people who train, two who judge by forty likes, one who rated too little.
PEOPLE = {
    **{user: [(row, 4.0) for row in range(30)] for user in (1, 2)},
    7: [(row, 5.0) for row in range(40)],
    8: [(row, 4.0) for row in range(20, 60)],
    9: [(row, 5.0) for row in range(FEWEST_RATINGS - 1)],
}
CORPUS = toy_corpus(MOVIES, PEOPLE)
TRAIN, JUDGES = CORPUS.only(np.array([0, 1])), np.array([2, 3, 4])
CATALOGUE = Catalogue(CORPUS.movies)
DRAWS = np.random.default_rng(0)


class Following:
    """Asks about films in the order of their rows."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = rows

    def next_question(self, profile: Profile, skipped: Set[MovieId], draws: np.random.Generator) -> MovieId | None:
        met = skipped | {rating.movie_id for rating in profile.ratings}
        return next((CORPUS.movies[row].id for row in self.rows if CORPUS.movies[row].id not in met), None)


class Counting:
    """Scores the last films first, the better the more is known of somebody; remembers who was asked for."""

    def __init__(self) -> None:
        self.profiles: list[Profile] = []

    def score(self, profile: Profile) -> NDArray[np.float32]:
        return np.arange(MOVIES, dtype=np.float32)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        self.profiles += profiles
        return np.stack([self.score(profile) for profile in profiles])


def test_halves_share_nothing_and_are_drawn_anew() -> None:
    people = find_interviewees(CORPUS, JUDGES)
    assert [(person.user_id, person.halving) for person in people] == [
        (user, halving) for user in (7, 8) for halving in range(HALVINGS)
    ]
    for person in people:
        assert len(person.answers) == len(person.target_rows) == 20
        assert not set(person.answers) & set(person.target_rows.tolist())
    assert len({frozenset(person.answers) for person in people}) == len(people)


def test_who_did_not_rate_a_film_in_the_answering_half_has_not_seen_it() -> None:
    person = find_interviewees(CORPUS, JUDGES)[0]
    rows = [*person.target_rows[:2], *list(person.answers)[:2]]
    profile = person.profile(rows)
    assert [rating.movie_id for rating in profile.ratings] == [
        CORPUS.movies[row].id for row in list(person.answers)[:2]
    ]
    assert profile.asked_at == profile.ratings[0].rated_at


def test_an_interview_never_asks_twice_and_ends_where_nothing_is_left() -> None:
    person = find_interviewees(CORPUS, JUDGES)[0]
    assert interview(person, Following(range(3)), CATALOGUE) == [0, 1, 2]
    assert interview(person, Following(range(MOVIES)), CATALOGUE) == list(range(max(ASKED)))


def test_what_anybody_asked_leaves_everybodys_candidates() -> None:
    people = find_interviewees(CORPUS, JUDGES)
    ways = {"first": Following(range(MOVIES)), "last": Following(range(MOVIES - 1, 0, -1))}
    scorer = Counting()
    result = judge_interviews(scorer, ways, people, TRAIN)
    assert result.user_ids.tolist() == [7, 8]
    assert np.array_equal(result.ndcg["first"], result.ndcg["last"])  # this scorer learns nothing from answers
    assert result.answered["last"][:, 0].tolist() == [0] * len(ASKED)
    assert 0 < result.answered["first"][-1, 0] < max(ASKED)
    assert {len(profile.ratings) for profile in scorer.profiles} <= set(range(max(ASKED) + 1))


def test_folds_are_pooled_person_by_person() -> None:
    people, ways = find_interviewees(CORPUS, JUDGES), {"first": Following(range(MOVIES))}
    one, other = (
        judge_interviews(Counting(), ways, [person for person in people if person.user_id == user], TRAIN)
        for user in (7, 8)
    )
    both = judge_interviews(Counting(), ways, people, TRAIN)
    pooled = pool_interviews([one, other])
    assert pooled.user_ids.tolist() == both.user_ids.tolist()
    assert pooled.ndcg["first"] == pytest.approx(both.ndcg["first"])


def test_who_trains_cannot_judge() -> None:
    with pytest.raises(CorpusError, match="judged people must not train"):
        judge_interviews(Counting(), {}, find_interviewees(CORPUS, np.array([0])), TRAIN)


def test_so_many_people_are_interviewed_and_no_more() -> None:
    assert len({person.user_id for person in find_interviewees(CORPUS, JUDGES, most=1)}) == 1
