"""Entries up the ladder, fold by fold: here one after another, or several at a time in processes beside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import product

from bot.commands.progress import Meter
from bot.commands.workers import Show, at_work
from recommender.data.corpus import Corpus
from recommender.evaluation.exams import Split
from recommender.evaluation.registry import FoldResult, evaluate_fold, load_entry

Task = tuple[str, int, int | None, Split]  # an entry's place, a fold, how many judge at most, how folds are made


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
    with at_work(corpus, jobs, _evaluate) as run:
        outcomes = run([(places[name], fold, people, split) for name, fold in tasks])
        for done, ((name, fold), outcome) in enumerate(zip(tasks, outcomes, strict=True)):
            show = partial(report, f"{name}, fold {fold + 1} of {folds}", done, len(tasks))
            show()
            fold_results[name].append(outcome(show))
    report("Every ranker is judged", len(tasks), len(tasks))
    return fold_results


def _evaluate(corpus: Corpus, task: Task, show: Show) -> FoldResult:
    place, fold, people, split = task
    return evaluate_fold(load_entry(place), corpus, fold, people, show, split=split)
