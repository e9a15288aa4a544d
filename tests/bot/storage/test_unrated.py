"""Which films want stars: seen or chosen, and nothing said of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.storage import Store, Tx
from bot.storage.unrated import ASKED_AFTER, ASKED_UNTIL
from recommender.domain import MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(1), UserId(2)


def _show(tx: Tx) -> None:
    for person in (ADA, BOB):
        tx.people.ensure(person)
        shown = [Recommendation(MovieId(number), 1.0, 0.5) for number in range(1, 6)]
        tx.impressions.add(person, tx.impressions.new_round(person), 0, shown, version="b1")


def _films(tx: Tx) -> list[int]:
    return [one.movie_id for one in tx.unrated.movies(ADA)]


def test_what_was_seen_is_there_at_once_and_what_was_opened_after_two_days(store: Store, clock: Clock) -> None:
    store.write(_show).result()
    store.write(lambda tx: tx.marks.put(ADA, MovieId(9), "seen")).result()
    assert store.write(lambda tx: tx.impressions.open(ADA, 1, 0, MovieId(3))).result()
    assert store.write(_films).result() == [9]
    clock.now += ASKED_AFTER
    assert store.write(_films).result() == [3, 9]
    clock.now += ASKED_UNTIL - ASKED_AFTER + timedelta(seconds=1)
    assert store.write(_films).result() == [9]


def test_a_film_is_opened_once_and_only_where_it_was_shown(store: Store) -> None:
    store.write(_show).result()
    opened = store.write(lambda tx: [tx.impressions.open(ADA, 1, 0, MovieId(film)) for film in (3, 3, 30)]).result()
    assert opened == [True, False, False]


@pytest.mark.parametrize("kind", ["later", "never", "not_now", "unseen"])
def test_of_what_was_opened_any_word_is_enough(store: Store, clock: Clock, kind: Any) -> None:
    store.write(_show).result()
    store.write(lambda tx: tx.impressions.open(ADA, 1, 0, MovieId(3))).result()
    store.write(lambda tx: tx.impressions.open(BOB, 1, 0, MovieId(4))).result()
    store.write(lambda tx: tx.marks.put(ADA, MovieId(3), kind)).result()
    clock.now += ASKED_AFTER
    assert store.write(_films).result() == []


def test_stars_end_it_and_stars_taken_back_begin_it_again_for_what_was_seen(store: Store) -> None:
    store.write(_show).result()
    store.write(lambda tx: tx.marks.put(ADA, MovieId(9), "seen")).result()
    store.write(lambda tx: tx.ratings.put(ADA, MovieId(9), 8, update_id=1)).result()
    assert store.write(_films).result() == []
    store.write(lambda tx: tx.ratings.put(ADA, MovieId(9), 0, update_id=2)).result()
    assert store.write(_films).result() == [9]
