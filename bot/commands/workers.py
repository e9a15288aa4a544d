"""Long tasks over one thing that all of them need: here one after another, or several at a time in processes beside."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from typing import Any, Final, TypeVar

from bot.commands.errors import CommandError

# What says how many threads NumPy, OpenMP and TensorFlow take.
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")

Held = TypeVar("Held")
Task = TypeVar("Task")
Result = TypeVar("Result")
Show = Callable[[str], None]  # where a task shows how far it is; one in a process beside shows nothing
Outcome = Callable[[Show], Result]  # ends a task


def show_nothing(note: str) -> None:
    """Show nothing."""


@contextmanager
def at_work(
    held: Held, jobs: int, work: Callable[[Held, Task, Show], Result]
) -> Iterator[Callable[[Sequence[Task]], list[Outcome[Result]]]]:
    """Yield what begins tasks, `jobs` at a time in processes of one thread each, and gives what ends each.

    Args:
        held: what all tasks need, sent to each process once.
        work: does one task; a function of a module, so that processes beside find it.
    """
    if jobs == 1:
        yield lambda tasks: [partial(work, held, task) for task in tasks]
        return
    threads = {name: os.environ.get(name, "1") for name in THREADS}
    os.environ.update(threads)  # inherited: two networks on all cores each would only fight
    context = get_context("spawn")  # Keras must not be forked
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_hold, initargs=(held,)) as pool:
        try:
            yield lambda tasks: [partial(_await, pool.submit(_work_held, work, task)) for task in tasks]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _await(future: Future[Result], show: Show) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CommandError("a judging process was ended, likely for want of memory. Ask for fewer --jobs.") from error


_held: list[Any] = []


def _hold(held: object) -> None:
    """Keep what this process's tasks need, and end with the process that asks for them, however that ends."""
    _held[:] = [held]
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_held(work: Callable[[Any, Task, Show], Result], task: Task) -> Result:
    return work(_held[0], task, show_nothing)
