"""`reelmate tune`: settings of one model, searched for by people who came first, and kept for `reelmate retrain`."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.commands.errors import CommandError
from bot.commands.evaluate.source import Source, find_source
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, say
from bot.commands.progress import meter
from bot.commands.quiet import quiet
from bot.commands.tune.results import describe_study, print_study
from bot.commands.tune.search import Plan, search
from bot.commands.tune.study import open_study
from bot.locks import tuning_lock
from bot.quantities import parse_duration
from bot.retraining.training_set import is_held_out
from bot.retraining.tuned import tuned_path, write_tuned
from recommender.data.corpus import Corpus
from recommender.evaluation.provenance import describe_corpus
from recommender.evaluation.tuning import Bench, set_validation_exams
from recommender.training.models import MODELS, load_space
from recommender.training.models.space import Space
from recommender.training.settings import usual_settings
from recommender.training.training import TrainingConfig

# What is tried where neither trials nor time are bounded.
TRIALS: Final = 50


def tune_model(
    invocation: Invocation,
    *,
    model: str | None,
    corpus: str | None,
    trials: int | None,
    time_limit: str | None,
    jobs: int,
    people: int,
    study_file: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Search a model's settings, write the best down, and print the best few.

    Args:
        trials: in all, with those of earlier runs.
        people: how many judge in each block at most; 0 for all.

    Raises:
        CommandError: an unknown model, no corpus, or a study of something else.
        CorpusError: nobody to judge.
        LockHeldError: another search writes into the same study.
    """
    name = model or TrainingConfig().model
    if name not in MODELS:
        raise CommandError(f"--model must be one of {', '.join(MODELS)}. Received: {name}")
    seconds, settings = _seconds(time_limit), invocation.settings()
    source = find_source(settings.data_dir, corpus)
    known = _without_judges(source)
    exams = set_validation_exams(known, people or None)
    bench = Bench(exams, TrainingConfig(model=name, seed=settings.seed))
    path = (study_file or settings.data_dir / "tuning" / f"{name}.db").absolute()
    limit = trials or (None if seconds else TRIALS)
    with quiet(invocation), tuning_lock(path), meter() as report:
        space = load_space(name)
        study = open_study(path, _about(known, space, bench, people), usual_settings(name))
        search(study, path, bench, space, Plan(limit, seconds, jobs, settings.seed), report)
    described = describe_study(study)
    target = settings_file or tuned_path(settings, name)
    _keep(target, described, source)
    if as_json:
        return print_json({**source.origin(), "study": str(path), "settings_file": str(target), **described})
    print_study(described)
    says = "by itself" if target == tuned_path(settings, name) else f"with --settings {target}"
    say(f"Kept in {target}: `reelmate retrain` takes them {says}.")


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        limit = parse_duration(text)
    except ValueError as error:
        raise CommandError(f"--time: {error}. Received: {text}") from error
    return limit.total_seconds() if isinstance(limit, timedelta) else None


def _without_judges(source: Source) -> Corpus:
    """Return the corpus without who judges trainings: they choose no settings either."""
    corpus = source.corpus
    return corpus.only(np.flatnonzero(~is_held_out(source.name, corpus.user_ids)))


def _about(corpus: Corpus, space: Space, bench: Bench, people: int) -> dict[str, str]:
    """Return what a study is of: where any of it is another, its figures are, too."""
    extents = "; ".join(f"{name} {extent!r}" for name, extent in space.items())
    return {
        "model": bench.config.model,
        "corpus": str(describe_corpus(corpus)["sha256"]),
        "version": version("reelmate"),
        "space": hashlib.sha256(extents.encode()).hexdigest()[:12],
        "seed": str(bench.config.seed),
        "people": str(people or "all"),
    }


def _keep(target: Path, described: dict[str, Any], source: Source) -> None:
    """Write the best settings down, and how they were found."""
    best, about = described["ranked"][0], described["about"]
    found = {
        **{figure: best[figure] for figure in ("trial", "worth", "ndcg", "hit")},
        "ahead_of_usual": described["ahead_of_usual"],
        "trials": described["trials"],
        "people": described["people"],
        **source.origin(),
    }
    write_tuned(target, about["model"], best["settings"], found)
