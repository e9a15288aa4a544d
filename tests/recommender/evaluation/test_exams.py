"""Exams: who judges and what may be learned, over people dealt out at random and as time rolls on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from recommender.data.corpus import Corpus
from recommender.errors import CorpusError
from recommender.evaluation.exams import TODAY, ask_today, by_first_rating, set_exam
from recommender.evaluation.ladder import FOLDS, build_ladder, split_people
from recommender.evaluation.registry import RankerEntry, evaluate_fold
from tests.recommender.toys import toy_corpus
from tests.recommender.wanted import Wanted

PEOPLE, RATED, DAY = 20, 25, 86_400


def as_they_came() -> Corpus:
    """Return 20 people who come a day apart, the last by id first, and rate a film a day: the last five of 25 high."""
    films = [(row, 5.0 if row >= 20 else 3.0) for row in range(RATED)]
    corpus = toy_corpus(40, dict.fromkeys(range(PEOPLE), films))
    comes = (PEOPLE - 1 - corpus.user_rows) * DAY
    return replace(corpus, times=(1_000_000_000 + comes + corpus.places * DAY).astype(np.int64))


def test_people_come_in_the_order_of_their_first_ratings() -> None:
    assert by_first_rating(as_they_came()).tolist() == list(range(PEOPLE - 1, -1, -1))


@pytest.mark.parametrize("block", range(FOLDS))
def test_a_block_learns_from_what_was_rated_before_it_began(block: int) -> None:
    corpus = as_they_came()
    exam = set_exam(corpus, "rolling", block)
    # Ten of twenty are judged, two a block; who came d days before has rated d films by then.
    first = 10 + 2 * block
    assert exam.ladder.user_ids.tolist() == [PEOPLE - 1 - first - 1, PEOPLE - 1 - first]
    assert exam.train.times.max() < 1_000_000_000 + first * DAY
    assert np.diff(exam.train.starts).tolist() == [min(day, RATED) for day in range(1, first + 1)]
    # The newest 15 % of those who train choose settings: one to two of ten to eighteen.
    newest = by_first_rating(exam.train)[-int(0.15 * first) :]
    assert exam.validation.tolist() == sorted(newest)
    assert exam.tuning.user_count == first - len(newest)


def test_blocks_judge_the_later_half_of_all_once() -> None:
    judged = [set_exam(as_they_came(), "rolling", block).ladder.user_ids for block in range(FOLDS)]
    assert sorted(np.concatenate(judged)) == list(range(PEOPLE // 2))


def test_over_people_an_exam_is_the_fold_as_ever() -> None:
    corpus = as_they_came()
    exam, people = set_exam(corpus, "people", 3), split_people(PEOPLE, 3)
    assert exam.ladder.user_ids.tolist() == corpus.user_ids[people.test].tolist()
    assert exam.train.user_ids.tolist() == corpus.user_ids[people.train].tolist()
    assert exam.train.user_ids[exam.validation].tolist() == corpus.user_ids[people.validation].tolist()
    assert exam.tuning.user_ids.tolist() == corpus.user_ids[people.tuning].tolist()


def test_a_rolling_exam_needs_a_block_that_is_there_and_a_past() -> None:
    corpus = as_they_came()
    with pytest.raises(ValueError, match=r"block must be 0 to 4\. Received: block=5"):
        set_exam(corpus, "rolling", 5)
    together = replace(corpus, times=np.full(corpus.rating_count, 1_000_000_000))
    with pytest.raises(
        CorpusError, match=r"a block needs ratings from before it began\. Received: none before block 0"
    ):
        set_exam(together, "rolling", 0)


def test_newcomers_ask_when_they_rated_last_or_came() -> None:
    person = build_ladder(as_they_came(), np.array([PEOPLE - 1])).newcomers[0]
    assert [person.profile(k).asked_at for k in (0, 1, 3)] == [
        datetime.fromtimestamp(1_000_000_000 + day * DAY, UTC) for day in (0, 0, 2)
    ]


def test_today_everybody_asks_at_one_time_and_is_otherwise_the_same() -> None:
    ladder = build_ladder(as_they_came(), np.arange(PEOPLE))
    today = ask_today(ladder)
    assert {person.profile(k).asked_at for person in today.newcomers for k in (0, 20)} == {TODAY}
    assert [person.ratings for person in today.newcomers] == [person.ratings for person in ladder.newcomers]
    assert today.user_ids.tolist() == ladder.user_ids.tolist()


def test_an_entry_climbs_the_rolling_ladder_block_by_block() -> None:
    learned = list[int]()

    def fit(train: Corpus, _: object) -> Wanted:
        learned.append(train.rating_count)
        return Wanted(40, 22)

    results = [evaluate_fold(RankerEntry(fit), as_they_came(), block, split="rolling") for block in range(FOLDS)]
    assert learned == sorted(set(learned)), "every block knows more than the one before"
    assert all(result.result.hit.mean() == 1 for result in results)
