"""The intake: fetches the files that people sent, has them read, and carries imports through, aside from the chat."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from functools import partial
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.histories import MAX_BYTES, Refusal, StoppedError
from bot.service import past_applying, past_reading
from bot.service.offload import Offload
from bot.service.service import Service
from bot.storage import Batch, StorageError
from recommender.domain import UserId

log = logging.getLogger(__name__)

# People whose files are worked on at the same time; the rest wait, so that a crowd of files leaves the chat its turn.
AT_ONCE: Final = 2
# Looks for work this often even when nobody rang.
LOOK_EVERY_S: Final = 30.0
# Between attempts to fetch a file that Telegram does not hand over just now; then its person is told.
PAUSES_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
# For one attempt: a line of 2 Mbit/s carries 20 MB in less.
FETCH_S: Final = 120.0
# How long a thread may keep the interpreter from others while a file is read; Python's own choice is five times that.
TURN_S: Final = 0.001
# After a failure of the database.
AGAIN_S: Final = 1.0
# Telegram's wording, in lower case (tdlib/telegram-bot-api, Client.cpp).
_TOO_BIG: Final = "file is too big"


class Sharing:
    """While somebody is inside, a thread hands the interpreter over soon, so that no tap waits for a long one."""

    def __init__(self) -> None:
        self._inside = 0
        self._before_s = sys.getswitchinterval()

    def __enter__(self) -> None:
        if self._inside == 0:
            self._before_s = sys.getswitchinterval()
            sys.setswitchinterval(min(TURN_S, self._before_s))
        self._inside += 1

    def __exit__(self, *_: object) -> None:
        self._inside -= 1
        if self._inside == 0:
            sys.setswitchinterval(self._before_s)


class Intake:
    """Works on batches, at most one of a person at a time.

    Args:
        service: where batches are, and what reads and applies them.
        offload: runs what is sync off the loop.
        bot: fetches files.
    """

    def __init__(self, service: Service, offload: Offload, bot: Bot) -> None:
        self._service, self._offload, self._bot = service, offload, bot
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._in_hand: dict[UserId, asyncio.Task[None]] = {}
        self._sharing = Sharing()
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to work, inside the running loop; what a stop or a crash left unfinished goes on."""
        self._loop = asyncio.get_running_loop()
        self._service.store.on_batches(self.ring)
        self._main = asyncio.create_task(self._work_for_ever(), name="intake")

    def ring(self) -> None:
        """Say that there is work; safe from any thread, and after the loop is closed."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._rung.set)

    async def stop(self) -> None:
        """Work no more; what is unfinished waits in the database."""
        self._stopping.set()
        tasks = [task for task in (self._main, *self._in_hand.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work_for_ever(self) -> None:
        while True:
            self._rung.clear()
            try:
                await self._hand_out()
            except StorageError as error:
                log.error("imports cannot be read, trying again: %s", error)
                await asyncio.sleep(AGAIN_S)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._rung.wait()

    async def _hand_out(self) -> None:
        """Begin on the batches that wait longest, as many as there are hands free."""
        free, busy = AT_ONCE - len(self._in_hand), tuple(self._in_hand)
        if free <= 0:
            return
        store = self._service.store
        for batch in await self._offload.run(store.read, lambda tx: tx.batches.at_work(leaving=busy, limit=free)):
            task = asyncio.create_task(self._work_on(batch), name="import")
            self._in_hand[batch.person] = task
            task.add_done_callback(partial(self._put_down, batch.person))

    def _put_down(self, person: UserId, _: asyncio.Task[None]) -> None:
        del self._in_hand[person]
        self._rung.set()

    async def _work_on(self, batch: Batch) -> None:
        try:
            if batch.state == "received":
                await self._read(batch)
            else:
                while await self._offload.run(past_applying.go_on, self._service, batch):
                    pass
        except StoppedError:
            return  # it is read after the next start
        except StorageError as error:
            log.error("an import waits for the database: %s", error)
            await asyncio.sleep(AGAIN_S)

    async def _read(self, batch: Batch) -> None:
        """Fetch a file and have it read; whatever it breaks is its own end only, and none of it is logged."""
        if not await self._offload.run(past_reading.begin, self._service, batch):
            return
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(batch.person, ChatAction.TYPING)
        content = await self._fetch(batch.file_id)
        try:
            if isinstance(content, Refusal):
                await self._offload.run(past_reading.refuse, self._service, batch, content)
            else:
                with self._sharing:
                    await self._offload.run(past_reading.read, self._service, batch, content, self._stopping.is_set)
        except (StorageError, StoppedError):
            raise
        except Exception as error:
            log.error("a file could not be read: %s", type(error).__name__)
            await self._offload.run(past_reading.refuse, self._service, batch, Refusal.FAILED)

    async def _fetch(self, file_id: str) -> bytes | Refusal:
        """Return a file's content, or why there is none."""
        for pause_s in (*PAUSES_S, None):
            try:
                return await self._download(file_id)
            except BadRequest as error:
                return Refusal.TOO_BIG if _TOO_BIG in str(error).lower() else Refusal.NOT_FETCHED
            except (NetworkError, RetryAfter, TimeoutError) as error:
                log.warning("a file is not handed over: %s", type(error).__name__)
            except TelegramError:
                return Refusal.NOT_FETCHED
            if pause_s is not None:
                await asyncio.sleep(pause_s)
        return Refusal.NOT_FETCHED

    async def _download(self, file_id: str) -> bytes | Refusal:
        async with asyncio.timeout(FETCH_S):
            file = await self._bot.get_file(file_id)
            if file.file_size is not None and file.file_size > MAX_BYTES:
                return Refusal.TOO_BIG
            return bytes(await file.download_as_bytearray())
