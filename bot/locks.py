"""Locks between processes: one polls, one retrains. The system releases them when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.storage.advisory import advisory_lock

POLLER: Final = "bot.lock"
RETRAIN: Final = "retrain.lock"
# "reel" in ASCII, and a number per lock.
_KEYS: Final = {POLLER: 0x7265656C01, RETRAIN: 0x7265656C02}


class LockHeldError(Exception):
    """Another process holds the lock; the text is one line that says what to do."""


@contextmanager
def poller_lock(data_dir: Path, database_url: str) -> Iterator[None]:
    """Be the only bot that polls, on this data directory and on this PostgreSQL database.

    Raises:
        LockHeldError: another one polls.
    """
    with _locked(POLLER, data_dir, database_url, "only one bot may run here; stop the other one first"):
        yield


@contextmanager
def retrain_lock(data_dir: Path, database_url: str) -> Iterator[None]:
    """Be the only training.

    Raises:
        LockHeldError: another one is under way.
    """
    with _locked(RETRAIN, data_dir, database_url, "only one training may run at a time; wait for the other one"):
        yield


def is_training(data_dir: Path, database_url: str) -> bool:
    """Tell whether a training is under way."""
    try:
        with retrain_lock(data_dir, database_url):
            return False
    except LockHeldError:
        return True


@contextmanager
def _locked(name: str, data_dir: Path, database_url: str, expectation: str) -> Iterator[None]:
    with _file_lock(data_dir / name, expectation), advisory_lock(database_url, _KEYS[name]) as held:
        if not held:
            raise LockHeldError(f"{expectation}. Received: a lock held on the database")
        yield


@contextmanager
def _file_lock(path: Path, expectation: str) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise LockHeldError(f"{expectation}. Received: {path} held by process {holder}") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
