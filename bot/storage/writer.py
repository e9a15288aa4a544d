"""The writer: one thread that commits what has queued up in one transaction (group commit)."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from bot.storage.errors import StorageError
from bot.storage.tx import Tx

T = TypeVar("T")

# One commit's worth of work: enough to make the fsync cheap, little enough to keep the first caller's wait short.
BATCH: Final = 256


@dataclass(frozen=True, slots=True)
class Work:
    """A use case that waits for the writer, and where its result goes."""

    run: Callable[[Tx], Any]
    future: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one piece of work came to inside its savepoint."""

    work: Work
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs work in the order it came; a future resolves only after its commit.

    Args:
        commit: runs a batch in one transaction and returns an outcome for each, or raises a StorageError for all.
    """

    def __init__(self, commit: Callable[[list[Work]], list[Outcome]]) -> None:
        self._commit = commit
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._loop, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, run: Callable[[Tx], T]) -> Future[T]:
        """Queue a use case.

        Raises:
            StorageError: the store is closed.
        """
        work = Work(run)
        with self._lock:
            if self._closed:
                raise StorageError("the store must be open to write. Received: a write after close")
            self._queue.put(work)
        return work.future

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _loop(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, ended = self._gather(first)
            _settle(self._outcomes(batch))
            if ended:
                return

    def _gather(self, first: Work) -> tuple[list[Work], bool]:
        """Return the batch, its cancelled work left out, and whether the end was queued behind it."""
        batch: list[Work] = []
        waiting: Work | None = first
        while waiting is not None:
            if waiting.future.set_running_or_notify_cancel():
                batch.append(waiting)
            if len(batch) >= BATCH:
                return batch, False
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _outcomes(self, batch: list[Work]) -> list[Outcome]:
        try:
            return self._commit(batch)
        except BaseException as error:  # a thread that dies would leave every later caller waiting for ever
            return [Outcome(work, error=error) for work in batch]


def _settle(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.error is None:
            outcome.work.future.set_result(outcome.result)
        else:
            outcome.work.future.set_exception(outcome.error)
