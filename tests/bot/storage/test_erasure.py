"""Deletion, export and pruning."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import BigInteger, select

from bot.outgoing import Document, Outgoing
from bot.service.export import everything_as_json
from bot.storage import AlreadyFinishedError, BatchFilm, InboxUpdate, Store, Tx
from bot.storage.erasure import columns_naming_people
from bot.storage.tables import Base
from bot.wanted import Wanted
from recommender.domain import Filters, MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(7_700_000_001), UserId(7_700_000_002)


def live(person: UserId, first_update: int, store: Store) -> None:
    """Leave a trace in every table."""

    def everything(tx: Tx) -> None:
        tx.people.ensure(person, telegram_language="en")
        tx.people.set_genre(person, "War", "chosen")
        tx.ratings.put(person, MovieId(1), 8, update_id=first_update)
        tx.marks.put(person, MovieId(2), "later")
        tx.follows.add(person, "Akira Kurosawa")
        tx.ratings.put(person, MovieId(int(person % 10) + 20), 6, update_id=first_update)
        tx.twins.join(MovieId(int(person % 10) + 20), MovieId(1), "title")
        number = tx.impressions.new_round(person)
        tx.impressions.add(person, number, 0, [Recommendation(MovieId(3), 1.0, 0.5)], version="b1")
        tx.searches.add(person, number, [MovieId(1), MovieId(2)])
        tx.wishes.add(person, number, Wanted(Filters(genres_in=frozenset({"War"}))))
        batch = tx.batches.receive(person, "file", "ratings.csv")
        tx.batch_films.add(batch, person, [BatchFilm(0, MovieId(1), "Film 1", 1991, "rated", 8)])
        night = tx.nights.begin(-100, thread_id=None, language="en", code=f"night {first_update}", lot=1)
        tx.nights.set_in(night.id, person, is_in=True)
        tx.matches.ask(person, code=f"match {first_update}", asked_name="")
        tx.schedules.plan("digest", tx.now, person)
        tx.outbox.add(person, Outgoing(f"hello {person}"))
        for at in range(3):
            tx.inbox.receive(InboxUpdate(first_update + at, person, f'{{"from":{person}}}'))
        tx.inbox.finish(first_update)
        tx.inbox.bury(first_update + 1, "KeyError")

    store.write(everything).result()


def cells(store: Store) -> list[object]:
    with store._engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return [cell for table in tables for row in connection.execute(select(table)) for cell in row]


def test_a_life_leaves_a_trace_in_every_table_that_names_people(store: Store) -> None:
    live(ADA, 1, store)
    assert set(store.read(lambda tx: tx.erasure.export(ADA))) == {table.name for table, _ in columns_naming_people()}


def test_an_export_holds_none_of_the_files_that_wait_to_be_sent(store: Store) -> None:
    live(ADA, 1, store)
    store.write(lambda tx: tx.outbox.add(ADA, Outgoing("export", document=Document("all.json", bytes(50))))).result()
    rows = store.read(lambda tx: tx.erasure.export(ADA))["outbox"]
    assert [row["state"] for row in rows] == ["waiting", "waiting"]
    assert not [cell for row in rows for cell in row.values() if isinstance(cell, bytes)]


def test_every_column_that_could_hold_a_person_is_known_to_erasure() -> None:
    known = {(table.name, column.name) for table, column in columns_naming_people()}
    wide = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger)
    }
    assert wide - known == {
        ("inbox", "update_id"),
        ("ratings", "update_id"),
        ("twin_records", "update_id"),
        ("outbox", "id"),
        ("outbox", "edits"),
        ("outbox", "message_id"),
        ("batches", "id"),
        ("batches", "message_id"),
        ("nights", "id"),
        ("nights", "chat_id"),  # a group's
        ("nights", "lobby_letter"),
        ("nights", "poll_letter"),
        ("night_members", "night_id"),
        ("matches", "id"),
        ("batch_films", "batch_id"),
        ("batch_films", "before_update_id"),
        ("claims", "lane"),  # gone as soon as nothing of theirs waits (tests/bot/storage/test_claims.py)
    }


def test_a_deleted_person_is_in_no_cell_of_any_table(store: Store) -> None:
    live(ADA, 1, store)
    live(BOB, 10, store)
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    left = cells(store)
    assert not [cell for cell in left if str(ADA) in str(cell)]
    assert any(str(BOB) in str(cell) for cell in left)
    assert store.read(lambda tx: tx.erasure.export(ADA)) == {}


def test_an_erasure_is_known_by_a_pseudonym_for_a_year(store: Store, clock: Clock) -> None:
    store.write(lambda tx: tx.erased.add("a" * 32)).result()
    store.write(lambda tx: tx.erased.add("a" * 32)).result()
    clock.pass_by(days=364)
    store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    assert store.read(lambda tx: (tx.erased.has("a" * 32), tx.erased.has("b" * 32))) == (True, False)
    clock.pass_by(days=2)
    done = store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    assert done.erased == 1
    assert not store.read(lambda tx: tx.erased.has("a" * 32))


def test_who_begins_again_is_known_as_erased_no_longer(store: Store) -> None:
    store.write(lambda tx: tx.erased.add("a" * 32)).result()
    store.write(lambda tx: tx.erased.forget("a" * 32)).result()
    assert not store.read(lambda tx: tx.erased.has("a" * 32))


def test_an_export_says_nothing_of_content_that_is_forgotten(store: Store) -> None:
    live(ADA, 1, store)
    letter = store.read(lambda tx: tx.outbox.waiting())[0]
    store.write(lambda tx: tx.outbox.sent(letter.id, 5)).result()
    rows = json.loads(store.read(lambda tx: everything_as_json(tx, ADA)))
    assert [(row["state"], row.get("payload")) for row in rows["outbox"]] == [("sent", None)]
    assert {row["state"] for row in rows["inbox"]} == {"pending", "dead"}
    assert all(row["payload"] for row in rows["inbox"])


def test_updates_of_a_deleted_person_take_no_effect_any_more(store: Store) -> None:
    live(ADA, 1, store)
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    with pytest.raises(AlreadyFinishedError):
        store.write(lambda tx: tx.inbox.finish(3)).result()
    assert not store.write(lambda tx: tx.inbox.receive(InboxUpdate(3, ADA, "{}"))).result()


def test_the_update_that_asks_for_deletion_finishes_in_the_same_transaction(store: Store) -> None:
    live(ADA, 1, store)

    def delete(tx: Tx) -> None:
        tx.erasure.delete_person(ADA, update_id=3)
        tx.outbox.add(ADA, Outgoing("bye"), forget=True)
        tx.inbox.finish(3)

    store.write(delete).result()
    (goodbye,) = store.read(lambda tx: tx.outbox.waiting())
    store.write(lambda tx: tx.outbox.sent(goodbye.id, 1)).result()
    assert not [cell for cell in cells(store) if str(ADA) in str(cell)]


def test_pruning_drops_what_is_finished_and_keeps_what_is_not(store: Store, clock: Clock) -> None:
    live(ADA, 1, store)
    letter = store.read(lambda tx: tx.outbox.waiting())[0]
    store.write(lambda tx: tx.outbox.sent(letter.id, 1)).result()
    store.write(lambda tx: tx.ratings.put(ADA, MovieId(9), 0, update_id=5)).result()

    def prune() -> tuple[int, ...]:
        done = store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
        assert done.searches == done.wishes == done.impressions
        return done.inbox, done.outbox, done.impressions, done.ratings

    clock.pass_by(days=6, hours=23)
    assert prune() == (0, 0, 0, 0)
    clock.pass_by(hours=2)
    assert prune() == (1, 1, 0, 1)
    clock.pass_by(days=24)
    assert prune() == (0, 0, 1, 0)
    clock.pass_by(days=60)
    assert prune() == (1, 0, 0, 0)
    pending, counts = store.read(lambda tx: (tx.inbox.count("pending"), tx.counts()))
    assert (pending, counts.inbox_dead, counts.ratings) == (1, 0, 1)


def test_what_could_not_be_read_holds_no_number_of_who_was_erased(store: Store) -> None:
    def keep(tx: Tx) -> None:
        for number, person in ((-1, ADA), (-2, BOB)):
            text = f'{{"unparsed": "{{from: {person}"}}'
            tx.inbox.receive(InboxUpdate(number, None, text), state="dead", error="unreadable")

    store.write(keep).result()
    store.write(lambda tx: tx.inbox.forget(ADA)).result()
    left = [cell for cell in cells(store) if isinstance(cell, str)]
    assert [str(ADA) in cell for cell in left].count(True) == 0
    assert [str(BOB) in cell for cell in left].count(True) == 1
