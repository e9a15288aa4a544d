"""Training: our ranker to its best look at validation people; and the courses' recipe beside the same network fed well.

Recipe and ours share network, data, split and loss; what differs is how examples reach the network. The recipe reads
batches of 12 from a CSV file (Wang, SparrowRecSys, EmbeddingMLP.py); ours reads the same file once and takes large
batches from memory, standardised. Tracing the graph, alike on both sides, is not counted; reading the file is.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, parser, progress, publish
from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus

# Named before anything loads TensorFlow.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

MOST_EPOCHS: Final = 10
OUR_BATCH: Final = 4096
OUR_MOST_EPOCHS: Final = 40


def main(arguments: Sequence[str] = ()) -> None:
    """Measure both and publish them."""
    options = _parse(arguments)
    if not options.corpus:
        return progress(
            "training needs MovieLens: give --corpus or set REELMATE_MOVIELENS. Received: neither, so skipped"
        )
    corpus, figures = read_movielens(options.corpus), list[Figure]()
    if "ranker" in options.parts:
        figures += measure_ranker(corpus, options.repeats)
    if "recipe" in options.parts:
        figures += measure_recipe(corpus, options.repeats)
    publish("training", arguments, figures, as_json=options.as_json)


def measure_ranker(corpus: Corpus, repeats: int) -> list[Figure]:
    """Train the ranker as `reelmate retrain` does: to its best look, and until it is fitted again and exported."""
    best, whole = list[float](), list[float]()
    for repeat in range(repeats):
        progress(f"run {repeat + 1} of {repeats}: the ranker")
        to_best_s, total_s = train_ranker(corpus)
        best.append(to_best_s)
        whole.append(total_s)
    return [
        Figure("the ranker, to its best validation look", tuple(best), "s", 120),
        Figure("the ranker, until it is exported", tuple(whole), "s"),
    ]


def train_ranker(corpus: Corpus) -> tuple[float, float]:
    """Return the seconds until the best look at validation people, and until everything is done."""
    from recommender.training.training import Progress, TrainingConfig, train

    looks: dict[float, float] = {}  # NDCG -> when it was first seen
    began = time.monotonic()

    def note(state: Progress) -> None:
        if state.stage == "training" and state.ndcg is not None:
            looks.setdefault(state.ndcg, time.monotonic() - began)

    train(corpus, TrainingConfig(), note)
    return looks[max(looks)], time.monotonic() - began


def measure_recipe(corpus: Corpus, repeats: int) -> list[Figure]:
    """Train the courses' network both ways; ours stops where it is as good as the recipe ever was."""
    from benchmarks.recipe import Examples, train_as_taught, train_from_memory

    examples = Examples.of(corpus)
    times = list[tuple[float, float]]()
    losses = list[tuple[float, float]]()
    with tempfile.TemporaryDirectory(prefix="reelmate-recipe-") as room:
        file = Path(room) / "samples.csv"
        examples.write(file)
        for repeat in range(repeats):
            progress(f"run {repeat + 1} of {repeats}: the courses' recipe")
            taught = train_as_taught(examples, file, most_epochs=MOST_EPOCHS, seed=repeat)
            progress(f"  best validation log loss {taught.loss:.4f} after {taught.seconds:.1f} s; now ours")
            ours = train_from_memory(
                examples, file, batch=OUR_BATCH, most_epochs=OUR_MOST_EPOCHS, until=taught.loss, seed=repeat
            )
            progress(f"  {ours.loss:.4f} after {ours.seconds:.1f} s")
            times.append((taught.seconds, ours.seconds if ours.loss <= taught.loss else float("inf")))
            losses.append((taught.loss, ours.loss))
    return [
        Figure("recipe / ours, to the recipe's best log loss", tuple(a / b for a, b in times), "times", 20, "at least"),
        Figure("the recipe, to its best log loss", tuple(taught for taught, _ in times), "s"),
        Figure("ours, same network, to that log loss", tuple(ours for _, ours in times), "s"),
        Figure("the recipe's best validation log loss", tuple(taught for taught, _ in losses), ""),
        Figure("ours, where it stopped", tuple(ours for _, ours in losses), ""),
    ]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("training", __doc__ or "")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    made.add_argument("--corpus", default=corpus, help="a MovieLens folder or zip")
    made.add_argument("--parts", default="ranker,recipe", help="ranker, recipe or both")
    return made.parse_args(arguments)
