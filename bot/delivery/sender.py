"""The sender: the one way out for messages. Retries, throttles per chat, and never lets one chat hold up another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from telegram import Bot
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.delivery.posting import Verdict, judge, pause_s, post, reason, silence_retry_after
from bot.delivery.requests import last_status
from bot.delivery.throttle import Throttle
from bot.outgoing import Outgoing
from bot.storage import MOST_WAITING, Letter, StorageError, Store, Tx
from recommender.domain import UserId

log = logging.getLogger(__name__)

# Writes the sentence for a person whose message was given up; None says nothing. Runs inside the write that gives up.
LetterApology = Callable[[Tx, Letter], Outgoing | None]

# Between attempts when Telegram is out of reach: doubling up to 30 s, as long as a poll backs off.
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
# Tries of a message in its turn, over 15.5 s; then, if others get through, it waits aside and its chat goes on.
IN_TURN: Final = 6
# Before each try of a message that waits aside: 15 minutes in all, then it is dead. A try counts only if other messages
# got through since the one before, so that an outage of Telegram loses nothing.
ASIDE_PAUSES_S: Final = (30.0, 60.0, 120.0, 240.0, 480.0)
# Looks into the outbox this often even when nobody rang, for what another process put there.
LOOK_EVERY_S: Final = 15.0
# Between attempts to note in the outbox what was sent.
NOTE_AGAIN_S: Final = 1.0
# What stop() waits for messages that are on their way.
STOP_S: Final = 3.0


class Sender:
    """Sends what is in the outbox, per chat in the order it was stored.

    Args:
        store: the outbox.
        bot: speaks to Telegram; without a rate limiter of its own.
        apology: the sentence for a person whose message was given up.
        on_dead: hears of every message given up.
        clock: seconds, monotonic; for the throttle.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        *,
        apology: LetterApology = lambda _tx, _letter: None,
        on_dead: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._bot = store, bot
        self._apology, self._on_dead = apology, on_dead
        self._got_through = 0  # messages that Telegram took
        self._aside: set[asyncio.Task[None]] = set()
        self._throttle = Throttle(clock)
        self._rung = asyncio.Event()
        self._last_seen = 0
        self._lanes: dict[int, deque[Letter]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._notes: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send, inside the running loop."""
        silence_retry_after()
        self._loop = asyncio.get_running_loop()
        self._store.on_letters(self.ring)
        self._main = asyncio.create_task(self._look_for_ever(), name="sender")

    def ring(self) -> None:
        """Say that the outbox has something new; safe from any thread, and after the loop is closed."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._rung.set)

    async def stop(self) -> None:
        """Stop sending; what is on its way gets a moment, the rest stays in the outbox."""
        if self._main is None:
            return
        for task in (self._main, *self._aside):
            task.cancel()
        lanes = list(self._tasks)
        for lane in self._lanes.values():
            lane.clear()
        if lanes:
            await asyncio.wait(lanes, timeout=STOP_S)
        for task in (*lanes, *(await self._unfinished_notes())):
            task.cancel()
        await asyncio.gather(self._main, *lanes, *self._aside, return_exceptions=True)

    async def _unfinished_notes(self) -> set[asyncio.Task[None]]:
        if not self._notes:
            return set()
        return (await asyncio.wait(set(self._notes), timeout=STOP_S))[1]

    async def _look_for_ever(self) -> None:
        while True:
            self._rung.clear()
            try:
                await self._look()
            except StorageError as error:
                log.error("the outbox cannot be read, trying again: %s", error)
                await asyncio.sleep(NOTE_AGAIN_S)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._rung.wait()

    async def _look(self) -> None:
        """Give each chat's new messages to its lane."""
        while letters := await asyncio.to_thread(self._store.read, lambda tx: tx.outbox.waiting(after=self._last_seen)):
            self._last_seen = letters[-1].id
            for letter in letters:
                self._line_up(letter)

    def _line_up(self, letter: Letter) -> None:
        lane = self._lanes.get(letter.chat_id)
        if lane is not None:
            _append(lane, letter)
            return
        self._lanes[letter.chat_id] = deque([letter])
        task = asyncio.create_task(self._serve(letter.chat_id), name=f"sender-{len(self._lanes)}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat_id: int) -> None:
        """Send one chat's messages, one after the other, until none is left."""
        lane = self._lanes[chat_id]
        try:
            while lane:
                letter = lane.popleft()
                if not any(_replaces(later, letter) for later in lane):
                    await self._deliver(letter, lane)
        finally:
            del self._lanes[chat_id]

    async def _deliver(self, letter: Letter, lane: deque[Letter]) -> None:
        """Send one message, or set it aside; a newer edit of the same message ends the wait."""
        waited = await self._await_turn(letter.chat_id)
        failures, heard = 0, self._got_through
        while not any(_replaces(later, letter) for later in lane):
            if waited and not await self._is_waiting(letter):
                return
            error = await self._post(letter)
            if error is None:
                return
            if not isinstance(error, RetryAfter):
                failures += 1
                if failures >= IN_TURN and await self._others_get_through(lane, heard):
                    return self._set_aside(letter)
                await self._pause(letter, failures, error)
            waited = True
            await self._await_turn(letter.chat_id)

    async def _pause(self, letter: Letter, failures: int, error: TelegramError) -> None:
        pause = min(FIRST_PAUSE_S * 2 ** (failures - 1), LONGEST_PAUSE_S)
        log.warning("message %d waits %.1f s: %s", letter.id, pause, reason(error))
        await asyncio.sleep(pause)

    async def _others_get_through(self, lane: deque[Letter], heard: int) -> bool:
        """Say whether Telegram takes other messages; where none was sent meanwhile, try the chat's next one."""
        if self._got_through == heard and lane:
            other = lane[0]
            await self._await_turn(other.chat_id)
            if not await self._is_waiting(other) or await self._post(other) is None:
                with contextlib.suppress(ValueError):
                    lane.remove(other)
        return self._got_through > heard

    def _set_aside(self, letter: Letter) -> None:
        log.warning("message %d is set aside: others get through", letter.id)
        task = asyncio.create_task(self._try_aside(letter))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _try_aside(self, letter: Letter) -> None:
        """Try a message now and then beside its chat's others; after so many tries it is dead."""
        tries = 0
        while True:
            heard = self._got_through
            await asyncio.sleep(ASIDE_PAUSES_S[tries])
            await self._await_turn(letter.chat_id)
            if not await self._is_waiting(letter):
                return
            error = await self._post(letter)
            if error is None:
                return
            if not isinstance(error, RetryAfter) and self._got_through > heard:
                tries += 1
                if tries == len(ASIDE_PAUSES_S):
                    return self._give_up(letter, reason(error))

    async def _post(self, letter: Letter) -> TelegramError | None:
        """Try to send one message and note what became of it; returns why it must be tried again."""
        try:
            message_id = await post(self._bot, letter)
        except RetryAfter as error:
            self._throttle.hold(letter.chat_id, pause_s(error))
            return error
        except ChatMigrated as error:
            log.warning("group %d is supergroup %d now: correct what names it", letter.chat_id, error.new_chat_id)
            supergroup = error.new_chat_id
            self._note(lambda tx: tx.outbox.move(letter.chat_id, supergroup))
        except TelegramError as error:
            verdict = judge(error, last_status.get())
            if verdict is Verdict.LATER:
                return error
            self._close(letter, verdict, error)
        except Exception as error:  # a message that cannot even be asked for must not end its lane
            self._close(letter, Verdict.REFUSED, error)
        else:
            self._got_through += 1
            self._note(lambda tx: tx.outbox.sent(letter.id, message_id))
        return None

    async def _await_turn(self, chat_id: int) -> bool:
        """Wait until a message may go to the chat; says whether it had to wait."""
        waited = False
        while (seconds := self._throttle.wait_s(chat_id)) > 0:
            waited = True
            await asyncio.sleep(seconds)
        return waited

    async def _is_waiting(self, letter: Letter) -> bool:
        """Say whether a message is still wanted: not replaced, and its person not deleted."""
        try:
            return await asyncio.to_thread(self._store.read, lambda tx: tx.outbox.is_waiting(letter.id))
        except StorageError:
            return True

    def _close(self, letter: Letter, verdict: Verdict, error: Exception) -> None:
        kind = type(error).__name__
        if verdict is Verdict.SENT:
            self._note(lambda tx: tx.outbox.sent(letter.id, letter.outgoing.edits))
        elif verdict is Verdict.BLOCKED:
            self._note(lambda tx: _leave(tx, letter, kind))
        elif verdict is Verdict.GONE:
            self._note(lambda tx: tx.outbox.drop(letter.id, kind))
        else:
            self._give_up(letter, str(error))

    def _give_up(self, letter: Letter, why: str) -> None:
        """Keep a message as a dead letter, and tell its person."""
        log.error("message %d was given up: %s", letter.id, why)
        self._on_dead()
        self._note(lambda tx: self._bury(tx, letter, why))

    def _bury(self, tx: Tx, letter: Letter, why: str) -> None:
        tx.outbox.drop(letter.id, why, state="dead")
        apology = self._apology(tx, letter)
        if apology is not None:
            tx.outbox.add(letter.chat_id, apology)

    def _note(self, run: Callable[[Tx], None]) -> None:
        """Write down what became of a message, without keeping the next one waiting."""
        task = asyncio.create_task(self._write(run))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _write(self, run: Callable[[Tx], None]) -> None:
        while True:
            try:
                return await asyncio.wrap_future(self._store.write(run))
            except StorageError as error:
                log.error("the outbox cannot be written, trying again: %s", error)
                await asyncio.sleep(NOTE_AGAIN_S)


def _replaces(later: Letter, letter: Letter) -> bool:
    return letter.outgoing.edits is not None and later.outgoing.edits == letter.outgoing.edits


def _append(lane: deque[Letter], letter: Letter) -> None:
    """Queue a message; beyond what may wait for a chat, the outbox has dropped what was replaced and what is oldest."""
    if len(lane) >= MOST_WAITING:
        newest = {one.outgoing.edits: one for one in (*lane, letter)}
        kept = [one for one in lane if one.outgoing.edits is None or newest[one.outgoing.edits] is one]
        lane.clear()
        lane.extend(kept[1 - MOST_WAITING :])
    lane.append(letter)


def _leave(tx: Tx, letter: Letter, kind: str) -> None:
    """Remember that a person blocked the bot; nothing more is sent until they write again."""
    tx.people.set_blocked(UserId(letter.chat_id), True)
    tx.outbox.drop_waiting(letter.chat_id, kind)
