"""Movie nights and matches as stored: one at a time in a group, forgotten after thirty days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outgoing import Outgoing, Poll
from bot.storage import Store
from bot.storage.matches import MOST_ASKED
from bot.storage.nights import Night
from recommender.domain import MovieId, UserId
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)
GROUP, SUPERGROUP = -55, -1_000_000_000_055


@pytest.fixture
def night(store: Store) -> Night:
    return begin(store, "first")


def begin(store: Store, code: str) -> Night:
    return store.write(lambda tx: tx.nights.begin(GROUP, thread_id=3, language="zh", code=code, lot=4)).result()


def test_the_next_night_of_a_group_calls_off_the_one_before(store: Store, night: Night) -> None:
    second = begin(store, "second")
    states = store.read(lambda tx: [found.state for one in (night, second) if (found := tx.nights.get(one.id))])
    assert states == ["off", "open"]
    assert store.read(lambda tx: tx.nights.going_on(GROUP)) == second


def test_a_night_of_yesterday_is_not_going_on(store: Store, night: Night, clock: Clock) -> None:
    clock.pass_by(days=1)
    assert store.read(lambda tx: tx.nights.going_on(GROUP)) is None


def test_joining_twice_is_joining_once(store: Store, night: Night) -> None:
    for person in (ADA, BOB, ADA):
        store.write(lambda tx, person=person: tx.people.ensure(person)).result()  # type: ignore[misc]
        store.write(lambda tx, person=person: tx.nights.set_in(night.id, person, is_in=True)).result()  # type: ignore[misc]
    assert store.read(lambda tx: tx.nights.members(night.id)) == [ADA, BOB]
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    assert store.read(lambda tx: tx.nights.members(night.id)) == [BOB]


def test_what_lost_waits_for_the_next_night_of_the_same_group(store: Store, night: Night) -> None:
    store.write(lambda tx: tx.nights.change(night.id, state="over", runners_up=(MovieId(3), MovieId(1)))).result()
    carried = store.read(lambda tx: (tx.nights.carried(GROUP), tx.nights.carried(-66)))
    assert carried == (frozenset({MovieId(1), MovieId(3)}), frozenset())


def test_a_poll_that_moves_with_its_group_is_still_the_nights(store: Store, night: Night) -> None:
    asked = Outgoing("", poll=Poll("Which?", ("Heat", "Ronin"), True), thread_id=3)
    letter = store.write(lambda tx: tx.outbox.add(GROUP, asked)).result()
    store.write(lambda tx: tx.nights.change(night.id, state="voting", poll_letter=letter)).result()
    store.write(lambda tx: tx.nights.follow(tx.outbox.move(GROUP, SUPERGROUP))).result()
    [waiting] = store.read(lambda tx: tx.outbox.waiting())
    assert (waiting.chat_id, waiting.outgoing) == (SUPERGROUP, asked)
    store.write(lambda tx: tx.nights.note_poll(waiting.id, "poll 1")).result()
    found = store.read(lambda tx: tx.nights.by_poll("poll 1"))
    assert found is not None
    assert (found.id, found.poll_letter) == (night.id, waiting.id)


def test_nights_and_matches_are_forgotten_after_thirty_days(store: Store, night: Night, clock: Clock) -> None:
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    store.write(lambda tx: tx.matches.ask(ADA, code="m", asked_name="")).result()
    clock.pass_by(days=29)
    kept = store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    clock.pass_by(days=2)
    gone = store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    assert ((kept.nights, kept.matches), (gone.nights, gone.matches)) == ((0, 0), (1, 1))


def test_a_match_belongs_to_who_opened_it_first_and_old_ones_go(store: Store) -> None:
    store.write(lambda tx: [tx.people.ensure(one) for one in (ADA, BOB, UserId(9))]).result()
    for number in range(MOST_ASKED + 1):
        code = f"code {number}"
        store.write(lambda tx, code=code: tx.matches.ask(ADA, code=code, asked_name="")).result()  # type: ignore[misc]
    match = store.read(lambda tx: tx.matches.by_code("code 1"))
    assert match is not None
    assert store.read(lambda tx: tx.matches.by_code("code 0")) is None
    for person in (BOB, UserId(9)):
        store.write(lambda tx, person=person: tx.matches.open(match.id, person)).result()  # type: ignore[misc]
    opened = store.read(lambda tx: tx.matches.get(match.id))
    assert opened is not None
    assert opened.other == BOB
    assert len(store.read(lambda tx: tx.erasure.export(BOB))["matches"]) == 1
