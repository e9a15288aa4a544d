"""Training a ranker: the only door that loads Keras and TensorFlow.

One cross-fitted set of onboardings serves all: validation people choose how long to train and calibrate "how sure",
then the network is fitted again on everybody.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.calibration import fit_calibration
from recommender.contenders import Contender, Settings
from recommender.corpus import Corpus
from recommender.dataset import CANDIDATES, Examples, simulate_onboardings
from recommender.errors import TrainingError
from recommender.evaluation import DISCOUNTS, LIST_LENGTH
from recommender.features import LONGEST_HISTORY
from recommender.models.config import ModelConfig
from recommender.ranker import Calibration, Ranker
from recommender.retrieval import PERSON_FEATURES, Retrieval
from recommender.tables import learn_tables

if TYPE_CHECKING:
    import keras

# Fewer people cannot be cross-fitted and held out for validation.
FEWEST_PEOPLE: Final = 10
VALIDATION_SHARE: Final = 0.15
MOST_VALIDATION_PEOPLE: Final = 500
# Validation looks without a better NDCG before training stops.
PATIENCE: Final = 4


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train; the defaults were chosen on validation people (docs/experiments.md).

    Attributes:
        towers: networks of different seeds whose logits are averaged.
        steps: at most; validation people stop it earlier.
        look_every: steps between two looks at validation people.
        liking_weight: weight of the liking loss beside the choice loss.
        most_people: whose onboardings the network learns from; the tables use everybody.
    """

    model: str = "embedding_mlp"
    seed: int = 0
    towers: int = 3
    steps: int = 300
    batch: int = 64
    learning_rate: float = 2e-3
    weight_decay: float = 1e-4
    liking_weight: float = 0.3
    look_every: int = 25
    most_people: int = 8_000


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training stands; `loss` and `ndcg` are None until the first look."""

    stage: str
    done: int
    total: int
    loss: float | None = None
    ndcg: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A trained ranker before it is a bundle.

    Attributes:
        network: ONNX bytes.
        model: the same network as a Keras archive's bytes.
        report: steps, losses, validation NDCG, device and seconds.
    """

    retrieval: Retrieval
    network: bytes
    model: bytes
    calibration: Calibration
    report: dict[str, Any]

    def ranker(self, version: str = "trained") -> Ranker:
        """Return what would serve."""
        return Ranker(self.retrieval, self.network, self.calibration, version)


def train(
    corpus: Corpus, config: TrainingConfig = TrainingConfig(), on_progress: Callable[[Progress], None] = lambda _: None
) -> Trained:
    """Train a ranker on a corpus.

    Raises:
        TrainingError: too few people, or nothing they liked after an onboarding.
    """
    started = time.monotonic()
    examples = _examples(corpus, config, on_progress)
    retrieval = learn_tables(corpus)
    device = _prepare(config.seed)
    validation = _validation_mask(examples, corpus.user_count, config.seed)
    fitter = _Fitter(config, retrieval, examples, on_progress)
    towers, history = fitter.fit(examples_at(examples, ~validation), examples_at(examples, validation))
    calibration = fit_calibration(*_rated_logits(towers, examples_at(examples, validation)))
    best = max(history, key=lambda look: look["ndcg"])
    steps = round(best["step"] / max(0.5, 1 - validation.mean()))
    final, _ = fitter.fit(examples, None, steps=steps)
    network, archive = export(final, config.seed)
    report = {"device": device, "steps": steps, "validation": history, "validation_ndcg": best["ndcg"]}
    report |= {
        "examples": len(examples),
        "parameters": int(final[0].count_params()),
        "seconds": time.monotonic() - started,
    }
    return Trained(retrieval, network, archive, calibration, report)


def examples_at(examples: Examples, mask: NDArray[np.bool_]) -> Examples:
    """Return the examples where the mask says so."""
    return Examples(**{name: getattr(examples, name)[mask] for name in Examples.__dataclass_fields__})


def validation_ndcg(scores: NDArray[np.float32], examples: Examples) -> float:
    """Return the mean NDCG@10 of candidate scores.  scores: (examples, CANDIDATES + RATED)"""
    candidates = np.where(examples.chosen[:, :CANDIDATES] >= 0, scores[:, :CANDIDATES], -np.inf)
    top = np.argsort(-candidates, axis=1, kind="stable")[:, :LIST_LENGTH]
    hits = np.take_along_axis(examples.chosen[:, :CANDIDATES], top, axis=1) == 1  # (examples, 10)
    judged = examples.targets > 0
    ideal = np.cumsum(DISCOUNTS)[np.minimum(LIST_LENGTH, examples.targets[judged]) - 1]
    return float((hits[judged] @ DISCOUNTS[: hits.shape[1]] / ideal).mean()) if judged.any() else 0.0


def _examples(corpus: Corpus, config: TrainingConfig, on_progress: Callable[[Progress], None]) -> Examples:
    if corpus.user_count < FEWEST_PEOPLE:
        raise TrainingError(f"training needs at least {FEWEST_PEOPLE} people. Received: {corpus.user_count}")
    examples = simulate_onboardings(
        corpus,
        seed=config.seed,
        most_people=config.most_people,
        on_fold=lambda done, total: on_progress(Progress("onboardings", done, total)),
    )
    if not (examples.chosen == 1).any():
        raise TrainingError("training needs people with likes after their first ratings. Received: none")
    return examples


def _validation_mask(examples: Examples, users: int, seed: int) -> NDArray[np.bool_]:
    people = np.random.default_rng(seed + 1).permutation(np.unique(examples.people))
    count = max(1, min(MOST_VALIDATION_PEOPLE, int(VALIDATION_SHARE * len(people))))
    return np.isin(examples.people, people[:count])


