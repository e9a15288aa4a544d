"""Where the novelty dial should stand until somebody turns it: what pages as shown are worth at each of its stands."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import as_table, say_difference
from bot.catalogue.movielens import read_movielens
from bot.commands.progress import meter
from bot.service.finding import NOVELTY
from recommender.data.corpus import Corpus
from recommender.domain import Filters
from recommender.evaluation.bootstrap import paired_intervals
from recommender.evaluation.ladder import FOLDS, Ladder, build_ladder, split_people
from recommender.evaluation.registry import load_entry, model_rankers
from recommender.evaluation.served import Lister, evaluate_served

OURS: Final = "embedding_mlp"
# Films that so few others are better known than are no discovery for anybody.
BEST_KNOWN: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """What pages are worth with the dial at one stand, means over the rungs.  (people,) each

    Attributes:
        likes: films of the two pages that the person went on to like.
        discoveries: those of them that are not among the best known.
    """

    ndcg: NDArray[np.float64]
    hit: NDArray[np.float64]
    likes: NDArray[np.float64]
    discoveries: NDArray[np.float64]


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge every stand and print what came of it."""
    options = _parse(arguments)
    stands = evaluate_folds(read_movielens(options.corpus), options.folds, options.stands)
    figures = {f"{novelty:g}": _describe(stand, stands[options.stands[0]]) for novelty, stand in stands.items()}
    print(json.dumps(figures) if options.json else as_page(figures))


def evaluate_folds(corpus: Corpus, folds: Sequence[int], stands: Sequence[float]) -> dict[float, Stand]:
    """Return what validation people make of each stand, with ours trained on the other training people.

    Args:
        stands: novelty as in Filters; the first is what the others are compared with.
    """
    entry, parts = load_entry(model_rankers()[OURS]), list[dict[float, Stand]]()
    with meter() as report:
        for done, fold in enumerate(folds):
            report(f"fold {fold + 1}", done, len(folds))
            split = split_people(corpus.user_count, fold)
            train = corpus.only(split.tuning)
            ranker = entry.fit(train, entry.grid[0])
            if not isinstance(ranker, Lister):
                raise TypeError(f"the dial needs a ranker that makes lists. Received: {type(ranker).__name__}")
            parts.append(judge_stands(ranker, build_ladder(corpus, split.validation), train, stands))
    return {novelty: _join([part[novelty] for part in parts]) for novelty in parts[0]}


def judge_stands(lister: Lister, ladder: Ladder, train: Corpus, stands: Sequence[float]) -> dict[float, Stand]:
    """Return what pages are worth at every stand, by novelty."""
    return {novelty: _judge(lister, ladder, train, novelty) for novelty in stands}


def _judge(lister: Lister, ladder: Ladder, train: Corpus, novelty: float) -> Stand:
    result = evaluate_served(lister, ladder, train, filters=Filters(novelty=novelty)).result
    known = best_known(train)
    likes = np.zeros(result.ndcg.shape)
    discoveries = np.zeros(result.ndcg.shape)
    for place, person in enumerate(ladder.newcomers):
        liked = np.isin(result.lists[:, place], person.target_rows)  # (rungs, places)
        likes[:, place] = liked.sum(axis=1)
        discoveries[:, place] = (liked & ~np.isin(result.lists[:, place], known)).sum(axis=1)
    return Stand(*(each.mean(axis=0) for each in (result.ndcg, result.hit, likes, discoveries)))


def best_known(corpus: Corpus) -> NDArray[np.int64]:
    """Return the rows of the films that most people rated.  (BEST_KNOWN,)"""
    counts = np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
    return np.argsort(-counts, kind="stable")[:BEST_KNOWN]


def as_page(figures: dict[str, dict[str, Any]]) -> str:
    """Return one row a stand as Markdown."""
    head = ["dial", "people", "NDCG@10", "hit rate", "likes", "of films not among the best known", "minus the first"]
    return as_table(head, [[novelty, *(str(value) for value in row.values())] for novelty, row in figures.items()])


def _describe(stand: Stand, first: Stand) -> dict[str, Any]:
    means = {name: round(float(getattr(stand, name).mean()), 4) for name in Stand.__slots__}
    ahead = say_difference(paired_intervals((stand.discoveries - first.discoveries)[None])[0], digits=3)
    return {"people": len(stand.ndcg), **means, "ahead": ahead}


def _join(parts: Sequence[Stand]) -> Stand:
    return Stand(*(np.concatenate([getattr(part, name) for part in parts]) for name in Stand.__slots__))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks dial", description="Where the dial should stand at first.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1, 2], choices=range(FOLDS))
    parser.add_argument("--stands", type=float, nargs="+", default=sorted(NOVELTY.values()), help="novelty, 0 to 1")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
