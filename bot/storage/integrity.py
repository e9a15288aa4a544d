"""Is a SQLite database whole? Looked at for a while: a look through a large one takes longer than a start may."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.storage.errors import DatabaseDamagedError

LOOK_S: Final = 2.0
# How many steps of SQLite's machine lie between two looks at the clock.
_STEPS: Final = 10_000


def require_whole(file: Path, look_s: float = LOOK_S) -> None:
    """Make sure that a database's pages hold together, as far as can be seen in so many seconds.

    Raises:
        DatabaseDamagedError: they do not.
    """
    end = time.monotonic() + look_s
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=look_s)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            faults = connection.execute("PRAGMA quick_check(1)").fetchall()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                raise _damaged(str(error), file) from error
            return  # out of time, or not to be read at all, which whoever opens it says better
    if faults != [("ok",)]:
        raise _damaged(" ".join(str(faults[0][0]).split()), file)


def _damaged(fact: str, file: Path) -> DatabaseDamagedError:
    expected = "the database must be whole; move it aside and `reelmate restore` a backup"
    return DatabaseDamagedError(f"{expected}. Received: {fact} ({file})")
