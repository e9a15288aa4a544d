"""What a search came to: the best settings beside the usual ones, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import optuna
from optuna.trial import FrozenTrial

from bot.commands.output import print_table, say
from bot.commands.tune.study import USUAL, count_finished, is_usual, ranked, settings_of
from recommender.evaluation.bootstrap import Difference, paired_intervals

# As many fit side by side into a terminal, the usual settings beside them.
SHOWN: Final = 4
FIGURES: Final = {"worth": "worth", "ndcg": "NDCG@10", "hit": "hit rate@10"}


def describe_study(study: optuna.Study) -> dict[str, Any]:
    """Return every trial judged to the end, best first, and by how much the best is ahead of the usual settings."""
    trials = ranked(study)
    usual = next((trial for trial in trials if is_usual(study, trial)), None)
    ahead = None if usual is None else _ahead(trials[0], usual)
    return {
        "about": {name: value for name, value in study.user_attrs.items() if name != USUAL},
        "trials": count_finished(study),
        "given_up": count_finished(study) - len(trials),
        "people": len(trials[0].user_attrs["by_person"]),
        "ahead_of_usual": None if ahead is None else {"mean": ahead.mean, "low": ahead.low, "high": ahead.high},
        "ranked": [{"usual": is_usual(study, trial), **_describe(trial)} for trial in trials],
    }


def print_study(described: Mapping[str, Any]) -> None:
    """Print the best trials, and by how much the best is ahead."""
    trials, ahead = described["ranked"], described["ahead_of_usual"]
    say(
        f"{described['trials']} settings of {described['about']['model']} tried, {described['given_up']} of them given "
        f"up early; {described['people']} people, two pages of five as served"
    )
    shown = [*trials[:SHOWN], *(trial for trial in trials[SHOWN:] if trial["usual"])]
    titles = [f"trial {trial['trial']}{', usual' if trial['usual'] else ''}" for trial in shown]
    figures = [[title, *(f"{trial[name]:.4f}" for trial in shown)] for name, title in FIGURES.items()]
    rows = [[name, *(_say_value(trial["settings"][name]) for trial in shown)] for name in trials[0]["settings"]]
    print_table(["", *titles], [*figures, *rows])
    if trials[0]["usual"]:
        say("Nothing was better than the usual settings.")
    elif ahead is not None:
        interval = f"{ahead['mean']:+.4f} [{ahead['low']:+.4f}, {ahead['high']:+.4f}]"
        say(f"The best is ahead of the usual settings by {interval}: paired, 95 % bootstrap interval. The best of many")
        say("looks better than it is: judge it by others, with `reelmate evaluate --rolling` or by retraining.")


def _ahead(best: FrozenTrial, usual: FrozenTrial) -> Difference:
    """Return by how much the best is ahead, paired over people."""
    worths = [np.array(trial.user_attrs["by_person"]) for trial in (best, usual)]
    return paired_intervals((worths[0] - worths[1])[None])[0]


def _describe(trial: FrozenTrial) -> dict[str, Any]:
    return {
        "trial": trial.number + 1,
        "worth": trial.value,
        "ndcg": trial.user_attrs["ndcg"],
        "hit": trial.user_attrs["hit"],
        "settings": settings_of(trial),
    }


def _say_value(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
