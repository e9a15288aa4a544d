"""The chat page in a real browser, beyond texts: polls, reactions, ready answers, inline results, groups."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.bot.sandbox.axe import barriers
from tests.bot.sandbox.bots import asking, conversations
from tests.bot.sandbox.bots.polling import Bot, polling
from tests.bot.sandbox.test_page import DESKTOP, IN_CHROMIUM, PHONE, opened, say
from tests.sim import AsyncSim, Sim

pytestmark = IN_CHROMIUM


def install(app: Bot) -> None:
    asking.install_polls(app)
    asking.install_inline(app)
    conversations.install(app)


async def test_a_poll_is_voted_in_and_the_vote_taken_back(
    browser: Browser, sim: Sim, asim: AsyncSim, tmp_path: Path
) -> None:
    async with polling(sim.url, sim.token, install), opened(browser, sim.url, viewport=PHONE) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await say(page, "/poll")
        poll = page.get_by_role("group", name="Poll: Which film?")
        await poll.get_by_role("button", name="Alien").click()
        await expect(poll.get_by_role("button", name="Alien")).to_have_attribute("aria-pressed", "true")
        await expect(poll.get_by_text("100%")).to_be_visible()
        pictures = Path(os.environ.get("REELMATE_SCREENSHOTS") or tmp_path)
        assert len(await page.screenshot(path=pictures / "poll.png")) > 20_000
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await poll.get_by_role("button", name="Retract vote").click()
        await expect(poll.get_by_text("Final results")).to_be_visible()  # this bot ends its polls after two votes


async def test_ready_answers_stand_under_the_typing_box(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token, install), opened(browser, sim.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        answers = page.get_by_role("group", name="Ready answers")
        await answers.get_by_role("button", name="Dark").click()
        await expect(page.get_by_role("log").get_by_text("And a film you like?")).to_be_visible()
        await expect(answers).to_be_hidden()


async def test_reactions_are_given_and_taken_back(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token, install), opened(browser, sim.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_role("log").get_by_text("What mood?").hover()
        await page.get_by_label("React", exact=True).last.click()
        await page.get_by_label("React with fire").last.click()
        given = page.get_by_role("button", name="Reactions with fire: 1")
        await expect(given).to_be_visible()
        await given.click()
        await expect(given).to_have_count(0)


async def test_a_group_and_an_inline_result_in_it(browser: Browser, sim: Sim, tmp_path: Path) -> None:
    async with polling(sim.url, sim.token, install), opened(browser, sim.url, viewport=DESKTOP) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Make a group with the bot").click()
        log = page.get_by_role("log")
        await expect(log.get_by_text("Reelmate came into the group")).to_be_visible()
        await page.get_by_label("Message", exact=True).fill("@reelmate_bot heat")
        await page.get_by_role("option", name="HEAT", exact=True).click()
        await expect(log.get_by_text("via @reelmate_bot")).to_be_visible()
        await say(page, "/quiz")
        await expect(log.get_by_text("Of 1979?")).to_be_visible()
        pictures = Path(os.environ.get("REELMATE_SCREENSHOTS") or tmp_path)
        assert len(await page.screenshot(path=pictures / "group.png")) > 20_000
        await page.get_by_role("navigation", name="Chats").get_by_role("button", name="Reelmate").click()
        await expect(log.get_by_text("What mood?")).to_be_visible()
        assert await log.get_by_text("Of 1979?").count() == 0


async def test_polls_groups_and_results_keep_nobody_out(browser: Browser, sim: Sim) -> None:
    async with polling(sim.url, sim.token, install), opened(browser, sim.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.get_by_role("group", name="Ready answers")).to_be_visible()
        found = await barriers(page, "ready answers")
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Make a group with the bot").click()
        await expect(page.get_by_role("log").get_by_text("came into the group")).to_be_visible()
        await say(page, "/poll")
        await page.get_by_role("log").get_by_role("button", name="Alien").click()
        await expect(page.get_by_text("100%")).to_be_visible()
        found += await barriers(page, "a poll in a group")
        await page.get_by_label("React", exact=True).last.press("Enter")
        await page.get_by_label("React with fire").last.press("Enter")
        await expect(page.get_by_role("button", name="Reactions with fire: 1")).to_be_visible()
        await page.locator("#text").fill("@reelmate_bot heat")
        await expect(page.get_by_role("option", name="HEAT", exact=True)).to_be_visible()
        found += await barriers(page, "a reaction and inline results")
        assert found == []
