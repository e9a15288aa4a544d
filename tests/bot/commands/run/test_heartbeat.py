"""A sign of life from outside: what the bot wrote last, and how long ago."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.commands.errors import CommandError
from bot.commands.run.heartbeat import FILE, FILE_BYTES, STALE_S, check_alive, end_beat, read_beat, write_beat
from bot.vitals.sign import Report, Sign

WELL = Report((Sign("telegram"), Sign("disk")))
FULL = Report((Sign("telegram"), Sign("disk", "the disk must have room. Received: none")))


def test_a_bot_that_is_well_is_alive(tmp_path: Path) -> None:
    write_beat(tmp_path, WELL)
    check_alive(tmp_path)
    assert read_beat(tmp_path) == WELL


def test_a_bot_that_is_not_well_says_so_with_the_reason(tmp_path: Path) -> None:
    write_beat(tmp_path, FULL)
    with pytest.raises(CommandError, match=r"^degraded: the disk must have room\. Received: none$"):
        check_alive(tmp_path)


def test_no_sign_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no sign"):
        check_alive(tmp_path)
    write_beat(tmp_path, WELL)
    end_beat(tmp_path)
    with pytest.raises(CommandError, match="no sign"):
        check_alive(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"signs": 5}', b"\xff"])
def test_a_sign_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(CommandError, match="no sign"):
        check_alive(tmp_path)


def test_an_old_sign_is_none(tmp_path: Path) -> None:
    write_beat(tmp_path, WELL)
    seen_at = (tmp_path / FILE).stat().st_mtime
    check_alive(tmp_path, now=lambda: seen_at + STALE_S - 1)
    with pytest.raises(CommandError, match="ago"):
        check_alive(tmp_path, now=lambda: seen_at + STALE_S + 1)


def test_what_is_written_takes_the_same_room_each_time(tmp_path: Path) -> None:
    for report in (WELL, FULL, WELL):
        write_beat(tmp_path, report)
        assert (tmp_path / FILE).stat().st_size == FILE_BYTES
        assert read_beat(tmp_path) == report


def test_doctor_says_how_the_running_bot_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_beat(tmp_path, WELL)
    assert invoke(["--data-dir", str(tmp_path), "doctor", "--running"]) == 0
    write_beat(tmp_path, FULL)
    assert invoke(["--data-dir", str(tmp_path), "doctor", "--running", "--json"]) == 1
    said = capsys.readouterr()
    assert '"status": "degraded"' in said.out
    assert "the disk must have room" in said.err
