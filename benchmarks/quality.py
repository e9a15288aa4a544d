"""Ours beside the peers on the cold-start ladder, in one run: `make bench-quality`.

Writes tables between the marks of docs/quality.md and docs/quality.svg beside it; build/quality.json has all numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from benchmarks.markdown import write_between_marks
from benchmarks.peers import PEERS
from benchmarks.quality_figure import draw_ladders
from benchmarks.quality_report import COMMAND, as_object, as_page
from bot.catalogue.movielens import read_movielens
from bot.commands.progress import meter
from recommender.contenders import (
    FLOORS,
    OWN,
    FoldClimb,
    climb_fold,
    known_contenders,
    load_contender,
    model_contenders,
)
from recommender.corpus import Corpus
from recommender.ladder import FOLDS

DOCS = Path(__file__).parent.parent / "docs"
BUILD = Path(__file__).parent.parent / "build"
# What says how many threads NumPy, OpenMP and TensorFlow take.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")

Task = tuple[str, int]  # a contender's name and a fold


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the ladder and write what it says."""
    options = _parse(arguments)
    corpus, started = read_movielens(options.corpus), time.monotonic()
    climbs = climb_all(options.rankers.split(","), corpus, options.folds, options.jobs)
    minutes = (time.monotonic() - started) / 60
    figures = as_object(climbs, corpus, name=Path(options.corpus).name, minutes=minutes)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "quality.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    ours = [name for name in climbs if name not in PEERS and name not in FLOORS]
    page = as_page(climbs, figures, ours)
    print(page)
    if options.write:
        write_between_marks(DOCS / "quality.md", page, COMMAND)
        draw_ladders(climbs, ours, DOCS / "quality.svg")


def climb_all(names: Sequence[str], corpus: Corpus, folds: int, jobs: int = 1) -> dict[str, list[FoldClimb]]:
    """Judge every contender on every fold, `jobs` at a time in processes of one thread each."""
    climbs, tasks = {name: list[FoldClimb]() for name in names}, list(product(names, range(folds)))
    with meter() as report, _mapper(corpus, jobs) as run:
        for done, ((name, fold), outcome) in enumerate(zip(tasks, run(tasks), strict=True), start=1):
            climbs[name].append(outcome)
            report(f"{name}, fold {fold + 1} of {folds} climbed", done, len(tasks))
    return climbs


@contextmanager
def _mapper(corpus: Corpus, jobs: int) -> Iterator[Callable[[Sequence[Task]], Iterator[FoldClimb]]]:
    """Yield what judges tasks in their order, here or in other processes."""
    if jobs == 1:
        yield lambda tasks: (_climb(corpus, task) for task in tasks)
        return
    threads = {name: os.environ.get(name, "1") for name in THREADS}
    os.environ.update(threads)  # inherited: two networks on all cores each would only fight
    context = get_context("spawn")  # Keras must not be forked
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_hold, initargs=(corpus,)) as pool:
        yield lambda tasks: pool.map(_climb_held, tasks)


_held: list[Corpus] = []


def _hold(corpus: Corpus) -> None:
    """Keep the corpus of this process, sent once and not with every task."""
    _held[:] = [corpus]


def _climb_held(task: Task) -> FoldClimb:
    return _climb(_held[0], task)


def _climb(corpus: Corpus, task: Task) -> FoldClimb:
    name, fold = task
    return climb_fold(load_contender(known_contenders()[name]), corpus, fold)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks quality", description="Ours beside the peers on the ladder.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    # The classic rankers of our own frame have a benchmark to themselves, `rooms`.
    contenders = [name for name in known_contenders() if name not in model_contenders() or name in OWN]
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--rankers", default=",".join(contenders), help="names, separated by commas")
    parser.add_argument("--folds", type=int, default=FOLDS, choices=range(1, FOLDS + 1))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; default: one per core")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
