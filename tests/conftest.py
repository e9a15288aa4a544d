"""Fixtures that every part of the tests may use."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from bot.sandbox import RunningSandbox, running
from tests.sim import AsyncSim, Sim

pytest_plugins = ["pytester", "tests.postgres", "tests.slow", "tests.statements", "tests.workers"]

Closing = Callable[[ExitStack], None]

# A server, a bot and a clock of seconds: a busy machine may let one run fail. What is wrong fails twice, and pytest's
# closing line counts what ran again.
TRIES = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let whoever talks to a living bot, or injects faults, try again."""
    for item in items:
        if "telegram" in getattr(item, "fixturenames", ()) or item.get_closest_marker("faults") is not None:
            item.add_marker(pytest.mark.flaky(reruns=TRIES - 1))


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """Take away what a test set up for the log, which writes to what the test alone has."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def close_later() -> Iterator[Closing]:
    """Close what takes a while to stop, while the next tests run; what went wrong shows after the last one."""
    with ThreadPoolExecutor() as pool:
        closed = []
        yield lambda stack: closed.append(pool.submit(stack.close))
        for one in closed:
            one.result()


@pytest.fixture
def telegram(close_later: Closing) -> Iterator[RunningSandbox]:
    """A local Telegram of this test's own, without sending limits."""
    with ExitStack() as stack:
        yield stack.enter_context(running(limits=False))
        close_later(stack.pop_all())


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
