"""The board: every model of `recommender/training/models` and every peer in one frame, `make bench-models`.

Each ranker of each fold is kept as a file in build/models, so that a run can be stopped and goes on; several at once
share the work with other `--rankers`. Writes tables between its marks in docs/figures.md and docs/models.svg beside it.
With `--judges validation` nobody who judges is a test person: what a new model is tried with.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.board import JUDGES, PARTS, Hall, Task, Work, is_network, measure
from benchmarks.board.figure import draw_fronts
from benchmarks.board.report import COMMAND, Measured, as_page
from benchmarks.figures import BUILD
from benchmarks.markdown import DOCS, FIGURES, write_between_marks
from bot.catalogue.movielens import read_movielens
from bot.commands.commit import find_commit
from bot.commands.names import parse_names
from bot.commands.progress import meter
from recommender.errors import RecommenderError
from recommender.evaluation.ladder import FOLDS
from recommender.evaluation.registry import OWN, known_rankers, model_rankers
from recommender.evaluation.reports.lists import describe_origin
from recommender.training.training import TrainingConfig

# Who is measured first: the shipped model, and who comes next to it.
FIRST: Final = ("embedding_mlp", "popular_in_genres", "window_and_item_knn", "genres_and_item_knn", "recent_popularity")
# Ours with less than it has is no model of its own.
LEFT_OUT: Final = frozenset({"embedding_mlp_without_times"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is not measured yet, and write what all of it says."""
    options = _parse(arguments)
    corpus = read_movielens(options.corpus)
    hall = Hall(corpus, options.judges, options.learners)
    work = Work.of(hall, options.work)
    places = known_rankers()
    names = parse_names(options.rankers, places, "--rankers")
    tasks = list_tasks({name: places[name] for name in names}, options.parts, options.folds)
    if options.run:
        measure_all(tasks, places, hall, work)
    measured: Measured = {task: found for task in tasks if (found := work.read(task)) is not None}
    figures = {"corpus": Path(options.corpus).name, "judges": options.judges, **describe_origin(corpus, find_commit())}
    page = as_page(measured, names, options.folds, figures)
    print(page)
    if options.write and options.judges == "test":
        write_between_marks(FIGURES, page, COMMAND)
        draw_fronts(measured, names, options.folds, DOCS / "models.svg")


def list_tasks(places: Mapping[str, str], parts: Sequence[Any], folds: Sequence[int]) -> list[Task]:
    """Return what is to be measured, ranker by ranker, so that a run cut short has whole rows."""
    return [
        Task(name, part, fold)
        for name, place in places.items()
        for part in parts
        if part != "new" or is_network(place)
        for fold in folds
    ]


def measure_all(tasks: Sequence[Task], places: Mapping[str, str], hall: Hall, work: Work) -> None:
    """Measure and keep every task that is not kept yet; what a corpus or an installation refuses is said and left."""
    commit, failed = find_commit(), list[str]()
    with meter() as report:
        for done, task in enumerate(tasks):
            if work.read(task) is not None:
                continue
            show = partial(report, f"{task.name}, {task.part} {task.fold}", done, len(tasks))
            show("")
            try:
                work.write(task, measure(hall, places[task.name], task.part, task.fold, show), commit)
            except RecommenderError as error:
                failed.append(f"{task.name}, {task.part} {task.fold}: {error}")
        report("Everything is measured", len(tasks), len(tasks))
    print(*failed, sep="\n", end="\n" if failed else "", file=sys.stderr)


def default_names() -> list[str]:
    """Return every ranker that there is, those first whom the others are compared with."""
    models, known = model_rankers(), known_rankers()
    peers = [name for name in known if name not in models and name not in OWN and name not in LEFT_OUT]
    return list(dict.fromkeys([*(name for name in FIRST if name in known), *models, *peers, *OWN]))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks models", description="Every model and every peer in one frame.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--rankers", default=",".join(default_names()), help="with commas")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), choices=range(FOLDS))
    parser.add_argument("--judges", default="test", choices=JUDGES, help="validation: docs/ stay as they are")
    parser.add_argument("--learners", type=int, default=TrainingConfig().most_people, help="people networks learn from")
    parser.add_argument("--work", type=Path, default=BUILD / "models", help="where measurements are kept")
    parser.add_argument("--no-run", dest="run", action="store_false", help="print what is kept, and measure nothing")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
