"""Inbox and outbox: an update takes effect once, a newer edit replaces one that waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing import Button, Document, Outgoing
from bot.storage import MOST_WAITING, AlreadyFinishedError, InboxUpdate, Store, Tx
from bot.storage.letters import decode, encode
from recommender.domain import UserId
from tests.databases import Clock

ADA = UserId(7)


def incoming(update_id: int, person: UserId | None = ADA) -> InboxUpdate:
    return InboxUpdate(update_id, person, f'{{"update_id":{update_id}}}')


def receive(store: Store, update_id: int, person: UserId | None = ADA) -> bool:
    return store.write(lambda tx: tx.inbox.receive(incoming(update_id, person))).result()


def take_effect(store: Store, update_id: int) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(ADA)
        tx.impressions.new_round(ADA)
        tx.inbox.finish(update_id)

    store.write(effect).result()


def test_an_update_is_received_once(store: Store) -> None:
    assert receive(store, 1)
    assert not receive(store, 1)
    take_effect(store, 1)
    assert not receive(store, 1)


def test_an_update_takes_effect_once(store: Store) -> None:
    receive(store, 1)
    take_effect(store, 1)
    with pytest.raises(AlreadyFinishedError):
        take_effect(store, 1)
    assert store.write(lambda tx: tx.impressions.new_round(ADA)).result() == 2


def test_a_number_used_again_after_a_quiet_week_is_a_new_update(store: Store, clock: Clock) -> None:
    receive(store, 1)
    take_effect(store, 1)
    clock.pass_by(days=7)
    assert receive(store, 1)
    take_effect(store, 1)


def test_unfinished_updates_come_back_in_order_by_person(store: Store, clock: Clock) -> None:
    for update_id, person in ((5, ADA), (3, UserId(8)), (4, ADA), (9, None)):
        clock.pass_by(seconds=1)
        receive(store, update_id, person)
    take_effect(store, 3)
    assert store.read(lambda tx: [one.update_id for one in tx.inbox.pending()]) == [5, 4, 9]
    assert store.read(lambda tx: tx.inbox.waiting_by_lane()) == {ADA: 2, 0: 1}
    assert store.read(lambda tx: [one.update_id for one in tx.inbox.pending_in(ADA, limit=1)]) == [5]


def test_a_buried_update_is_kept_and_counts_its_failures(store: Store) -> None:
    receive(store, 1)
    assert [store.write(lambda tx: tx.inbox.count_failure(1, "KeyError")).result() for _ in range(2)] == [1, 2]
    assert store.write(lambda tx: tx.inbox.bury(1, "KeyError")).result()
    assert store.write(lambda tx: tx.inbox.count_failure(1, "KeyError")).result() == 0
    assert store.read(lambda tx: (tx.inbox.count("dead"), tx.inbox.count("pending"))) == (1, 0)
    with pytest.raises(AlreadyFinishedError):
        take_effect(store, 1)


def test_a_finished_update_keeps_neither_content_nor_person(store: Store) -> None:
    receive(store, 1)
    take_effect(store, 1)
    assert store.read(lambda tx: tx.inbox.count("done")) == 1
    assert "inbox" not in store.read(lambda tx: tx.erasure.export(ADA))


def test_a_newer_edit_replaces_one_that_waits(store: Store) -> None:
    def add(text: str, edits: int | None) -> None:
        store.write(lambda tx: tx.outbox.add(ADA, Outgoing(text, edits=edits))).result()

    for text, edits in (("a", 5), ("new", None), ("b", 5), ("other", 6)):
        add(text, edits)
    store.write(lambda tx: tx.outbox.add(8, Outgoing("another chat", edits=5))).result()
    waiting = store.read(lambda tx: tx.outbox.waiting())
    assert [letter.outgoing.text for letter in waiting] == ["new", "b", "other", "another chat"]


def test_the_number_of_a_replaced_message_is_never_used_again(store: Store) -> None:
    first, second = (store.write(lambda tx: tx.outbox.add(ADA, Outgoing("a", edits=5))).result() for _ in range(2))
    assert second > first
    assert not store.read(lambda tx: tx.outbox.is_waiting(first))


def test_at_most_so_many_messages_wait_for_one_chat_and_the_oldest_goes_first(store: Store) -> None:
    def flood(tx: Tx) -> None:
        tx.outbox.add(8, Outgoing("another chat"))
        for at in range(MOST_WAITING + 3):
            tx.outbox.add(ADA, Outgoing(str(at)))

    store.write(flood).result()
    texts = [letter.outgoing.text for letter in store.read(lambda tx: tx.outbox.waiting())]
    assert texts == ["another chat", *(str(at) for at in range(3, MOST_WAITING + 3))]
    assert store.read(lambda tx: tx.outbox.count("dropped")) == 3


def test_a_file_waits_until_it_is_sent(store: Store) -> None:
    def waits() -> bool:
        return store.read(lambda tx: tx.outbox.has_file_waiting(ADA))

    store.write(lambda tx: tx.outbox.add(8, Outgoing("another chat", document=Document("a", b"x")))).result()
    store.write(lambda tx: tx.outbox.add(ADA, Outgoing("no file"))).result()
    assert not waits()
    letter = store.write(lambda tx: tx.outbox.add(ADA, Outgoing("file", document=Document("a", b"x")))).result()
    assert waits()
    store.write(lambda tx: tx.outbox.sent(letter, 42)).result()
    assert not waits()


def test_an_edit_that_was_sent_is_not_replaced(store: Store) -> None:
    first = store.write(lambda tx: tx.outbox.add(ADA, Outgoing("a", edits=5))).result()
    store.write(lambda tx: tx.outbox.sent(first, 5)).result()
    store.write(lambda tx: tx.outbox.add(ADA, Outgoing("b", edits=5))).result()
    assert store.read(lambda tx: (tx.outbox.count("sent"), tx.outbox.count("waiting"))) == (1, 1)


def test_a_sent_message_keeps_its_number_and_nothing_else(store: Store) -> None:
    letter = store.write(lambda tx: tx.outbox.add(ADA, Outgoing("secret", document=Document("a.csv", b"x")))).result()
    store.write(lambda tx: tx.outbox.sent(letter, 42)).result()
    (row,) = store.read(lambda tx: tx.erasure.export(ADA))["outbox"]
    assert (row["message_id"], row["payload"], row["state"]) == (42, "", "sent")
    assert not store.read(lambda tx: tx.outbox.has_file_waiting(ADA))


def test_a_goodbye_leaves_no_row(store: Store) -> None:
    letter = store.write(lambda tx: tx.outbox.add(ADA, Outgoing("bye"), forget=True)).result()
    store.write(lambda tx: tx.outbox.sent(letter, 42)).result()
    assert store.read(lambda tx: tx.erasure.export(ADA)) == {}


texts = st.text(max_size=40)
threads = st.none() | st.integers(1, 2**40)
buttons = st.builds(Button, texts, texts, texts)
keyboards = st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=3).map(tuple)
messages = st.one_of(
    st.builds(
        Outgoing, texts, keyboards, st.none() | st.integers(1, 2**40), thread_id=st.none() | st.integers(1, 2**40)
    ),
    st.builds(Outgoing, texts, keyboards, document=st.builds(Document, texts, st.binary(max_size=20))),
)


@given(messages)
def test_a_message_comes_out_as_it_went_in(message: Outgoing) -> None:
    payload, attachment = encode(message)
    assert payload.isascii()
    assert decode(payload, attachment, message.edits) == message
