"""Silence for native libraries: TensorFlow greets on stderr before any of its own switches is heeded."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from bot.commands.invocation import Invocation


def quiet(invocation: Invocation) -> contextlib.AbstractContextManager[None]:
    """Return what keeps native libraries silent, unless --debug is asked for."""
    return contextlib.nullcontext() if invocation.debug else silenced()


@contextlib.contextmanager
def silenced() -> Iterator[None]:
    """Drop what native code writes to stderr; Python's own stderr stays."""
    try:
        number = sys.stderr.fileno()
    except OSError:  # not a file, so native code does not write there
        yield
        return
    kept = os.dup(number)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), number)
    try:
        with os.fdopen(os.dup(kept), "w", buffering=1) as stderr, contextlib.redirect_stderr(stderr):
            yield
    finally:
        os.dup2(kept, number)
        os.close(kept)
