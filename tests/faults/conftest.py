"""What faults are injected into: the real bot on the local Telegram, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import POSTGRES, clock, database_url, empty_url, postgres_url, sqlite_store, store
from tests.faults.bots import Bots
from tests.sim import Sim

__all__ = ["POSTGRES", "clock", "database_url", "empty_url", "sqlite_store", "store"]


@pytest.fixture
def bots(sim: Sim, tmp_path: Path) -> Iterator[Bots]:
    """Bots on SQLite."""
    started = Bots(sim, tmp_path)
    yield started
    started.end()


@pytest.fixture
def server_url() -> Iterator[str]:
    """An empty schema of PostgreSQL."""
    with postgres_url() as url:
        yield url
