"""Backups of a database in use, of either kind: one moment, whole, and nothing that is not."""

from __future__ import annotations

import resource
import sqlite3
import stat
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.storage import BackupError, SchemaTooNewError, StorageError, Store, Tx
from bot.storage.backup import verify
from bot.storage.engine import sqlite_file
from recommender.domain import MovieId, UserId

CROWD = 40


def rate_one_film(tx: Tx, person: UserId) -> None:
    tx.people.ensure(person)
    tx.ratings.put(person, MovieId(1 + person % 30), 8, update_id=person)


def test_a_backup_counts_what_it_holds_and_is_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    store.write(lambda tx: rate_one_film(tx, UserId(7))).result()
    backup = store.back_up(tmp_path / "copy.db")
    assert (backup.rows["people"], backup.rows["ratings"], backup.rows["movies"]) == (1, 1, 30)
    assert backup == verify(backup.file)
    assert backup.taken_at is not None
    assert stat.S_IMODE(backup.file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_a_backup_under_load_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    """Each person comes with one rating in one transaction, so a half-seen one would show."""
    done = threading.Event()

    def come() -> None:
        person = 0
        while not done.is_set():
            person += 1
            store.write(partial(rate_one_film, person=UserId(person))).result()

    coming = threading.Thread(target=come)
    coming.start()
    try:
        backups = [store.back_up(tmp_path / f"copy{number}.db") for number in range(3)]
    finally:
        done.set()
        coming.join()
    assert all(backup.rows["people"] == backup.rows["ratings"] for backup in backups)
    assert backups[-1].rows["people"] > backups[0].rows["people"]


def test_a_copy_of_before_backups_said_what_is_in_them_is_one(sqlite_store: Store, tmp_path: Path) -> None:
    file = sqlite_store.back_up(tmp_path / "copy.db").file
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE backup")
    assert verify(file).taken_at is None


@pytest.fixture
def backup(sqlite_store: Store, tmp_path: Path) -> Path:
    """Return a backup's file of some people."""
    for written in [sqlite_store.write(partial(rate_one_film, person=UserId(number))) for number in range(1, CROWD)]:
        written.result()
    return sqlite_store.back_up(tmp_path / "backup.db").file


@pytest.mark.parametrize("size", [0, 50, 4096, 20_000, -1])
def test_a_truncated_backup_is_refused(backup: Path, size: int) -> None:
    backup.write_bytes(backup.read_bytes()[:size])
    with pytest.raises(StorageError):
        verify(backup)


def test_a_damaged_page_is_refused(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    for place in range(0, len(content), 4096)[3::5]:
        content[place : place + 2000] = b"\xaa" * 2000
    backup.write_bytes(content)
    with pytest.raises(BackupError, match="must be a whole SQLite database"):
        verify(backup)


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("DELETE FROM ratings WHERE person_id = 3", "must have the rows it was taken with"),
        (
            "INSERT INTO ratings SELECT 999, movie_id, 8, 'chat', rated_at, stored_at, 1, 1 FROM ratings LIMIT 1",
            "refers",
        ),
        ("DROP TABLE alembic_version", "must be of a Reelmate's database"),
    ],
)
def test_a_changed_backup_is_refused(backup: Path, statement: str, fact: str) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute(statement)
    with pytest.raises(BackupError, match=fact):
        verify(backup)


def test_a_database_in_use_is_no_backup(sqlite_store: Store) -> None:
    sqlite_store.write(partial(rate_one_film, person=UserId(7))).result()
    file = sqlite_file(sqlite_store.url)
    assert file is not None
    with pytest.raises(BackupError, match=r"must be one file\. Received: .*-wal beside it"):
        verify(file)


def test_a_backup_of_a_newer_reelmate_is_refused(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNewError, match="newer Reelmate"):
        verify(backup)


def test_a_backup_that_cannot_be_written_leaves_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").mkdir()
    with pytest.raises(OSError, match=r"copy\.db"):
        sqlite_store.back_up(tmp_path / "copy.db")
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_on_a_full_disk_says_so_and_leaves_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 * 1024, before[1]))
    try:
        with pytest.raises(StorageError, match=r"room|full|disk"):
            sqlite_store.back_up(tmp_path / "full.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not [file for file in tmp_path.iterdir() if file.name.startswith("full.db")]
