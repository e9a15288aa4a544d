"""`reelmate evaluate`: rankers on the cold-start ladder, fold by fold."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.commands.errors import CommandError
from bot.commands.evaluate.folds import evaluate_folds
from bot.commands.evaluate.rankers import OURS, choose_rankers
from bot.commands.evaluate.results import print_pages, print_reasons, print_results
from bot.commands.evaluate.source import JUDGED, find_source
from bot.commands.invocation import Invocation
from bot.commands.output import print_json
from bot.commands.progress import meter
from bot.commands.quiet import quiet
from recommender.evaluation.exams import Split
from recommender.evaluation.registry import load_entry
from recommender.evaluation.reports.lists import describe_rankers, pool_all, pool_pages


def evaluate_rankers(
    invocation: Invocation,
    *,
    corpus: str | None,
    rankers: str | None,
    folds: int,
    people: int,
    as_json: bool,
    jobs: int = 1,
    split: Split = "people",
    scores: Sequence[str] = (),
) -> None:
    """Print how good each ranker's lists are at every rung.

    Args:
        people: how many people judge in each fold at most; 0 for all.
        jobs: how many folds and rankers at a time, in processes of one thread each.
        split: how folds are made.
        scores: classes of anybody's that score films, judged beside.

    Raises:
        CommandError: an unknown ranker, or no corpus.
        CatalogueError: the corpus cannot be read.
    """
    places, started = choose_rankers(rankers, scores), time.monotonic()
    with quiet(invocation):
        for place in places.values():
            load_entry(place)  # what is not installed shows before anything is learned
    source = find_source(invocation.settings().data_dir, corpus)
    with quiet(invocation), meter() as report:
        fold_results = evaluate_folds(
            places, source.corpus, folds, report, jobs=jobs, people=people or None, split=split
        )
    seconds = round(time.monotonic() - started, 1)
    subject = OURS if OURS in fold_results else next(iter(fold_results))
    if not sum(len(fold.result.user_ids) for fold in fold_results[subject]):
        raise CommandError(f"judging needs people {JUDGED} in the folds asked for. Received: none in {source.name}")
    if as_json:
        described = describe_rankers(fold_results, subject)
        print_json({**source.origin(), "split": split, "seconds": seconds, **described})
    else:
        print_results(pool_all(fold_results), subject, source.name, folds=folds, simulated=source.simulated)
        print_pages({name: pool_pages(parts) for name, parts in fold_results.items()}, subject)
        print_reasons(fold_results, fold_results[subject][0].result.rungs)
