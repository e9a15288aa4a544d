"""The end, for sure: whatever hangs, the process is gone in less time than a supervisor waits before it kills."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

# Docker kills after 10 s. What is stored needs no end: it is replayed, as after a crash.
END_S: Final = 9.0


async def end_for_sure(ended: asyncio.Event, failed: Callable[[], bool]) -> None:
    """Wait for the end, and from then on for the process to be gone; else end it.

    Args:
        failed: whether the end has a reason that a supervisor should hear of.
    """
    await ended.wait()
    last = threading.Timer(END_S, lambda: _leave(int(failed())))
    last.daemon = True
    last.start()


def _leave(code: int) -> None:
    log.critical("the end took longer than %.0f s, so the process ends now; what is stored is replayed", END_S)
    os._exit(code)
