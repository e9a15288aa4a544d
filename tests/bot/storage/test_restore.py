"""A backup as the database again, on either kind and from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.outgoing import Outgoing
from bot.storage import BackupError, Person, Store, Tx, migrate, restore
from bot.storage.backup import verify
from bot.storage.engine import open_engine, sqlite_file
from bot.storage.revisions import alembic_config
from bot.storage.row_copy import reflect
from recommender.domain import MovieId, UserId
from tests.databases import stock

ADA, BOB, CAT = UserId(1), UserId(2), UserId(2**40)


def fill(tx: Tx) -> None:
    for person in (ADA, BOB, CAT):
        tx.people.ensure(person, telegram_language="en")
        tx.people.set_consent(person, person == ADA, version=1)
        tx.ratings.put(person, MovieId(7), 9, update_id=person)
        tx.outbox.add(person, Outgoing("A <b>message</b> 🎬"))


@contextmanager
def opened(url: str) -> Iterator[Store]:
    with Store(url) as store:
        yield store


@pytest.fixture
def backup(database_url: str, tmp_path: Path) -> Path:
    """Return a backup's file of three people, out of each kind of database in turn."""
    with opened(database_url) as store:
        stock(store)
        store.write(fill).result()
        return store.back_up(tmp_path / "backup.db").file


def rows_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row behind a URL."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
                for table in reflect(connection)
            }
    finally:
        engine.dispose()


def test_what_was_backed_up_is_there_again_row_by_row(database_url: str, backup: Path, tmp_path: Path) -> None:
    before = rows_of(database_url)
    with opened(database_url) as store:
        store.write(lambda tx: tx.ratings.put(ADA, MovieId(9), 2, update_id=99)).result()
    done = restore(backup, database_url, overwrite=True, aside=tmp_path / "aside")
    assert rows_of(database_url) == before
    assert (done.rows["people"], done.left_out) == (3, 0)
    assert done.kept is not None
    assert verify(done.kept).rows["ratings"] == 4


def test_an_empty_database_is_filled_unasked(empty_url: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    with opened_new(source) as store:
        stock(store)
        store.write(fill).result()
        file = store.back_up(tmp_path / "backup.db").file
    done = restore(file, empty_url, overwrite=False, aside=tmp_path / "aside")
    assert (done.kept, done.left_out) == (None, None)
    with opened(empty_url) as store:
        cat = store.read(lambda tx: tx.people.get(CAT))
        assert isinstance(cat, Person)
        assert cat.created_at.tzinfo is not None
        newer = store.write(lambda tx: tx.outbox.add(ADA, Outgoing("after"))).result()
        assert newer > max(letter.id for letter in store.read(lambda tx: tx.outbox.waiting()) if letter.id != newer)


@contextmanager
def opened_new(url: str) -> Iterator[Store]:
    migrate(url)
    with Store(url) as store:
        yield store


def test_a_database_is_not_replaced_unasked(database_url: str, backup: Path, tmp_path: Path) -> None:
    before = rows_of(database_url)
    with pytest.raises(BackupError, match=r"add --overwrite\. Received: .* with 3 people"):
        restore(backup, database_url, overwrite=False, aside=tmp_path / "aside")
    assert rows_of(database_url) == before


def test_a_damaged_backup_changes_nothing(database_url: str, backup: Path, tmp_path: Path) -> None:
    before = rows_of(database_url)
    backup.write_bytes(backup.read_bytes()[:-5000])
    with pytest.raises(BackupError, match="whole SQLite database"):
        restore(backup, database_url, overwrite=True, aside=tmp_path / "aside")
    assert rows_of(database_url) == before


def test_whoever_was_erased_since_stays_erased(database_url: str, backup: Path, tmp_path: Path) -> None:
    with opened(database_url) as store:
        store.write(lambda tx: tx.erasure.delete_person(CAT)).result()
    assert restore(backup, database_url, overwrite=True, aside=tmp_path / "aside").left_out == 1
    assert str(int(CAT)) not in repr(rows_of(database_url))


def test_a_damaged_database_is_replaced_and_kept(backup: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'damaged.db'}"
    file = sqlite_file(url)
    assert file is not None
    file.write_bytes(b"no database" * 100)
    file.with_name("damaged.db-wal").write_bytes(b"left over")
    done = restore(backup, url, overwrite=True, aside=tmp_path / "aside")
    assert done.left_out is None
    assert done.kept is not None
    assert done.kept.read_bytes() == b"no database" * 100
    assert not file.with_name("damaged.db-wal").exists()
    with opened(url) as store:
        assert store.read(lambda tx: tx.counts()).people == 3


def test_a_backup_of_an_older_schema_is_brought_up_to_date(database_url: str, backup: Path, tmp_path: Path) -> None:
    older = create_engine(f"sqlite:///{backup}")
    with older.begin() as connection:
        connection.exec_driver_sql("DROP TABLE backup")
        command.downgrade(alembic_config(connection), "0004")
    older.dispose()
    assert verify(backup).revision == "0004"
    restore(backup, database_url, overwrite=True, aside=tmp_path / "aside")
    with opened(database_url) as store:
        assert store.read(lambda tx: tx.counts()).people == 3
