"""Search spaces: which settings a ranker has besides those it shares, and how far each may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Between:
    """A number from `low` to `high`, both included; by orders of magnitude where `log`."""

    low: float
    high: float
    log: bool = False

    def holds(self, value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values."""

    options: tuple[Any, ...]

    def holds(self, value: object) -> bool:
        return not isinstance(value, bool) and value in self.options

    def __str__(self) -> str:
        return f"one of {', '.join(map(str, self.options))}"


Space = Mapping[str, Between | OneOf]

# How any ranker is fitted: fields of TrainingConfig.
FITTING: Final[Space] = {
    "learning_rate": Between(3e-4, 1e-2, log=True),
    "weight_decay": Between(1e-6, 1e-2, log=True),
    "epochs": Between(0.5, 4.0),
    "batch": OneOf((32, 64, 128)),
    "evenness": Between(0.0, 1.0),
}
# What a second output trained beside choosing weighs; a regression fitted to the end has no weight.
LIKING: Final[Space] = {"liking_weight": Between(0.03, 3.0, log=True)}
# What every ranker has.
SHARED: Final[Space] = {**FITTING, **LIKING}
# Fields of ModelConfig, by the part of a network that reads them.
FILM_IDS: Final[Space] = {"film_size": OneOf((8, 16, 32))}
EMBEDDED: Final[Space] = {
    **FILM_IDS,
    "genre_size": OneOf((4, 8, 16)),
    "film_dropout": Between(0.0, 0.9),
    "film_decay": Between(1e-5, 1.0, log=True),
}
MLP: Final[Space] = {"hidden": OneOf(((32, 16), (64, 32), (128, 64))), "dropout": Between(0.0, 0.6)}
