"""How a long step tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

# Called with the step in plain words, how much is done, and of how much (None: unknown).
Progress = Callable[[str, int, int | None], None]


def no_progress(step: str, done: int, total: int | None) -> None:
    """Tell nobody."""
