"""What the ways of judging models share: which are named, how they are fitted, how differences are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands.errors import CommandError
from bot.commands.evaluating import OURS
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import RankerEntry, model_rankers


def parse_models(rankers: str | None, subject: str) -> dict[str, str]:
    """Return the places of the models named; without names, of our own. Other rankers know no chance of a like.

    Args:
        subject: what they are asked about, for the error.

    Raises:
        CommandError: a name that is no model's.
    """
    known, names = model_rankers(), [name.strip() for name in (rankers or OURS).split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        received = ", ".join(unknown) or "nothing"
        raise CommandError(f"--rankers {subject} must be among {', '.join(known)}. Received: {received}")
    return {name: known[name] for name in names}


def fit_with_defaults(entry: RankerEntry) -> Callable[[Corpus], Any]:
    """Return how a model is fitted with the first settings of its grid."""
    return lambda train: entry.fit(train, entry.grid[0])


def spread(found: Mapping[str, float | None] | None, digits: int = 3) -> str:
    """Return a difference with its interval; a dash where there is none."""
    if found is None or None in found.values():
        return "-"
    return f"{found['mean']:+.{digits}f} [{found['low']:+.{digits}f}, {found['high']:+.{digits}f}]"


def figure(value: float | None) -> str:
    """Return a figure of four digits; a dash where there is none."""
    return "-" if value is None else f"{value:.4f}"
