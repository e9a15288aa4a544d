"""Figures: what a benchmark measured, beside what is to be reached, for people and for programs."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final, Literal

SCHEMA_VERSION: Final = 1
REPEATS: Final = 5  # medians of five
BUILD: Final = Path(__file__).parent.parent / "build"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity.

    Attributes:
        runs: one value per repeat; the median is the figure.
        target: what to reach; None where the value only stands beside another.
        reached_when: on which side of the target it is reached.
    """

    name: str
    runs: tuple[float, ...]
    unit: str
    target: float | None = None
    reached_when: Literal["at most", "at least"] = "at most"

    @property
    def value(self) -> float:
        return median(self.runs)

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the target is reached; None without one."""
        if self.target is None:
            return None
        return self.value <= self.target if self.reached_when == "at most" else self.value >= self.target


def parser(name: str, purpose: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every benchmark has."""
    made = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=purpose)
    made.add_argument("--repeats", type=int, default=REPEATS, help=f"runs to take medians of; default {REPEATS}")
    made.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    return made


def publish(name: str, arguments: Sequence[str], figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures under their command and keep them in build/<name>.json."""
    content = as_object(name, arguments, figures)
    BUILD.mkdir(exist_ok=True)
    (BUILD / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=1) if as_json else as_text(content), flush=True)


def as_object(name: str, arguments: Sequence[str], figures: Sequence[Figure]) -> dict[str, Any]:
    """Return everything there is to say as plain values."""
    head = {"schema_version": SCHEMA_VERSION, "command": " ".join(["python -m benchmarks", name, *arguments])}
    return {**head, "machine": machine(), "figures": [_plain(figure) for figure in figures]}


def as_text(content: dict[str, Any]) -> str:
    """Return the same for reading."""
    lines = ["", f"$ {content['command']}", f"  on {content['machine']['summary']}"]
    width = max((len(figure["name"]) for figure in content["figures"]), default=0)
    lines += [f"  {figure['name']:<{width}}  {_sentence(figure)}" for figure in content["figures"]]
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """Return what was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0]
    versions = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return {"cores": cores, "load": load, "summary": f"{cores} cores, {versions}, load average {load:.1f}"}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of all do not exceed (nearest rank)."""
    if not values:
        raise ValueError("a percentile needs values. Received: none")
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def say_value(value: float) -> str:
    """Return a number with three digits that mean something."""
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def progress(sentence: str) -> None:
    """Say on stderr what is being measured, so that stdout holds the figures alone."""
    print(sentence, file=sys.stderr, flush=True)


def _plain(figure: Figure) -> dict[str, Any]:
    target = None if figure.target is None else f"{figure.reached_when} {figure.target:g}"
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "runs": list(figure.runs),
        "target": target,
        "reached": figure.is_reached,
    }


def _sentence(figure: dict[str, Any]) -> str:
    said = f"{say_value(figure['value'])} {figure['unit']}".rstrip()
    if len(figure["runs"]) > 1:
        said += f" ({say_value(min(figure['runs']))} to {say_value(max(figure['runs']))})"
    if figure["target"] is None:
        return said
    return f"{said}, target {figure['target']}: {'reached' if figure['reached'] else 'MISSED'}"
