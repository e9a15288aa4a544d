"""`reelmate retrain`: one training run, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bot.commands.commit import find_commit
from bot.commands.data.database import open_store
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.names import parse_names
from bot.commands.output import print_json, say
from bot.commands.progress import Meter, meter
from bot.commands.quiet import quiet
from bot.retraining.limits import limited
from bot.retraining.run import retrain
from bot.retraining.tuned import Tuned, read_tuned, tuned_path
from bot.settings import Settings
from recommender.training.models import MODELS
from recommender.training.training import Progress, TrainingConfig

# What the stages of a training are to a reader.
STAGES: Final = {
    "onboardings": "Simulating newcomers",
    "training": "Training, watched by validation people",
    "continuing": "Training further on what is new",
}


def retrain_once(
    invocation: Invocation,
    *,
    model: str | None,
    compare: str | None,
    incremental: bool,
    as_json: bool,
    settings_file: Path | None = None,
) -> None:
    """Train one ranker, and its challengers if any; publish the best or keep it aside, and print which and why.

    Args:
        compare: names of models with commas, trained beside the usual one.
        incremental: go on from the serving model.
        settings_file: what `reelmate tune` wrote; else the data directory's own, where it has one for a model.

    Raises:
        CommandError: an unknown model, or no database; settings of a model that is not trained.
        LockHeldError: another training is under way.
        RecommenderError: there is nothing to learn from, or the training came to nothing.
    """
    if incremental and (model or compare or settings_file):
        beside = "--model, --compare or --settings beside"
        raise CommandError(f"--incremental goes on from the serving model alone. Received: {beside}")
    _choose(model, compare)
    settings = invocation.settings()
    with quiet(invocation):  # a model's search space is in its file, which loads Keras
        named = read_tuned(settings_file) if settings_file else None
        models = _choose(model or (named.model if named else None), compare)
        tuned = {} if incremental else _find_tuned(settings, models, named)
    with quiet(invocation), limited(settings), open_store(settings) as store, meter() as report:
        outcome = retrain(
            settings,
            store,
            models=models,
            tuned=tuned,
            incremental=incremental,
            on_progress=_showing(report),
            git_commit=find_commit(),
        )
    if as_json:
        print_json(outcome.as_json())
    else:
        say(f"{'Published' if outcome.published else 'Refused'} {outcome.version}: {outcome.reason}.")


def _choose(model: str | None, compare: str | None) -> tuple[str, ...]:
    """Return what to train: the model asked for or the usual one, then its challengers, nobody twice."""
    if model is not None and model not in MODELS:
        raise CommandError(f"--model must be one of {', '.join(MODELS)}. Received: {model}")
    challengers = [] if compare is None else parse_names(compare, MODELS, "--compare")
    return tuple(dict.fromkeys([model or TrainingConfig().model, *challengers]))


def _find_tuned(settings: Settings, models: Sequence[str], named: Tuned | None) -> dict[str, Tuned]:
    """Return the settings of each model that has some: the file named, else the data directory's."""
    if named and named.model not in models:
        raise CommandError(f"--settings must be of a model that is trained. Received: settings of {named.model}")
    paths = {model: tuned_path(settings, model) for model in models if named is None or model != named.model}
    stored = {model: read_tuned(path) for model, path in paths.items() if path.exists()}
    return stored | ({named.model: named} if named else {})


def _showing(report: Meter) -> Callable[[Progress], None]:
    def show(progress: Progress) -> None:
        figures = [("loss", progress.loss), ("NDCG", progress.ndcg)]
        seen = ", ".join(f"{name} {value:.3f}" for name, value in figures if value is not None)
        report(STAGES.get(progress.stage, progress.stage), progress.done, progress.total, seen)

    return show
