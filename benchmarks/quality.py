"""Ours beside the peers on the cold-start ladder, in one run: `make bench-quality`.

Writes tables between the marks of docs/figures.md and docs/quality.svg beside it; build/quality-people.json has all
numbers. With --rolling, the same of people in the order in which they came.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import BUILD
from benchmarks.generator import RATINGS_PER_PERSON, generate
from benchmarks.markdown import DOCS, FIGURES, write_between_marks
from benchmarks.peers import IN_TORCH, PEERS
from benchmarks.quality_figure import draw_ladders
from benchmarks.quality_report import COMMANDS, as_object, as_page
from bot.catalogue.movielens import read_movielens
from bot.commands.evaluate.folds import evaluate_folds as evaluate_places
from bot.commands.progress import meter
from recommender.data.corpus import Corpus
from recommender.evaluation.exams import Split
from recommender.evaluation.ladder import FOLDS
from recommender.evaluation.registry import FLOORS, OWN, FoldResult, known_rankers, model_rankers


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the ladder and write what it says."""
    options = _parse(arguments)
    corpus, started = _read(options), time.monotonic()
    split: Split = "rolling" if options.rolling else "people"
    names, people = options.rankers.split(","), options.people or None
    fold_results = evaluate_folds(names, corpus, options.folds, options.jobs, split, people=people)
    minutes = (time.monotonic() - started) / 60
    figures = as_object(fold_results, corpus, name=_name(options), minutes=minutes)
    BUILD.mkdir(exist_ok=True)
    (BUILD / f"quality-{split}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    ours = [name for name in fold_results if name not in PEERS and name not in FLOORS]
    page = as_page(fold_results, figures, ours, split)
    print(page)
    if options.write and not options.generated:
        write_between_marks(FIGURES, page, COMMANDS[split])
        if split == "people":
            draw_ladders(fold_results, ours, DOCS / "quality.svg")


def evaluate_folds(
    names: Sequence[str],
    corpus: Corpus,
    folds: int,
    jobs: int = 1,
    split: Split = "people",
    *,
    people: int | None = None,
) -> dict[str, list[FoldResult]]:
    """Judge every entry on every fold, `jobs` at a time in processes of one thread each.

    Args:
        people: how many judge in each fold at most; None for all.
    """
    known = known_rankers()
    places = {name: known[name] for name in names}
    with meter() as report:
        return evaluate_places(places, corpus, folds, report, jobs=jobs, people=people, split=split)


def _read(options: argparse.Namespace) -> Corpus:
    if options.generated:
        return generate(options.generated, per_person=options.per_person)
    return read_movielens(options.corpus)


def _name(options: argparse.Namespace) -> str:
    if options.generated:
        return f"{options.generated:,} generated ratings, {options.per_person} a person"
    return Path(options.corpus).name


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks quality", description="Ours beside the peers on the ladder.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    # The classic rankers of our own frame have a benchmark to themselves, `models`.
    entries = [name for name in known_rankers() if name in OWN or name not in {*model_rankers(), *IN_TORCH}]
    made = parser.add_mutually_exclusive_group(required=not corpus)
    made.add_argument("--corpus", default=corpus, help="a MovieLens folder or zip")
    made.add_argument("--generated", type=int, default=0, help="so many generated ratings instead; docs/ stay")
    parser.add_argument("--per-person", type=int, default=RATINGS_PER_PERSON, help="generated ratings of a person")
    parser.add_argument("--rankers", default=",".join(entries), help="names, separated by commas")
    parser.add_argument("--rolling", action="store_true", help="learn only from what was rated before")
    parser.add_argument("--folds", type=int, default=FOLDS, choices=range(1, FOLDS + 1))
    parser.add_argument("--people", type=int, default=0, help="how many judge in a fold at most; 0 for all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; default: one per core")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
