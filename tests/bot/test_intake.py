"""The intake fetches files, tells what went wrong with one, and never says what is in it."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.intake import TURN_S, Intake, Sharing
from bot.messages import load_words
from bot.service import past
from bot.service.offload import Offload
from bot.service.past import SentFile
from bot.service.service import Service, Turn
from bot.service.titles import Titles
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.pupil import Pupil
from tests.databases import real_time_store

__all__ = ["real_time_store"]


@dataclass
class File:
    content: bytes
    file_size: int | None = None

    async def download_as_bytearray(self) -> bytearray:
        return bytearray(self.content)


@dataclass
class Post:
    """Hands over one file, or fails."""

    file: File | TelegramError
    asked: list[str] = field(default_factory=list)

    async def send_chat_action(self, *_: Any) -> None:
        raise BadRequest("a chat action is a courtesy")

    async def get_file(self, file_id: str) -> File:
        self.asked.append(file_id)
        if isinstance(self.file, TelegramError):
            raise self.file
        return self.file


def _service(store: Store) -> Service:
    return Service(store, Pupil(), load_words(), Titles(store))


async def _answer(service: Service, post: Post) -> str:
    """Send a file and return what is said of it."""
    store, offload = service.store, Offload(2)
    written, loop = asyncio.Event(), asyncio.get_running_loop()

    def ring() -> None:
        loop.call_soon_threadsafe(written.set)

    store.on_letters(ring)
    intake = Intake(service, offload, cast("Bot", post))
    intake.start()
    try:
        await offload.run(past.receive, service, Turn(1, UserId(7)), SentFile("file-7", "secret-name.csv", "", 9))
        async with asyncio.timeout(20):
            await written.wait()
    finally:
        await intake.stop()
        offload.close()
    return store.read(lambda tx: tx.outbox.waiting())[-1].outgoing.text


async def test_a_file_is_fetched_and_shown(real_time_store: Store) -> None:
    post = Post(File(b"Date,Name,Year,Letterboxd URI,Rating\n2023-03-20,Film 1,1991,x,4\n"))
    assert "1 row: 1 matched, 0 not." in await _answer(_service(real_time_store), post)
    assert post.asked == ["file-7"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (File(b"", file_size=20 * 1024 * 1024 + 1), "larger than 20 MB"),
        (BadRequest("File is too big"), "larger than 20 MB"),
        (BadRequest("Wrong file_id or the file is temporarily unavailable"), "Telegram would not hand me that file"),
        (TelegramError("Unauthorized"), "Telegram would not hand me that file"),
        (File(b""), "That file is empty"),
    ],
)
async def test_a_file_that_is_not_there_is_said_so(
    real_time_store: Store, file: File | TelegramError, said: str
) -> None:
    assert said in await _answer(_service(real_time_store), Post(file))
    assert real_time_store.read(lambda tx: tx.batches.at_work()) == []


async def test_a_file_that_breaks_the_reader_is_told_and_its_content_is_not_logged(
    real_time_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post = Post(File(b"Date,Name,Year,Letterboxd URI,Rating\n2023-03-20,secret-content,1991,x,4\n"))
    broken = Service(real_time_store, Pupil(), load_words(), cast("Titles", None))  # breaks where titles are looked up
    assert "Something went wrong on my side" in await _answer(broken, post)
    assert "AttributeError" in caplog.text
    assert "secret" not in caplog.text


def test_threads_take_short_turns_while_a_file_is_read_and_only_then() -> None:
    before, sharing = sys.getswitchinterval(), Sharing()
    with sharing:
        assert sys.getswitchinterval() == pytest.approx(TURN_S)
        with sharing:
            pass
        assert sys.getswitchinterval() == pytest.approx(TURN_S)
    assert sys.getswitchinterval() == pytest.approx(before)
