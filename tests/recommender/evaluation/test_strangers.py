"""People of another corpus judging lists: films both have, everybody today, nothing they lack on any page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from recommender.data.metrics import LIST_LENGTH
from recommender.domain import ListRequest, MovieId, Profile
from recommender.evaluation.bootstrap import differences
from recommender.evaluation.strangers import (
    Strangers,
    judge_on_strangers,
    judge_their_popularity,
    ladder_of_strangers,
    meet_strangers,
)
from recommender.ranking.picking import Pick
from tests.recommender.toys import toy_corpus, toy_movies

NOW = 1_790_000_000
# Ours are 50 films; theirs 45: their row r is our row r + 10, of the last five we have none, and 44 is a twin of 43.
OURS = tuple(toy_movies(50))
ROWS = np.array([*range(10, 50), -1, -1, -1, -1, 49])
LACKING = {movie.id for movie in OURS[:10]}
THEIRS = toy_corpus(
    45,
    {
        **{user: [(row, 4.0) for row in (40, *range(user, user + 21), 30 + user)] for user in range(1, 9)},
        9: [(39, 5.0), (44, 1.0), *((row, 3.0) for row in range(21)), (25, 5.0)],
        10: [(40, 4.0), (41, 4.0)],
    },
)


def strangers() -> Strangers:
    return meet_strangers(THEIRS, ROWS, OURS, NOW)


class Reader:
    """Lists rows from the first on, but for those that may not be listed; remembers whom it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Profile] = []

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        self.asked.append(profile)
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden | request.shown
        return [Pick(row, 0.0, None) for row, movie in enumerate(OURS) if movie.id not in met][:k]


def test_people_come_with_what_they_rated_of_films_both_have_in_their_order() -> None:
    corpus = strangers().corpus
    assert corpus.movies == OURS
    first = corpus.of_user(int(np.flatnonzero(corpus.user_ids == 1)[0]))
    assert corpus.movie_rows[first].tolist() == [*range(11, 32), 41]
    assert 10 not in corpus.user_ids  # who rated nothing that we have
    assert set(corpus.times.tolist()) == {NOW}


def test_of_a_film_under_two_numbers_the_first_rating_counts() -> None:
    corpus = strangers().corpus
    person = corpus.of_user(int(np.flatnonzero(corpus.user_ids == 9)[0]))
    assert corpus.movie_rows[person].tolist().count(49) == 1
    assert corpus.stars[person][corpus.movie_rows[person] == 49].tolist() == [5.0]


def test_what_they_lack_is_told() -> None:
    assert strangers().lacking == LACKING
    assert strangers().shared_count == 40


def test_no_page_holds_a_film_that_their_corpus_lacks() -> None:
    people = strangers()
    ladder, reader = ladder_of_strangers(people), Reader()
    result = judge_on_strangers(reader, people, ladder)
    assert result.lists.min() >= 10
    assert all(profile.hidden >= LACKING for profile in reader.asked)


def test_they_rate_today() -> None:
    people, reader = strangers(), Reader()
    judge_on_strangers(reader, people, ladder_of_strangers(people))
    today = datetime.fromtimestamp(NOW, UTC)
    assert {rating.rated_at for profile in reader.asked for rating in profile.ratings} == {today}


def test_pages_are_worth_the_later_likes_that_they_hold() -> None:
    people = strangers()
    ladder = ladder_of_strangers(people)
    assert ladder.user_ids.tolist() == list(range(1, 10))
    result = judge_on_strangers(Reader(), people, ladder)
    listed = result.lists[0, 0].tolist()
    targets = ladder.newcomers[0].target_rows.tolist()
    assert targets == [31, 41]
    assert listed == [10, *range(31, 40)]  # what person 1 has met first is on no page
    second_place = 1 / np.log2(3)
    assert result.ndcg[:, 0].tolist() == pytest.approx([second_place / (1 + second_place)] * 6)


def test_their_popularity_is_counted_without_those_who_judge() -> None:
    """Of films that nobody else liked the smaller row goes first; with their own like, theirs would."""
    own_favourite, others_favourite = 38, 45
    later = {0: own_favourite, **dict.fromkeys(range(1, 10), others_favourite)}
    theirs = toy_corpus(50, {user: [(row, 4.0) for row in [*range(20), later[user]]] for user in later})
    own = meet_strangers(theirs, np.arange(50), OURS, NOW)
    ladder = ladder_of_strangers(own)
    result = judge_their_popularity(own, ladder)
    assert result.user_ids.tolist() == ladder.user_ids.tolist() == list(range(10))
    assert result.lists.shape == (6, 10, LIST_LENGTH)
    first_page = result.lists[0, 0, :5].tolist()
    assert 20 in first_page  # of the same genre, and as unknown
    assert first_page.index(20) < first_page.index(own_favourite)


def test_rows_are_compared_over_the_same_people() -> None:
    people = strangers()
    ladder = ladder_of_strangers(people)
    ours, theirs = judge_on_strangers(Reader(), people, ladder), judge_their_popularity(people, ladder)
    assert len(differences(ours, theirs, "ndcg")) == 7


def test_at_most_so_many_judge() -> None:
    assert len(ladder_of_strangers(strangers(), 4).newcomers) == 4


def test_hidden_films_of_a_person_stay_hidden() -> None:
    people = strangers()
    ladder = ladder_of_strangers(people)
    reader = Reader()
    judge_on_strangers(reader, people, replace(ladder, newcomers=ladder.newcomers[:1]))
    met = {OURS[row].id for row in ladder.newcomers[0].history_rows}
    assert all(profile.hidden == met | LACKING | set[MovieId]() for profile in reader.asked)
