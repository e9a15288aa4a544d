"""Fixtures that every part of the tests may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox import RunningSandbox, running
from tests.sim import AsyncSim, Sim


@pytest.fixture
def telegram() -> Iterator[RunningSandbox]:
    """A local Telegram of this test's own, without sending limits."""
    with running(limits=False) as sandbox:
        yield sandbox


@pytest.fixture
def sim(telegram: RunningSandbox) -> Iterator[Sim]:
    """The people who use that Telegram."""
    client = Sim(telegram.url, telegram.token)
    yield client
    client.close()


@pytest.fixture
def asim(sim: Sim) -> AsyncSim:
    """The same people, for tests whose bot lives in the test's event loop."""
    return AsyncSim(sim)
