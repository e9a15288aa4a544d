"""The update processor: one person's updates in order, different people at once, failing ones retried, then kept."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.delivery.durable_queue import INBOX, DurableQueue
from bot.delivery.fairness import Fairness
from bot.delivery.incoming import lane_of
from bot.delivery.passing import ANSWER_WITHIN_S
from bot.delivery.writes import Writes
from bot.outgoing import Outgoing
from bot.storage import AlreadyFinishedError, DatabaseAwayError, StorageError, Store, Tx

log = logging.getLogger(__name__)

# Writes the sentence for a person whose update was given up; None says nothing. Runs inside the write that gives up.
Apology = Callable[[Tx, Update], Outgoing | None]
Handle = Callable[[Update], Coroutine[Any, Any, None]]

# Together with the handlers' own time below BUDGET_S, so that a person's later updates wait at most that long.
BACKOFF_S: Final = (0.3, 1.0, 3.0)
BUDGET_S: Final = 10.0
# A database that takes so long to count a failure kept the handlers waiting, too.
SLOW_S: Final = 1.0
# Handlers at work at the same time; the rest wait in their lanes. Fewer than the threads that work for them, so that
# nobody's BUDGET_S runs while they wait for one: with 64 on a machine with a tenth of a core to spare, all of them took
# longer than that together, and what they had done was done again (measured).
AT_ONCE: Final = 16
# Between attempts while the database is away: not the update's fault, so it waits and is not counted as failed.
_DATABASE_RETRY_S: Final = 1.0
# The library makes a task per update and counts them with a semaphore; order and limits are kept here instead.
_NO_LIMIT: Final = 2**31


@dataclass(slots=True)
class Attempt:
    """What became of one run of the handlers; the error handler writes it."""

    error: BaseException | None = None


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


async def record_failure(_update: object, context: Any) -> None:
    """Tell the processor that a handler failed; registered as an error handler."""
    attempt = _attempt.get()
    if attempt is None:
        log.warning("polling or a job failed: %s", type(context.error).__name__)
    elif attempt.error is None:
        attempt.error = context.error


class PersonalProcessor(BaseUpdateProcessor):
    """Runs handlers in lanes, one lane per person.

    Args:
        queue: gives the updates and takes them back when handled.
        store: the inbox that counts attempts and keeps dead letters.
        writes: outlasts its absences.
        apology: the sentence for a person whose update was given up.
        on_dead: hears of every update given up.
    """

    def __init__(
        self,
        queue: DurableQueue,
        store: Store,
        writes: Writes | None = None,
        *,
        apology: Apology,
        on_dead: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(_NO_LIMIT)
        self._queue, self._store, self._writes = queue, store, writes or Writes(store)
        self._apology, self._on_dead = apology, on_dead
        self._handle: Handle | None = None
        self._lanes: dict[int, asyncio.Lock] = {}
        self._in_lane: Counter[int] = Counter()
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._fairness = Fairness(time.monotonic)
        self._finished: set[int] = set()
        store.on_finished(self._finished.update)

    def use(self, handle: Handle) -> None:
        """Set what runs the handlers again after a failure: the application's process_update."""
        self._handle = handle

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release: what is unfinished is in the inbox."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of one update when its person's earlier ones are done."""
        if not isinstance(update, Update):
            await coroutine
            return
        key = lane_of(update)
        lane = self._lanes.setdefault(key, asyncio.Lock())
        self._in_lane[key] += 1
        try:
            async with lane:
                began = time.monotonic()
                async with self._at_once:
                    self._fairness.came(self._queue.count_waiting(key))
                    await self._in_turn(update, coroutine)
                await self._let_others(key, time.monotonic() - began)
        except StorageError as error:  # at the end alone: it stays in the inbox for the next start
            log.warning("update %d waits for the next start: %s", update.update_id, error)
        finally:
            self._queue.release(update)
            self._finished.discard(update.update_id)
            self._in_lane[key] -= 1
            if self._in_lane[key] == 0:
                del self._lanes[key], self._in_lane[key]

    async def _let_others(self, key: int, took_s: float) -> None:
        """Pause a lane with much in it, as long as that is fair to the others; its place is free meanwhile."""
        pause_s = self._fairness.pause_s(self._queue.count_waiting(key), took_s)
        if pause_s > 0 and not self._queue.stopping:
            await self._writes.rest(pause_s)

    async def _in_turn(self, update: Update, coroutine: Awaitable[Any]) -> None:
        if self._queue.stopping:
            return _discard(coroutine)
        if update.inline_query is not None:
            return await self._pass(update, coroutine)
        error = await self._until_done(update, coroutine)
        if error is None:
            await self._finish(update)
        elif not self._queue.stopping:
            await self._give_up(update, error)

    async def _pass(self, update: Update, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of an inline query once, unless its person has typed on."""
        if self._queue.passing.is_outdated(update):
            return _discard(coroutine)
        error = await self._run(coroutine, _now() + ANSWER_WITHIN_S)
        if error is not None:
            log.warning("an inline query failed: %s", type(error).__name__)

    async def _until_done(self, update: Update, coroutine: Awaitable[Any]) -> BaseException | None:
        """Return None once the handlers worked, or the error of the last attempt they get."""
        deadline = _now() + BUDGET_S
        while True:
            error = await self._run(coroutine, deadline)
            if error is None or self._queue.stopping:
                return error
            failures = None if isinstance(error, DatabaseAwayError) else await self._count(update, error)
            if failures is None:
                pause_s, deadline = _DATABASE_RETRY_S, _now() + BUDGET_S + _DATABASE_RETRY_S
            else:
                if failures == 0:
                    return None
                if failures > len(BACKOFF_S) or _now() >= deadline:
                    return error
                pause_s = BACKOFF_S[failures - 1]
            await self._writes.rest(pause_s)
            if self._queue.stopping:
                return error
            coroutine = self._again(update)

    async def _run(self, coroutine: Awaitable[Any], deadline: float) -> BaseException | None:
        """Run the handlers once and return what they raised."""
        attempt = Attempt()
        token = _attempt.set(attempt)
        try:
            async with asyncio.timeout_at(deadline):
                await coroutine
        except Exception as error:
            return error
        finally:
            _attempt.reset(token)
        return None if isinstance(attempt.error, AlreadyFinishedError) else attempt.error

    def _again(self, update: Update) -> Awaitable[Any]:
        assert self._handle is not None, "the processor must know its application before updates come"
        return self._handle(update)

    async def _count(self, update: Update, error: BaseException) -> int | None:
        """Return how often the update failed, restarts included; 0 when it is not waiting any more.

        None when it was not the update's fault: the database is away, or kept it waiting until its time was over.
        """
        log.warning("update %d failed: %s", update.update_id, type(error).__name__)

        def count(tx: Tx) -> int:
            return tx.inbox.count_failure(update.update_id, type(error).__name__)

        began = _now()
        try:
            failures = await asyncio.wrap_future(self._store.write(count))
        except DatabaseAwayError:
            return None
        except StorageError:
            return 1
        return None if isinstance(error, TimeoutError) and _now() - began > SLOW_S else failures

    async def _finish(self, update: Update) -> None:
        """Mark an update done whose handlers wrote nothing."""
        if update.update_id in self._finished:
            return
        if await self._writes.read(lambda tx: tx.inbox.is_pending(update.update_id), INBOX):
            with contextlib.suppress(AlreadyFinishedError):
                await self._writes.write(lambda tx: tx.inbox.finish(update.update_id), INBOX)

    async def _give_up(self, update: Update, error: BaseException) -> None:
        """Keep the update as a dead letter and tell its person, in one transaction."""
        if await self._writes.write(lambda tx: self._bury(tx, update, error), INBOX):
            # Where it happened, never the error's text: it may quote what the person wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("update %d was given up: %s\n%s", update.update_id, type(error).__name__, where)
            self._on_dead()

    def _bury(self, tx: Tx, update: Update, error: BaseException) -> bool:
        if not tx.inbox.bury(update.update_id, type(error).__name__):
            return False
        apology = self._apology(tx, update)
        if apology is not None and update.effective_chat is not None:
            tx.outbox.add(update.effective_chat.id, apology)
        return True


def _now() -> float:
    return asyncio.get_running_loop().time()


def _discard(coroutine: Awaitable[Any]) -> None:
    if asyncio.iscoroutine(coroutine):
        coroutine.close()
