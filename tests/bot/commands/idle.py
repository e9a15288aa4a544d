"""Tasks that never end, in processes beside: `python -m tests.bot.commands.idle FOLDER`."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from bot.commands.workers import Show, at_work, show_nothing


def idle(folder: Path, task: int, show: Show) -> None:
    """Say which process this is, and stay in it."""
    (folder / f"{os.getpid()}.pid").touch()
    threading.Event().wait()


if __name__ == "__main__":
    from tests.bot.commands.idle import idle as found  # as processes beside import it

    with at_work(Path(sys.argv[1]), 2, found) as run:
        for outcome in run([1, 2]):
            outcome(show_nothing)