def _prepare(seed: int) -> str:
    """Load TensorFlow, make it repeatable, and return the device's name; a GPU trains in mixed precision."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    import keras
    import tensorflow as tf

    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        keras.mixed_precision.set_global_policy("mixed_float16")
        return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))
    tf.config.experimental.enable_op_determinism()
    return "CPU"


class _Fitter:
    """Fits towers of one config on examples."""

    def __init__(
        self, config: TrainingConfig, retrieval: Retrieval, examples: Examples, on_progress: Callable[[Progress], None]
    ) -> None:
        seen = examples.pairs[examples.films >= 0].astype(np.float32)
        scale = seen.std(axis=0)
        genres = retrieval.catalogue.genres.astype(np.float32)
        self._config, self._on_progress = config, on_progress
        self._likes = max(1.0, float((examples.chosen == 1).sum(axis=1).mean()))
        self._model = ModelConfig(
            film_genres=genres / np.maximum(1, genres.sum(axis=1, keepdims=True)),
            pair_mean=seen.mean(axis=0),
            pair_scale=np.where(scale < 1e-4, 1, scale).astype(np.float32),
            history=LONGEST_HISTORY,
            person=len(PERSON_FEATURES),
        )

    def fit(
        self, examples: Examples, validation: Examples | None, steps: int | None = None
    ) -> tuple[list[keras.Model], list[dict[str, float]]]:
        """Fit every tower in step; with validation examples, return the towers as they were at the best look."""
        total = steps or self._config.steps
        towers = [self._tower(seed, total) for seed in range(self._config.towers)]
        batches = _batches(examples, self._config.batch, self._config.seed)
        history: list[dict[str, float]] = []
        best: list[list[NDArray[np.float32]]] = []
        for step in range(1, total + 1):
            loss = float(np.mean([self._train_on(tower, next(batches)) for tower in towers]))
            if validation is not None and step % self._config.look_every == 0:
                ndcg = validation_ndcg(_mean_scores(towers, validation)[0], validation)
                history.append({"step": step, "loss": loss, "ndcg": ndcg})
                if ndcg >= max(look["ndcg"] for look in history):
                    best = [tower.get_weights() for tower in towers]
                elif step - max(history, key=lambda look: look["ndcg"])["step"] >= PATIENCE * self._config.look_every:
                    break
            stage = "training" if validation is not None else "fitting"
            self._on_progress(Progress(stage, step, total, loss, history[-1]["ndcg"] if history else None))
        for tower, weights in zip(towers, best, strict=False):
            tower.set_weights(weights)
        return towers, history

    def _tower(self, seed: int, steps: int) -> keras.Model:
        import keras

        from recommender.models import build_model
        from recommender.models.losses import choice_loss, liking_loss

        tower = build_model(self._config.model, self._model.with_seed(self._config.seed * 100 + seed))
        rate = keras.optimizers.schedules.CosineDecay(self._config.learning_rate, steps)
        tower.compile(
            keras.optimizers.AdamW(rate, weight_decay=self._config.weight_decay),
            loss={"choice": choice_loss(self._likes), "liking": liking_loss},
            loss_weights={"choice": 1.0, "liking": self._config.liking_weight},
            jit_compile=False,
        )
        return tower

    def _train_on(self, tower: keras.Model, batch: Examples) -> float:
        inputs = {name: array for name, array in batch.inputs().items() if name in {node.name for node in tower.inputs}}
        return float(np.ravel(tower.train_on_batch(inputs, {"choice": batch.chosen, "liking": batch.liked}))[0])


def export(towers: Sequence[keras.Model], seed: int) -> tuple[bytes, bytes]:
    """Return the towers' mean as ONNX bytes and as a Keras archive."""
    import keras

    from recommender.models.export import onnx_bytes

    keras.mixed_precision.set_global_policy("float32")
    nodes = {node.name: node for node in towers[0].inputs}
    outputs = [tower(nodes) for tower in towers]
    means = {name: _mean([output[name] for output in outputs], name) for name in ("choice", "liking")}
    model = keras.Model(nodes, means, name="reelmate_ranker")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "ranker.keras"
        model.save(archive)
        return onnx_bytes(model), archive.read_bytes()


def _mean(outputs: Sequence[Any], name: str) -> Any:
    import keras

    mean = outputs[0] if len(outputs) == 1 else keras.layers.Average()(list(outputs))
    return keras.layers.Identity(name=name)(mean)


def _batches(examples: Examples, size: int, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(len(examples))
        for start in range(0, max(1, len(order) - size + 1), size):
            places = np.sort(order[start : start + size])
            yield Examples(**{name: getattr(examples, name)[places] for name in Examples.__dataclass_fields__})


def _mean_scores(towers: Sequence[keras.Model], examples: Examples) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the towers' mean choice and liking logits.  (examples, films) each"""
    parts: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
    for start in range(0, len(examples), 256):
        places = slice(start, start + 256)
        inputs = {name: array[places] for name, array in examples.inputs().items()}
        outputs = [tower({node.name: inputs[node.name] for node in tower.inputs}, training=False) for tower in towers]
        choice, liking = (np.mean([np.asarray(out[name]) for out in outputs], axis=0) for name in ("choice", "liking"))
        parts.append((choice, liking))
    return np.concatenate([choice for choice, _ in parts]), np.concatenate([liking for _, liking in parts])


def _rated_logits(towers: Sequence[keras.Model], examples: Examples) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the liking logit and the truth of every film rated later.  (ratings,) each"""
    rated = examples.liked >= 0
    return _mean_scores(towers, examples)[1][rated], examples.liked[rated] == 1


def _fit_contender(corpus: Corpus, settings: Settings) -> Ranker:
    return train(corpus, TrainingConfig(**settings)).ranker()


EMBEDDING_MLP = Contender(_fit_contender)
