"""The lease: one process of all on a PostgreSQL database is the one, for as long as it says so again and again.

A lock held by a connection is lost with it, and nobody hears of that. A lease is a row: its holder, until when by the
database's clock, and a token that grows with each holder (a fencing token: Kleppmann 2016, "How to do distributed
locking"). Who commits shows the token, so that a holder who slept through its end cannot.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, DateTime, Engine, Row, func, insert, or_, select, text, update

from bot.storage.engine import open_engine, translated
from bot.storage.errors import LeaseLostError, StorageError
from bot.storage.patience import Patience
from bot.storage.tables import LeaseRow

log = logging.getLogger(__name__)

# A holder that dies is followed after so long; what it had begun is over 10 s later at the latest (postgres.py).
LASTS: Final = timedelta(seconds=15)
# With an answer within ANSWER_S, a holder knows after less than 5 s that another one has taken over.
RENEW_EVERY_S: Final = 2.0
ANSWER_S: Final = 2.5
# Between looks whether the holder is alive, or its time over.
LOOK_EVERY_S: Final = 0.5

_NOW: Final = func.clock_timestamp(type_=DateTime(timezone=True))


class LeaseHeldError(Exception):
    """Another process holds the lease and is alive; the text names it."""


@dataclass(slots=True, eq=False)
class Lease:
    """A lease held.

    Attributes:
        token: grows with every holder.
        until: by our own clock, when others may take it if it is not renewed.
        clock: seconds, monotonic.
    """

    engine: Engine
    patience: Patience
    name: str
    token: int
    until: float
    clock: Callable[[], float] = time.monotonic
    _ended: threading.Event = field(default_factory=threading.Event, init=False)
    _lost: threading.Event = field(default_factory=threading.Event, init=False)
    _listeners: list[Callable[[], None]] = field(default_factory=list, init=False)

    @property
    def is_held(self) -> bool:
        """Say whether nobody else can hold it now; without asking the database."""
        return not self._lost.is_set() and self.clock() < self.until

    def on_lost(self, listener: Callable[[], None]) -> None:
        """Call `listener` from another thread once the lease is lost; at once if it is."""
        self._listeners.append(listener)
        if self._lost.is_set():
            listener()

    def fence(self, connection: Connection) -> None:
        """Make sure, as the last step of a transaction, that the lease is ours until that is committed.

        Raises:
            LeaseLostError: another process has taken over.
        """
        mine = select(LeaseRow.token).where(*self._mine()).with_for_update(read=True, key_share=True)
        if connection.execute(mine).first() is None:
            self._lose()
            raise _lost(self.name)

    def confirm(self) -> None:
        """Make sure that the lease is ours now.

        Raises:
            LeaseLostError: another process has taken over.
            StorageError: the database does not answer.
        """
        with translated(str(self.engine.url)), self.engine.begin() as connection:
            self.fence(connection)

    def keep(self) -> None:
        """Renew until the lease is released or lost; for a thread of its own."""
        while not self._ended.wait(RENEW_EVERY_S) and not self._lost.is_set():
            try:
                self._renew()
            except StorageError as error:
                log.warning("the lease %s could not be renewed, trying again: %s", self.name, error)

    def release(self) -> None:
        """Let others take it at once; if the database does not answer, they take it when its time is over."""
        self._ended.set()
        self.patience.hurry()
        if not self._lost.is_set():
            with contextlib.suppress(StorageError):
                self._set(_NOW)

    def _renew(self) -> None:
        began = self.clock()
        if self._set(_NOW + LASTS):
            self.until = began + LASTS.total_seconds()
        elif not self._ended.is_set():
            self._lose()

    def _set(self, expires_at: ColumnElement[datetime]) -> bool:
        renewed = update(LeaseRow).where(*self._mine()).values(expires_at=expires_at).returning(LeaseRow.token)
        with translated(str(self.engine.url)), self.engine.begin() as connection:
            return connection.execute(renewed).first() is not None

    def _mine(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return LeaseRow.name == self.name, LeaseRow.token == self.token

    def _lose(self) -> None:
        if not self._lost.is_set():
            self._lost.set()
            log.critical("the lease %s is lost: another process has taken over", self.name)
            for tell in self._listeners:
                tell()


@contextmanager
def holding(url: str, name: str, holder: str, *, succeeds: str | None = None) -> Iterator[Lease]:
    """Hold a lease while the block runs.

    Args:
        url: of a PostgreSQL database that has the table.
        holder: who we are, for others to read.
        succeeds: a holder who is known to be dead, and need not be waited for.

    Raises:
        LeaseHeldError: another process holds it, and is alive.
        StorageError: the database does not answer.
    """
    patience = Patience(ANSWER_S, ANSWER_S)
    engine = open_engine(url, patience=patience)
    try:
        token, until = _acquire(engine, name, holder, succeeds)
        lease = Lease(engine, patience, name, token, until)
        keeper = threading.Thread(target=lease.keep, name=f"lease-{name}", daemon=True)
        keeper.start()
        try:
            yield lease
        finally:
            lease.release()
            keeper.join(2 * ANSWER_S)
    finally:
        engine.dispose()


def _acquire(engine: Engine, name: str, holder: str, succeeds: str | None) -> tuple[int, float]:
    """Return the token, and until when the lease is ours."""
    seen: Row[int, str, datetime] | None = None
    while True:
        began = time.monotonic()
        with translated(str(engine.url)), engine.begin() as connection:
            token, found = _take(connection, name, holder, succeeds)
        if token is not None:
            return token, began + LASTS.total_seconds()
        if seen is not None and found is not None and seen != found:
            raise LeaseHeldError(found.holder)
        seen = found
        time.sleep(LOOK_EVERY_S)


def _take(
    connection: Connection, name: str, holder: str, succeeds: str | None
) -> tuple[int | None, Row[int, str, datetime] | None]:
    """Take a lease that is free; returns its token, or None and whose it is."""
    columns = select(LeaseRow.token, LeaseRow.holder, LeaseRow.expires_at).where(LeaseRow.name == name)
    found = connection.execute(columns).first()
    if found is None:
        first = {"name": name, "holder": holder, "token": 1, "expires_at": _NOW + LASTS}
        connection.execute(text("LOCK TABLE leases IN EXCLUSIVE MODE"))
        if connection.execute(columns).first() is None:
            return connection.scalar(insert(LeaseRow).values(first).returning(LeaseRow.token)), None
        return None, None
    # Whoever commits under the token of before holds the row until that is done (`fence`); it is looked at again then.
    free = columns.where(or_(LeaseRow.expires_at <= _NOW, LeaseRow.holder == succeeds))
    free = free.with_for_update(skip_locked=True)
    if connection.execute(free).first() is None:
        return None, found
    taken = update(LeaseRow).where(LeaseRow.name == name)
    values = {"holder": holder, "token": LeaseRow.token + 1, "expires_at": _NOW + LASTS}
    return connection.scalar(taken.values(values).returning(LeaseRow.token)), None


def _lost(name: str) -> LeaseLostError:
    return LeaseLostError(f"one process may hold the lease {name}. Received: another one took over")
