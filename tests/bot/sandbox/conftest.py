"""A bare bot beside the people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import Sim


@pytest.fixture
def api(sim: Sim) -> Iterator[Api]:
    """A bot whom person 7 has written to."""
    sim.message(7, "hello")
    client = Api(sim.url, sim.token)
    yield client
    client.close()
