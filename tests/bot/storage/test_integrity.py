"""Damage to a SQLite file is seen at a look, and said in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage import DatabaseDamagedError, Store
from bot.storage.engine import sqlite_file
from bot.storage.integrity import require_whole


@pytest.fixture
def file(sqlite_store: Store) -> Path:
    """Return the file of a closed database."""
    sqlite_store.close()
    found = sqlite_file(sqlite_store.url)
    assert found is not None
    return found


def test_a_whole_database_passes(file: Path) -> None:
    require_whole(file)


def test_a_look_that_takes_too_long_is_no_fault(file: Path) -> None:
    require_whole(file, look_s=-1)


def test_an_empty_file_is_a_database_to_be(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    require_whole(tmp_path / "empty.db")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"garbage" * 100 + content[700:],
        lambda content: content[:8192] + b"\xaa" * (len(content) - 8192),
        lambda content: bytes(100_000),
    ],
    ids=["truncated", "no header", "overwritten", "zeroes"],
)
def test_damage_is_one_line_that_says_what_to_do(file: Path, damage: Callable[[bytes], bytes]) -> None:
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(DatabaseDamagedError, match=r"^the database must be whole; .*restore.*\. Received: ") as refused:
        require_whole(file)
    assert "\n" not in str(refused.value)
