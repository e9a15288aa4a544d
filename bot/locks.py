"""Locks between processes: one bot, one training.

A file in the data directory, which the system unlocks when its process ends, however it ends. Where several machines
share a PostgreSQL database, a lease there as well. SQLite is one machine's: the file is enough.
"""

from __future__ import annotations

import fcntl
import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from bot.storage.advisory import advisory_lock
from bot.storage.engine import sqlite_file
from bot.storage.lease import Lease, LeaseHeldError, holding
from bot.storage.schema import has_leases, migrate

POLLER: Final = "bot"
RETRAIN: Final = "retrain"
# What bots before leases hold on PostgreSQL: "reel" in ASCII, and a number per lock.
_OLDER: Final = {POLLER: 0x7265656C01, RETRAIN: 0x7265656C02}
ONE_BOT: Final = "only one bot may run here; stop the other one first"
ONE_TRAINING: Final = "only one training may run at a time; wait for the other one"
ONE_TUNING: Final = "only one search may write into a study; wait for the other one, or name another with --study"


class LockHeldError(Exception):
    """Another process holds the lock; the text is one line that says what to do."""


@contextmanager
def poller_lock(data_dir: Path, database_url: str) -> Iterator[Lease | None]:
    """Be the only bot on this data directory and on this database; the lease is PostgreSQL's, None on SQLite.

    Raises:
        LockHeldError: another one runs.
        StorageError: the database does not answer, or is newer than the code.
    """
    with _locked(POLLER, data_dir, database_url, ONE_BOT) as lease:
        yield lease


@contextmanager
def retrain_lock(data_dir: Path, database_url: str) -> Iterator[Lease | None]:
    """Be the only training; the lease is PostgreSQL's, None on SQLite.

    Raises:
        LockHeldError: another one is under way.
        StorageError: the database does not answer, or is newer than the code.
    """
    with _locked(RETRAIN, data_dir, database_url, ONE_TRAINING) as lease:
        yield lease


@contextmanager
def tuning_lock(study: Path) -> Iterator[None]:
    """Be the only search that writes into a study.

    Raises:
        LockHeldError: another one is under way.
    """
    with _file_lock(study.with_name(f"{study.name}.lock"), _me(), ONE_TUNING):
        yield


def is_training(data_dir: Path, database_url: str) -> bool:
    """Tell whether a training is under way."""
    try:
        with retrain_lock(data_dir, database_url):
            return False
    except LockHeldError:
        return True


@contextmanager
def _locked(name: str, data_dir: Path, database_url: str, expectation: str) -> Iterator[Lease | None]:
    me = _me()
    with ExitStack() as stack:
        before = stack.enter_context(_file_lock(data_dir / f"{name}.lock", me, expectation))
        file = sqlite_file(database_url)
        if file is None:
            yield stack.enter_context(_leased(name, database_url, me, before, expectation))
            return
        if file.parent.is_dir() and not file.parent.samefile(data_dir):  # two data directories may share it
            stack.enter_context(_file_lock(file.with_name(f"{file.name}.{name}.lock"), me, expectation))
        yield None


def _me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()[:60]} ({uuid.uuid4().hex[:12]})"


@contextmanager
def _leased(name: str, url: str, me: str, before: str, expectation: str) -> Iterator[Lease]:
    """Hold the lease; whoever had the file's lock before us is dead, and is not waited for."""
    if not has_leases(url):
        with advisory_lock(url, _OLDER[name]) as held:
            if not held:
                raise LockHeldError(f"{expectation}. Received: a lock held on the database by an older Reelmate")
            migrate(url)
    try:
        with holding(url, name, me, succeeds=before or None) as lease:
            yield lease
    except LeaseHeldError as error:
        raise LockHeldError(f"{expectation}. Received: a lease held on the database by {error}") from None


@contextmanager
def _file_lock(path: Path, me: str, expectation: str) -> Iterator[str]:
    """Hold a file's lock, and write into it who does; yields what the holder before wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            number = _read(descriptor)[0] or "unknown"
            raise LockHeldError(f"{expectation}. Received: {path} held by process {number}") from None
        before = _read(descriptor)[1]
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n{me}\n".encode(), 0)
        yield before
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> tuple[str, str]:
    """Return the number of the process that wrote into a lock's file, and what it called itself."""
    number, _, name = os.pread(descriptor, 200, 0).decode("utf-8", "replace").partition("\n")
    return number.strip(), name.strip()
