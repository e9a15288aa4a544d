"""How figures and differences are said, where some have none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands.evaluate.source import Source
from bot.commands.output import print_json


def spread(found: Mapping[str, float | None] | None, digits: int = 3) -> str:
    """Return a difference with its interval; a dash where there is none."""
    if found is None or None in found.values():
        return "-"
    return f"{found['mean']:+.{digits}f} [{found['low']:+.{digits}f}, {found['high']:+.{digits}f}]"


def figure(value: float | None) -> str:
    """Return a figure of four digits; a dash where there is none."""
    return "-" if value is None else f"{value:.4f}"


def print_by_ranker(
    source: Source,
    described: Mapping[str, Mapping[str, Any]],
    show: Callable[[str, str, Mapping[str, Any]], None],
    *,
    folds: int,
    seconds: float,
    as_json: bool,
) -> None:
    """Print every ranker's figures: one JSON object, or what `show` prints of a ranker by its name and the corpus's."""
    if as_json:
        print_json({**source.origin(), "seconds": round(seconds, 1), "folds": folds, "rankers": described})
        return
    for name, figures in described.items():
        show(name, source.name, figures)
