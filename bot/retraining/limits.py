"""What a training may take of the machine: memory, time, and the room it must leave on the disk."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings import Settings
from recommender.errors import TrainingError

# Memory that is asked for in one go may be above its limit for so long.
LOOK_EVERY_S: Final = 0.25
_STATM: Final = Path("/proc/self/statm")
_MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What a training takes: bytes of memory, seconds so far, bytes free on the disk of the bundles."""

    memory: int
    seconds: float
    free_disk: int


def find_breach(settings: Settings, usage: Usage) -> str | None:
    """Return which limit was passed, as one sentence; None where none was."""
    memory, most_s = settings.retrain_memory, settings.retrain_time.total_seconds()
    if memory is not None and usage.memory > memory:
        return _sentence("RETRAIN_MEMORY", f"stay within {_mb(memory)} of memory", _mb(usage.memory))
    if usage.seconds > most_s:
        return _sentence("RETRAIN_TIME", f"end within {most_s:.0f} s", f"{usage.seconds:.0f} s")
    if usage.free_disk < settings.retrain_disk:
        return _sentence("RETRAIN_DISK", f"leave {_mb(settings.retrain_disk)} of disk free", _mb(usage.free_disk))
    return None


def require_room(settings: Settings, size: int) -> None:
    """Make sure that a bundle of so many bytes leaves the disk the room it must.

    Raises:
        TrainingError: it would not.
    """
    free = _free_disk(settings)
    if free - size < settings.retrain_disk:
        expected = f"leave {_mb(settings.retrain_disk)} of disk free beside its bundle of {_mb(size)}"
        raise TrainingError(_sentence("RETRAIN_DISK", expected, f"{_mb(free)} free"))


@contextmanager
def limited(settings: Settings, stop: Callable[[str], None] | None = None) -> Iterator[None]:
    """End this process with one line on stderr as soon as what runs inside passes a limit.

    Args:
        stop: what to do instead; called once, from another thread.
    """
    started, ended = time.monotonic(), threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_EVERY_S):
            breach = find_breach(settings, Usage(_memory(), time.monotonic() - started, _free_disk(settings)))
            if breach is not None:
                return (stop or _end)(breach)

    watching = threading.Thread(target=watch, name="limits", daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def _end(breach: str) -> None:
    # Nothing else stops native code in the middle of a step. Locks go with the process, and a publish under way
    # leaves no more than a folder that the next start sweeps.
    print(f"reelmate: {breach}", file=sys.stderr, flush=True)
    os._exit(1)


def _memory() -> int:
    """Return how many bytes of memory this process holds; where the system does not say, how many it ever held."""
    try:
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _free_disk(settings: Settings) -> int:
    folder = settings.bundles_dir
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _sentence(variable: str, expectation: str, fact: str) -> str:
    return f"a training must {expectation}, as REELMATE_{variable} says. Received: {fact}"


def _mb(size: int) -> str:
    return f"{size / _MB:.0f} MB"
