"""One training in a process of its own, so that its memory is its own: run by `python -m benchmarks scale`.

Prints one JSON object: how long each stage took, the most memory it held, and how good the lists are.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.figures import progress
from benchmarks.generator import generate
from recommender.data.corpus import Corpus
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import evaluate
from recommender.training.tables import learn_tables
from recommender.training.training import TrainingConfig, prepare, train_on

# Named before anything loads TensorFlow.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

JUDGE_SEED: Final = 5
KIB_PER_GIB: Final = 1024**2


@dataclass(slots=True)
class Stages:
    """Seconds and peak memory by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_gib: dict[str, float] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def note(self, name: str) -> None:
        """Count what was done since the last note under this name."""
        now = time.monotonic()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._began
        self.peak_gib[name] = max(self.peak_gib.get(name, 0.0), _reset_peak())
        self._began = now

    def end(self, name: str) -> None:
        """Count it, and say what it came to."""
        self.note(name)
        progress(f"  {name}: {self.seconds[name]:.0f} s, {self.peak_gib[name]:.2f} GiB")

    def plain(self) -> dict[str, dict[str, float]]:
        """Return both, rounded."""
        columns = {"seconds": self.seconds, "peak_gib": self.peak_gib}
        return {key: {name: round(value, 2) for name, value in column.items()} for key, column in columns.items()}


def main(arguments: Sequence[str]) -> None:
    """Train once as told and print what it took."""
    options = _parse(arguments)
    stages = Stages()
    corpus = generate(round(options.millions * 1e6))
    people = np.random.default_rng(JUDGE_SEED).permutation(corpus.user_count)
    judges = min(options.judges, corpus.user_count // 5)
    train = corpus.only(people[judges:])
    ladder = build_ladder(corpus, people[:judges])
    counts = {"ratings": corpus.rating_count, "people": corpus.user_count, "films": len(corpus.movies)}
    del corpus
    stages.end("generating")
    result = measure(train, options, stages)
    ndcg = evaluate(result.pop("ranker"), ladder, train).ndcg  # (rungs, people)
    stages.end("judging")
    floor = evaluate(fit_popular_in_genres(train), ladder, train).ndcg
    found = {
        "ndcg": ndcg.mean(axis=0).round(5).tolist(),
        "ndcg_by_rung": ndcg.mean(axis=1).round(5).tolist(),
        "floor_by_rung": floor.mean(axis=1).round(5).tolist(),
    }
    print(json.dumps({"millions": options.millions, **counts, **stages.plain(), **result, **found}), flush=True)


def measure(train: Corpus, options: argparse.Namespace, stages: Stages) -> dict[str, Any]:
    """Train with a note of each stage; all of it is one `reelmate retrain` without its gate."""
    config = TrainingConfig(**_settings(options))
    if options.once:
        learn_tables(train, config.table_people)
        stages.end("tables, once")
    training_data = prepare(train, config)
    stages.end("tables and onboardings")
    trained = train_on(training_data, config, lambda state: stages.note("fitting"))
    stages.end("export")
    report = {name: trained.report[name] for name in ("examples", "steps", "parameters", "validation_ndcg")}
    return {**report, "ranker": trained.ranker(), "learned_from": options.people}


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that a sample of people comes to."""
    settings: dict[str, Any] = {}
    if options.people is not None:
        settings |= {"table_people": options.people, "most_people": min(options.people, options.onboardings)}
    return settings


def _reset_peak() -> float:
    """Return the most memory held since the last call in GiB; where the system cannot reset it, since the start."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        progress("  peak memory cannot be reset here: later stages repeat the largest")
    return peak / KIB_PER_GIB


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale_run", description=__doc__)
    parser.add_argument("millions", type=float, help="millions of ratings")
    parser.add_argument("--people", type=int, help="learn tables from so many, and the network from no more than these")
    usual = TrainingConfig().most_people
    parser.add_argument("--onboardings", type=int, default=usual, help="of so many at most the network learns")
    parser.add_argument("--judges", type=int, default=1_000, help="people held out to judge")
    parser.add_argument("--no-tables-once", dest="once", action="store_false", help="do not time the tables alone")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
