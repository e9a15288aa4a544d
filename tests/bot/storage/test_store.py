"""The store: one writer, group commit, savepoints, and errors that say what to do."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import Future, wait
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.outgoing import Outgoing
from bot.storage import (
    DatabaseFullError,
    DatabaseLockedError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    DatabaseUrlError,
    Person,
    SchemaOutdatedError,
    SchemaTooNewError,
    StorageError,
    Store,
    Tx,
    migrate,
)
from bot.storage.backup import back_up
from bot.storage.engine import sqlite_file
from recommender.domain import UserId

ADA = UserId(7)


class RefusedError(Exception):
    pass


def file_of(store: Store) -> Path:
    file = sqlite_file(store.url)
    assert file is not None
    return file


def greet(store: Store, person: int) -> Future[Person]:
    return store.write(lambda tx: tx.people.ensure(UserId(person)))


def test_a_write_is_there_once_its_future_resolves(store: Store) -> None:
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    with Store(store.url) as another:
        assert another.read(lambda tx: tx.people.get(ADA)) is not None


def test_what_queues_up_is_committed_together(store: Store) -> None:
    commits: list[object] = []
    event.listen(store._engine, "commit", commits.append)
    started, go = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        started.set()
        go.wait(10)

    first = store.write(hold)
    started.wait(10)
    others = [greet(store, at) for at in range(1, 51)]
    go.set()
    first.result(10)
    wait(others, timeout=10)
    assert len(commits) == 2
    assert store.read(lambda tx: tx.counts()).people == 50


def test_a_failing_write_undoes_itself_alone(store: Store) -> None:
    started, go = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        started.set()
        go.wait(10)

    def fail(tx: Tx) -> None:
        tx.people.ensure(UserId(2))
        raise RefusedError

    store.write(hold)
    started.wait(10)
    before = store.write(lambda tx: tx.people.ensure(UserId(1)))
    failing = store.write(fail)
    after = store.write(lambda tx: tx.people.ensure(UserId(3)))
    go.set()
    with pytest.raises(RefusedError):
        failing.result(10)
    assert before.result(10).id == 1
    assert after.result(10).id == 3
    assert store.read(lambda tx: [tx.people.get(UserId(at)) is not None for at in (1, 2, 3)]) == [True, False, True]


def test_the_sender_is_told_after_the_commit_and_only_of_letters(store: Store) -> None:
    told: list[int] = []
    store.on_letters(lambda: told.append(len(store.read(lambda tx: tx.outbox.waiting()))))
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    assert told == []
    store.write(lambda tx: tx.outbox.add(ADA, Outgoing("hello"))).result()
    assert told == [1]


def test_a_closed_store_finishes_what_was_queued_and_refuses_more(database_url: str) -> None:
    store = Store(database_url)
    queued = [greet(store, at) for at in range(1, 300)]
    store.close()
    assert all(one.done() and one.exception() is None for one in queued)
    with pytest.raises(StorageError, match="open to write"):
        store.write(lambda tx: None)


@pytest.mark.parametrize("url", ["nonsense", "mysql://here/there", "sqlite://", "sqlite:///:memory:"])
def test_a_wrong_url_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match=r"REELMATE_DATABASE_URL must name .*sqlite:////var"):
        Store(url)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachableError, match="must answer") as caught:
        Store("postgresql://someone:hunter2@127.0.0.1:9/films")
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseReadOnlyError, match=r"must be writable.*nowhere/reelmate\.db"):
        migrate(f"sqlite:///{tmp_path}/nowhere/reelmate.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, only words " * 100)
    with pytest.raises(DatabaseUrlError, match="not a database"):
        migrate(f"sqlite:///{tmp_path}/notes.txt")


def test_an_empty_database_says_that_it_must_be_migrated(empty_url: str) -> None:
    with pytest.raises(SchemaOutdatedError, match="reelmate migrate"):
        Store(empty_url)


def test_a_database_newer_than_the_code_is_refused(sqlite_store: Store) -> None:
    with closing(sqlite3.connect(file_of(sqlite_store))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(SchemaTooNewError, match="install the newer Reelmate"):
        Store(sqlite_store.url)
    with pytest.raises(SchemaTooNewError):
        migrate(sqlite_store.url)


def test_a_full_disk_refuses_the_write_and_keeps_the_rest(sqlite_store: Store) -> None:
    sqlite_store.write(lambda tx: tx.people.ensure(ADA)).result()
    # The connection's own limit of pages stands for a disk with no room left: SQLite raises the same SQLITE_FULL.
    event.listen(
        sqlite_store._engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1")
    )
    with pytest.raises(DatabaseFullError, match="must have room"):
        sqlite_store.write(lambda tx: tx.outbox.add(ADA, Outgoing("x" * 4_000_000))).result()
    assert sqlite_store.read(lambda tx: tx.people.get(ADA)) is not None
    assert sqlite_store.read(lambda tx: tx.outbox.waiting()) == []


def test_a_database_held_by_another_process_says_so(sqlite_store: Store) -> None:
    with Store(sqlite_store.url, busy_s=0.1) as impatient, closing(sqlite3.connect(file_of(sqlite_store))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLockedError, match="another process holds it"):
            impatient.write(lambda tx: tx.people.ensure(ADA)).result()
        other.rollback()
        assert impatient.write(lambda tx: tx.people.ensure(ADA)).result().id == ADA


def test_sqlite_is_durable_and_checks_its_keys(sqlite_store: Store) -> None:
    with sqlite_store._engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_backup_opens_as_a_whole_database(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.write(lambda tx: tx.people.ensure(ADA)).result()
    back_up(sqlite_store._engine, tmp_path / "copy.db")
    with Store(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert copy.read(lambda tx: tx.people.get(ADA)) is not None


def test_migrating_backs_up_first_only_what_has_a_schema(sqlite_store: Store, tmp_path: Path) -> None:
    fresh = migrate(f"sqlite:///{tmp_path}/fresh.db")
    assert (fresh.before, fresh.backup, fresh.changed) == (None, None, True)
    again = migrate(sqlite_store.url)
    assert (again.backup, again.changed) == (None, False)
