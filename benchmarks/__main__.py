"""Run benchmarks by name, or all of them: `python -m benchmarks [NAME [OPTIONS]]`."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = (
    "chat",
    "start",
    "demo",
    "serving",
    "nights",
    "importing",
    "training",
    "stress",
    "past",
    "page",
    "pictures",
    "inline",
    "statistics",
    "incremental",
    "likes",
    "new_films",
    "dial",
    "wishes",
    "quality",
    "published",
)
# Run by name only: they take from a quarter of an hour to as long as they are told, or draw reports that are given.
LONG = ("models", "wildcards", "scale", "serving_scale", "soak", "kills", "interviews")


def main(arguments: list[str]) -> None:
    """Run the benchmark named first, with the rest as its options; without a name, all but the long ones."""
    names = arguments[:1] or BENCHMARKS
    for name in names:
        if name not in (*BENCHMARKS, *LONG):
            sys.exit(f"a benchmark must be one of {', '.join((*BENCHMARKS, *LONG))}. Received: {name}")
        import_module(f"benchmarks.{name}").main(arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
