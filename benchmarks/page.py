"""docs/performance.md: the newest figures of each benchmark, as it left them in build/: `python -m benchmarks page`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import BUILD, say_value

PAGE: Final = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN: Final = "<!-- figures of make bench: begin -->"
END: Final = "<!-- figures of make bench: end -->"
SHOWN: Final = ("chat", "start", "demo", "training", "stress", "serving_scale")


def main(arguments: Sequence[str] = ()) -> None:
    """Write the tables between the marks of the page; what was not measured here stays out."""
    found = [BUILD / f"{name}.json" for name in SHOWN]
    tables = [as_table(json.loads(file.read_text(encoding="utf-8"))) for file in found if file.exists()]
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text("\n\n".join([f"{before}{BEGIN}", *tables, f"{END}{after}"]), encoding="utf-8")


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
