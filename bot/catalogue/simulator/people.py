"""Simulated people: what each loves and dislikes in films, where they come from, how they rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.simulator.films import Films

# A taste is made of some of what is in a few films that somebody loves, and in a few they cannot stand; so what goes
# together in films goes together in tastes.
LOVED_FILMS: Final = 4
LOVED_FEATURES: Final = 4
HATED_FILMS: Final = 2
HATED_FEATURES: Final = 3
# The year whose films people feel at home in, and how far they differ. Who rates films is grown up, and rates those of
# their youth and before: docs/experiments.md says what else was tried.
ERA_MEAN: Final = 1990.0
ERA_SPREAD: Final = 13.0
ERA_RANGE: Final = (1950.0, 2022.0)
# Spread of what people differ in: how much better they know the well known, how strict they are (in stars).
BENT_SPREAD: Final = 0.25
STRICTNESS_SPREAD: Final = 0.42
# Who watches with children.
FAMILY_SHARE: Final = 0.25
# Ratings per person: MovieLens' median is about 70, its tail long; nobody comes with fewer than 20 there.
COUNT_MEDIAN: Final = 65.0
COUNT_SPREAD: Final = 0.55
COUNT_RANGE: Final = (25, 250)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Whom ratings come from.

    Attributes:
        tastes: features loved and disliked; twice is more.  (people, handful)
        signs: 1 where a feature is loved, -1 where it is disliked, 0 where there is none.  (people, handful)
        eras: the year they feel at home in.  (people,)
        bents: how steeply they go for the well known; 1 as most.  (people,)
        with_family: who watches with children.  (people,)
        strictness: in stars.  (people,)
        counts: films rated.  (people,)
    """

    tastes: NDArray[np.int64]
    signs: NDArray[np.float32]
    eras: NDArray[np.float32]
    bents: NDArray[np.float32]
    with_family: NDArray[np.bool_]
    strictness: NDArray[np.float32]
    counts: NDArray[np.int64]


def draw_people(people: int, films: Films, pull: NDArray[np.float32], rng: np.random.Generator) -> People:
    """Draw people over these films.

    Args:
        pull: log of how probably each film is among the loved ones, up to a constant.  (movies,)
    """
    movies = len(films.years)
    eras = np.clip(rng.normal(ERA_MEAN, ERA_SPREAD, people), *ERA_RANGE).astype(np.float32)
    tastes, signs = _draw_tastes(eras, films, pull, rng)
    counts = np.clip(np.round(rng.lognormal(np.log(COUNT_MEDIAN), COUNT_SPREAD, people)), *COUNT_RANGE)
    return People(
        tastes=tastes,
        signs=signs,
        eras=eras,
        bents=np.exp(BENT_SPREAD * rng.standard_normal(people)).astype(np.float32),
        with_family=rng.random(people) < FAMILY_SHARE,
        strictness=(STRICTNESS_SPREAD * rng.standard_normal(people)).astype(np.float32),
        counts=np.minimum(counts, max(1, movies // 2)).astype(np.int64),
    )


def _draw_tastes(
    eras: NDArray[np.float32], films: Films, pull: NDArray[np.float32], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    parts, signs = [], []
    for count, each, sign in ((LOVED_FILMS, LOVED_FEATURES, 1.0), (HATED_FILMS, HATED_FEATURES, -1.0)):
        for _ in range(count):
            chances = np.exp(pull - pull.max())
            rows = rng.choice(len(pull), len(eras), p=chances / chances.sum())  # (people,)
            picked = _pick_features(films.borne[rows], each, rng)  # (people, each)
            parts.append(np.maximum(picked, 0))
            signs.append(np.where(picked >= 0, sign, 0.0).astype(np.float32))
    return np.concatenate(parts, axis=1), np.concatenate(signs, axis=1)


def _pick_features(borne: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return some of each film's features, -1 where it has too few.  (people, count)"""
    order = np.argsort(rng.random(borne.shape) + (borne < 0), axis=1)[:, :count]
    return np.take_along_axis(borne, order, axis=1)
