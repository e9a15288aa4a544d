"""Every model of `recommender/training/models` on validation people, who neither train nor judge.

`python -m benchmarks models`.
Prints the table that docs/figures.md holds. Test people are never looked at.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import RUNGS, build_ladder, split_people
from recommender.evaluation.ranking import LadderResult, evaluate, pool
from recommender.evaluation.registry import FLOORS, load_entry, model_rankers

COLUMNS = ("ranker", *(f"k={k}" for k in RUNGS), "NDCG", "recall", "hit rate")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge each and print what validation people got."""
    options = _parse(arguments)
    corpus, places = read_movielens(options.corpus), {**FLOORS, **model_rankers()}
    print(HEAD)
    for name in options.rankers.split(","):
        results = [evaluate_validation(places[name], corpus, fold) for fold in options.folds]
        print(as_row(name, pool(results)), flush=True)


def evaluate_validation(place: str, corpus: Corpus, fold: int) -> LadderResult:
    """Fit on the training people who do not validate, and judge by those who do."""
    entry, split = load_entry(place), split_people(corpus.user_count, fold)
    tuning = corpus.only(split.tuning)
    return evaluate(entry.fit(tuning, entry.grid[0]), build_ladder(corpus, split.validation), tuning)


def as_row(name: str, result: LadderResult) -> str:
    """Return NDCG at every rung and, in the mean over rungs, NDCG, recall and hit rate."""
    means = [*result.ndcg.mean(axis=1), *(result.metric(metric).mean() for metric in ("ndcg", "recall", "hit"))]
    return f"| {name} | {' | '.join(f'{mean:.3f}'.removeprefix('0') for mean in means)} |"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks models", description="Every model on validation people.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--rankers", default=",".join(["popular_in_genres", *model_rankers()]), help="with commas")
    parser.add_argument("--folds", type=int, nargs="+", default=[0], choices=range(5))
    return parser.parse_args(arguments)
