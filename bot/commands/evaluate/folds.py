"""Entries up the ladder, fold by fold: here one after another, or several at a time in processes beside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import product
from multiprocessing import get_context
from typing import Final

from bot.commands.errors import CommandError
from bot.commands.progress import Meter
from recommender.data.corpus import Corpus
from recommender.evaluation.exams import Split
from recommender.evaluation.registry import FoldResult, evaluate_fold, load_entry

# What says how many threads NumPy, OpenMP and TensorFlow take.
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")

Task = tuple[str, int, int | None, Split]  # an entry's place, a fold, how many judge at most, how folds are made
Outcome = Callable[[Callable[[str], None]], FoldResult]  # ends a task, told where to show how far it is


def evaluate_folds(
    places: Mapping[str, str],
    corpus: Corpus,
    folds: int,
    report: Meter,
    *,
    jobs: int = 1,
    people: int | None = None,
    split: Split = "people",
) -> dict[str, list[FoldResult]]:
    """Judge every entry on every fold, `jobs` at a time in processes of one thread each.

    Args:
        places: where each entry is, by name.
        people: how many judge in each fold at most; None for all.
        split: how folds are made.

    Raises:
        CommandError: a process was ended from outside.
    """
    fold_results, tasks = {name: list[FoldResult]() for name in places}, list(product(places, range(folds)))
    with _mapper(corpus, jobs) as run:
        outcomes = run([(places[name], fold, people, split) for name, fold in tasks])
        for done, ((name, fold), outcome) in enumerate(zip(tasks, outcomes, strict=True)):
            show = partial(report, f"{name}, fold {fold + 1} of {folds}", done, len(tasks))
            show()
            fold_results[name].append(outcome(show))
    report("Every ranker is judged", len(tasks), len(tasks))
    return fold_results


@contextmanager
def _mapper(corpus: Corpus, jobs: int) -> Iterator[Callable[[Sequence[Task]], list[Outcome]]]:
    """Yield what begins tasks, here or in other processes, and gives what ends each."""
    if jobs == 1:
        yield lambda tasks: [partial(_evaluate, corpus, task) for task in tasks]
        return
    threads = {name: os.environ.get(name, "1") for name in THREADS}
    os.environ.update(threads)  # inherited: two networks on all cores each would only fight
    context = get_context("spawn")  # Keras must not be forked
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_hold, initargs=(corpus,)) as pool:
        try:
            yield lambda tasks: [partial(_await, pool.submit(_evaluate_held, task)) for task in tasks]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _evaluate(corpus: Corpus, task: Task, show: Callable[[str], None] = lambda note: None) -> FoldResult:
    place, fold, people, split = task
    return evaluate_fold(load_entry(place), corpus, fold, people, show, split=split)


def _await(future: Future[FoldResult], show: Callable[[str], None]) -> FoldResult:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CommandError("a judging process was ended, likely for want of memory. Ask for fewer --jobs.") from error


_held: list[Corpus] = []


def _hold(corpus: Corpus) -> None:
    """Keep the corpus of this process, sent once and not with every task."""
    _held[:] = [corpus]


def _evaluate_held(task: Task) -> FoldResult:
    return _evaluate(_held[0], task)
