"""The chat page for keyboards, screen readers and small screens: focus and drafts stay, languages are told, nothing
lies over anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.sandbox import Beside, RunningSandbox, Step, running
from tests.bot.sandbox.bots.polling import Bot, Context, polling, said
from tests.bot.sandbox.test_page import DESKTOP, IN_CHROMIUM, opened, say

SMALL = ViewportSize(width=360, height=640)
STEPS = (Step("Say something.", ("/start",)), Step("Choose two.", ("set:2",)), Step("Choose three.", ("set:3",)))
# Whatever is put between messages or over the chat, against what must stay readable and tappable.
OVERLAPS = """() => {
  const view = document.getElementById("scroller").getBoundingClientRect();
  const all = (selector) => [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  const clip = ({ left, right, top, bottom }) =>
    ({ left, right, top: Math.max(top, view.top), bottom: Math.min(bottom, view.bottom) });
  const boxes = [...all(".day, .bubble, .keyboard .row").map(clip), ...all(".down, .guide, .composer, .chat > .bar")];
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const seen = boxes.filter((box) => box.right > box.left && box.bottom > box.top);
  return seen.flatMap((a, at) => seen.slice(at + 1).filter((b) => meet(a, b)).map((b) => JSON.stringify([a, b])));
}"""
# Latin words that the page itself says or tells screen readers, but for names of languages and what chats hold.
ENGLISH = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = ["aria-label", "placeholder", "title"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((one) => [one, one.getAttribute(name)]));
  while (texts.nextNode()) told.push([texts.currentNode.parentElement, texts.currentNode.data]);
  const others = "#messages, #chats, option, small, #bot-name, .last, .avatar, #description, dialog";
  const own = told.filter(([one]) => !one.closest(others));
  return own.map(([, text]) => text.trim()).filter((text) => /[A-Za-z]/.test(text.replace(/Telegram/g, "")));
}"""
# What some language of the page lacks that another has.
UNTRANSLATED = """async () => {
  const { TRANSLATIONS } = await import("/static/translations.js");
  const all = [...TRANSLATIONS.values()];
  return all.flatMap(Object.keys).filter((key) => all.some((words) => !words[key]));
}"""

pytestmark = IN_CHROMIUM


@pytest.fixture
def guided() -> Iterator[RunningSandbox]:
    """A local Telegram whose page guides newcomers."""
    with running(limits=False, beside=Beside(guiding=lambda language: STEPS)) as telegram:
        yield telegram


def keyboard(chosen: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(f"{'✅ ' if chosen == number else ''}Choice {number}", callback_data=f"set:{number}")]
        for number in range(1, 5)
    ]
    return InlineKeyboardMarkup(rows)


async def offer(update: Update, context: Context) -> None:
    await said(update).reply_text(said(update).text or "", reply_markup=keyboard(0))


async def choose(update: Update, context: Context) -> None:
    assert update.callback_query
    assert update.callback_query.data
    await update.callback_query.answer()
    await update.callback_query.edit_message_reply_markup(keyboard(int(update.callback_query.data[4:])))


def install(app: Bot) -> None:
    """Answer every text by itself over toggles."""
    app.add_handler(MessageHandler(filters.TEXT, offer))
    app.add_handler(CallbackQueryHandler(choose))


async def start(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("button", name="Choice 1")).to_be_visible()


async def test_a_toggle_keeps_the_focus_when_its_message_is_edited(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        await page.get_by_role("button", name="Choice 2").focus()
        for label in ("Choice 2", "Choice 3", "Choice 4"):
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("button", name=f"✅ {label}")).to_be_focused()
            await page.keyboard.press("Tab")


