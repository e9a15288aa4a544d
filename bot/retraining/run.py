"""One training run: everybody's ratings -> training -> the gate -> a published or refused bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from bot.locks import retrain_lock
from bot.retraining.champion import load_base, load_champion
from bot.retraining.limits import require_room
from bot.retraining.manifest import write_manifest
from bot.retraining.report import RetrainReport
from bot.retraining.training_set import REAL_PEOPLE, TrainingSet, gather
from bot.retraining.tuned import Tuned
from bot.retraining.wildcards import Showing, gather_wildcards, learn_from_wildcards
from bot.service.news import plan_for_taught
from bot.settings import Settings
from bot.storage import Store
from recommender.data.corpus import Corpus
from recommender.errors import CorpusError, TrainingError
from recommender.evaluation.aligning import Aligned
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.gate import Verdict, choose
from recommender.evaluation.ladder import Ladder, build_ladder
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.served import evaluate_served
from recommender.ranking.bundle import MOVIES, NETWORK, TABLES, BundleStore, pack
from recommender.ranking.unpacking import UNFIT, unpack
from recommender.training.incremental import Base, continue_training
from recommender.training.settings import configure
from recommender.training.training import Progress, Trained, TrainingConfig, TrainingData, prepare, train_on

# A newcomer's first model, on simulated people alone: made in well under a minute, while they already chat.
FIRST_TRAINING: Final[Mapping[str, Any]] = {"epochs": 1.0, "most_people": 500}

# Makes what every model learns from out of who may train.
Learn = Callable[[Corpus, TrainingConfig, Callable[[Progress], None]], TrainingData]


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    config: TrainingConfig
    trained: Trained
    result: LadderResult
    wildcards: dict[str, Any]


def retrain(
    settings: Settings,
    store: Store,
    *,
    models: Sequence[str] = ("embedding_mlp",),
    tuned: Mapping[str, Tuned] = {},
    on_progress: Callable[[Progress], None] = lambda _: None,
    overrides: Mapping[str, Any] | None = None,
    learn: Learn = prepare,
    incremental: bool = False,
    git_commit: str | None = None,
) -> RetrainReport:
    """Train each of `models` on the same data, judge the pages they would show, and publish the best that passes.

    Where none passes, the best of them is kept aside with the reason.

    Args:
        tuned: settings by model, in place of the usual ones.
        overrides: fields of TrainingConfig that are to be other than usual.
        learn: makes what the models learn from out of who may train.
        incremental: go on from the serving ranker instead, whatever its model is.
        git_commit: the code's, for the manifest; None where nobody knows it.

    Raises:
        LockHeldError: another training is under way.
        CorpusError: there is nothing to learn from.
        TrainingError: a training came to nothing, or there is nothing to go on from.
        LeaseLostError: another training took over meanwhile.
    """
    with retrain_lock(settings.data_dir, settings.database_url) as lease:
        data, wildcards = gather(settings, store), gather_wildcards(store)
        bundles = BundleStore(settings.bundles_dir)
        ladder = _ladder(data.judges)
        rivals = _rivals(data, ladder, bundles)
        configs = [replace(_config(model, settings.seed, data, tuned), **overrides or {}) for model in models]
        if incremental:
            runs = _continue(load_base(bundles), data.train, configs[0], ladder, wildcards, on_progress)
        else:
            training_data = learn(data.train, configs[0], on_progress)
            trained = {config.model: (config, train_on(training_data, config, on_progress)) for config in configs}
            runs = {name: _judged(*pair, ladder, data.train, wildcards) for name, pair in trained.items()}
        results = {name: run.result for name, run in runs.items()}
        choice = choose(results, rivals["popular_in_genres"], rivals.get("champion"))
        best = runs[choice.name]
        if lease is not None:
            lease.confirm()  # whoever slept through its end publishes nothing beside the one that took over
        found = tuned.get(choice.name)
        judged = {**results, **rivals}
        manifest = write_manifest(data, best.config, best.trained, judged, choice, git_commit, found)
        manifest["wildcards"] = best.wildcards
        report = _store(settings, best.trained, manifest, choice.verdict)
        if report.published:  # behind it, so that nobody is told of a model that does not serve
            store.write(lambda tx: plan_for_taught(tx, data.taught_by)).result()
        return report


def _store(settings: Settings, trained: Trained, manifest: dict[str, Any], verdict: Verdict) -> RetrainReport:
    """Keep the bundle, published or aside, once it came through its trial as it will be read back.

    Raises:
        BundleError: it did not.
        TrainingError: the disk has no room for it.
    """
    bundles = BundleStore(settings.bundles_dir)
    version = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    files = pack(trained.retrieval, trained.network, trained.model)
    try:
        unpack(files[NETWORK], files[TABLES], files[MOVIES], manifest, version)
    except UNFIT as error:
        raise TrainingError(f"a training must come to a ranker that can serve. Received: {error}") from error
    require_room(settings, sum(map(len, files.values())))
    keep = bundles.publish if verdict.published else bundles.refuse
    keep(files, manifest, version)
    return RetrainReport(verdict.published, version, verdict.reason, manifest)


def _config(model: str, seed: int, data: TrainingSet, tuned: Mapping[str, Tuned]) -> TrainingConfig:
    """Return how to train: simulated people are alike, so where most are, few of them and little time do."""
    config = TrainingConfig(model=model, seed=seed)
    config = config if data.real_people >= REAL_PEOPLE else replace(config, **FIRST_TRAINING)
    return configure(config, tuned[model].settings) if model in tuned else config


def _ladder(judges: Corpus) -> Ladder:
    ladder = build_ladder(judges, np.arange(judges.user_count))
    if not ladder.newcomers:
        raise CorpusError("training needs judges with likes after their first 20 ratings. Received: none")
    return ladder


def _rivals(data: TrainingSet, ladder: Ladder, bundles: BundleStore) -> dict[str, LadderResult]:
    """Return the results of the floor, and of the serving ranker if it can be judged over this catalogue."""
    results = {"popular_in_genres": evaluate_served(fit_popular_in_genres(data.train), ladder, data.train).result}
    champion = load_champion(bundles)
    if champion is not None:
        results["champion"] = evaluate_served(Aligned(champion, data.train.movies), ladder, data.train).result
    return results


def _continue(
    base: Base,
    train: Corpus,
    config: TrainingConfig,
    ladder: Ladder,
    wildcards: Sequence[Showing],
    on_progress: Callable[[Progress], None],
) -> dict[str, _Run]:
    trained = continue_training(base, train, config, on_progress)
    config = replace(config, model=base.model, architecture=base.architecture)
    return {base.model: _judged(config, trained, ladder, train, wildcards)}


def _judged(
    config: TrainingConfig, trained: Trained, ladder: Ladder, train: Corpus, wildcards: Sequence[Showing]
) -> _Run:
    """Judge a ranker that draws its wildcards as those that were shown teach."""
    policy, learned = learn_from_wildcards(wildcards, trained.retrieval)
    drawing = replace(trained, wildcards=policy)
    return _Run(config, drawing, evaluate_served(drawing.ranker(), ladder, train).result, learned)
