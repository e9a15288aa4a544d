"""Serving: a list over all films of ml-latest-small, features and reasons included; and the network alone beside Keras.

How long a list takes does not depend on how well the network was trained, so it is trained for a few steps only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from benchmarks.figures import Figure, parser, percentile, progress, publish
from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.ladder import build_ladder
from recommender.ranking.features import encode
from recommender.ranking.inputs import CANDIDATES
from recommender.ranking.ranker import Ranker
from recommender.training.training import Trained, TrainingConfig, train

# Named before anything loads TensorFlow.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

LIST_LENGTH: Final = 5
# Histories a list is asked for with.
SHORTEST: Final = 20
LONGEST: Final = 50
MOST_PROFILES: Final = 200
# A movie night: people, and films on its shortlist.
NIGHT: Final = 8
SHORTLIST: Final = 10
NETWORK_RUNS: Final = 200
MILLISECONDS: Final = 1000


def main(arguments: Sequence[str] = ()) -> None:
    """Measure lists and networks in turn and publish them."""
    options = _parse(arguments)
    if not options.corpus:
        return progress("serving needs MovieLens: give --corpus or set REELMATE_MOVIELENS. Received: neither")
    corpus = read_movielens(options.corpus)
    progress("a few steps of training")
    trained = train(corpus, TrainingConfig(steps=4, look_every=2, most_people=200))
    ranker, profiles = trained.ranker(), _profiles(corpus)
    ranker.warm()
    lists, nights, networks = list[list[float]](), list[list[float]](), list[dict[str, float]]()
    groups = [profiles[start : start + NIGHT] for start in range(0, len(profiles) - NIGHT + 1, NIGHT)]
    sides = _sides(trained, ranker, profiles[0])
    for repeat in range(options.repeats):
        progress(f"run {repeat + 1} of {options.repeats}")
        lists.append([_seconds(partial(ranker.recommend, profile, LIST_LENGTH)) for profile in profiles])
        nights.append([_seconds(partial(ranker.together, group, SHORTLIST)) for group in groups])
        networks.append({name: _median_seconds(run) for name, run in sides.items()})
    movies = len(corpus.movies)
    figures = [*list_figures(lists, movies), *night_figures(nights, movies), *_network_figures(networks)]
    publish("serving", arguments, figures, as_json=options.as_json)


def _profiles(corpus: Corpus) -> list[Profile]:
    """Return people as they were after 20 to 50 ratings."""
    newcomers = build_ladder(corpus, np.arange(corpus.user_count), (LONGEST,)).newcomers
    sizes = np.random.default_rng(0).integers(SHORTEST, LONGEST + 1, len(newcomers))
    return [person.profile(int(k)) for person, k in zip(newcomers, sizes, strict=True)][:MOST_PROFILES]


def _sides(trained: Trained, ranker: Ranker, profile: Profile) -> dict[str, Callable[[], object]]:
    """Return the same network on the same candidates, as each side runs it."""
    import keras
    import tensorflow as tf

    retrieval = ranker.retrieval
    allowed = retrieval.catalogue.unmet(profile)
    rows = retrieval.candidates(encode(profile, retrieval.catalogue), CANDIDATES, allowed)
    feeds = ranker.feeds([profile], rows[None])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ranker.keras"
        path.write_bytes(trained.model)
        model = keras.models.load_model(path)
    tensors = {name: tf.constant(array) for name, array in feeds.items()}
    compiled = tf.function(lambda inputs: model(inputs, training=False))
    sides: dict[str, Callable[[], Any]] = {
        "ONNX Runtime": lambda: ranker.run(feeds),
        "tf.function": lambda: compiled(tensors),
        "Model.predict": lambda: model.predict(feeds, verbose=0),
    }
    for run in sides.values():
        run()
    return sides


def list_figures(lists: Sequence[Sequence[float]], movies: int, most_ms: float = 25) -> list[Figure]:
    name = f"a list over {movies:,} films, features and reasons included"
    at = {share: tuple(percentile(run, share) * MILLISECONDS for run in lists) for share in (0.5, 0.99)}
    return [Figure(f"{name}, p50", at[0.5], "ms"), Figure(f"{name}, p99", at[0.99], "ms", most_ms)]


def night_figures(nights: Sequence[Sequence[float]], movies: int, most_ms: float = 200) -> list[Figure]:
    name = f"ten films of {movies:,} for a movie night of {NIGHT}"
    at = {share: tuple(percentile(run, share) * MILLISECONDS for run in nights) for share in (0.5, 0.99)}
    return [Figure(f"{name}, p50", at[0.5], "ms"), Figure(f"{name}, p99", at[0.99], "ms", most_ms)]


def _network_figures(networks: Sequence[dict[str, float]]) -> list[Figure]:
    times = [
        Figure(
            f"the network alone, {CANDIDATES} films, {name}", tuple(run[name] * MILLISECONDS for run in networks), "ms"
        )
        for name in networks[0]
    ]
    ratios = tuple(run["tf.function"] / run["ONNX Runtime"] for run in networks)
    return [*times, Figure("tf.function over ONNX Runtime", ratios, "times", 1.5, "at least")]


def _median_seconds(run: Callable[[], object]) -> float:
    return median(_seconds(run) for _ in range(NETWORK_RUNS))


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("serving", "How fast lists are made, and the network alone.")
    made.add_argument("--corpus", default=os.environ.get("REELMATE_MOVIELENS"), help="an ml-latest-small folder")
    return made.parse_args(arguments)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
