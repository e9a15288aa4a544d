"""Serving a published ranker in a process of its own, so that its memory is its own: run by `benchmarks serving`.

Prints one JSON object: how long each list took, what the process held, and what candidates cost in quality.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bot.app  # noqa: F401 - what a serving process holds besides
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.ladder import Ladder, build_ladder
from recommender.evaluation.ranking import Scorer, evaluate
from recommender.ranking.bundle import BundleStore
from recommender.ranking.ranker import Ranker

LIST_LENGTH = 5
SHORTEST, LONGEST = 20, 50
JUDGES = 200
MIB = 1024**2
PAGE_BYTES = 4096


class EveryFilm:
    """The same network, asked about every film instead of candidates."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self._rows = np.arange(len(ranker.retrieval.catalogue))[None]

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        scores: NDArray[np.float32] = self._ranker.run(self._ranker.feeds([profile], self._rows))[0][0]
        return scores


def keep_people(corpus: Corpus, file: Path) -> None:
    """Write people's ratings where `main` finds them."""
    names = ("user_ids", "starts", "movie_rows", "stars", "times")
    np.savez(file, **{name: getattr(corpus, name) for name in names})


def main(arguments: Sequence[str]) -> None:
    """Load the bundle of a folder, make lists for its people, and print what that took."""
    folder = Path(arguments[0])
    began = time.perf_counter()
    store = BundleStore(folder)
    ranker = store.load(str(store.current()))
    loading, loaded = time.perf_counter() - began, _resident_mib()
    with np.load(folder / "people.npz") as columns:
        people = Corpus(ranker.retrieval.catalogue.movies, **columns)
    seconds, cpu_seconds = zip(*(_seconds(ranker, profile) for profile in profiles(people)), strict=True)
    said = {"loading": loading, "loaded": loaded, "serving": _resident_mib()}
    print(json.dumps({**said, "seconds": seconds, "cpu_seconds": cpu_seconds}), flush=True)
    print(json.dumps(_quality(ranker, build_ladder(people, np.arange(people.user_count), most=JUDGES), people)))


def profiles(people: Corpus) -> list[Profile]:
    """Return people as they were after 20 to 50 ratings."""
    newcomers = build_ladder(people, np.arange(people.user_count), (LONGEST,)).newcomers
    sizes = np.random.default_rng(0).integers(SHORTEST, LONGEST + 1, len(newcomers))
    return [person.profile(int(k)) for person, k in zip(newcomers, sizes, strict=True)]


def _quality(ranker: Ranker, ladder: Ladder, people: Corpus) -> dict[str, Any]:
    """Return each judge's NDCG, mean over rungs, with candidates and with every film."""
    nobody = people.only(np.empty(0, dtype=np.int64))
    sides: dict[str, Scorer] = {"candidates": ranker, "every film": EveryFilm(ranker)}
    return {name: evaluate(side, ladder, nobody).ndcg.mean(axis=0).tolist() for name, side in sides.items()}


def _seconds(ranker: Ranker, profile: Profile) -> tuple[float, float]:
    """Return how long a list took, and how much of that this thread was let work."""
    began, worked = time.perf_counter(), time.thread_time()
    ranker.recommend(profile, LIST_LENGTH)
    return time.perf_counter() - began, time.thread_time() - worked


def _resident_mib() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / MIB


if __name__ == "__main__":
    main(sys.argv[1:])
