"""One training run: corpora and consenting people's ratings -> training -> the gate -> a published or refused bundle."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.corpora import CorpusCard, corpus_folder, list_corpora, load_corpus
from bot.delivery import retrain_lock
from bot.settings import Settings
from bot.storage import Store, TrainingRatings
from recommender.baselines import fit_popular_in_genres
from recommender.bundle import BundleStore, pack
from recommender.corpus import Corpus, build_corpus
from recommender.domain import Movie
from recommender.errors import BundleError, CorpusError
from recommender.evaluation import LadderResult, climb
from recommender.gate import Verdict, judge, summary
from recommender.ladder import Ladder, build_ladder
from recommender.ranker import Ranker
from recommender.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training import Progress, Trained, TrainingConfig, train

# One person in ten judges and never trains; who is a keyed hash of their id, the same in every run.
JUDGES: Final = 10
FOLD_KEY: Final = b"reelmate held-out people"
# More judges than this do not narrow an interval that is already narrow.
MOST_JUDGES: Final = 1_000
# From so many real people on, simulated ones neither train nor judge.
REAL_PEOPLE: Final = 500
SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """Everybody's ratings over the bot's catalogue, split by who judges.

    Attributes:
        sources: ratings and people by corpus, for the report.
        simulated_judges: whether simulated people are among those who judge.
    """

    train: Corpus
    judges: Corpus
    sources: dict[str, dict[str, int]]
    simulated_judges: bool


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
) -> RetrainReport:
    """Train, judge, and publish the best of `models` or keep it aside with the reason.

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
        runs = [_run(data, TrainingConfig(model=model, seed=settings.seed), ladder, on_progress) for model in models]
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


def gather(settings: Settings, store: Store) -> TrainingSet:
    """Return what to learn from: imported corpora, consenting people, and simulated people while real ones are few.

    Raises:
        CorpusError: no corpus and no consenting person's rating.
    """
    ratings, movies = store.read(lambda tx: (tx.ratings.training(), tx.movies.all()))
    cards = list_corpora(settings.data_dir)
    real = sum(card.user_count for card in cards if not card.simulated) + len(np.unique(ratings.user_ids))
    kept = [card for card in cards if not card.simulated or real < REAL_PEOPLE]
    parts = [_chat_part(ratings)] if len(ratings) else []
    parts += [_corpus_part(settings.data_dir, card) for card in kept]
    if not parts:
        raise CorpusError("training needs ratings: run `reelmate import starter` first. Received: none")
    corpus = _join(movies, parts)
    judging = np.array([_is_judge(int(user)) for user in corpus.user_ids], dtype=np.bool_)
    if judging.all() or not judging.any():
        raise CorpusError(f"training needs people to judge by. Received: {corpus.user_count} people")
    sources = {part.name: {"people": len(np.unique(part.users)), "ratings": len(part.users)} for part in parts}
    judges = np.flatnonzero(judging)[:MOST_JUDGES]
    simulated = any(card.simulated for card in kept)
    return TrainingSet(corpus.only(np.flatnonzero(~judging)), corpus.only(judges), sources, simulated)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Ratings of one source, people under ids that no other source has.  (ratings,) each"""

    name: str
    users: NDArray[np.int64]
    movie_ids: NDArray[np.int64]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]


def _chat_part(ratings: TrainingRatings) -> _Part:
    users = _own_ids("chat", ratings.user_ids)
    return _Part("chat", users, ratings.movie_ids, ratings.stars, ratings.times)


def _corpus_part(data_dir: Path, card: CorpusCard) -> _Part:
    corpus = load_corpus(corpus_folder(data_dir, card.name))
    ids = np.array([movie.id for movie in corpus.movies], dtype=np.int64)
    users = _own_ids(card.name, corpus.user_ids)[corpus.user_rows]
    return _Part(card.name, users, ids[corpus.movie_rows], corpus.stars, corpus.times)


def _own_ids(source: str, user_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ids that are the same in every run and tell sources apart: a hash of source and id."""
    unique, places = np.unique(user_ids, return_inverse=True)
    hashed = np.array([_hash(f"{source}:{user}".encode()) for user in unique], dtype=np.int64)
    return hashed[places]


def _hash(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=8, key=FOLD_KEY).digest()[:8], "big") >> 1


def _is_judge(user_id: int) -> bool:
    return user_id % JUDGES == 0


def _join(movies: Sequence[Movie], parts: Sequence[_Part]) -> Corpus:
    """Return one corpus over the catalogue; ratings of films that left it are dropped."""
    known = np.array([movie.id for movie in movies], dtype=np.int64)
    users, ids, stars, times = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("users", "movie_ids", "stars", "times")
    )
    kept = np.isin(ids, known)
    return build_corpus(movies, users[kept], ids[kept], stars[kept], times[kept])


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
        return self.score_many([profile])[0]


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
