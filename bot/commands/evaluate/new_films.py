"""`reelmate evaluate --new-films`: rankers on films that nobody rated before training, fold by fold."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands.errors import CommandError
from bot.commands.evaluate.figures import figure, print_by_ranker, spread
from bot.commands.evaluate.rankers import choose_models, fit_with_defaults
from bot.commands.evaluate.source import find_source
from bot.commands.invocation import Invocation
from bot.commands.output import print_table, say
from bot.commands.progress import Meter, meter
from bot.commands.quiet import quiet
from recommender.data.corpus import Corpus
from recommender.evaluation.new_films import NewFilmsResult, judge_new_films, pool_new_films
from recommender.evaluation.registry import RankerEntry, load_entry
from recommender.evaluation.reports.new_films import describe_new_films


def evaluate_new_films(
    invocation: Invocation, *, corpus: str | None, rankers: str | None, folds: int, people: int, as_json: bool
) -> None:
    """Print what each ranker says of new films beside the genre prior, and what the novelty dial does to its lists.

    Args:
        people: how many people judge in each fold at most; 0 for all.

    Raises:
        CommandError: a ranker that is no model of ours, no corpus, or nobody who rated a new film.
        CatalogueError: the corpus cannot be read.
    """
    started = time.monotonic()
    entries = {name: load_entry(place) for name, place in choose_models(rankers, "of new films").items()}
    source = find_source(invocation.settings().data_dir, corpus)
    with quiet(invocation), meter() as report:
        results = _evaluate_all(entries, source.corpus, folds, people or None, report)
    described = {name: describe_new_films(result) for name, result in results.items()}
    seconds = time.monotonic() - started
    print_by_ranker(source, described, _print, folds=folds, seconds=seconds, as_json=as_json)


def _evaluate_all(
    entries: Mapping[str, RankerEntry], corpus: Corpus, folds: int, most_people: int | None, report: Meter
) -> dict[str, NewFilmsResult]:
    results = dict[str, NewFilmsResult]()
    for done, (name, entry) in enumerate(entries.items()):
        parts = []
        for fold in range(folds):
            report(f"{name}, fold {fold + 1} of {folds}", done * folds + fold, len(entries) * folds)
            parts.append(judge_new_films(fit_with_defaults(entry), corpus, fold, most_people=most_people))
        results[name] = pool_new_films(parts)
        if not len(next(iter(results[name].ours.values())).liked):
            raise CommandError("judging new films needs people who rated one after 20 others. Received: none")
    return results


def _print(name: str, source: str, figures: Mapping[str, Any]) -> None:
    say(f"{name} on {source}: {figures['people']} people never seen, {figures['ratings']} ratings of new films")
    _print_areas(figures["rungs"])
    known = figures["known"]
    if known["rungs"]:
        say(f"of these, films whose content is known: {known['people']} people, {known['ratings']} ratings")
        _print_areas(known["rungs"])
    say(f"{100 * figures['natural_share']:.1f} % of the films are new; in lists, means over the rungs:")
    dial = [
        [
            f"{stand['novelty']:g}",
            f"{100 * stand['new_share'][-1]:.1f} %",
            f"{stand['ndcg'][-1]:.4f}",
            spread(stand["ndcg_difference"]),
        ]
        for stand in figures["dial"]
    ]
    print_table(["novelty", "new films", "NDCG@10", "against 0"], dial)


def _print_areas(rungs: Sequence[Mapping[str, Any]]) -> None:
    rows = [[str(rung["k"]), *_aucs(rung)] for rung in rungs]
    print_table(["k", "AUC", "prior", "ahead by", "per person", "prior", "ahead by"], rows)


def _aucs(rung: Mapping[str, Any]) -> Sequence[str]:
    return [
        cell
        for metric in ("auc", "person_auc")
        for cell in (
            figure(rung["ours"][metric]),
            figure(rung["genre_prior"][metric]),
            spread(rung[f"{metric}_difference"]),
        )
    ]
