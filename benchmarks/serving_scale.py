"""Serving over the largest catalogue: lists for newcomers over 87,000 films, one thread, in a process of their own.

Beside the time of a list stand the memory of the process, and what choosing candidates costs in NDCG beside scoring
every film with the network. Ratings are generated; how long a list takes depends on the catalogue alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import numpy as np

from benchmarks.figures import Figure, parser, percentile, progress, publish
from benchmarks.generator import generate
from benchmarks.serving import list_figures
from benchmarks.serving_run import keep_people
from recommender.ranking.bundle import BundleStore, pack
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.training import TrainingConfig, train

# Generated people who are kept from training and served; what the others' tables and network learn from.
NEWCOMERS: Final = 1_000
TABLE_PEOPLE: Final = 16_000
ONBOARDINGS_OF: Final = 2_000
PEOPLE_SEED: Final = 5


def main(arguments: Sequence[str] = ()) -> None:
    """Train, serve, and publish what that took."""
    options = _parse(arguments)
    publish("serving_scale", arguments, _measure(options), as_json=options.as_json)


def _measure(options: argparse.Namespace) -> list[Figure]:
    """Train on generated ratings, publish, and serve newcomers from another process."""
    corpus = generate(round(options.millions * 1e6))
    people = np.random.default_rng(PEOPLE_SEED).permutation(corpus.user_count)
    progress("a training on few people's onboardings")
    settings = TrainingConfig(table_people=TABLE_PEOPLE, most_people=ONBOARDINGS_OF)
    trained = train(corpus.only(people[NEWCOMERS:]), settings)
    with tempfile.TemporaryDirectory() as folder:
        manifest = {
            "features": [list(PAIR_FEATURES), list(PERSON_FEATURES)],
            "calibration": asdict(trained.calibration),
        }
        files = pack(trained.retrieval, trained.network, trained.model)
        BundleStore(Path(folder)).publish(files, manifest, "1")
        keep_people(corpus.only(people[:NEWCOMERS]), Path(folder) / "people.npz")
        runs = [_serve(folder, run, options.repeats) for run in range(options.repeats)]
    return _scale_figures(runs, len(corpus.movies))


def _serve(folder: str, run: int, repeats: int) -> dict[str, Any]:
    """Return what one serving process measured of itself; one thread, as one list has."""
    progress(f"run {run + 1} of {repeats}")
    command = [sys.executable, "-m", "benchmarks.serving_run", folder]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(command, env={**os.environ, **threads}, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        found |= json.loads(line)
    return found


def _scale_figures(runs: Sequence[dict[str, Any]], movies: int) -> list[Figure]:
    quality = tuple(sum(run["candidates"]) / sum(run["every film"]) for run in runs)
    lists = list_figures([run["seconds"] for run in runs], movies, most_ms=30)
    worked = tuple(percentile(run["cpu_seconds"], 0.99) * 1000 for run in runs)
    return [
        *lists,
        Figure("the same without waiting for the core, p99", worked, "ms", 30),
        Figure("resident memory, bundle loaded", tuple(run["loaded"] for run in runs), "MB", 400),
        Figure("resident memory, after the lists", tuple(run["serving"] for run in runs), "MB", 400),
        Figure("NDCG@10 with candidates / with every film scored", quality, "times", 0.99, "at least"),
        Figure("NDCG@10 with candidates", tuple(fmean(run["candidates"]) for run in runs), ""),
        Figure("loading and trying the bundle", tuple(run["loading"] for run in runs), "s"),
    ]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("serving_scale", "How fast lists are made over the largest catalogue.")
    made.add_argument(
        "--millions", type=float, default=32, help="million ratings to generate; 32 come with 87,000 films"
    )
    return made.parse_args(arguments)
