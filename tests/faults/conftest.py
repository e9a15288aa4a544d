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


# Several processes, a server and a clock of seconds: a busy machine may let one run fail. What is wrong fails twice.
TRIES = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("faults") is not None:
            item.add_marker(pytest.mark.flaky(reruns=TRIES - 1))


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
