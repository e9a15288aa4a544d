"""Settings with a known best: what a search is tried on without a training."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from recommender.evaluation.tuning import OnRung, Worth
from recommender.training.models.space import Between, OneOf, Space

SPACE: Final[Space] = {"pace": Between(0.001, 1.0, log=True), "hidden": OneOf(((32, 16), (64, 32)))}
USUAL: Final = {"pace": 0.9, "hidden": (32, 16)}


@dataclass(slots=True)
class Paraboloid:
    """Settings are worth the more, the nearer the pace is to 0.03; the larger network is worth .1 more."""

    steps: int = 6
    fails_at: int = 0
    tried: list[Mapping[str, Any]] = field(default_factory=list)

    def judge(self, settings: Mapping[str, Any], on_rung: OnRung) -> Worth:
        self.tried.append(settings)
        if len(self.tried) == self.fails_at:
            raise KeyboardInterrupt
        worth = 0.5 - abs(np.log10(settings["pace"] / 0.03)) / 10 + 0.1 * (settings["hidden"] == [64, 32])
        for step in range(1, self.steps + 1):
            on_rung(step, worth)
        return Worth(worth, worth, np.full(4, worth))


@dataclass(slots=True)
class Fatal:
    """Ends the process it is tried in."""

    steps: int = 1

    def judge(self, settings: Mapping[str, Any], on_rung: OnRung) -> Worth:
        os._exit(1)
