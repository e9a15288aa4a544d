"""A study: everything tried for one model on one corpus, an SQLite file of Optuna's that a later run goes on from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution
from optuna.trial import FrozenTrial, Trial, TrialState

from bot.commands.errors import CommandError
from recommender.evaluation.tuning import Worth
from recommender.training.models.space import OneOf, Space

NAME: Final = "reelmate"
USUAL: Final = "usual"  # the attribute that holds the usual settings
FINISHED: Final = (TrialState.COMPLETE, TrialState.PRUNED)
# What a SQLite file begins with (sqlite.org, "Database File Format", 1.3).
SQLITE: Final = b"SQLite format 3\0"
# So many trials are judged to the end before any is given up for being below their median.
NEVER_PRUNED: Final = 5


def open_study(path: Path, about: Mapping[str, str], usual: Mapping[str, Any]) -> optuna.Study:
    """Return the study in a file, begun if there is none; what an earlier run left unfinished comes first.

    Args:
        about: of what it is; a file that says something else is refused.
        usual: the settings tried first.

    Raises:
        CommandError: the file holds another study, or none.
    """
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_new:
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                raise _foreign(path, "no study")
    study = load_study(path, may_begin=is_new)
    if is_new:
        for name, value in about.items():
            study.set_user_attr(name, value)
        study.set_user_attr(USUAL, _encode(usual))
        study.enqueue_trial(_encode(usual))
    _refuse_other(path, study.user_attrs, about)
    for trial in study.get_trials(states=(TrialState.RUNNING,)):
        study.tell(trial.number, state=TrialState.FAIL)
        study.enqueue_trial(trial.params)
    return study


def load_study(path: Path, *, may_begin: bool = False) -> optuna.Study:
    """Return the study in a file.

    Args:
        may_begin: begin one where there is none.

    Raises:
        CommandError: there is none, or it is of another version of Optuna.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    pruner = optuna.pruners.MedianPruner(n_startup_trials=NEVER_PRUNED)
    url = f"sqlite:///{path}"
    try:
        if may_begin:
            return optuna.create_study(storage=url, study_name=NAME, direction="maximize", pruner=pruner)
        return optuna.load_study(storage=url, study_name=NAME, pruner=pruner)
    except (KeyError, RuntimeError) as error:
        raise _foreign(path, "none, or one of another version of Optuna") from error


def propose(study: optuna.Study, space: Space, seed: int, count: int) -> list[Trial]:
    """Return the next trials; which they are depends on the seed and on what was tried alone, not on interruptions."""
    study.sampler = optuna.samplers.TPESampler(seed=seed + count_finished(study), multivariate=True)
    return [study.ask(dict(_distributions(space))) for _ in range(count)]


def count_finished(study: optuna.Study) -> int:
    """Return how many settings were judged, to the end or until they were given up."""
    return len(study.get_trials(deepcopy=False, states=FINISHED))


def record(study: optuna.Study, trial: Trial, worth: Worth | None) -> None:
    """Write down what settings are worth; None for those that were given up."""
    if worth is None:
        study.tell(trial, state=TrialState.PRUNED)
        return
    trial.set_user_attr("ndcg", worth.ndcg)
    trial.set_user_attr("hit", worth.hit)
    trial.set_user_attr("by_person", [round(value, 6) for value in worth.by_person.tolist()])
    study.tell(trial, worth.value)


def ranked(study: optuna.Study) -> list[FrozenTrial]:
    """Return the trials judged to the end, best first, the earlier among equals."""
    return sorted(study.get_trials(states=(TrialState.COMPLETE,)), key=lambda trial: (-_value(trial), trial.number))


def is_usual(study: optuna.Study, trial: FrozenTrial) -> bool:
    """Return whether a trial is of the usual settings; which may be tried again after an interruption."""
    return bool(trial.params == study.user_attrs[USUAL])


def settings_of(trial: Trial | FrozenTrial) -> dict[str, Any]:
    """Return a trial's settings."""
    return {name: json.loads(value) if isinstance(value, str) else value for name, value in trial.params.items()}


def _value(trial: FrozenTrial) -> float:
    return trial.value if trial.value is not None else float("-inf")


def _encode(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as Optuna keeps them: a choice as text, a number within bounds as it is."""
    return {name: value if isinstance(value, float) else json.dumps(value) for name, value in settings.items()}


def _distributions(space: Space) -> Mapping[str, BaseDistribution]:
    return {
        name: CategoricalDistribution([json.dumps(option) for option in extent.options])
        if isinstance(extent, OneOf)
        else FloatDistribution(extent.low, extent.high, log=extent.log)
        for name, extent in space.items()
    }


def _refuse_other(path: Path, found: Mapping[str, Any], about: Mapping[str, str]) -> None:
    """Raise if a study is of something else than it is to be."""
    for name, value in about.items():
        if found.get(name) != value:
            raise _foreign(path, f"one of {name} {found.get(name)}, not {value}")


def _foreign(path: Path, fact: str) -> CommandError:
    expected = f"{path} must hold a study of the same; name another file with --study, or move it away"
    return CommandError(f"{expected}. Received: {fact}")
