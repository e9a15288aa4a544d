"""The one door from asyncio to sync code: every call of the store or the recommender leaves the loop here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Most of a call is waiting for the group commit, so more threads than cores mean larger commits.
THREADS: Final = 32


class Offload:
    """Threads for sync calls, with one lifetime: the application's."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="service")

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a sync call in a thread and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: call(*args, **kwargs))

    def close(self) -> None:
        """Wait for running calls and end the threads."""
        self._pool.shutdown()
