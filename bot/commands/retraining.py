"""`reelmate retrain`: one training run, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from bot.commands.errors import CommandError
from bot.commands.hushing import hushed
from bot.commands.invocation import Invocation
from bot.commands.opening import open_store
from bot.commands.output import print_json, say
from bot.commands.progress import Meter, meter
from bot.retrain import retrain
from recommender.models import MODELS
from recommender.training import Progress, TrainingConfig

# What the stages of a training are to a reader.
STAGES: Final = {
    "onboardings": "Simulating newcomers",
    "training": "Training, watched by validation people",
    "fitting": "Training on everybody",
}


def retrain_once(invocation: Invocation, *, model: str | None, compares: bool, as_json: bool) -> None:
    """Train one ranker, or every one to compare them; publish the best or keep it aside, and print which and why.

    Raises:
        CommandError: an unknown model, or no database.
        LockHeldError: another training is under way.
        RecommenderError: there is nothing to learn from, or the training came to nothing.
    """
    models = _choose(model, compares=compares)
    settings = invocation.settings()
    quiet = nullcontext() if invocation.debug else hushed()
    with quiet, open_store(settings) as store, meter() as report:
        outcome = retrain(settings, store, models=models, on_progress=_showing(report))
    if as_json:
        print_json(outcome.as_json())
    else:
        say(f"{'Published' if outcome.published else 'Refused'} {outcome.version}: {outcome.reason}.")


def _choose(model: str | None, *, compares: bool) -> tuple[str, ...]:
    if model is not None and model not in MODELS:
        raise CommandError(f"--model must be one of {', '.join(MODELS)}. Received: {model}")
    if compares and model is not None:
        raise CommandError("--compare trains every model, so it takes no --model. Received: both")
    return tuple(MODELS) if compares else (model or TrainingConfig().model,)


def _showing(report: Meter) -> Callable[[Progress], None]:
    def show(progress: Progress) -> None:
        figures = [("loss", progress.loss), ("NDCG", progress.ndcg)]
        seen = ", ".join(f"{name} {value:.3f}" for name, value in figures if value is not None)
        report(STAGES.get(progress.stage, progress.stage), progress.done, progress.total, seen)

    return show
