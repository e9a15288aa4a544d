"""The first minute of somebody who opens the page cold, in both languages, as the real bot answers it: what is said
beside the chat goes along, and axe finds nothing that keeps anybody out."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

from bot.commands.run.first_minute import FirstMinute
from bot.messages import load_words
from bot.sandbox import Beside, RunningSandbox, running
from tests.bot.sandbox.test_page import ARGUMENTS, CHROMIUM
from tests.e2e.conftest import LivingBot

ANSWER_MS = 30_000
WIDTHS = (360, 768)  # a phone, and just beside the list of people
# The levels of WCAG 2.2 that a person is kept out without (axe-core, "Rule Descriptions").
GRAVE = ("serious", "critical")
# Why axe leaves a contrast open (axe-core, "color-contrast"), where what it left open is seen elsewhere.
UNJUDGED = ("shortTextContent", "pseudoContent")
LOCALES = {"en": "en-GB", "zh": "zh-CN"}

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest.fixture
def telegram() -> Iterator[RunningSandbox]:
    """A local Telegram with the demo's guide beside the chat."""
    guide = FirstMinute()
    guide.is_ready = True
    with running(limits=False, beside=Beside(guiding=guide)) as telegram:
        yield telegram


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the page, with the words that the bot has for them."""

    page: Page
    language: str

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def guide(self) -> Locator:
        return self.page.get_by_role("region", name="First steps")

    def word(self, key: str) -> str:
        return load_words()[self.language].plain(key)

    async def start(self) -> None:
        await self.page.get_by_role("button", name="Start", exact=True).click(timeout=ANSWER_MS)
        await self.sees_button(self.word("genre.Sci-Fi"))

    async def tap(self, label: str) -> None:
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def sees_button(self, label: str) -> None:
        await expect(self.log.get_by_role("button", name=label).last).to_be_visible(timeout=ANSWER_MS)

    async def say(self, text: str) -> None:
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.page.keyboard.press("Enter")

    async def barriers(self, where: str) -> list[str]:
        """Return what keeps somebody out, by day and by night, at every width."""
        found = []
        for width in WIDTHS:
            await self.page.set_viewport_size(ViewportSize(width=width, height=760))
            for scheme in ("light", "dark"):
                await self.page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
                found += [f"{where}, {width} px, {scheme}: {one}" for one in await _axe(self.page)]
        return found


@asynccontextmanager
async def visiting(address: str, language: str) -> AsyncIterator[Visitor]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(
            viewport=ViewportSize(width=360, height=760), locale=LOCALES[language], reduced_motion="reduce"
        )
        await page.goto(address)
        yield Visitor(page, language)
        await browser.close()


async def _axe(page: Page) -> list[str]:
    from axe_playwright_python.async_playwright import Axe

    results: dict[str, Any] = (await Axe().run(page, options={"resultTypes": ["violations", "incomplete"]})).response
    grave = [(rule["id"], node) for rule in results["violations"] if rule["impact"] in GRAVE for node in rule["nodes"]]
    doubtful = [("contrast not seen", node) for rule in results["incomplete"] for node in _unseen(rule)]
    return [f"{what}: {node['html']}" for what, node in (*grave, *doubtful)]


def _unseen(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """Return whose contrast axe could not judge, but for single letters and what a bubble's tail touches."""
    if rule["id"] != "color-contrast":
        return []
    return [node for node in rule["nodes"] if node["any"][0]["data"]["messageKey"] not in UNJUDGED]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_first_steps_go_along_from_the_start_to_the_first_rating(
    bot: LivingBot, telegram: RunningSandbox, language: str
) -> None:
    async with visiting(telegram.url, language) as visitor:
        await expect(visitor.guide).to_contain_text(f"1/3 {visitor.word('first.start')}", timeout=ANSWER_MS)
        await visitor.start()
        await expect(visitor.guide).to_contain_text(f"2/3 {visitor.word('first.genres')}")
        await visitor.tap(visitor.word("genre.Sci-Fi"))
        await visitor.sees_button(f"✅ {visitor.word('genre.Sci-Fi')}")
        await visitor.tap(visitor.word("genres.done_first"))
        await expect(visitor.guide).to_contain_text(f"3/3 {visitor.word('first.rate')}")
        await visitor.sees_button(visitor.word("button.rate"))
        await visitor.tap(visitor.word("button.rate"))
        await visitor.sees_button("5★")
        await visitor.tap("5★")
        await expect(visitor.guide).to_be_hidden()
        told = await visitor.log.locator("li.message:not(.mine)").evaluate_all("all => all.map((one) => one.lang)")
        assert set(told) == {"en" if language == "en" else "zh-Hans"}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_keeps_anybody_out(bot: LivingBot, telegram: RunningSandbox, language: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, of the extra dev, is not installed")
    async with visiting(telegram.url, language) as visitor:
        await expect(visitor.guide).to_be_visible(timeout=ANSWER_MS)
        found = await visitor.barriers("before the start")
        await visitor.start()
        found += await visitor.barriers("genres")
        await visitor.say("Heat")
        await expect(visitor.page.get_by_role("button", name="Open the photo")).to_be_visible(timeout=ANSWER_MS)
        found += await visitor.barriers("a card")
        await visitor.page.get_by_role("button", name="Command menu").click()
        found += await visitor.barriers("the command menu")
        await visitor.page.get_by_role("button", name="Open the photo").click()
        found += await visitor.barriers("a photo")
        assert found == []


async def test_a_photo_comes_down_under_its_name(bot: LivingBot, telegram: RunningSandbox) -> None:
    async with visiting(telegram.url, "en") as visitor:
        await visitor.start()
        await visitor.say("Heat")
        await visitor.page.get_by_role("button", name="Open the photo").click(timeout=ANSWER_MS)
        async with visitor.page.expect_download() as waiting:
            await visitor.page.get_by_role("link", name="Download").click()
        download = await waiting.value
        assert download.suggested_filename.endswith((".jpg", ".png"))
        assert (await download.path()).stat().st_size > 1000
