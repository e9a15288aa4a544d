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
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="loader")

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a sync call in a thread and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: call(*args, **kwargs))

    async def load(self, call: Callable[[], T]) -> T:
        """Run what loads much into memory in place of what was there, always in one and the same thread.

        glibc has a heap for each thread, and what is let go stays in it: models loaded by whichever thread was free
        took 48 MB more with every swap, and take what the one before let go in one thread (measured).
        """
        return await asyncio.get_running_loop().run_in_executor(self._loader, call)

    def close(self) -> None:
        """Wait for running calls and end the threads."""
        self._pool.shutdown()
        self._loader.shutdown()
