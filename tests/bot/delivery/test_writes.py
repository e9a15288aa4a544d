"""Writes outlast the database's absences, say so once a minute, and end with the bot."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from typing import Any

import pytest

from bot.delivery.writes import SAY_EVERY_S, Writes
from bot.storage import AlreadyFinishedError, DatabaseLockedError, Store


class Absent:
    """A store that refuses so many times."""

    def __init__(self, refusals: int, error: Exception) -> None:
        self.left, self.error, self.asked = refusals, error, 0
        self.third = asyncio.Event()

    def write(self, run: Any) -> Future[Any]:
        self.asked, self.left = self.asked + 1, self.left - 1
        future: Future[Any] = Future()
        if self.asked == 3:
            self.third.set()
        if self.left >= 0:
            future.set_exception(self.error)
        else:
            future.set_result(run(None))
        return future


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.writes.RETRY_S", 0.001)


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_what_is_refused_is_written_again_and_said_once_a_minute_with_a_count(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = [0.0]
    store: Any = Absent(20, DatabaseLockedError("held"))
    writes = Writes(store, lambda: now[0])
    assert await writes.write(lambda tx: "written", "the inbox") == "written"
    assert store.asked == 21
    assert complaints(caplog) == ["the inbox cannot be written, trying again (1 times since it was last said): held"]
    now[0], store.left = SAY_EVERY_S, 1
    await writes.write(lambda tx: None, "the inbox")
    assert "(20 times since it was last said)" in complaints(caplog)[1]


async def test_what_will_never_be_written_is_not_tried_again() -> None:
    store: Any = Absent(5, AlreadyFinishedError("done"))
    with pytest.raises(AlreadyFinishedError):
        await Writes(store).write(lambda tx: None, "the inbox")
    assert store.asked == 1


async def test_the_end_ends_every_attempt() -> None:
    store: Any = Absent(10**9, DatabaseLockedError("held"))
    writes = Writes(store)
    writing = asyncio.create_task(writes.write(lambda tx: None, "the inbox"))
    async with asyncio.timeout(10):
        await store.third.wait()
    writes.end()
    with pytest.raises(DatabaseLockedError):
        await asyncio.wait_for(writing, 10)
    await asyncio.wait_for(writes.rest(60), 10)


async def test_reads_outlast_absences_too(real_time_store: Store) -> None:
    assert await Writes(real_time_store).read(lambda tx: tx.inbox.count("pending"), "the inbox") == 0
