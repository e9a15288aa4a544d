"""Store: the open database. Use cases go in as functions of a Tx, domain values come out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.backup import Backup, back_up
from bot.storage.engine import BUSY_TIMEOUT_S, open_engine, translated
from bot.storage.errors import DatabaseAwayError, DatabaseUnreachableError
from bot.storage.lease import Lease
from bot.storage.patience import Patience
from bot.storage.schema import check_schema
from bot.storage.tx import Tx
from bot.storage.writer import Outcome, Work, Writer

T = TypeVar("T")

# No use case lasts so long; a server that is silent for longer hangs, and the connection is given up.
ANSWER_WITHIN_S: Final = 30.0


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One database, many readers and one writer.

    Args:
        url: as SQLAlchemy writes it, sqlite:///file or postgresql+psycopg://...
        clock: what `tx.now` reads.
        lease: without which nothing is committed, and no call lasts for ever; None for who needs none.
        busy_s: how long a file of SQLite may be held by another process.

    Raises:
        StorageError: the database cannot be opened, or its schema is not the code's.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], datetime] = utc_now,
        lease: Lease | None = None,
        busy_s: float = BUSY_TIMEOUT_S,
    ) -> None:
        self.url = url
        self._clock = clock
        self._lease = lease
        self._patience = Patience(busy_s, None if lease is None else ANSWER_WITHIN_S)
        self._engine = open_engine(url, patience=self._patience)
        self._letter_listeners: list[Callable[[], None]] = []
        self._finish_listeners: list[Callable[[Sequence[int]], None]] = []
        self._commit_listeners: list[Callable[[float, bool], None]] = []
        self._batch_listeners: list[Callable[[], None]] = []
        try:
            check_schema(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        self._writer = Writer(self._timed_commit)

    def read(self, run: Callable[[Tx], T]) -> T:
        """Run a use case that only reads, in the calling thread and a plain transaction."""
        with translated(self.url), self._engine.connect() as connection:
            result = run(Tx(connection, self._clock()))
            connection.rollback()
            return result

    def write(self, run: Callable[[Tx], T]) -> Future[T]:
        """Queue a use case for the writer; the future resolves once its effect is committed.

        The use case runs inside its own savepoint: what it raises undoes its effect alone and lands in the future.
        """
        return self._writer.submit(run)

    def on_letters(self, listener: Callable[[], None]) -> None:
        """Call `listener` from the writer's thread after each commit that added to the outbox."""
        self._letter_listeners.append(listener)

    def on_finished(self, listener: Callable[[Sequence[int]], None]) -> None:
        """Call `listener` from the writer's thread with what a commit marked done, before its futures resolve."""
        self._finish_listeners.append(listener)

    def on_commit(self, listener: Callable[[float, bool], None]) -> None:
        """Call `listener` from the writer's thread with the seconds of each batch, and whether it was committed."""
        self._commit_listeners.append(listener)

    def hurry(self) -> None:
        """Learn that the end has come: from now on the database gets a moment for each call, and no more."""
        self._patience.hurry()

    def back_up(self, target: Path) -> Backup:
        """Copy the database into one file while it is in use; what is committed later is not in it.

        Raises:
            StorageError: it cannot be read, or the copy is not whole.
        """
        return back_up(self._engine, target)

    def on_batches(self, listener: Callable[[], None]) -> None:
        """Call `listener` from the writer's thread after each commit that left a batch to be worked on."""
        self._batch_listeners.append(listener)

    def close(self) -> None:
        """Finish the queued writes and close every connection."""
        self._writer.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _timed_commit(self, batch: list[Work]) -> list[Outcome]:
        began, is_done = time.perf_counter(), False
        try:
            outcomes = self._commit(batch)
            is_done = True
        finally:
            for tell in self._commit_listeners:
                tell(time.perf_counter() - began, is_done)
        return outcomes

    def _commit(self, batch: list[Work]) -> list[Outcome]:
        added: list[int] = []
        finished: list[int] = []
        to_work_on: list[int] = []
        with translated(self.url), self._writing() as connection, connection.begin():
            outcomes = [self._run(connection, work, added, finished, to_work_on) for work in batch]
            if self._lease is not None:
                self._lease.fence(connection)
        if finished:
            for tell in self._finish_listeners:
                tell(finished)
        if added:
            for ring in self._letter_listeners:
                ring()
        if to_work_on:
            for ring in self._batch_listeners:
                ring()
        return outcomes

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(writes=True)

    def _run(
        self, connection: Connection, work: Work, added: list[int], finished: list[int], to_work_on: list[int]
    ) -> Outcome:
        tx = Tx(connection, self._clock())
        savepoint = connection.begin_nested()
        try:
            with translated(self.url):
                result = work.run(tx)
                savepoint.commit()
        except Exception as error:
            _undo(savepoint, error)
            if connection.invalidated:  # nothing of this batch is left
                raise _lost_connection(error) from error
            return Outcome(work, error=error)
        added.extend(tx.outbox.added)
        finished.extend(tx.inbox.finished)
        to_work_on.extend(tx.batches.added)
        return Outcome(work, result)


def _undo(savepoint: NestedTransaction, error: Exception) -> None:
    """Roll one use case back; where the database undid the whole transaction itself, fail the batch with the cause."""
    try:
        savepoint.rollback()
    except SQLAlchemyError as lost:
        raise (error if isinstance(error, DatabaseAwayError) else lost) from None


def _lost_connection(error: Exception) -> DatabaseAwayError:
    if isinstance(error, DatabaseAwayError):
        return error
    return DatabaseUnreachableError("the database server must answer. Received: a connection that was lost")
