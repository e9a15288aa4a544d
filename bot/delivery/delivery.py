"""Delivery put together: what makes an application durable, from the update it fetches to the message it sends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder

from bot.delivery.delays import Delays, Sentence
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.health import Health
from bot.delivery.notes import LetterApology
from bot.delivery.processor import Apology, PersonalProcessor, record_failure
from bot.delivery.replica import Replica
from bot.delivery.requests import PollingRequest, SendingRequest
from bot.delivery.sender import Sender
from bot.delivery.shared_queue import SharedQueue
from bot.delivery.shared_sender import SharedLimits, SharedSender
from bot.delivery.writes import Writes
from bot.storage import StorageError, Store
from bot.tally import Tally

log = logging.getLogger(__name__)

# Methods that bring a message to a chat.
_LETTERS: Final = ("send", "edit")
# Between looks for what inbox and outbox hold and nobody has at hand.
SWEEP_EVERY_S: Final = 60.0


class Delivery:
    """The durable way in and out of an application.

        delivery = Delivery(store, apology=write_apology)
        builder = delivery.install(Application.builder().token(token))
        application = delivery.attach(builder.build())
        # in post_init: await delivery.start();  in post_stop: await delivery.stop()
        # after run_polling: delivery.health.fatal says in one line why it ended by itself, or is None

    Args:
        store: inbox and outbox.
        is_ours: False while another process may be the bot; nothing is fetched or sent then.
        apology: the sentence for a person whose update was given up.
        letter_apology: the sentence for a person whose message was given up.
        delayed: the sentence for people whose updates cannot be stored now, by Telegram's language.
        is_replica: whether several bots share this database, each with a part of the people.
        limits: the sending limits that they share; None where each keeps its own.
        root: the address of the Bot API server; one on this machine is called by no proxy.
        clock: seconds, monotonic.
        tally: counts calls to Telegram and commits.
    """

    def __init__(
        self,
        store: Store,
        *,
        apology: Apology,
        letter_apology: LetterApology = lambda _tx, _letter: None,
        delayed: Sentence | None = None,
        is_ours: Callable[[], bool] = lambda: True,
        is_replica: bool = False,
        limits: SharedLimits | None = None,
        root: str = "",
        clock: Callable[[], float] = time.monotonic,
        tally: Tally | None = None,
    ) -> None:
        self.tally, self._root = tally or Tally(), root
        self._letter_apology = letter_apology
        self.health = Health(clock)
        self._writes = Writes(store)
        self._replica, self._limits = Replica(store, self._writes) if is_replica else None, limits
        self.queue = self._make_queue(store)
        self.delays = Delays(self.queue, delayed)
        self._processor = PersonalProcessor(self.queue, store, self._writes, apology=apology, on_dead=self._count_dead)
        self._store, self._clock, self._is_ours = store, clock, is_ours
        self._application: Application[Any, Any, Any, Any, Any, Any] | None = None
        self._sender: Sender | None = None
        self._watches: list[asyncio.Task[None]] = []

    def _make_queue(self, store: Store) -> DurableQueue:
        if self._replica is None:
            return DurableQueue(store, self._writes, on_dead=self._count_dead)
        return SharedQueue(store, self._writes, on_dead=self._count_dead, ring=self._replica.ring)

    def _make_sender(self, bot: Bot) -> Sender:
        make = Sender if self._replica is None else partial(SharedSender, limits=self._limits)
        return make(
            self._store,
            bot,
            self._writes,
            apology=self._letter_apology,
            on_dead=self._count_dead,
            may_send=self._is_ours,
            clock=self._clock,
        )

    def install(self, builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any]) -> Any:
        """Give the builder our queue, processor and requests; returns it."""
        polling = PollingRequest(
            self.delays.receive,
            self.health,
            may_poll=self._is_ours,
            has_ended=lambda: self._writes.has_ended,
            root=self._root,
            on_call=self._count_call,
        )
        return (
            builder.update_queue(self.queue)
            .concurrent_updates(self._processor)
            .request(SendingRequest(root=self._root, on_call=self._count_call))
            .get_updates_request(polling)
        )

    def attach(self, application: Application[Any, Any, Any, Any, Any, Any]) -> Any:
        """Learn which application was built; returns it."""
        self._application = application
        self._processor.use(application.process_update)
        self.queue.use(application.bot)
        self.delays.use(application.bot)
        application.add_error_handler(record_failure)
        application.add_error_handler(self.delays.note_failure)
        return application

    async def start(self) -> None:
        """Send what waits, bring back what is unfinished, and watch over polling; call it in post_init."""
        assert self._application is not None, "attach the application first"
        self._sender = self._make_sender(self._application.bot)
        self._sender.start()
        if self._replica is not None and isinstance(self.queue, SharedQueue) and isinstance(self._sender, SharedSender):
            self._replica.start(self.queue, self._sender)
        replayed = await self.queue.replay()
        if replayed:
            log.info("%d updates from before the start are handled now", replayed)
        self._watches = [
            asyncio.create_task(self._watch_polling(self._application), name="watch-polling"),
            asyncio.create_task(self._sweep_for_ever(), name="sweep"),
        ]

    def end(self) -> None:
        """Store nothing that comes from now on, and try nothing again; call it first when the end has come."""
        self.queue.stopping = True
        self._writes.end()
        self._store.hurry()

    async def stop(self) -> None:
        """Stop sending; what is unfinished waits in inbox and outbox. Call it in post_stop."""
        self._writes.end()
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        if self._sender is not None:
            await self._sender.stop()
        if self._replica is not None:
            await self._replica.stop()

    async def sweep(self) -> None:
        """Take up what waits in inbox and outbox and was lost from memory, as by a dropped connection."""
        assert self._sender is not None, "start before you sweep"
        updates, letters = await self.queue.sweep(), await self._sender.sweep()
        if updates or letters:
            log.warning("taken up again: %d updates and %d messages that nobody had at hand", updates, letters)

    async def _sweep_for_ever(self) -> None:
        with contextlib.suppress(StorageError):  # at the end alone
            while True:
                await asyncio.sleep(SWEEP_EVERY_S)
                await self.sweep()

    async def _watch_polling(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        await self.health.ended.wait()
        log.critical("polling ended: %s", self.health.fatal)
        application.stop_running()

    def _count_call(self, method: str, status: int | None) -> None:
        self.tally.telegram.add(method if method.isalpha() else "download", str(status or "none"))
        if status == 200 and method.startswith(_LETTERS):
            self.health.sent()

    def _count_dead(self) -> None:
        self.health.dead_letters += 1
