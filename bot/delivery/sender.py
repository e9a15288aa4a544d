"""The sender: the one way out for messages. Retries, throttles per chat, and never lets one chat hold up another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from typing import Final

from telegram import Bot
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.delivery.gallery import Gallery
from bot.delivery.notes import OUTBOX, LetterApology, Notes
from bot.delivery.posting import Verdict, judge, pause_s, post, reason, silence_retry_after
from bot.delivery.requests import last_status
from bot.delivery.throttle import Throttle
from bot.delivery.writes import Writes
from bot.storage import MOST_WAITING, Letter, StorageError, Store
from bot.storage.outbox import AT_ONCE

log = logging.getLogger(__name__)

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
# What stop() waits for messages that are on their way, and for the notes of what was sent.
STOP_S: Final = 2.5
NOTES_S: Final = 1.5
# Between looks whether we may send again.
MAY_SEND_S: Final = 0.5


class Sender:
    """Sends what is in the outbox, per chat in the order it was stored.

    Args:
        store: the outbox.
        bot: speaks to Telegram; without a rate limiter of its own.
        writes: outlasts the store's absences.
        apology: the sentence for a person whose message was given up.
        on_dead: hears of every message given up.
        may_send: False while another process may be the one that sends.
        clock: seconds, monotonic; for the throttle.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        writes: Writes | None = None,
        *,
        apology: LetterApology = lambda _tx, _letter: None,
        on_dead: Callable[[], None] = lambda: None,
        may_send: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._bot, self._may_send = store, bot, may_send
        self._writes = writes or Writes(store)
        self._notes = Notes(self._writes, apology=apology, on_dead=on_dead)
        self._gallery = Gallery(store, self._notes.pictured)
        self._got_through = 0  # messages that Telegram took
        self._at_work: Counter[int] = Counter()  # messages taken from their lanes, and not noted yet
        self._aside: set[asyncio.Task[None]] = set()
        self._throttle = Throttle(clock)
        self._rung = asyncio.Event()
        self._last_seen = 0
        self._lanes: dict[int, deque[Letter]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
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
            await asyncio.wait(lanes, timeout=STOP_S if self._may_send() else 0)
        await self._notes.finish(NOTES_S)
        for task in lanes:
            task.cancel()
        await asyncio.gather(self._main, *lanes, *self._aside, return_exceptions=True)

    async def sweep(self) -> int:
        """Take up what waits in the outbox and nobody has at hand, whatever lost it; returns how many."""
        before, last_seen = self._at_hand(), self._last_seen
        waiting = await self._writes.read(lambda tx: tx.outbox.waiting_ids(), OUTBOX)
        known = before | self._at_hand()
        lost = [one for one in waiting if one <= last_seen and one not in known][:AT_ONCE]
        for letter in await self._writes.read(lambda tx: tx.outbox.letters(lost), OUTBOX) if lost else ():
            self._line_up(letter)
        return len(lost)

    def _at_hand(self) -> set[int]:
        in_lanes = {letter.id for lane in self._lanes.values() for letter in lane}
        return in_lanes | set(self._at_work) | self._notes.unwritten

    async def _look_for_ever(self) -> None:
        with contextlib.suppress(StorageError):  # at the end alone
            while True:
                self._rung.clear()
                await self._look()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._rung.wait()

    async def _look(self) -> None:
        """Give each chat's new messages to its lane."""
        while letters := await self._writes.read(lambda tx: tx.outbox.waiting(after=self._last_seen), OUTBOX):
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
                    await self._at_hand_while(letter, self._deliver(letter, lane))
        finally:
            del self._lanes[chat_id]

    def _at_hand_while(self, letter: Letter, work: Coroutine[None, None, None]) -> Coroutine[None, None, None]:
        """Hold a message from now on until the work on it is done."""
        self._at_work[letter.id] += 1

        async def hold() -> None:
            try:
                await work
            finally:
                self._at_work[letter.id] -= 1
                if not self._at_work[letter.id]:
                    del self._at_work[letter.id]

        return hold()

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
        task = asyncio.create_task(self._at_hand_while(letter, self._try_aside(letter)))
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
                    return self._notes.dead(letter, reason(error))

    async def _post(self, letter: Letter) -> TelegramError | None:
        """Try to send one message and note what became of it; returns why it must be tried again."""
        try:
            posted = await post(self._bot, letter, self._gallery)
        except RetryAfter as error:
            self._throttle.hold(letter.chat_id, pause_s(error))
            return error
        except ChatMigrated as error:
            log.warning("group %d is supergroup %d now: correct what names it", letter.chat_id, error.new_chat_id)
            self._notes.moved(letter, error.new_chat_id)
        except TelegramError as error:
            verdict = judge(error, last_status.get())
            if verdict is Verdict.LATER:
                return error
            self._close(letter, verdict, error)
        except Exception as error:  # a message that cannot even be asked for must not end its lane
            self._close(letter, Verdict.REFUSED, error)
        else:
            self._got_through += 1
            self._notes.sent(letter, posted.message_id, posted.poll_id)
        return None

    async def _await_turn(self, chat_id: int) -> bool:
        """Wait until a message may go to the chat; says whether it had to wait."""
        waited = False
        while not self._may_send():
            waited = True
            await asyncio.sleep(MAY_SEND_S)
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
            self._notes.sent(letter, letter.outgoing.edits)
        elif verdict is Verdict.BLOCKED:
            self._notes.blocked(letter, kind)
        elif verdict is Verdict.GONE:
            self._notes.gone(letter, kind)
        else:
            self._notes.dead(letter, str(error))


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
