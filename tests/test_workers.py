"""Tests write into memory where there is room for it, and nowhere else unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workers import has_room


def test_a_folder_with_room_is_written_to_and_one_without_it_or_that_is_not_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.workers.ROOM_BYTES", 1)
    assert has_room(tmp_path)
    assert not has_room(tmp_path / "nowhere")
    monkeypatch.setattr("tests.workers.ROOM_BYTES", 1 << 60)
    assert not has_room(tmp_path)
