"""The real bot on a thread of its own, speaking HTTP with the local Telegram; people are scripted by `sim`."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import ChatBot
from bot.sandbox import RunningSandbox
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import Recommender
from tests.bot.pupil import ENTRIES, Pupil
from tests.databases import migrated_url
from tests.near_sim import NearSim
from tests.sim import Json, Sim

START_WITHIN_S = 20.0


@dataclass
class Clock:
    """The time that the database sees; tests move it."""

    now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> datetime:
        with self.lock:
            self.now += timedelta(milliseconds=1)
            return self.now

    def advance(self, by: timedelta) -> None:
        with self.lock:
            self.now += by


def _fast() -> float:
    """Count time so that the limits on sending are never met: they have tests of their own."""
    return time.monotonic() * 1000


class LivingBot:
    """A ChatBot in a thread with its own loop."""

    def __init__(self, settings: Settings, store: Store, recommender: Recommender | None = None) -> None:
        self.settings, self.store, self.recommender = settings, store, recommender or Pupil()
        self.chat_bot: ChatBot | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name="bot")

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(START_WITHIN_S), "the bot did not start"
        assert self.chat_bot is not None, "the bot failed to start"

    def introduce(self) -> None:
        """Tell Telegram what the bot is: few tests are about that, and it is a third of what a bot says to it."""
        assert self._loop is not None
        assert self.chat_bot is not None
        self._loop.call_soon_threadsafe(self.chat_bot.introduce)

    def stop(self) -> None:
        if self._loop is not None and self.chat_bot is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self.chat_bot.application.ended.set)
        self._thread.join(START_WITHIN_S)
        assert not self._thread.is_alive(), "the bot did not stop"

    def send_digests(self) -> None:
        """Run the digest job now instead of waiting for its turn."""
        assert self._loop is not None
        assert self.chat_bot is not None
        asyncio.run_coroutine_threadsafe(self.chat_bot.jobs.send_digests(), self._loop).result(START_WITHIN_S)

    def refresh(self) -> None:
        """Look now for what was published."""
        assert self._loop is not None
        assert self.chat_bot is not None
        asyncio.run_coroutine_threadsafe(self.chat_bot.jobs.refresh(), self._loop).result(START_WITHIN_S)

    async def _live(self) -> None:
        try:
            bot = ChatBot(self.settings, self.store, self.recommender, clock=_fast)
            await bot.start()
            self._loop, self.chat_bot = asyncio.get_running_loop(), bot
        finally:
            self._ready.set()
        await bot.application.ended.wait()
        await bot.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sim(telegram: RunningSandbox) -> NearSim:
    """The people who use that Telegram, which is in this process."""
    return NearSim(telegram)


@pytest.fixture
def settings(telegram: RunningSandbox, tmp_path: Path) -> Settings:
    return Settings(telegram_token=SecretStr(telegram.token), telegram_api_url=telegram.url, data_dir=tmp_path)


@pytest.fixture
def entries() -> Sequence[CatalogueMovie]:
    """The small catalogue."""
    return ENTRIES


@pytest.fixture
def store(settings: Settings, clock: Clock, entries: Sequence[CatalogueMovie]) -> Iterator[Store]:
    """A migrated database with the catalogue."""
    with Store(migrated_url(settings.data_dir, entries), clock=clock) as store:
        yield store


@pytest.fixture
def live() -> Recommender | None:
    """What serves; None for the pupil."""
    return None


@pytest.fixture
def bot(settings: Settings, store: Store, live: Recommender | None) -> Iterator[LivingBot]:
    """The bot, polling."""
    living = LivingBot(settings, store, live)
    living.start()
    yield living
    living.stop()


@pytest.fixture
def person(bot: LivingBot, sim: Sim) -> Person:
    """Someone with an English app."""
    return Person(sim, 7_000_007)


@dataclass
class Person:
    """Someone who writes and taps, and waits for what the bot answers."""

    sim: Sim
    id: int
    language: str = "en"

    @property
    def user(self) -> Json:
        return {"id": self.id, "first_name": "Ada <b>&", "language_code": self.language}

    def say(self, text: str) -> int:
        """Write something; returns the update's number."""
        update_id = self.sim.message(self.user, text)
        assert update_id is not None
        return update_id

    def tap(self, message: Json, label: str | None = None, *, data: str | None = None) -> int:
        """Tap a button and wait for its toast; returns the update's number."""
        update_id = self.sim.tap(self.id, message["message_id"], label, data=data)
        assert update_id is not None
        self.sim.until(lambda: self.toast_of(update_id), what=f"an answer to the tap on {label or data}")
        return update_id

    def toast_of(self, update_id: int) -> Json | None:
        return next((toast for toast in self.sim.toasts(self.id) if toast["update_id"] == update_id), None)

    def sees(self, part: str) -> Json:
        """Wait for a message of the bot that contains a text."""
        return self.sim.until_text(self.id, part)

    def sees_button(self, label: str) -> Json:
        """Wait for a message of the bot with a button of this label."""
        return self.sim.until_message(self.id, lambda message: label in labels(message), what=f"a button {label}")

    def messages(self) -> list[Json]:
        return self.sim.from_bot(self.id)

    def settle(self) -> None:
        """Wait until the bot has answered everything so far: what is said now is answered after it."""
        helped = self._helped()
        self.say("/help")
        self.sim.until(lambda: self._helped() > helped, what="one more answer to /help")

    def _helped(self) -> int:
        return sum("/deleteme" in message["text"] for message in self.messages())

    def open(self, page: Json, number: int) -> Json:
        """Open the card of a film of a list; returns it."""
        code = data_of(page, str(number))
        self.tap(page, str(number))
        return self.sim.until_message(
            self.id, lambda message: f"1:k:{code.split(':')[2]}" in codes(message), what=f"the card of film {number}"
        )

    def mark(self, page: Json, number: int, label: str) -> Json:
        """Open a film's card and tap one of its buttons, which leads back to the list; returns that."""
        card = self.open(page, number)
        self.tap(card, label)
        return self.sim.until_message(
            self.id, lambda message: "🎛 Tune" in labels(message) and message["message_id"] == card["message_id"]
        )

    def onboard(self, *genres: str) -> Json:
        """Go through /start; returns the first list."""
        self.say("/start")
        grid = self.sees("Which genres")
        self.tap(self.sees("One question"), "No, just recommend")
        for genre in genres:
            self.tap(grid, genre)
            grid = self.sees_button(f"✅ {genre}")
        self.tap(grid, "✔️ Done, show me films")
        self.sees("Now make it yours")
        return self.sees("Films for you")


def round_of(page: Json) -> int:
    """Return the round that a page of recommendations belongs to."""
    return int(data_of(page, "More ›").split(":")[3])


def labels(message: Json) -> list[str]:
    """Return the texts of a message's buttons."""
    return [button["text"] for row in message["keyboard"] or [] for button in row]


def codes(message: Json) -> list[str]:
    """Return what a message's buttons carry."""
    return [button["data"] for row in message["keyboard"] or [] for button in row]


def data_of(message: Json, label: str) -> str:
    """Return what a button carries."""
    found: str = next(button["data"] for row in message["keyboard"] for button in row if button["text"] == label)
    return found
