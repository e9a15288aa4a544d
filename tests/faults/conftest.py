"""What faults are injected into: the real bot on the local Telegram, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import POSTGRES, clock, database_url, empty_url, real_time_store, sqlite_store, store
from tests.faults.bots import Bots
from tests.postgres import empty_schema
from tests.sim import Sim

__all__ = ["POSTGRES", "clock", "database_url", "empty_url", "real_time_store", "sqlite_store", "store"]


@pytest.fixture
def bots(sim: Sim, tmp_path: Path) -> Iterator[Bots]:
    """Bots on SQLite."""
    started = Bots(sim, tmp_path)
    yield started
    started.end()


@pytest.fixture
def server_url() -> Iterator[str]:
    """An empty schema of PostgreSQL."""
    with empty_schema() as url:
        yield url
