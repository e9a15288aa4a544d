"""A bare bot beside the people, and a browser to look at the page with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.bot.sandbox.api import Api
from tests.sim import Sim

if TYPE_CHECKING:
    from playwright.async_api import Browser


@pytest.fixture
def api(sim: Sim) -> Iterator[Api]:
    """A bot whom person 7 has written to."""
    sim.message(7, "hello")
    client = Api(sim.url, sim.token)
    yield client
    client.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, one for the tests of a file."""
    from playwright.async_api import async_playwright

    from tests.bot.sandbox.test_page import ARGUMENTS, CHROMIUM

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()
