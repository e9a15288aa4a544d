"""`reelmate evaluate --interview`: the bot's own questions beside other ways of asking, fold by fold."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.commands.errors import CommandError
from bot.commands.evaluate.figures import print_by_ranker, spread
from bot.commands.evaluate.rankers import choose_models, fit_with_defaults
from bot.commands.evaluate.source import find_source
from bot.commands.invocation import Invocation
from bot.commands.output import print_table, say
from bot.commands.progress import Meter, meter
from bot.commands.quiet import quiet
from recommender.data.corpus import Corpus
from recommender.evaluation.askers import OURS, all_askers
from recommender.evaluation.interviews import (
    FEWEST_RATINGS,
    InterviewResult,
    find_interviewees,
    judge_interviews,
    pool_interviews,
)
from recommender.evaluation.ladder import split_people
from recommender.evaluation.registry import load_entry
from recommender.evaluation.reports.interviews import describe_interviews


def evaluate_interviews(
    invocation: Invocation, *, corpus: str | None, rankers: str | None, folds: int, people: int, as_json: bool
) -> None:
    """Print what lists are worth after so many questions, ours beside other ways of asking.

    Args:
        people: how many people are interviewed in each fold at most; 0 for all.

    Raises:
        CommandError: a ranker that is no model of ours, no corpus, or nobody with enough ratings.
        CatalogueError: the corpus cannot be read.
    """
    started = time.monotonic()
    fits = {
        name: fit_with_defaults(load_entry(place)) for name, place in choose_models(rankers, "that interview").items()
    }
    source = find_source(invocation.settings().data_dir, corpus)
    results = dict[str, InterviewResult]()
    with quiet(invocation), meter() as report:
        for place, (name, fit) in enumerate(fits.items()):
            show = partial(_show, report, name, place * folds, len(fits) * folds)
            results[name] = _interview_all(fit, source.corpus, folds, people or None, show)
    described = {name: describe_interviews(result) for name, result in results.items()}
    seconds = time.monotonic() - started
    print_by_ranker(source, described, _print, folds=folds, seconds=seconds, as_json=as_json)


def _interview_all(
    fit: Callable[[Corpus], Any], corpus: Corpus, folds: int, most: int | None, show: Callable[[int, str], None]
) -> InterviewResult:
    parts = []
    for fold in range(folds):
        show(fold, "learning")
        split = split_people(corpus.user_count, fold)
        people = find_interviewees(corpus, split.test, most=most)
        if people:
            train = corpus.only(split.train)
            ranker = fit(train)
            askers = all_askers(train, ranker)
            parts.append(judge_interviews(ranker, askers, people, train, on_step=partial(show, fold)))
    if not parts:
        raise CommandError(f"interviews need people with {FEWEST_RATINGS} ratings and more. Received: none")
    return pool_interviews(parts)


def _show(report: Meter, name: str, done: int, total: int, fold: int, step: str) -> None:
    report(f"{name}, fold {fold + 1}: {step}", done + fold, total)


def _print(name: str, source: str, figures: Mapping[str, Any]) -> None:
    say(
        f"{name} on {source}: {figures['people']} people never seen, half of whose ratings can answer, "
        f"{figures['halvings']} times; NDCG@10 on the other half"
    )
    rungs = figures["rungs"]
    columns = ["asked by", *(f"after {k}" for k in rungs), *(f"answered of {k}" for k in rungs)]
    print_table(columns, [_line(asker, found) for asker, found in figures["askers"].items()])
    say(f"{OURS} ahead of, paired over the same people, 95 % bootstrap interval")
    ahead = [[asker, *(spread(found, digits=4) for found in by_rung)] for asker, by_rung in figures["ahead_of"].items()]
    print_table(["asked by", *(f"after {k}" for k in rungs)], ahead)


def _line(asker: str, found: Mapping[str, Any]) -> list[str]:
    values = zip(found["ndcg"], found["standard_error"], strict=True)
    return [
        asker,
        *(f"{value:.4f} ±{error:.4f}" for value, error in values),
        *(f"{count:.2f}" for count in found["answered"]),
    ]
