"""Going on from the last bundle when the last tenth of time is new: `python -m benchmarks incremental`.

Of the people who train, the first nine tenths of all ratings make the old bundle; films that nobody had rated by then
are new to it. Then all their ratings are there: the old bundle as it is, a full training and an incremental one are
judged by the same people of the ladder, who train nowhere.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.figures import Figure, parser, progress, publish
from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus, build_corpus
from recommender.evaluation.aligning import Aligned
from recommender.evaluation.bootstrap import differences
from recommender.evaluation.ladder import build_ladder, split_people
from recommender.evaluation.ranking import LadderResult, Scorer, evaluate, pool
from recommender.training.incremental import Base, continue_training
from recommender.training.training import Trained, TrainingConfig, train

# Named before anything loads TensorFlow.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

NEW_SHARE: Final = 0.1
# What an incremental training has to keep of a full one's NDCG, and how much faster it has to be.
KEPT, FASTER = 0.99, 5.0
KINDS: Final = ("stale", "full", "incremental")


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One fold: how good the three are, and how long the two trainings took."""

    results: dict[str, LadderResult]
    full_s: float
    incremental_s: float


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and publish."""
    options = _parse(arguments)
    if not options.corpus and not options.generated:
        return progress("incremental needs MovieLens: give --corpus or set REELMATE_MOVIELENS. Received: neither")
    corpus = _read(options)
    _warm_up()
    outcomes = [measure(corpus, fold, on_test=options.on == "test") for fold in options.folds]
    publish("incremental", arguments, as_figures(outcomes), as_json=options.as_json)


def measure(corpus: Corpus, fold: int, *, on_test: bool, config: TrainingConfig = TrainingConfig()) -> Outcome:
    """Train the three on one fold, and judge them by its test people or by its validation people."""
    split = split_people(corpus.user_count, fold)
    learners, judges = (split.train, split.test) if on_test else (split.tuning, split.validation)
    now, until = corpus.only(learners), int(np.quantile(corpus.times, 1 - NEW_SHARE))
    old = before(now, until)
    progress(f"fold {fold + 1}: the old bundle, {old.user_count} of {now.user_count} people")
    base = train(old, config)
    progress(f"fold {fold + 1}: a full training, {len(now.movies) - len(old.movies)} new films")
    full = train(now, config)
    progress(f"fold {fold + 1}: an incremental one")
    stale = base.ranker("stale")
    further = continue_training(Base(stale, base.network, base.model, config.model, until), now, config)
    ladder = build_ladder(corpus, judges)
    scorers: tuple[Scorer, ...] = (Aligned(stale, now.movies), full.ranker(), further.ranker())
    results = {name: evaluate(scorer, ladder, now) for name, scorer in zip(KINDS, scorers, strict=True)}
    return Outcome(results, _seconds(full), _seconds(further))


def before(corpus: Corpus, until: int) -> Corpus:
    """Return what was rated by then, over the films that somebody had rated by then or nobody ever did."""
    first = np.full(len(corpus.movies), np.iinfo(np.int64).max)
    np.minimum.at(first, corpus.movie_rows, corpus.times)
    known = (first <= until) | (first == np.iinfo(np.int64).max)  # (movies,)
    movies = [movie for movie, is_known in zip(corpus.movies, known, strict=True) if is_known]
    ids, kept = np.array([movie.id for movie in corpus.movies]), corpus.times <= until
    users = corpus.user_ids[corpus.user_rows]
    return build_corpus(movies, users[kept], ids[corpus.movie_rows[kept]], corpus.stars[kept], corpus.times[kept])


def as_figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Return the folds pooled: NDCG of each, what is kept and how much faster."""
    results = {name: pool([outcome.results[name] for outcome in outcomes]) for name in KINDS}
    means = {name: float(result.ndcg.mean()) for name, result in results.items()}
    lost = differences(results["incremental"], results["full"], "ndcg")[-1]
    full, incremental = (tuple(getattr(outcome, name) for outcome in outcomes) for name in ("full_s", "incremental_s"))
    return [
        *(Figure(f"mean NDCG@10, {name}", (mean,), "") for name, mean in means.items()),
        Figure("incremental / full, mean NDCG@10", (means["incremental"] / means["full"],), "", KEPT, "at least"),
        Figure("incremental - full, mean NDCG@10, low end of 95 %", (lost.low,), ""),
        Figure("incremental - full, mean NDCG@10, high end of 95 %", (lost.high,), ""),
        Figure("a full training", full, "s"),
        Figure("an incremental training", incremental, "s"),
        Figure(
            "full / incremental, time",
            tuple(slow / quick for slow, quick in zip(full, incremental, strict=True)),
            "times",
            FASTER,
            "at least",
        ),
    ]


def _seconds(trained: Trained) -> float:
    return float(trained.report["seconds"])


def _warm_up() -> None:
    """Load what both trainings need, so that neither pays for the other."""
    import onnx  # noqa: F401
    import tensorflow  # noqa: F401
    import tf2onnx  # noqa: F401


def _read(options: argparse.Namespace) -> Corpus:
    if not options.generated:
        return read_movielens(options.corpus)
    from benchmarks.generator import generate

    return generate(options.generated)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("incremental", __doc__ or "")
    made.add_argument("--corpus", default=os.environ.get("REELMATE_MOVIELENS"), help="a MovieLens folder or zip")
    made.add_argument("--generated", type=int, default=0, help="so many generated ratings instead")
    made.add_argument("--folds", type=int, nargs="+", default=[0, 1, 2], choices=range(5))
    made.add_argument("--on", choices=["validation", "test"], default="test", help="who judges")
    return made.parse_args(arguments)
