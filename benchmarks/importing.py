"""Importing a release: seconds and memory of `reelmate import movielens`, beside those of another revision."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.figures import BUILD, Figure, parser, progress, publish
from benchmarks.generator import generate
from benchmarks.processes import ROOT
from bot.catalogue.corpora import list_corpora

# How much longer than another revision ours may take.
MOST_TIME: Final = 1.1
OURS: Final = "ours"


@dataclass(frozen=True, slots=True)
class Import:
    """What one import cost; `processor_s` is what other work on the machine stretches least."""

    ratings: int
    seconds: float
    processor_s: float
    peak_mb: float


def main(arguments: Sequence[str] = ()) -> None:
    """Import every release with every version of the code in turn, and publish what it took."""
    options = _parse(arguments)
    releases = [Path(options.corpus)] if options.corpus else []
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # an import's peak would count what we held at its start
        releases += pool.map(partial(generated_release, BUILD), options.millions)
    figures = list[Figure]()
    with _unpacked(options.against) as trees:
        for release in releases:
            import_once(ROOT, release)  # the page cache and compiled files are there for all
            imports: dict[str, list[Import]] = {name: [] for name in trees}
            for repeat in range(options.repeats):
                for name, tree in trees.items():
                    progress(f"run {repeat + 1} of {options.repeats}: {release.name}, {name}")
                    imports[name].append(import_once(tree, release))
            figures += figures_of(release.name, imports)
    publish("importing", arguments, figures, as_json=options.as_json)


def generated_release(room: Path, millions: float) -> Path:
    """Return a release of so many generated ratings in the CSV layout, written once."""
    folder = room / f"generated-{millions:g}m"
    if (folder / "ratings.csv").exists():
        return folder
    progress(f"writing {folder.name}, once ...")
    folder.mkdir(parents=True, exist_ok=True)
    corpus = generate(round(millions * 1e6))
    ids = np.array([movie.id for movie in corpus.movies])
    titles, genres = [movie.label for movie in corpus.movies], ["|".join(movie.genres) for movie in corpus.movies]
    users, rated = corpus.user_ids[corpus.user_rows], ids[corpus.movie_rows]
    tables: dict[str, dict[str, Any]] = {
        "movies": {"movieId": ids, "title": titles, "genres": genres},
        "links": {"movieId": ids, "imdbId": ids, "tmdbId": ids},
        "ratings": {"userId": users, "movieId": rated, "rating": corpus.stars, "timestamp": corpus.times},
    }
    for name, columns in tables.items():
        aside = folder / f"{name}.part"
        pd.DataFrame(columns).to_csv(aside, index=False)
        aside.rename(folder / f"{name}.csv")
    return folder


def import_once(tree: Path, release: Path) -> Import:
    """Import a release into an empty data directory with the code of a tree, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="reelmate-importing-") as data_dir:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REELMATE_")}
        command = [sys.executable, "-m", "bot", "--data-dir", data_dir, "import", "movielens", str(release.absolute())]
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=tree,
            env={**kept, "PYTHONPATH": str(tree)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"the import of {release.name} must work. Received: exit code {process.returncode}")
        [card] = list_corpora(Path(data_dir))
    return Import(card.rating_count, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def figures_of(release: str, imports: Mapping[str, Sequence[Import]]) -> list[Figure]:
    """Return what was measured of one release, the ratios first."""
    figures = list[Figure]()
    for name, runs in imports.items():
        if name != OURS:
            pairs = list(zip(imports[OURS], runs, strict=True))
            told = f"{release}, ours / {name}"
            processor_times = tuple(one.processor_s / other.processor_s for one, other in pairs)
            figures += [
                Figure(f"{told}: time", tuple(one.seconds / other.seconds for one, other in pairs), "times", MOST_TIME),
                Figure(f"{told}: processor time", processor_times, "times", MOST_TIME),
                Figure(f"{told}: peak memory", tuple(one.peak_mb / other.peak_mb for one, other in pairs), "times", 1),
            ]
    for name, runs in imports.items():
        told = f"{release}, {name}"
        figures += [
            Figure(f"{told}: time", tuple(run.seconds for run in runs), "s"),
            Figure(f"{told}: processor time", tuple(run.processor_s for run in runs), "s"),
            Figure(f"{told}: ratings a second", tuple(run.ratings / run.seconds for run in runs), "/s"),
            Figure(f"{told}: peak memory", tuple(run.peak_mb for run in runs), "MB"),
        ]
    return figures


@contextmanager
def _unpacked(revision: str | None) -> Iterator[dict[str, Path]]:
    """Lay the code of a revision beside ours; without one, ours stands alone."""
    with tempfile.TemporaryDirectory(prefix="reelmate-revision-") as room:
        trees = {OURS: ROOT}
        if revision:
            name = _git("rev-parse", "--short", revision).strip()
            _git("archive", "--output", f"{room}/tree.tar", revision)
            with tarfile.open(f"{room}/tree.tar") as packed:
                packed.extractall(f"{room}/{name}", filter="data")
            trees[name] = Path(room, name)
        yield trees


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("importing", __doc__ or "")
    made.add_argument("--corpus", default=os.environ.get("REELMATE_MOVIELENS"), help="a release's folder")
    made.add_argument("--millions", type=float, nargs="*", default=[1], help="millions of generated ratings")
    made.add_argument("--against", metavar="REVISION", help="a git revision to import with, too, in turn")
    return made.parse_args(arguments)
