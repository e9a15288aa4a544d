"""The smallest training that yields a ranker, made once for all tests."""

from __future__ import annotations

from functools import cache

from recommender.ranking.bundle import pack
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.training import Progress, Trained, TrainingConfig, train
from tests.recommender.contract import contract_corpus
from tests.shared import shared

TINY = {"steps": 20, "look_every": 10, "batch": 16}


def train_tiny() -> tuple[Trained, list[Progress]]:
    """Train a ranker of the contract's movies; return what it told of its progress, too."""
    seen: list[Progress] = []
    return train(contract_corpus(), TrainingConfig(**TINY), seen.append), seen  # type: ignore[arg-type]  # fields by name


def tiny() -> Trained:
    """Return such a ranker."""
    return _trained()[0]


def tiny_progress() -> list[Progress]:
    """Return what its training told of its progress."""
    return _trained()[1]


@cache
def _trained() -> tuple[Trained, list[Progress]]:
    return shared("tiny", train_tiny)


@cache
def tiny_files() -> dict[str, bytes]:
    """Return its bundle's files."""
    return files_of(tiny())


def files_of(trained: Trained) -> dict[str, bytes]:
    return pack(trained.retrieval, trained.network, trained.model)


def tiny_manifest() -> dict[str, object]:
    """Return the part of a manifest that a bundle needs to be loaded."""
    calibration = tiny().calibration
    return {
        "features": [list(PAIR_FEATURES), list(PERSON_FEATURES)],
        "calibration": {"slope": calibration.slope, "offset": calibration.offset},
    }
