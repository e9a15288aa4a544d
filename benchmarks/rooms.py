"""Every model of `recommender/models` on validation people, who neither train nor judge: `python -m benchmarks rooms`.

Prints the table that docs/experiments.md holds. Test people are never looked at.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from bot.catalogue.movielens import read_movielens
from bot.commands.progress import meter
from recommender.contenders import FLOORS, load_contender, model_contenders
from recommender.corpus import Corpus
from recommender.evaluation import LadderResult, climb, pool
from recommender.ladder import build_ladder, split_people


def main(arguments: Sequence[str] | None = None) -> None:
    """Climb the ladder with each and print what validation people got."""
    options = _parse(arguments)
    corpus, names = read_movielens(options.corpus), options.rankers.split(",")
    places = {**FLOORS, **model_contenders()}
    results = dict[str, LadderResult]()
    with meter() as report:
        for done, name in enumerate(names):
            report(name, done, len(names))
            climbs = [climb_validation(places[name], corpus, fold, options.towers) for fold in options.folds]
            results[name] = pool(climbs)
    print(as_table(results))


def climb_validation(place: str, corpus: Corpus, fold: int, towers: int) -> LadderResult:
    """Fit on the training people who do not validate, and judge by those who do."""
    contender, split = load_contender(place), split_people(corpus.user_count, fold)
    settings = {**contender.grid[0], "towers": towers} if place not in FLOORS.values() else contender.grid[0]
    tuning = corpus.only(split.tuning)
    return climb(contender.fit(tuning, settings), build_ladder(corpus, split.validation), tuning)


def as_table(results: dict[str, LadderResult]) -> str:
    """Return NDCG at every rung and, in the mean over rungs, NDCG, recall and hit rate."""
    rungs = next(iter(results.values())).rungs
    head = ["ranker", *(f"k={k}" for k in rungs), "NDCG", "recall", "hit rate"]
    rows = [head, ["---"] * len(head)]
    for name, result in results.items():
        means = [*result.ndcg.mean(axis=1), *(result.metric(metric).mean() for metric in ("ndcg", "recall", "hit"))]
        rows.append([name, *(f"{mean:.3f}".removeprefix("0") for mean in means)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks rooms", description="Every model on validation people.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--rankers", default=",".join(["popular_in_genres", *model_contenders()]), help="with commas")
    parser.add_argument("--folds", type=int, nargs="+", default=[0], choices=range(5))
    parser.add_argument("--towers", type=int, default=1, help="networks averaged; 1 is what the papers describe")
    return parser.parse_args(arguments)
