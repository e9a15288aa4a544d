"""Which films want stars: seen or chosen, and nothing said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.storage import Store, Tx
from bot.storage.unrated import ASKED_AFTER, ASKED_UNTIL
from recommender.domain import MovieId, Recommendation, UserId
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url

ADA, BOB = UserId(1), UserId(2)
START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Moments:
    """A clock that stands where it is set."""

    now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moments() -> Moments:
    return Moments()


@pytest.fixture
def write(tmp_path: Any, moments: Moments) -> Any:
    with Store(migrated_url(tmp_path, ENTRIES), clock=moments) as store:
        yield lambda run: store.write(run).result()


Write = Callable[[Callable[[Tx], Any]], Any]


def _show(tx: Tx) -> None:
    for person in (ADA, BOB):
        tx.people.ensure(person)
        shown = [Recommendation(MovieId(number), 1.0, 0.5) for number in range(1, 6)]
        tx.impressions.add(person, tx.impressions.new_round(person), 0, shown, version="b1")


def _films(tx: Tx) -> list[int]:
    return [one.movie_id for one in tx.unrated.movies(ADA)]


def test_what_was_seen_is_there_at_once_and_what_was_opened_after_two_days(write: Write, moments: Moments) -> None:
    write(_show)
    write(lambda tx: tx.marks.put(ADA, MovieId(9), "seen"))
    assert write(lambda tx: tx.impressions.open(ADA, 1, 0, MovieId(3)))
    assert write(_films) == [9]
    moments.now += ASKED_AFTER
    assert write(_films) == [3, 9]
    moments.now = START + ASKED_UNTIL + timedelta(seconds=1)
    assert write(_films) == [9]


def test_a_film_is_opened_once_and_only_where_it_was_shown(write: Write) -> None:
    write(_show)
    opened = write(lambda tx: [tx.impressions.open(ADA, 1, 0, MovieId(film)) for film in (3, 3, 30)])
    assert opened == [True, False, False]


@pytest.mark.parametrize("kind", ["later", "never", "not_now", "unseen"])
def test_of_what_was_opened_any_word_is_enough(write: Write, moments: Moments, kind: Any) -> None:
    write(_show)
    write(lambda tx: tx.impressions.open(ADA, 1, 0, MovieId(3)))
    write(lambda tx: tx.impressions.open(BOB, 1, 0, MovieId(4)))
    write(lambda tx: tx.marks.put(ADA, MovieId(3), kind))
    moments.now += ASKED_AFTER
    assert write(_films) == []


def test_stars_end_it_and_stars_taken_back_begin_it_again_for_what_was_seen(write: Write) -> None:
    write(_show)
    write(lambda tx: tx.marks.put(ADA, MovieId(9), "seen"))
    write(lambda tx: tx.ratings.put(ADA, MovieId(9), 8, update_id=1))
    assert write(_films) == []
    write(lambda tx: tx.ratings.put(ADA, MovieId(9), 0, update_id=2))
    assert write(_films) == [9]
