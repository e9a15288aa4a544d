"""Fitting the towers of a ranker on examples, with a look at validation people now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from recommender.dataset import CANDIDATES, Examples
from recommender.evaluation import DISCOUNTS, LIST_LENGTH
from recommender.models import build_model
from recommender.models.config import ModelConfig
from recommender.models.liking import fit_liking
from recommender.models.losses import choice_loss, liking_loss

# Looks at validation people without a better NDCG before training stops.
PATIENCE: Final = 4
# A later look must be better by this much: validation people are few, and less training is safer.
LEAST_GAIN: Final = 0.002
# Weights are averaged over about 1 / (1 - momentum) steps: smoother looks, and no schedule to fit to the data's size.
AVERAGING: Final = 0.96
BATCH_OF_LOOK: Final = 256

Logits = tuple[NDArray[np.float32], NDArray[np.float32]]
OnStep = Callable[[int, float, float | None], None]


@dataclass(frozen=True, slots=True)
class FitConfig:
    """How towers are fitted; see TrainingConfig, which it is part of."""

    model: str
    seed: int
    towers: int
    steps: int
    look_every: int
    batch: int
    learning_rate: float
    weight_decay: float
    liking_weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Towers as they were at the best look, and every look: step, loss and NDCG."""

    towers: list[keras.Model]
    looks: list[dict[str, float]]


def fit(
    examples: Examples,
    validation: Examples | None,
    config: FitConfig,
    model: ModelConfig,
    on_step: OnStep,
    start: Callable[[Sequence[keras.Model]], None] | None = None,
) -> Fitted:
    """Fit every tower in step; validation people, where given, say when to stop.

    Args:
        start: gives the towers other weights than random ones, which are then moved a little; liking stays as it was.
    """
    likes = max(1.0, float((examples.chosen == 1).sum(axis=1).mean()))
    towers = [_tower(config, model, number, likes) for number in range(config.towers)]
    if start is not None:
        start(towers)
    batches = _batches(examples, config.batch, config.seed)
    looks: list[dict[str, float]] = []
    best: list[list[NDArray[np.float32]]] = []
    every = min(config.steps, config.look_every)
    for step in range(1, config.steps + 1):
        loss = float(np.mean([_train_on(tower, next(batches)) for tower in towers]))
        if validation is not None and step % every == 0:
            averaged = [_averaged(tower) for tower in towers]
            ndcg = validation_ndcg(logits(towers, validation, averaged)[0], validation)
            if ndcg >= max((look["best"] for look in looks), default=-1.0) + LEAST_GAIN:
                best = averaged
            looks.append(_look(step, loss, ndcg, looks))
            if step - looks[-1]["best_step"] >= PATIENCE * every:
                break
        on_step(step, loss, looks[-1]["ndcg"] if looks else None)
    for tower, weights in zip(towers, best or [_averaged(tower) for tower in towers], strict=True):
        tower.set_weights(weights)
    if start is None:
        fit_liking(towers, examples)
    return Fitted(towers, looks)


def _look(step: int, loss: float, ndcg: float, before: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return what a look saw, and the best look so far by more than LEAST_GAIN."""
    best, best_step = (before[-1]["best"], before[-1]["best_step"]) if before else (-1.0, step)
    if ndcg >= best + LEAST_GAIN:
        best, best_step = ndcg, step
    return {"step": step, "loss": round(loss, 5), "ndcg": round(ndcg, 5), "best": best, "best_step": best_step}


def logits(
    towers: Sequence[keras.Model], examples: Examples, weights: Sequence[list[NDArray[np.float32]]] | None = None
) -> Logits:
    """Return the towers' mean choice and liking logits, under other weights than their own if given.

    (examples, films) each
    """
    own = [tower.get_weights() for tower in towers]
    for tower, given in zip(towers, weights or own, strict=True):
        tower.set_weights(given)
    parts = [
        _logits_of(towers, examples, slice(at, at + BATCH_OF_LOOK)) for at in range(0, len(examples), BATCH_OF_LOOK)
    ]
    for tower, given in zip(towers, own, strict=True):
        tower.set_weights(given)
    return np.concatenate([choice for choice, _ in parts]), np.concatenate([liking for _, liking in parts])


def validation_ndcg(scores: NDArray[np.float32], examples: Examples) -> float:
    """Return the mean NDCG@10 of candidate scores.  scores: (examples, CANDIDATES + RATED)"""
    candidates = np.where(examples.chosen[:, :CANDIDATES] >= 0, scores[:, :CANDIDATES], -np.inf)
    top = np.argsort(-candidates, axis=1, kind="stable")[:, :LIST_LENGTH]
    hits = np.take_along_axis(examples.chosen[:, :CANDIDATES], top, axis=1) == 1  # (examples, 10)
    judged = examples.targets > 0
    ideal = np.cumsum(DISCOUNTS)[np.minimum(LIST_LENGTH, examples.targets[judged]) - 1]
    return float((hits[judged] @ DISCOUNTS[: hits.shape[1]] / ideal).mean()) if judged.any() else 0.0


def _tower(config: FitConfig, model: ModelConfig, number: int, likes: float) -> keras.Model:
    tower = build_model(config.model, model.with_seed(config.seed * 100 + number))
    optimizer = keras.optimizers.AdamW(
        config.learning_rate, weight_decay=config.weight_decay, use_ema=True, ema_momentum=AVERAGING
    )
    tower.compile(
        optimizer,
        loss={"choice": choice_loss(likes), "liking": liking_loss},
        loss_weights={"choice": 1.0, "liking": config.liking_weight},
        jit_compile=False,
    )
    return tower


def _averaged(tower: keras.Model) -> list[NDArray[np.float32]]:
    """Return the tower's weights with the trained ones averaged over the last steps (Polyak and Juditsky 1992)."""
    own = tower.get_weights()
    tower.optimizer.finalize_variable_values(tower.trainable_variables)
    averaged: list[NDArray[np.float32]] = tower.get_weights()
    tower.set_weights(own)
    return averaged


def _train_on(tower: keras.Model, batch: Examples) -> float:
    inputs = {node.name: getattr(batch, node.name) for node in tower.inputs}
    return float(np.ravel(tower.train_on_batch(inputs, {"choice": batch.chosen, "liking": batch.liked}))[0])


def _batches(examples: Examples, size: int, seed: int) -> Iterator[Examples]:
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(examples))
        for start in range(0, max(1, len(order) - size + 1), size):
            yield examples.at(np.sort(order[start : start + size]))


def _logits_of(towers: Sequence[keras.Model], examples: Examples, places: slice) -> Logits:
    outputs = [
        tower({node.name: getattr(examples, node.name)[places] for node in tower.inputs}, training=False)
        for tower in towers
    ]
    choice, liking = (
        np.mean([keras.ops.convert_to_numpy(output[name]) for output in outputs], axis=0)
        for name in ("choice", "liking")
    )
    return choice, liking
