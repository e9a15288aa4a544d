"""Fitting a ranker on examples, with a look at validation people now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from recommender.data.metrics import LIST_LENGTH, ndcg
from recommender.ranking.inputs import CANDIDATES
from recommender.training.examples import Examples
from recommender.training.liking import fit_liking
from recommender.training.losses import choice_loss, liking_loss
from recommender.training.models import build_model
from recommender.training.models.config import ModelConfig

# Weights are averaged over about 1 / (1 - momentum) steps: no schedule to fit to the data's size.
AVERAGING: Final = 0.96
BATCH_OF_LOOK: Final = 256
# So few steps are done before a graph for them would be traced.
UNTRACED_STEPS: Final = 10

Logits = tuple[NDArray[np.float32], NDArray[np.float32]]
OnStep = Callable[[int, float, float | None], None]


@dataclass(frozen=True, slots=True)
class FitConfig:
    """How a ranker is fitted; see TrainingConfig, which it is part of."""

    model: str
    seed: int
    steps: int
    look_every: int
    batch: int
    learning_rate: float
    weight_decay: float
    liking_weight: float
    evenness: float


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A fitted network, and every look at validation people: step, loss and NDCG."""

    network: keras.Model
    looks: list[dict[str, float]]


def fit(
    examples: Examples,
    validation: Examples | None,
    config: FitConfig,
    model: ModelConfig,
    on_step: OnStep,
    start: Callable[[keras.Model], None] | None = None,
) -> Fitted:
    """Fit a network; validation people, where given, show how it goes; liking, which has no steps, learns from them.

    Args:
        start: gives the network other weights than random ones, which are then moved a little; liking stays as it was.
    """
    likes = (examples.chosen == 1).sum(axis=1)  # (examples,)
    usual = float(np.where(likes > 0, np.maximum(likes, 1) ** (1 - config.evenness), 0).mean())
    network = _compiled(config, model, usual=max(1.0, usual))
    _make_variables(network, examples.at(np.arange(1)))
    if start is not None:
        start(network)
    batches, looks = _batches(examples, config.batch, config.seed), list[dict[str, float]]()
    for step in range(1, config.steps + 1):
        loss = _train_on(network, next(batches))
        if validation is not None and (step % config.look_every == 0 or step == config.steps):
            ndcg = validation_ndcg(logits(network, validation, _averaged(network))[0], validation)
            looks.append({"step": step, "loss": round(loss, 5), "ndcg": round(ndcg, 5)})
        on_step(step, loss, looks[-1]["ndcg"] if looks else None)
    network.set_weights(_averaged(network))
    if start is None:
        fit_liking(network, [examples] if validation is None else [examples, validation])
    return Fitted(network, looks)


def logits(network: keras.Model, examples: Examples, weights: list[NDArray[np.float32]] | None = None) -> Logits:
    """Return choice and liking logits, under other weights than the network's own if given.  (examples, films) each"""
    own = network.get_weights()
    network.set_weights(weights or own)
    starts = range(0, len(examples), BATCH_OF_LOOK)
    parts = [_logits_of(network, examples, slice(start, start + BATCH_OF_LOOK)) for start in starts]
    network.set_weights(own)
    return np.concatenate([choice for choice, _ in parts]), np.concatenate([liking for _, liking in parts])


def validation_ndcg(scores: NDArray[np.float32], examples: Examples) -> float:
    """Return the mean NDCG@10 of candidate scores.  scores: (examples, CANDIDATES + RATED)"""
    candidates = np.where(examples.chosen[:, :CANDIDATES] >= 0, scores[:, :CANDIDATES], -np.inf)
    top = np.argsort(-candidates, axis=1, kind="stable")[:, :LIST_LENGTH]
    hits = np.take_along_axis(examples.chosen[:, :CANDIDATES], top, axis=1) == 1  # (examples, 10)
    judged = examples.targets > 0
    return float(ndcg(hits[judged], examples.targets[judged]).mean()) if judged.any() else 0.0


def _compiled(config: FitConfig, model: ModelConfig, *, usual: float) -> keras.Model:
    network = build_model(config.model, model.with_seed(config.seed))
    optimizer = keras.optimizers.AdamW(
        config.learning_rate, weight_decay=config.weight_decay, use_ema=True, ema_momentum=AVERAGING
    )
    network.compile(
        optimizer,
        loss={"choice": choice_loss(usual, config.evenness), "liking": liking_loss},
        loss_weights={"choice": 1.0, "liking": config.liking_weight},
        jit_compile=False,
        run_eagerly=config.steps <= UNTRACED_STEPS,
    )
    return network


def _make_variables(network: keras.Model, batch: Examples) -> None:
    """Make the optimizer's variables and those that count losses: else the first step does, and is traced twice."""
    network.optimizer.build(network.trainable_variables)
    inputs, targets = _inputs(network, batch), {"choice": batch.chosen, "liking": batch.liked}
    network.compute_loss(inputs, targets, network(inputs))


def _averaged(network: keras.Model) -> list[NDArray[np.float32]]:
    """Return the weights with the trained ones averaged over the last steps (Polyak and Juditsky 1992)."""
    own = network.get_weights()
    network.optimizer.finalize_variable_values(network.trainable_variables)
    averaged: list[NDArray[np.float32]] = network.get_weights()
    network.set_weights(own)
    return averaged


def _train_on(network: keras.Model, batch: Examples) -> float:
    targets = {"choice": batch.chosen, "liking": batch.liked}
    return float(np.ravel(network.train_on_batch(_inputs(network, batch), targets))[0])


def _inputs(network: keras.Model, batch: Examples) -> dict[str, NDArray[np.generic]]:
    return {node.name: getattr(batch, node.name) for node in network.inputs}


def _batches(examples: Examples, size: int, seed: int) -> Iterator[Examples]:
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(examples))
        for start in range(0, max(1, len(order) - size + 1), size):
            yield examples.at(np.sort(order[start : start + size]))


def _logits_of(network: keras.Model, examples: Examples, places: slice) -> Logits:
    output = network({node.name: getattr(examples, node.name)[places] for node in network.inputs}, training=False)
    return keras.ops.convert_to_numpy(output["choice"]), keras.ops.convert_to_numpy(output["liking"])
