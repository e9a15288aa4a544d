"""What the page offers beside the chat: seen once there is a chat, said by one tap, and gone when it is answered."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, async_playwright, expect

from bot.sandbox import Beside, Offer, running
from tests.bot.sandbox.echo import polling
from tests.bot.sandbox.test_page import ARGUMENTS, CHROMIUM, DESKTOP, PHONE, opened, say, start

OFFERS = {
    "en": Offer("Lists are learned from made-up people so far. Not for commercial use.", "Use real ratings", "/real"),
    "zh": Offer("目前的片单学自虚拟观众。不得用于商业用途。", "使用真实评分", "/real"),
}

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_an_offer_is_taken_by_one_tap_or_sent_away(viewport: ViewportSize, tmp_path: Path) -> None:
    with running(limits=False, beside=Beside(offering=lambda language: OFFERS.get(language))) as telegram:
        async with async_playwright() as playwright, polling(telegram.url, telegram.token):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            async with opened(browser, telegram.url, viewport=viewport) as page:
                take = page.get_by_role("button", name="Use real ratings")
                assert await take.count() == 0  # nobody has met the bot yet
                await start(page)
                await expect(page.get_by_text("Not for commercial use.")).to_be_visible()
                pictures = Path(os.environ.get("REELMATE_SCREENSHOTS") or tmp_path)
                assert len(await page.screenshot(path=pictures / f"offer-{viewport['width']}.png")) > 20_000
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                await take.click()
                await expect(page.get_by_role("log").get_by_text("/real").first).to_be_visible()
                await expect(take).to_be_hidden()
                await page.reload()
                await page.get_by_role("button", name="Not now").click()
                await say(page, "hello")
                await expect(page.get_by_role("log").get_by_text("hello")).to_have_count(2)
                await expect(take).to_be_hidden()
            await browser.close()
