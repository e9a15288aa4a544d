"""Patience: a database may keep us waiting, and less once the end has come."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from bot.storage import DatabaseLockedError, Store
from bot.storage.engine import BUSY_TIMEOUT_S, sqlite_file
from bot.storage.patience import HURRY_S, LAST_S, Patience
from recommender.domain import UserId


def test_a_call_may_last_as_long_as_it_is_told_and_little_longer_than_the_end() -> None:
    now = [100.0]
    patience = Patience(5.0, clock=lambda: now[0])
    now[0] = 104.0
    assert not patience.is_over(100.0, 5.0)
    patience.hurry()
    now[0] = 104.0 + HURRY_S
    assert not patience.is_over(100.0, None)
    assert not patience.is_spent
    now[0] += 0.01
    assert patience.is_over(100.0, None)
    assert patience.is_spent
    assert not patience.is_over(now[0], 5.0), "a later call gets a moment of its own"
    now[0] += LAST_S + 0.01
    assert patience.is_over(now[0] - LAST_S - 0.01, 5.0)


@pytest.mark.long("waits out the last moments")
def test_a_write_waits_for_another_process_no_longer_once_the_end_has_come(sqlite_store: Store) -> None:
    file = sqlite_file(sqlite_store.url)
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        writing = sqlite_store.write(lambda tx: tx.people.ensure(UserId(7)))
        sqlite_store.hurry()
        assert isinstance(writing.exception(BUSY_TIMEOUT_S), DatabaseLockedError)
        assert time.monotonic() - began < BUSY_TIMEOUT_S
        other.execute("ROLLBACK")
    assert sqlite_store.write(lambda tx: tx.people.ensure(UserId(7))).result().id == 7


@pytest.mark.parametrize("held_s", [0.0, 0.3])
def test_a_write_goes_on_as_soon_as_the_other_process_lets_go(sqlite_store: Store, held_s: float) -> None:
    file = sqlite_file(sqlite_store.url)
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = sqlite_store.write(lambda tx: tx.people.ensure(UserId(7)))
        time.sleep(held_s)
        other.execute("COMMIT")
        assert writing.result(BUSY_TIMEOUT_S).id == 7
