"""`reelmate migrate`, and what every command says of a database or a folder that it cannot use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint


def test_migrate_twice_changes_nothing_the_second_time(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(migrated), "migrate"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_a_wrong_database_url_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "mysql://localhost/films")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "REELMATE_DATABASE_URL" in complaint(capsys)


def test_an_unreachable_database_hides_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/films")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "hunter2" not in complaint(capsys)


def test_a_database_newer_than_the_code_is_refused(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(migrated / "reelmate.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert invoke(["--data-dir", str(migrated), "migrate"]) == 1
    assert "newer" in complaint(capsys)


def test_a_data_directory_that_cannot_be_made_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert invoke(["--data-dir", str(tmp_path / "file" / "data"), "migrate"]) == 1
    assert "--data-dir" in complaint(capsys)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_data_directory_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "writable" in complaint(capsys)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_of_somebody_else_is_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 0
    (tmp_path / "reelmate.db").chmod(0o400)
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "must be a file that may be read and written; check whose it is" in complaint(capsys)


def test_a_bad_setting_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "soon")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "REELMATE_RETRAIN_EVERY" in complaint(capsys)
