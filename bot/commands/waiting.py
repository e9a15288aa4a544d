"""Waiting for Ctrl-C or SIGTERM, which both mean: end cleanly."""

from __future__ import annotations

import signal
import threading


def wait_for_signal() -> None:
    """Block the main thread until SIGINT or SIGTERM."""
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
