"""`reelmate backup` and `reelmate restore`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.locks import poller_lock
from bot.settings import sqlite_url
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.commands.complaint import complaint


def test_a_backup_comes_back_over_what_was_there_since(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = ["--data-dir", str(migrated)]
    assert invoke([*room, "backup"]) == 0
    assert "0 people, 0 ratings, schema" in capsys.readouterr().out
    (file,) = (migrated / "backups").iterdir()
    with Store(sqlite_url(migrated)) as store:
        store.write(lambda tx: tx.people.ensure(UserId(5))).result()
    assert invoke([*room, "restore", str(file)]) == 1
    assert "add --overwrite. Received: " in complaint(capsys)
    assert invoke([*room, "restore", str(file), "--overwrite"]) == 0
    said = capsys.readouterr().out
    assert "Restored 0 people and 0 ratings." in said
    assert "before-restore-" in said
    with Store(sqlite_url(migrated)) as store:
        assert store.read(lambda tx: tx.counts()).people == 0


def test_only_so_many_backups_stay(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = migrated / "backups"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"reelmate-2026010{day}T000000.db").touch()
    (folder / "before-restore-1.db").touch()
    assert invoke(["--data-dir", str(migrated), "backup", "--keep", "2"]) == 0
    assert capsys.readouterr().out.count("Removed reelmate-2026010") == 2
    assert {"reelmate-20260103T000000.db", "before-restore-1.db"} < {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("command", [["backup", "{file}"], ["restore", "{file}.gone"]])
def test_a_file_that_will_not_do_is_named(
    migrated: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    file = migrated / "there.db"
    file.touch()
    assert invoke(["--data-dir", str(migrated), *(word.format(file=file) for word in command)]) == 1
    assert f"Received: {file}" in complaint(capsys)


def test_nothing_is_restored_under_a_running_bot(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(migrated), "backup", str(migrated / "copy.db")]) == 0
    capsys.readouterr()
    with poller_lock(migrated, sqlite_url(migrated)):
        assert invoke(["--data-dir", str(migrated), "restore", str(migrated / "copy.db"), "--overwrite"]) == 1
    assert "only one bot may run here" in complaint(capsys)


def test_a_damaged_database_is_one_line_for_every_command(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = migrated / "reelmate.db"
    file.write_bytes(file.read_bytes()[:9000])
    for command in ("migrate", "stats", "backup"):
        assert invoke(["--data-dir", str(migrated), command]) == 1
        assert "the database must be whole; move it aside and `reelmate restore` a backup" in complaint(capsys)
