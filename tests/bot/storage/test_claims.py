"""Several bots on one database: each lane is one bot's, and passes on when it is done or its bot is dead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.outgoing import Outgoing
from bot.storage import InboxUpdate, Store, Tx, migrate
from bot.storage.tables import ClaimRow
from recommender.domain import UserId
from tests.databases import stock
from tests.postgres import empty_schema

pytestmark = pytest.mark.postgres

ADA, BOB, GROUP = 7, 8, -100
ONE, OTHER = "one", "other"


@pytest.fixture
def stores() -> Iterator[tuple[Store, Store]]:
    """Two bots' stores on one database."""
    with empty_schema() as url:
        migrate(url)
        with Store(url) as one, Store(url) as other:
            stock(one)
            yield one, other


def receive(store: Store, number: int, person: int | None) -> None:
    update = InboxUpdate(number, None if person is None else UserId(person), "{}")
    store.write(lambda tx: tx.inbox.receive(update)).result()


def take(store: Store, holder: str) -> set[int]:
    return store.write(lambda tx: tx.claims.take(holder)).result()


def renew(store: Store, holder: str, *done: int) -> set[int]:
    return store.write(lambda tx: tx.claims.renew(holder, done=set(done))).result()


def test_a_person_and_their_chat_are_one_lane_and_one_bots(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    one.write(lambda tx: [tx.outbox.add(chat, Outgoing("hi")) for chat in (ADA, BOB, GROUP)]).result()
    assert take(one, ONE) == {ADA, BOB, GROUP}
    receive(other, 2, ADA)
    assert take(other, OTHER) == set()
    assert renew(one, ONE) == {ADA, BOB, GROUP}


def test_an_update_of_nobody_has_a_lane_of_its_own(stores: tuple[Store, Store]) -> None:
    receive(stores[0], 1, None)
    assert take(stores[0], ONE) == {0}


def test_a_lane_that_is_done_is_free_for_the_next(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    take(one, ONE)
    assert renew(one, ONE, ADA) == set()
    assert take(other, OTHER) == {ADA}
    assert renew(one, ONE, ADA) == set()
    assert renew(other, OTHER) == {ADA}, "nobody gives up another's lane"


def test_a_bot_that_ends_leaves_everything(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    take(one, ONE)
    one.write(lambda tx: tx.claims.release(ONE)).result()
    assert take(other, OTHER) == {ADA}


def test_a_bot_that_died_is_followed_when_its_time_is_over(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    take(one, ONE)
    assert take(other, OTHER) == set()
    one.write(_long_ago).result()
    assert take(other, OTHER) == {ADA}
    assert renew(one, ONE) == set()


def test_a_dead_bots_lane_that_nobody_needs_is_forgotten(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    take(one, ONE)
    one.write(lambda tx: tx.inbox.finish(1)).result()
    one.write(_long_ago).result()
    renew(other, OTHER)
    assert one.read(lambda tx: tx.claims.connection.execute(select(ClaimRow.lane)).all()) == []


def test_rows_that_another_bot_looks_at_are_passed_over(stores: tuple[Store, Store]) -> None:
    one, other = stores
    receive(one, 1, ADA)
    receive(one, 2, BOB)

    def look(tx: Tx) -> set[int]:
        mine = tx.claims.take(ONE)
        assert take(other, OTHER) == set(), "it neither waits for these rows nor takes them"
        return mine

    assert one.write(look).result(10) == {ADA, BOB}


def test_what_nobody_waits_for_is_nobodys(stores: tuple[Store, Store]) -> None:
    one, _ = stores
    receive(one, 1, ADA)
    one.write(lambda tx: tx.inbox.finish(1)).result()
    assert take(one, ONE) == set()


def _long_ago(tx: Tx) -> None:
    tx.claims.connection.execute(update(ClaimRow).values(until=tx.now - timedelta(days=1)))
