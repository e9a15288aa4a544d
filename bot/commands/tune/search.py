"""The search: settings proposed in rounds, tried here or in processes beside, given up where they are behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import optuna

from bot.commands.progress import Meter
from bot.commands.tune.study import count_finished, load_study, propose, ranked, record, settings_of
from bot.commands.workers import Show, at_work
from recommender.evaluation.tuning import OnRung, Worth
from recommender.training.models.space import Space

Task = tuple[Path, int]  # a study's file, and which of its trials


class Judge(Protocol):
    """What settings are tried on."""

    @property
    def steps(self) -> int:
        """Return how many rungs there are in all."""
        ...

    def judge(self, settings: Mapping[str, Any], on_rung: OnRung) -> Worth:
        """Return what settings are worth; what `on_rung` raises ends it."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How far a search goes.

    Attributes:
        trials: in all, those of earlier runs too; None for as many as there is time for.
        seconds: no trial begins that would last longer; None for as long as it takes.
        jobs: so many at a time. All of a round are proposed before any of it is known.
    """

    trials: int | None
    seconds: float | None
    jobs: int
    seed: int


def search(
    study: optuna.Study,
    path: Path,
    bench: Judge,
    space: Space,
    plan: Plan,
    report: Meter,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Try settings until the plan is done.

    Raises:
        CommandError: a process was ended from outside.
    """
    started, longest = clock(), 0.0
    with at_work(bench, plan.jobs, try_settings) as run:
        while (left := _left(study, plan)) > 0:
            begun = clock()
            if plan.seconds is not None and longest and begun - started + longest > plan.seconds:
                break
            trials = propose(study, space, plan.seed, min(left, plan.jobs))
            outcomes = run([(path, trial._trial_id) for trial in trials])
            show = partial(report, _step(count_finished(study), len(trials)), count_finished(study), plan.trials)
            show(_best(study))
            worths = [outcome(show) for outcome in outcomes]
            for trial, worth in zip(trials, worths, strict=True):
                record(study, trial, worth)
            longest = max(longest, clock() - begun)
    report("Every trial is judged", count_finished(study), count_finished(study), _best(study))


def try_settings(bench: Judge, task: Task, show: Show) -> Worth | None:
    """Judge one trial's settings rung by rung; None where they were given up."""
    path, number = task
    trial = optuna.trial.Trial(load_study(path), number)

    def on_rung(step: int, worth: float) -> None:
        trial.report(worth, step)
        show(f"rung {step} of {bench.steps}, {worth:.4f} so far")
        if trial.should_prune():
            raise optuna.TrialPruned

    try:
        return bench.judge(settings_of(trial), on_rung)
    except optuna.TrialPruned:
        return None


def _step(done: int, count: int) -> str:
    return f"Trial {done + 1}" if count == 1 else f"Trials {done + 1} to {done + count}"


def _left(study: optuna.Study, plan: Plan) -> int:
    return plan.jobs if plan.trials is None else plan.trials - count_finished(study)


def _best(study: optuna.Study) -> str:
    best = next(iter(ranked(study)), None)
    return "" if best is None else f"best {best.value:.4f}, trial {best.number + 1}"
