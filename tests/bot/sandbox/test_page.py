"""The chat page in a real browser: it looks and behaves like a Telegram chat, and complains of nothing."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.bot.sandbox.echo import polling
from tests.sim import AsyncSim, Sim

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

DESKTOP, PHONE = ViewportSize(width=1200, height=800), ViewportSize(width=390, height=844)

IN_CHROMIUM = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.chromium,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason=f"Chromium is not installed at {CHROMIUM}"),
]
pytestmark = IN_CHROMIUM


@asynccontextmanager
async def opened(browser: Browser, url: str, *, viewport: ViewportSize = DESKTOP) -> AsyncIterator[Page]:
    """Open the page as a newcomer; the browser must find nothing to complain about until it is closed."""
    page = await browser.new_page(viewport=viewport, locale="en-GB")
    complaints: list[str] = []
    origin = url.partition("/?")[0]
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(origin) else complaints.append(request.url))
    await page.goto(url)
    yield page
    await page.close()
    assert complaints == []


async def say(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.keyboard.press("Enter")


async def start(page: Page, label: str = "Start") -> None:
    await page.get_by_role("button", name=label, exact=True).click()
    await expect(page.get_by_role("log").get_by_text("Welcome")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_a_chat_from_the_start_button_to_an_edit_in_place(
    browser: Browser, sim: Sim, viewport: ViewportSize, tmp_path: Path
) -> None:
    async with polling(sim.url, sim.token), opened(browser, sim.url, viewport=viewport) as page:
        await start(page)
        await page.get_by_role("button", name="Two").click()
        await expect(page.get_by_text("You chose 2")).to_be_visible()
        await expect(page.get_by_role("log").get_by_text("Chosen: 2")).to_be_visible()
        await expect(page.get_by_role("log").get_by_text("edited")).to_be_visible()
        assert await page.get_by_role("button", name="Two").count() == 0
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            picture = await page.screenshot(path=tmp_path / f"{scheme}.png")
            assert len(picture) > 20_000
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_formatting_is_shown_and_markup_in_texts_stays_text(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token), opened(browser, sim.url) as page:
        await start(page)
        await expect(page.get_by_role("log").locator("b")).to_have_text("Welcome")
        await say(page, "<img src=x onerror=alert(1)> & <b>")
        log = page.get_by_role("log")
        await expect(log.get_by_text("<img src=x onerror=alert(1)> & <b>")).to_have_count(2)


async def test_one_can_be_several_people_who_do_not_see_each_others_chats(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token), opened(browser, sim.url) as page:
        await start(page)
        await page.get_by_role("button", name="Add a person").click()
        await page.get_by_label("Name").fill("小林")
        await page.get_by_label("Language of their app").select_option("zh-hans")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("button", name="开始", exact=True)).to_be_visible()
        assert await page.get_by_role("log").get_by_text("Welcome").count() == 0
        await start(page, "开始")
        await say(page, "你好")
        await expect(page.get_by_role("log").get_by_text("你好")).to_have_count(2)
        await page.reload()
        await expect(page.get_by_role("log").get_by_text("你好")).to_have_count(2)
        await page.get_by_role("button", name="Alex").click()
        await expect(page.get_by_role("log").get_by_text("Welcome")).to_be_visible()
        assert await page.get_by_role("log").get_by_text("你好").count() == 0


async def test_the_command_menu_shows_the_persons_language(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token) as app:
        await app.bot.set_my_commands([("start", "Begin"), ("again", "Once more")])
        await app.bot.set_my_commands([("start", "开始")], language_code="zh")
        async with opened(browser, sim.url) as page:
            await start(page)
            await page.get_by_label("Command menu").click()
            await expect(page.get_by_role("option")).to_have_count(2)
            await page.get_by_role("option", name="Once more").click()
            await expect(page.get_by_role("log").get_by_text("/again")).to_have_count(2)
            await page.get_by_label("Message", exact=True).fill("/st")
            await expect(page.get_by_role("option")).to_have_count(1)
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("log").get_by_text("Welcome")).to_have_count(2)


async def test_files_go_up_and_come_down(browser: Browser, sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_bytes(b"Date,Name\n")
    async with polling(sim.url, sim.token), opened(browser, sim.url) as page:
        await start(page)
        await page.get_by_label("File to send").set_input_files(tmp_path / "ratings.csv")
        await expect(page.get_by_role("log").get_by_text("10 bytes")).to_be_visible()
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name="back.bin").click()
        saved = await (await waiting.value).path()
        assert saved.read_bytes() == b"Date,Name\n"


async def test_blocking_and_coming_back(browser: Browser, sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token), opened(browser, sim.url) as page:
        await start(page)
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Stop and block bot").click()
        await page.get_by_role("button", name="Restart bot").click()
        await say(page, "back again")
        await expect(page.get_by_role("log").get_by_text("back again")).to_have_count(2)


async def test_a_deep_link_starts_with_its_payload(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token), opened(browser, f"{sim.url}/?start=m_603") as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.get_by_role("log").get_by_text("Welcome m_603")).to_be_visible()
        await say(page, "https://t.me/reelmate_bot?start=m_1")
        await page.get_by_role("link", name="t.me").last.click()
        await expect(page.get_by_role("log").get_by_text("Welcome m_1")).to_be_visible()
