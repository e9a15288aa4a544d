"""What is costly to make and only has to be there: the workers of one run make it once, and hand it on as a file."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

# Names a folder of one run's own; set by tests.workers, and by nobody for a run without workers.
FOLDER: Final = "TESTS_SHARED_FOLDER"

T = TypeVar("T")


def shared(name: str, make: Callable[[], T]) -> T:
    """Return what `make` returns; where another worker of this run has made it, or is at it, return theirs."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return make()
    path = Path(folder) / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            made: T = pickle.loads(path.read_bytes())  # noqa: S301  # this run wrote it
            return made
        made = make()
        aside = path.with_suffix(".part")
        aside.write_bytes(pickle.dumps(made))
        aside.replace(path)
        return made
