"""Which rankers are judged: those named, or our own, and how models among them are fitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.commands.names import parse_names
from recommender.data.corpus import Corpus
from recommender.evaluation.foreign import place_of_scores
from recommender.evaluation.registry import OWN, RankerEntry, known_rankers, model_rankers

# Whom the others are compared with, where it is among them.
OURS: Final = "embedding_mlp"


def choose_rankers(rankers: str | None, scores: Sequence[str] = ()) -> dict[str, str]:
    """Return the places of the rankers named, without names of our own, and of others' scores by their class's name.

    Args:
        scores: where each class is, "FILE.py:NAME" or "MODULE:NAME".

    Raises:
        CommandError: a name that is no ranker's.
    """
    others = {place.rpartition(":")[2]: place_of_scores(place) for place in scores}
    if rankers is None:
        return {**OWN, **others}
    known = known_rankers()
    return {name: known[name] for name in parse_names(rankers, known, "--rankers")} | others


def choose_models(rankers: str | None, subject: str) -> dict[str, str]:
    """Return the places of the models named; without names, of our own. Other rankers know no chance of a like.

    Args:
        subject: what they are asked about, for the error.

    Raises:
        CommandError: a name that is no model's.
    """
    known = model_rankers()
    return {name: known[name] for name in parse_names(rankers or OURS, known, f"--rankers {subject}")}


def fit_with_defaults(entry: RankerEntry) -> Callable[[Corpus], Any]:
    """Return how a model is fitted with the first settings of its grid."""
    return lambda train: entry.fit(train, entry.grid[0])
