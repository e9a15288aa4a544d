"""How training grows: time and memory at 0.1 to 32 million ratings, and how many people are enough to learn from.

Each training runs in a process of its own. What was measured is kept in build/scale.json, so that a later call may add
to it; tables go between the marks of docs/performance.md, and docs/scale.svg is drawn.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from benchmarks.figures import BUILD, machine, progress
from benchmarks.markdown import DOCS, as_table, write_between_marks
from benchmarks.scale_figure import draw_scale

KEPT: Final = BUILD / "scale.json"
COMMAND: Final = "python -m benchmarks scale"
SIZES: Final = "0.1,1,10,32"
PEOPLE: Final = "1000,4000,16000,50000"
# The network of each point of the curve learns from as many people's onboardings at most.
ONBOARDINGS: Final = 2_000
# The stages that a retraining consists of.
TRAINING: Final = ("tables and onboardings", "fitting", "export")

Run = Mapping[str, Any]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure what is asked for, and write down all that is known."""
    options = _parse(arguments)
    wanted = [("sizes", size, [size]) for size in _numbers(options.sizes)]
    curve = [f"{options.curve_size:g}", "--onboardings", str(ONBOARDINGS), "--no-tables-once"]
    wanted += [("curve", people, [*curve, "--people", people]) for people in _numbers(options.people)]
    for part, name, told in wanted:
        progress(f"{part}: {' '.join(told)}")
        _keep(part, name, {**_run(told), "machine": machine()["summary"]})
    page = as_page(_kept())
    print(page)
    if options.write:
        write_between_marks(DOCS / "performance.md", page, COMMAND)
        draw_scale(_ordered(_kept()["sizes"]), _ordered(_kept()["curve"]), DOCS / "scale.svg")


def as_page(kept: Mapping[str, Mapping[str, Run]]) -> str:
    """Return both tables."""
    sizes, curve = _ordered(kept["sizes"]), _ordered(kept["curve"])
    parts = ["### Time and memory", *_size_table(sizes)] if sizes else []
    parts += ["### How many people are enough", *_curve_table(curve)] if curve else []
    return "\n\n".join(parts)


def training_seconds(run: Run) -> float:
    """Return how long a retraining took, without generating and judging."""
    return float(sum(run["seconds"].get(stage, 0) for stage in TRAINING))


def peak_gib(run: Run) -> float:
    """Return the most memory that training held."""
    return float(max(run["peak_gib"].get(stage, 0) for stage in TRAINING))


def mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard error."""
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))


def enough(curve: Sequence[Run]) -> Run:
    """Return the smallest sample within one standard error of the largest."""
    mean, error = mean_and_error(curve[-1]["ndcg"])
    return next(run for run in curve if float(np.mean(run["ndcg"])) >= mean - error)


def _size_table(sizes: Sequence[Run]) -> list[str]:
    head = ["ratings", "people", "films", "tables, once", *TRAINING, "together", "peak memory", "judging"]
    head += ["NDCG@10", "the floor's"]
    rows = []
    for run in sizes:
        mean, error = mean_and_error(run["ndcg"])
        counts = [f"{run[name]:,}" for name in ("ratings", "people", "films")]
        seconds = [f"{run['seconds'][stage]:.0f} s" for stage in ("tables, once", *TRAINING)]
        whole = [f"{training_seconds(run) / 60:.1f} min", f"{peak_gib(run):.2f} GiB"]
        whole.append(f"{run['seconds']['judging']:.0f} s for {len(run['ndcg']):,} people")
        quality = [f"{mean:.4f} ±{error:.4f}", f"{np.mean(run['floor_by_rung']):.4f}"]
        rows.append([*counts, *seconds, *whole, *quality])
    machines = sorted({f"{run['millions']:g} million on {run['machine']}" for run in sizes})
    return [as_table(head, rows), f"Measured with {'; '.join(machines)}."]


def _curve_table(curve: Sequence[Run]) -> list[str]:
    largest, rows = np.array(curve[-1]["ndcg"]), []
    for run in curve:
        mean, error = mean_and_error(run["ndcg"])
        less, spread = mean_and_error(np.array(run["ndcg"]) - largest)
        difference = "" if run is curve[-1] else f"{less:+.4f} ±{spread:.4f}"
        minutes, memory = f"{training_seconds(run) / 60:.1f} min", f"{peak_gib(run):.2f} GiB"
        rows.append([f"{run['learned_from']:,}", f"{mean:.4f} ±{error:.4f}", difference, minutes, memory])
    head = ["people learned from", "NDCG@10", "minus the largest, paired", "time", "peak memory"]
    found = f"{enough(curve)['learned_from']:,} is the smallest sample within one standard error of the largest."
    whole = f"{len(largest):,} held-out people; one network; {curve[-1]['people']:,} people are there to learn from."
    return [as_table(head, rows), f"{found} {whole}"]


def _run(told: Sequence[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale_run", *told]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _kept() -> dict[str, dict[str, Any]]:
    empty: dict[str, dict[str, Any]] = {"sizes": {}, "curve": {}}
    return empty | (json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {})


def _keep(part: str, name: str, run: Run) -> None:
    kept = _kept()
    kept[part][name] = run
    BUILD.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept) + "\n", encoding="utf-8")


def _ordered(runs: Mapping[str, Run]) -> list[Run]:
    return [runs[name] for name in sorted(runs, key=float)]


def _numbers(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=COMMAND, description="How training grows with ratings and people.")
    parser.add_argument("--sizes", default=SIZES, help="millions of ratings to train on; empty for none")
    parser.add_argument("--people", default=PEOPLE, help="people to learn from, for the curve; empty for none")
    parser.add_argument("--curve-size", type=float, default=10, help="millions of ratings that the curve is drawn over")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)
