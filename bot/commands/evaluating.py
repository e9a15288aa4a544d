"""`reelmate evaluate`: rankers on the cold-start ladder, fold by fold."""

from __future__ import annotations

from collections.abc import Sequence
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
from recommender.contenders import OWN, load_contender, tune
from recommender.corpus import Corpus
from recommender.evaluation import METRICS, LadderResult, climb, pool
from recommender.ladder import build_ladder, split_people

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
    names = _parse_names(rankers)
    source = _find_source(invocation.settings().data_dir, corpus)
    with meter() as report:
        results = _climb_all(names, source.corpus, folds, report)
    if not next(iter(results.values())).user_ids.size:
        raise CommandError(f"judging needs people with more than 20 ratings and a later like. Received: {source.name}")
    if as_json:
        print_json(_as_object(source, folds, results))
    else:
        _print_results(source, folds, results)


def _parse_names(rankers: str | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in rankers.split(",") if name.strip())) if rankers else tuple(OWN)
    unknown = [name for name in names if name not in OWN]
    if unknown or not names:
        raise CommandError(f"--rankers must be among {', '.join(OWN)}. Received: {', '.join(unknown) or 'nothing'}")
    return names


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


def _climb_all(names: Sequence[str], corpus: Corpus, folds: int, report: Meter) -> dict[str, LadderResult]:
    total, results = len(names) * folds, {}
    for place, name in enumerate(names):
        climbs = []
        for fold in range(folds):
            report(f"{name}, fold {fold + 1} of {folds}", place * folds + fold, total)
            climbs.append(_climb_fold(name, corpus, fold))
        results[name] = pool(climbs)
    report("Every ranker has climbed", total, total)
    return results


def _climb_fold(name: str, corpus: Corpus, fold: int) -> LadderResult:
    """Tune on validation people, refit on all training people, judge on test people."""
    contender, split = load_contender(OWN[name]), split_people(corpus.user_count, fold)
    best = tune(contender, corpus.only(split.tuning), build_ladder(corpus, split.validation))
    train = corpus.only(split.train)
    return climb(contender.fit(train, best), build_ladder(corpus, split.test), train)


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
    means, errors = values.mean(axis=1), _standard_errors(values)
    return [
        {"mean": round(float(mean), 4), "standard_error": round(float(error), 4)}
        for mean, error in zip(means, errors, strict=True)
    ]


def _standard_errors(values: NDArray[np.float64]) -> NDArray[np.float64]:
    errors: NDArray[np.float64] = values.std(axis=1, ddof=1 if values.shape[1] > 1 else 0) / np.sqrt(values.shape[1])
    return errors


def _print_results(source: Source, folds: int, results: dict[str, LadderResult]) -> None:
    first = next(iter(results.values()))
    people = f"{len(first.user_ids)} {'simulated ' if source.simulated else ''}people"
    say(f"{source.name}: {people} never seen in training, {folds} of 5 folds, mean (standard error)")
    for metric in SHOWN:
        rows = [[name, *_cells(result.metric(metric))] for name, result in results.items()]
        print_table([f"{metric}@10", *(f"k={k}" for k in first.rungs)], rows)


def _cells(values: NDArray[np.float64]) -> list[str]:
    pairs = zip(values.mean(axis=1), _standard_errors(values), strict=True)
    return [f"{mean:.4f} ({error:.4f})" for mean, error in pairs]
