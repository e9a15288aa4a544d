"""One training run: everybody's ratings -> training -> the gate -> a published or refused bundle."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.delivery import retrain_lock
from bot.settings import Settings
from bot.storage import Store
from bot.training_set import REAL_PEOPLE, TrainingSet, gather
from recommender.baselines import fit_popular_in_genres
from recommender.bundle import BundleStore, pack
from recommender.corpus import Corpus
from recommender.domain import Movie
from recommender.errors import BundleError, CorpusError
from recommender.evaluation import LadderResult, climb
from recommender.gate import Verdict, judge, summary
from recommender.ladder import Ladder, build_ladder
from recommender.ranker import Ranker
from recommender.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training import Progress, Trained, TrainingConfig, train

SCHEMA_VERSION: Final = 1
# A newcomer's first model, on simulated people alone: made in well under a minute, while they already chat.
FIRST_TRAINING: Final[Mapping[str, Any]] = {"towers": 1, "epochs": 1.0, "most_people": 500}


@dataclass(frozen=True, slots=True, eq=False)
class RetrainReport:
    """What a run came to; `as_json` is what `reelmate retrain --json` prints."""

    published: bool
    version: str
    reason: str
    manifest: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        head = {"schema_version": SCHEMA_VERSION, "published": self.published, "version": self.version}
        return {**head, "reason": self.reason, **self.manifest}


def retrain(
    settings: Settings,
    store: Store,
    *,
    models: Sequence[str] = ("embedding_mlp",),
    on_progress: Callable[[Progress], None] = lambda _: None,
    overrides: Mapping[str, Any] | None = None,
) -> RetrainReport:
    """Train, judge, and publish the best of `models` or keep it aside with the reason.

    Args:
        overrides: fields of TrainingConfig that are to be other than usual.

    Raises:
        LockHeldError: another training is under way.
        CorpusError: there is nothing to learn from.
        TrainingError: a training came to nothing.
    """
    with retrain_lock(settings.data_dir, settings.database_url):
        data = gather(settings, store)
        bundles = BundleStore(settings.data_dir / "bundles")
        ladder = _ladder(data.judges)
        rivals = _rivals(data, ladder, bundles)
        runs = [
            _run(data, replace(_config(model, settings.seed, data), **overrides or {}), ladder, on_progress)
            for model in models
        ]
        config, trained, result = max(runs, key=lambda run: run[2].ndcg.mean())
        verdict = judge(result, rivals["popular_in_genres"], rivals.get("champion"))
        version = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        results = {**{run[0].model: run[2] for run in runs}, **rivals}
        manifest = _manifest(data, config, trained, results, verdict)
        files = pack(trained.retrieval, trained.network, trained.model)
        if verdict.published:
            bundles.publish(files, manifest, version)
        else:
            bundles.refuse(files, manifest, version)
        return RetrainReport(verdict.published, version, verdict.reason, manifest)


def _config(model: str, seed: int, data: TrainingSet) -> TrainingConfig:
    """Return how to train: simulated people are alike, so where most are, few of them and little time do."""
    config = TrainingConfig(model=model, seed=seed)
    return config if data.real_people >= REAL_PEOPLE else replace(config, **FIRST_TRAINING)


def _ladder(judges: Corpus) -> Ladder:
    ladder = build_ladder(judges, np.arange(judges.user_count))
    if not ladder.newcomers:
        raise CorpusError("training needs judges with likes after their first 20 ratings. Received: none")
    return ladder


def _rivals(data: TrainingSet, ladder: Ladder, bundles: BundleStore) -> dict[str, LadderResult]:
    """Return how the floor, and the serving ranker if it can be judged over this catalogue, climb."""
    results = {"popular_in_genres": climb(fit_popular_in_genres(data.train), ladder, data.train)}
    champion = _champion(bundles)
    if champion is not None:
        results["champion"] = climb(_Aligned(champion, data.train.movies), ladder, data.train)
    return results


def _champion(bundles: BundleStore) -> Ranker | None:
    current = bundles.current()
    try:
        return None if current is None else bundles.load(current)
    except BundleError:
        return None  # it does not serve either, so there is nothing to be better than


class _Aligned:
    """A ranker over an older catalogue, scored over today's: films it does not know come last."""

    def __init__(self, ranker: Ranker, movies: Sequence[Movie]) -> None:
        self._ranker = ranker
        row_of = ranker.retrieval.catalogue.row_of
        self._rows = np.array([row_of.get(movie.id, -1) for movie in movies])  # (movies,)

    def score_many(self, profiles: Sequence[Any]) -> NDArray[np.float32]:
        """Return one score per profile and movie of today.  (people, movies)"""
        scores = self._ranker.score_many(profiles)
        return np.where(self._rows >= 0, scores[:, self._rows], scores.min() - 1).astype(np.float32)

    def score(self, profile: Any) -> NDArray[np.float32]:
        """Return one score per movie of today.  (movies,)"""
        return np.asarray(self.score_many([profile])[0])


def _run(
    data: TrainingSet, config: TrainingConfig, ladder: Ladder, on_progress: Callable[[Progress], None]
) -> tuple[TrainingConfig, Trained, LadderResult]:
    trained = train(data.train, config, on_progress)
    return config, trained, climb(trained.ranker(), ladder, data.train)


def _manifest(
    data: TrainingSet, config: TrainingConfig, trained: Trained, results: dict[str, LadderResult], verdict: Verdict
) -> dict[str, Any]:
    return {
        "features": [list(PAIR_FEATURES), list(PERSON_FEATURES)],
        "calibration": asdict(trained.calibration),
        "config": asdict(config),
        "data": {"sources": data.sources, "train": _counts(data.train), "judges": _counts(data.judges)},
        "simulated_judges": data.simulated_judges,
        "training": trained.report,
        "ladder": summary(results),
        "verdict": asdict(verdict),
        "versions": {name: installed(name) for name in ("reelmate", "keras", "tensorflow", "onnxruntime", "numpy")},
        "python": platform.python_version(),
        "git_commit": _git_commit(),
        "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "process_seconds": round(time.process_time(), 1),
    }


def _counts(corpus: Corpus) -> dict[str, Any]:
    digest = hashlib.sha256()
    for array in (corpus.user_ids, corpus.starts, corpus.movie_rows, corpus.stars, corpus.times):
        digest.update(array.tobytes())
    counts = {"people": corpus.user_count, "ratings": corpus.rating_count, "movies": len(corpus.movies)}
    return {**counts, "sha256": digest.hexdigest()}


def _git_commit() -> str | None:
    """Return the code's commit, where it is a git checkout."""
    root = Path(__file__).parent.parent
    if not (root / ".git").exists():
        return os.environ.get("REELMATE_GIT_COMMIT")
    found = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
