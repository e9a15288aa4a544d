"""The application's update queue, durable: an update is committed before Telegram hears that we have it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from telegram import Bot, Update

from bot.delivery.incoming import Raw, inbox_update, lane_of
from bot.delivery.passing import Passing, is_passing
from bot.delivery.taps import Taps
from bot.delivery.writes import Writes
from bot.storage import StorageError, Store
from bot.storage.inbox import InboxUpdate

log = logging.getLogger(__name__)

# In memory for one person; more wait in the inbox, so that nobody's flood takes the memory or the turn of others.
PER_PERSON: Final = 32
# In memory of all together, 20 KB each (measured); beyond it each person has AT_LEAST at hand, so that a crowd that
# comes faster than it can be answered waits in the inbox, too.
IN_MEMORY: Final = 1_000
AT_LEAST: Final = 4
INBOX: Final = "the inbox"


class DurableQueue(asyncio.Queue[object]):
    """Holds updates in the order of each person; what it loses at a crash, `replay` brings back.

    Args:
        store: where the inbox is.
        writes: outlasts its absences.
        on_dead: hears of every update kept as a dead letter because the library cannot read it.
    """

    def __init__(
        self, store: Store, writes: Writes | None = None, *, on_dead: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self._store = store
        self._writes = writes or Writes(store)
        self._on_dead = on_dead
        self._bot: Bot | None = None
        self._committed: dict[int, bool] = {}  # update -> does it wait; between the commit of a batch and its put
        self._held: dict[int, int] = {}  # update -> lane, from put to release
        self._in_lane: Counter[int] = Counter()
        self._left_behind: Counter[int] = Counter()  # lane -> updates in the inbox only
        self._refilling: dict[int, asyncio.Task[None]] = {}
        self.passing = Passing()
        self.taps = Taps()
        self.stopping = False

    def use(self, bot: Bot) -> None:
        """Bind the updates that come back from the inbox to a bot, which their shortcuts need."""
        self._bot = bot

    def count_waiting(self, lane: int) -> int:
        """Return how many updates of a person wait, the one at hand among them."""
        return self._in_lane[lane] + self._left_behind[lane]

    async def receive(self, readable: Sequence[Raw], unreadable: Sequence[Raw] = ()) -> None:
        """Commit a batch of raw updates, but for those that pass; the put of each then costs nothing more.

        Raises:
            StorageError: the end came first; Telegram must not hear that we have them.
        """
        pending = [inbox_update(raw) for raw in readable if not is_passing(raw)]
        dead = [inbox_update(raw) for raw in unreadable if not is_passing(raw)]
        waits = await self._commit_all(pending)
        for one in dead:
            await self._bury(one)
        for one, is_waiting in zip(pending, waits, strict=True):
            self._committed[one.update_id] = self._committed.get(one.update_id, False) or is_waiting
        self._committed.update((one.update_id, False) for one in dead)

    async def put(self, item: object) -> None:
        """Commit an update, then hand it on; one that is done goes nowhere, and the signal to stop goes first."""
        if not isinstance(item, Update):
            self._drop_all()
            return await super().put(item)
        if self.stopping:
            return
        if item.inline_query is not None:
            if self.passing.take(item):
                self.put_nowait(item)
            return
        waits = self._committed.pop(item.update_id, None)
        if waits is None:
            (waits,) = await self._commit_all([inbox_update(item.to_dict())])
        if waits:
            self._hold(item)

    async def replay(self) -> int:
        """Bring back what a crash or a stop left unfinished; returns how many."""
        waiting = await self._writes.read(lambda tx: tx.inbox.waiting_by_lane(), INBOX)
        self._left_behind.update(waiting)
        for lane in waiting:
            await self._refill(lane)
        return sum(waiting.values())

    async def sweep(self) -> int:
        """Bring back what the inbox holds and nobody has at hand, whatever lost it; returns how many."""
        waiting = await self._writes.read(lambda tx: tx.inbox.waiting_by_lane(), INBOX)
        lost = {lane: count - self._in_lane[lane] - self._left_behind[lane] for lane, count in waiting.items()}
        for lane, count in lost.items():
            if count > 0:
                self._left_behind[lane] += count
            if not self._in_lane[lane] and not self.stopping:
                self._start_refill(lane)
        return sum(count for count in lost.values() if count > 0)

    def release(self, update: Update) -> None:
        """Let go of an update that is handled, and fetch what its person has waiting in the inbox."""
        self.passing.release(update)
        lane = self._held.pop(update.update_id, None)
        if lane is None:
            return
        self.taps.release(update)
        self._in_lane[lane] -= 1
        if self._in_lane[lane] <= 0:
            del self._in_lane[lane]
            if self._left_behind[lane] > 0 and not self.stopping:
                self._start_refill(lane)

    def _hold(self, update: Update) -> None:
        lane = lane_of(update)
        if update.update_id in self._held or self.stopping:
            return
        if self._left_behind[lane] > 0 or self._in_lane[lane] >= self._most_of_one():
            self._left_behind[lane] += 1
            return
        self._take(update, lane)

    def _most_of_one(self) -> int:
        """Return how many updates of one person may be in memory now."""
        return PER_PERSON if len(self._held) < IN_MEMORY else AT_LEAST

    def _take(self, update: Update, lane: int) -> None:
        self._held[update.update_id] = lane
        self._in_lane[lane] += 1
        self.taps.take(update)
        self.put_nowait(update)

    def _start_refill(self, lane: int) -> None:
        if lane in self._refilling:
            return
        self._refilling[lane] = task = asyncio.create_task(self._refill(lane))
        task.add_done_callback(lambda _: self._refilling.pop(lane, None))

    async def _refill(self, lane: int) -> None:
        limit = self._most_of_one()
        with contextlib.suppress(StorageError):  # at the end alone; the next start replays it
            rows = await self._writes.read(lambda tx: tx.inbox.pending_in(lane, limit=limit), INBOX)
            self._left_behind[lane] -= len(rows)
            if self._left_behind[lane] <= 0 or not rows:
                del self._left_behind[lane]
            for row in rows:
                update = Update.de_json(json.loads(row.payload), self._bot)
                if update.update_id not in self._held and not self.stopping:
                    self._take(update, lane)

    def _drop_all(self) -> None:
        """Forget what is queued: it is safe in the inbox, and stopping must not wait for it."""
        self.stopping = True
        with contextlib.suppress(asyncio.QueueEmpty):
            while True:
                self.get_nowait()
                self.task_done()

    async def _commit_all(self, updates: Sequence[InboxUpdate]) -> list[bool]:
        """Commit a batch as one write; where that fails, each by itself, so that none holds up the others.

        A write that failed may have been committed all the same: whoever waits then is ours.
        """
        if not updates:
            return []
        with contextlib.suppress(StorageError):
            return await asyncio.wrap_future(
                self._store.write(lambda tx: [tx.inbox.receive(update) for update in updates])
            )
        return await asyncio.gather(*(self._commit(update) for update in updates))

    async def _commit(self, update: InboxUpdate) -> bool:
        return await self._writes.write(lambda tx: tx.inbox.accept(update), INBOX)

    async def _bury(self, update: InboxUpdate) -> bool:
        fresh = await self._writes.write(lambda tx: tx.inbox.receive(update, state="dead", error="unreadable"), INBOX)
        if fresh:
            self._on_dead()
        return fresh
