"""`reelmate evaluate --how-sure`: chances of a like beside the means of film and person, fold by fold."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.commands.errors import CommandError
from bot.commands.evaluate.figures import figure, print_by_ranker, spread
from bot.commands.evaluate.rankers import choose_models, fit_with_defaults
from bot.commands.evaluate.source import find_source
from bot.commands.invocation import Invocation
from bot.commands.output import print_table, say
from bot.commands.progress import Meter, meter
from bot.commands.quiet import quiet
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import RUNGS, split_people
from recommender.evaluation.likes import FilmAndPersonMeans, LikeAnswers, LikeScorer, fit_and_judge, sample_judges
from recommender.evaluation.registry import load_entry
from recommender.evaluation.reports.likes import describe_likes

MEANS: Final = "means of film and person"
Folds = dict[int, list[LikeAnswers]]  # a rung's answers, one a fold


def evaluate_likes(
    invocation: Invocation, *, corpus: str | None, rankers: str | None, folds: int, people: int, as_json: bool
) -> None:
    """Print how right each ranker's chances of a like are at every rung, beside the means.

    Args:
        people: how many people judge in each fold at most; 0 for all.

    Raises:
        CommandError: a ranker that is no model of ours, no corpus, or nobody with enough ratings.
        CatalogueError: the corpus cannot be read.
    """
    started = time.monotonic()
    fits: dict[str, Callable[[Corpus], LikeScorer]] = {MEANS: FilmAndPersonMeans}
    for name, place in choose_models(rankers, "of chances").items():
        fits[name] = fit_with_defaults(load_entry(place))
    source = find_source(invocation.settings().data_dir, corpus)
    with quiet(invocation), meter() as report:
        answers = _judge_all(fits, source.corpus, folds, people or None, report)
    means = answers.pop(MEANS)
    described = {name: describe_likes(found, means) for name, found in answers.items()}
    seconds = time.monotonic() - started
    print_by_ranker(source, described, _print, folds=folds, seconds=seconds, as_json=as_json)


def _judge_all(
    fits: Mapping[str, Callable[[Corpus], LikeScorer]],
    corpus: Corpus,
    folds: int,
    most_people: int | None,
    report: Meter,
) -> dict[str, Folds]:
    answers: dict[str, Folds] = {name: {k: [] for k in RUNGS} for name in fits}
    for done, (fold, name) in enumerate((fold, name) for fold in range(folds) for name in fits):
        report(f"{name}, fold {fold + 1} of {folds}", done, folds * len(fits))
        split = split_people(corpus.user_count, fold)
        judges = sample_judges(corpus, split.test, most_people)
        if len(judges):
            for k, found in fit_and_judge(fits[name], corpus, split.train, judges).items():
                answers[name][k].append(found)
    if not answers[MEANS][RUNGS[0]]:
        raise CommandError(f"judging chances needs people with more than {max(RUNGS)} ratings. Received: none")
    report("Every ranker has been asked", len(fits), len(fits))
    return answers


def _print(name: str, source: str, figures: Mapping[str, Any]) -> None:
    say(
        f"{name} on {source}: {figures['people']} people never seen in training, {figures['ratings']} of their later "
        f"ratings, {100 * figures['liked_share']:.1f} % likes"
    )
    say("Differences are paired, 95 % bootstrap interval; ahead is above zero, in log loss as well.")
    rungs = figures["rungs"]
    columns = ["k", "log loss", "of the means", "ahead by", "AUC", "ahead by", "per person", "ahead by", "accuracy"]
    print_table(columns, [_line(rung) for rung in rungs])
    columns = ["k", "calibration error", "by fold", "if right, a fold", "of the means", "by fold"]
    print_table(columns, [_calibration(rung) for rung in rungs])


def _line(rung: Mapping[str, Any]) -> Sequence[str]:
    ours, means = rung["ours"], rung["means"]
    return [
        str(rung["k"]),
        *(figure(figures["log_loss"]) for figures in (ours, means)),
        spread(rung["log_loss_gain"], digits=4),
        figure(ours["auc"]),
        spread(rung["auc_difference"], digits=4),
        figure(ours["person_auc"]),
        spread(rung["person_auc_difference"], digits=4),
        figure(ours["accuracy"]),
    ]


def _calibration(rung: Mapping[str, Any]) -> Sequence[str]:
    return [
        str(rung["k"]),
        figure(rung["ours"]["calibration_error"]),
        " ".join(f"{error:.3f}" for error in rung["calibration_error_by_fold"]),
        figure(rung["calibration_error_if_right"]),
        figure(rung["means"]["calibration_error"]),
        " ".join(f"{error:.3f}" for error in rung["calibration_error_of_means_by_fold"]),
    ]
