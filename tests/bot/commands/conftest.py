"""Data directories to run commands on, apart from every setting outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.settings import PREFIX
from tests.databases import migrated_file
from tests.shared import shared


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """Return a data directory with an empty database."""
    migrated_file(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with the starter catalogue and its simulated ratings."""
    folder = tmp_path_factory.mktemp("filled")
    for name, content in shared("filled", lambda: _import_starter(tmp_path_factory.mktemp("starter"))).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _import_starter(folder: Path) -> dict[str, bytes]:
    """Return every file of such a directory, by its place in it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        assert invoke(["--data-dir", str(folder), "import", "starter"]) == 0
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
