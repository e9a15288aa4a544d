"""`reelmate evaluate`: rankers on the cold-start ladder, fold by fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.corpora import corpus_folder, list_corpora, load_corpus
from bot.catalogue.movielens import read_movielens
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.commands.progress import Meter, meter
from recommender.comparing import standard_errors
from recommender.contenders import OWN, climb_fold, known_contenders, load_contender
from recommender.corpus import Corpus
from recommender.evaluation import METRICS, LadderResult, pool

# What people compare first; --json has the other metrics of every rung.
SHOWN: Final = ("ndcg", "recall", "hit")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A corpus to judge on, as the reader knows it."""

    name: str
    simulated: bool
    corpus: Corpus


def evaluate_rankers(
    invocation: Invocation, *, corpus: str | None, rankers: str | None, folds: int, as_json: bool
) -> None:
    """Print how good each ranker's lists are at every rung.

    Raises:
        CommandError: an unknown ranker, or no corpus.
        CatalogueError: the corpus cannot be read.
    """
    places = _parse_names(rankers)
    source = _find_source(invocation.settings().data_dir, corpus)
    with meter() as report:
        results = _climb_all(places, source.corpus, folds, report)
    if not next(iter(results.values())).user_ids.size:
        raise CommandError(f"judging needs people with more than 20 ratings and a later like. Received: {source.name}")
    if as_json:
        print_json(_as_object(source, folds, results))
    else:
        _print_results(source, folds, results)


def _parse_names(rankers: str | None) -> dict[str, str]:
    """Return the places of the rankers named; without names, of our own."""
    if rankers is None:
        return dict(OWN)
    known, names = known_contenders(), [name.strip() for name in rankers.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise CommandError(f"--rankers must be among {', '.join(known)}. Received: {', '.join(unknown) or 'nothing'}")
    return {name: known[name] for name in names}


def _find_source(data_dir: Path, corpus: str | None) -> Source:
    """Return the corpus named or lying at that path; without one, the largest stored, real people before simulated."""
    stored = {card.name: card for card in list_corpora(data_dir)}
    if corpus is None:
        if not stored:
            raise CommandError("there is no corpus yet. Name one with --corpus, or run `reelmate import starter`.")
        corpus = max(stored.values(), key=lambda card: (not card.simulated, card.rating_count)).name
    if corpus in stored:
        return Source(corpus, stored[corpus].simulated, load_corpus(corpus_folder(data_dir, corpus)))
    return Source(Path(corpus).name, False, read_movielens(corpus))


def _climb_all(places: Mapping[str, str], corpus: Corpus, folds: int, report: Meter) -> dict[str, LadderResult]:
    total, results = len(places) * folds, {}
    for done, (name, place) in enumerate(places.items()):
        climbs = []
        for fold in range(folds):
            report(f"{name}, fold {fold + 1} of {folds}", done * folds + fold, total)
            climbs.append(climb_fold(load_contender(place), corpus, fold).result)
        results[name] = pool(climbs)
    report("Every ranker has climbed", total, total)
    return results


def _as_object(source: Source, folds: int, results: dict[str, LadderResult]) -> dict[str, Any]:
    first = next(iter(results.values()))
    return {
        "corpus": source.name,
        "simulated": source.simulated,
        "folds": folds,
        "people": len(first.user_ids),
        "rungs": list(first.rungs),
        "rankers": {
            name: {metric: _figures(result.metric(metric)) for metric in METRICS}
            | {"coverage": [round(float(share), 4) for share in result.coverage]}
            for name, result in results.items()
        },
    }


def _figures(values: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return mean and standard error at each rung.  values: (rungs, people)"""
    means, errors = values.mean(axis=1), standard_errors(values)
    return [
        {"mean": round(float(mean), 4), "standard_error": round(float(error), 4)}
        for mean, error in zip(means, errors, strict=True)
    ]


def _print_results(source: Source, folds: int, results: dict[str, LadderResult]) -> None:
    first = next(iter(results.values()))
    people = f"{len(first.user_ids)} {'simulated ' if source.simulated else ''}people"
    say(f"{source.name}: {people} never seen in training, {folds} of 5 folds, mean (standard error)")
    for metric in SHOWN:
        rows = [[name, *_cells(result.metric(metric))] for name, result in results.items()]
        print_table([f"{metric}@10", *(f"k={k}" for k in first.rungs)], rows)


def _cells(values: NDArray[np.float64]) -> list[str]:
    pairs = zip(values.mean(axis=1), standard_errors(values), strict=True)
    return [f"{mean:.4f} ({error:.4f})" for mean, error in pairs]
