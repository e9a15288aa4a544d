"""Every model of `recommender/training/models` on validation people, who neither train nor judge.

`python -m benchmarks models`.
Prints the table that docs/figures.md holds. Test people are never looked at. Models of one fold learn from the same
onboardings, made once.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from functools import cached_property

from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import RUNGS, build_ladder, split_people
from recommender.evaluation.ranking import LadderResult, evaluate, pool
from recommender.evaluation.registry import FLOORS, load_entry, model_rankers
from recommender.training.training import TrainingConfig, TrainingData, prepare, train_on

COLUMNS = ("ranker", *(f"k={k}" for k in RUNGS), "NDCG", "recall", "hit rate")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge each and print what validation people got."""
    options = _parse(arguments)
    corpus, places = read_movielens(options.corpus), {**FLOORS, **model_rankers()}
    print(HEAD)
    classes = [Class(corpus, fold, options.learners) for fold in options.folds]
    for name in options.rankers.split(","):
        print(as_row(name, pool([one.evaluate(places[name]) for one in classes])), flush=True)


class Class:
    """A fold's people: those who teach, and those who validate and never do.

    Args:
        learners: as many of those who teach are learned from by the networks, a seeded sample.
    """

    def __init__(self, corpus: Corpus, fold: int, learners: int) -> None:
        split = split_people(corpus.user_count, fold)
        self.tuning, self.learners = corpus.only(split.tuning), learners
        self.ladder = build_ladder(corpus, split.validation)

    @cached_property
    def onboardings(self) -> TrainingData:
        """What all networks learn from."""
        return prepare(self.tuning, TrainingConfig(most_people=self.learners))

    def evaluate(self, place: str) -> LadderResult:
        """Fit on the training people who do not validate, and judge by those who do."""
        entry = load_entry(place)
        if place in FLOORS.values():
            return evaluate(entry.fit(self.tuning, entry.grid[0]), self.ladder, self.tuning)
        trained = train_on(self.onboardings, TrainingConfig(**entry.grid[0], most_people=self.learners))
        return evaluate(trained.ranker(), self.ladder, self.tuning)


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
    parser.add_argument("--learners", type=int, default=TrainingConfig().most_people, help="people networks learn from")
    return parser.parse_args(arguments)
