"""The first minute of somebody who opens the page cold, in both languages, as the real bot answers it: what is said
beside the chat goes along, and axe finds nothing that keeps anybody out."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

from bot.commands.run.first_minute import FirstMinute
from bot.messages import load_words
from bot.sandbox import Beside, RunningSandbox, running
from tests.bot.sandbox.axe import barriers
from tests.bot.sandbox.test_page import ARGUMENTS, CHROMIUM
from tests.e2e.conftest import LivingBot

ANSWER_MS = 30_000
LOCALES = {"en": "en-GB", "es": "es-ES", "zh": "zh-CN"}
TAGS = {"en": "en", "es": "es", "zh": "zh-Hans"}

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
        return self.page.locator("#guide")

    @property
    def photo(self) -> Locator:
        return self.log.locator("button.photo")

    def word(self, key: str) -> str:
        return load_words()[self.language].plain(key)

    async def start(self) -> None:
        await self.page.locator("#start").click(timeout=ANSWER_MS)
        await self.sees_button(self.word("genre.Sci-Fi"))

    async def tap(self, label: str) -> None:
        await self.log.get_by_role("button", name=label, exact=True).last.click()

    async def sees_button(self, label: str) -> None:
        await expect(self.log.get_by_role("button", name=label).last).to_be_visible(timeout=ANSWER_MS)

    async def say(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")


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


@pytest.mark.parametrize("language", sorted(LOCALES))
async def test_the_first_steps_go_along_from_the_start_to_the_first_rating(
    bot: LivingBot, telegram: RunningSandbox, language: str
) -> None:
    bot.introduce()
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
        assert set(told) == {TAGS[language]}
        assert await visitor.page.evaluate("document.documentElement.lang") == TAGS[language]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_nothing_keeps_anybody_out(bot: LivingBot, telegram: RunningSandbox, language: str) -> None:
    bot.introduce()
    async with visiting(telegram.url, language) as visitor:
        await expect(visitor.guide).to_be_visible(timeout=ANSWER_MS)
        found = await barriers(visitor.page, "before the start")
        await visitor.start()
        found += await barriers(visitor.page, "genres")
        await visitor.say("Heat")
        await expect(visitor.photo).to_be_visible(timeout=ANSWER_MS)
        found += await barriers(visitor.page, "a card")
        await visitor.page.locator("#menu").click()
        found += await barriers(visitor.page, "the command menu")
        await visitor.photo.click()
        found += await barriers(visitor.page, "a photo")
        assert found == []


async def test_a_photo_comes_down_under_its_name(bot: LivingBot, telegram: RunningSandbox) -> None:
    async with visiting(telegram.url, "en") as visitor:
        await visitor.start()
        await visitor.say("Heat")
        await visitor.photo.click(timeout=ANSWER_MS)
        async with visitor.page.expect_download() as waiting:
            await visitor.page.get_by_role("link", name="Download").click()
        download = await waiting.value
        assert download.suggested_filename.endswith((".jpg", ".png"))
        assert (await download.path()).stat().st_size > 1000
