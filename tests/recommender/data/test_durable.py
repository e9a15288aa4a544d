"""What was written can be brought to the disk, be it a file or a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recommender.data.durable import make_durable


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_file_or_a_folder_is_synced_and_let_go(
    is_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "written"
    path.mkdir() if is_folder else path.write_bytes(b"all of it")
    synced: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append((descriptor, os.fstat(descriptor).st_ino)))
    make_durable(path)
    (descriptor, inode), *more = synced
    assert inode == path.stat().st_ino
    assert not more
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_what_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        make_durable(tmp_path / "nowhere")
