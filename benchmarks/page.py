"""docs/performance.md: the newest figures of each benchmark, as it left them in build/: `python -m benchmarks page`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from benchmarks.figures import BUILD, say_value
from benchmarks.markdown import DOCS, write_between_marks

# Each benchmark that has a table, in the page's order, and what its table shows.
SHOWN: Final = {
    "chat": "How many taps the bot takes, and how soon a tap shows.",
    "start": "How soon the bot polls and what it holds in memory, ours and with Keras.",
    "demo": "How soon a demo recommends, by popularity and by its own model.",
    "training": "How long our ranker trains, and the courses' network by their recipe and by ours.",
    "stress": "How the bot bears a crowd at once, and one person who cannot stop tapping.",
    "nights": "How soon a movie night of eight has its films.",
    "serving_scale": "What a list over 87,000 films takes in time and memory, and what candidates cost in quality.",
}


def main(arguments: Sequence[str] = ()) -> None:
    """Write the tables between the marks of the page; what was not measured here stays out."""
    tables = [
        f"{sentence} {as_table(json.loads(file.read_text(encoding='utf-8')))}"
        for name, sentence in SHOWN.items()
        if (file := BUILD / f"{name}.json").exists()
    ]
    write_between_marks(DOCS / "performance.md", "\n\n".join(tables), "make bench")


def as_table(content: dict[str, Any]) -> str:
    """Return one benchmark's figures under its command, as Markdown."""
    lines = [f"`{content['command']}` on {content['machine']['summary']}:", ""]
    lines += ["| figure | median | range | target | |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(_row(figure) for figure in content["figures"])])


def _row(figure: dict[str, Any]) -> str:
    runs, unit = figure["runs"], figure["unit"]
    spread = f"{say_value(min(runs))} to {say_value(max(runs))} ({len(runs)} runs)" if len(runs) > 1 else "one run"
    mark = {None: "", True: "reached", False: "**missed**"}[figure["reached"]]
    value = f"{say_value(figure['value'])} {unit}".rstrip()
    return f"| {figure['name']} | {value} | {spread} | {figure['target'] or ''} | {mark} |"