async def test_the_list_of_people_keeps_the_focus_while_chats_go_on(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        await page.get_by_role("button", name="Alex").focus()
        await page.evaluate("""fetch("/sim/message", { method: "POST", headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ user: { id: 9, first_name: "Grace" }, text: "hello" }) })""")
        await expect(page.get_by_role("button", name="Grace")).to_be_visible()
        await expect(page.get_by_role("button", name="Alex")).to_be_focused()


async def test_what_was_typed_waits_in_its_chat(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        box = page.get_by_label("Message", exact=True)
        await box.fill("half a thou")
        await page.get_by_role("button", name="Add a person").click()
        await page.get_by_label("Name").fill("Grace")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Draft: half a thou")).to_be_visible()
        await start(page)
        await expect(box).to_have_value("")
        await page.get_by_role("button", name="Alex").click()
        await expect(box).to_have_value("half a thou")
        await page.reload()
        await expect(box).to_have_value("half a thou")
        await box.press("Enter")
        await expect(page.get_by_role("log").get_by_text("half a thou").first).to_be_visible()
        await page.reload()
        await expect(box).to_have_value("")


async def test_each_message_tells_its_language(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        for text in ("千与千寻 (Spirited Away) 讲了什么？", "七人の侍を見たい", "Heat is 盗火线 in Chinese", "Сталкер"):
            await say(page, text)
            await expect(page.get_by_role("log").get_by_text(text)).to_have_count(2)
        told = await page.locator("li.message.mine").evaluate_all("all => all.map((one) => one.lang)")
        assert told == ["en", "zh-Hans", "ja", "en", "ru"]
        assert await page.evaluate("document.documentElement.lang") == "en"


async def test_the_page_speaks_the_persons_language(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        await page.get_by_role("button", name="Add a person").click()
        await page.get_by_label("Name").fill("小林")
        await page.get_by_label("Language of their app").select_option("zh-hans")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("button", name="开始", exact=True).click()
        await expect(page.get_by_text("今天")).to_be_visible()
        assert await page.evaluate("document.documentElement.lang") == "zh-Hans"
        assert await page.evaluate(ENGLISH) == ["Alex"]
        await page.get_by_role("button", name="Alex").click()
        await expect(page.get_by_text("Today")).to_be_visible()
        assert await page.evaluate("document.documentElement.lang") == "en"
        assert await page.evaluate(UNTRANSLATED) == []


@pytest.mark.parametrize("viewport", [SMALL, DESKTOP], ids=["small", "desktop"])
async def test_nothing_lies_over_anything(browser: Browser, guided: RunningSandbox, viewport: ViewportSize) -> None:
    async with polling(guided.url, guided.token, install), opened(browser, guided.url, viewport=viewport) as page:
        await start(page)
        for count in range(2, 6):
            await say(page, "a rather long sentence about films that fills some lines " * 3)
            await expect(page.get_by_role("button", name="Choice 1")).to_have_count(count)
        down = page.get_by_role("button", name="Newest messages")
        await expect(down).to_be_hidden()
        for top in (0, 37, 200, 411):
            await page.evaluate("top => document.getElementById('scroller').scrollTo(0, top)", top)
            await expect(down).to_be_visible()
            assert await page.evaluate(OVERLAPS) == []
        await down.click()
        await expect(down).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_first_steps_go_along_and_never_come_back(browser: Browser, guided: RunningSandbox) -> None:
    async with polling(guided.url, guided.token, install), opened(browser, guided.url, viewport=SMALL) as page:
        steps = page.get_by_role("region", name="First steps")
        await expect(steps).to_contain_text("1/3 Say something.")
        await start(page)
        await expect(steps).to_contain_text("2/3 Choose two.")
        await page.get_by_role("button", name="Choice 1").click()
        await expect(page.get_by_role("button", name="✅ Choice 1")).to_be_visible()
        await expect(steps).to_contain_text("2/3")
        await page.reload()
        await expect(steps).to_contain_text("2/3")
        await page.get_by_role("button", name="Choice 3").click()  # whoever runs ahead needs no telling
        await expect(steps).to_be_hidden()
        await page.reload()
        await expect(page.get_by_role("button", name="✅ Choice 3")).to_be_visible()
        await expect(steps).to_be_hidden()


async def test_the_first_steps_can_be_sent_away(browser: Browser, guided: RunningSandbox) -> None:
    async with polling(guided.url, guided.token, install), opened(browser, guided.url) as page:
        await page.get_by_role("button", name="Close the first steps").click()
        await page.reload()
        await start(page)
        await expect(page.get_by_role("region", name="First steps")).to_be_hidden()


async def test_the_menu_is_walked_with_keys(browser: Browser, telegram: RunningSandbox) -> None:
    async with polling(telegram.url, telegram.token, install), opened(browser, telegram.url) as page:
        await start(page)
        more = page.get_by_role("button", name="More")
        await more.press("Enter")
        await expect(page.get_by_role("menuitem", name="Stop and block bot")).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_role("menuitem", name="Make a group with the bot")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(more).to_be_focused()
        await expect(page.get_by_role("menu")).to_be_hidden()
