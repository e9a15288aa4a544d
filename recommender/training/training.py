"""Training a ranker: the only door that loads Keras and TensorFlow.

One cross-fitted set of onboardings serves all models. Validation people, seen by no table and no network, show how it
goes, and calibrate the liking of models that leave it open.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.errors import TrainingError
from recommender.ranking.calibration import Calibration
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import PERSON_FEATURES, Retrieval
from recommender.ranking.wildcard_policy import WildcardPolicy
from recommender.training.calibration import fit_calibration
from recommender.training.examples import Examples, onboardings, simulate_onboardings
from recommender.training.models import MODELS, prepare_tensorflow, require_order
from recommender.training.models.config import TRAINING_SEED, ModelConfig
from recommender.training.tables import MOST_PEOPLE, learn_tables

if TYPE_CHECKING:
    import keras

    from recommender.training.fitting import FitConfig

# Fewer people cannot be cross-fitted and held out for validation.
FEWEST_PEOPLE: Final = 10
POSITIVE: Final = ("epochs", "steps", "batch", "learning_rate", "look_every", "most_people", "table_people")
SHARES: Final = ("weight_decay", "evenness")
# Those of the people given who watch a training instead of taking part; a ladder holds out its own.
WATCHING_SHARE: Final = 0.15
MOST_WATCHING: Final = 300
FEWEST_STEPS: Final = 60
# What a GPU trains in; what is published computes in float32.
MIXED_PRECISION: Final = "mixed_float16"
# A feature that varies less is the same for all films.
LEAST_SCALE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train; the defaults were chosen on validation people (docs/experiments.md).

    Attributes:
        epochs: passes over the onboardings; a third one overfits.
        steps: at most, whatever the epochs come to; FEWEST_STEPS at least.
        look_every: steps between two looks at validation people, or a twelfth of all if that is more.
        liking_weight: weight of the liking loss beside the choice loss.
        evenness: 0 for every like alike in the choice loss, 1 for every onboarding alike, however many likes it has.
        most_people: whose onboardings the network learns from.
        table_people: whose ratings each retrieval table but the counts of films is learned from.
        architecture: fields of ModelConfig that are to be other than usual.
    """

    model: str = "embedding_mlp"
    seed: int = TRAINING_SEED
    epochs: float = 1.75
    steps: int = 1_000
    batch: int = 64
    learning_rate: float = 1e-3
    weight_decay: float = 1e-4
    liking_weight: float = 0.3
    evenness: float = 0.25
    look_every: int = 25
    most_people: int = 8_000
    table_people: int = MOST_PEOPLE
    architecture: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise TrainingError for no such model, or a setting out of its range."""
        if self.model not in MODELS:
            raise TrainingError(f"model must be one of {', '.join(MODELS)}. Received: {self.model}")
        for name, value in asdict(self).items():
            if name in POSITIVE and not value > 0:
                raise TrainingError(f"{name} must be positive. Received: {name}={value}")
            if name in SHARES and not 0 <= value <= 1:
                raise TrainingError(f"{name} must be from 0 to 1. Received: {name}={value}")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training stands; `loss` and `ndcg` are None until the first look."""

    stage: str
    done: int
    total: int
    loss: float | None = None
    ndcg: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """What every model learns from, made once for all that are to be compared.

    Attributes:
        examples: cross-fitted onboardings.
        validation: onboardings of validation people, whom no table behind `examples` and `validation` has seen.
        retrieval: tables of everybody, which serve.
        seconds: how long it took to make.
    """

    examples: Examples
    validation: Examples
    retrieval: Retrieval
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A trained ranker before it is a bundle.

    Attributes:
        network: ONNX bytes.
        model: the same network as a Keras archive's bytes.
        report: steps, losses, validation NDCG, device and seconds.
        wildcards: how they are drawn.
    """

    retrieval: Retrieval
    network: bytes
    model: bytes
    calibration: Calibration
    report: dict[str, Any]
    wildcards: WildcardPolicy = field(default_factory=WildcardPolicy)

    def ranker(self, version: str = "trained") -> Ranker:
        """Return what would serve."""
        return Ranker(self.retrieval, self.network, self.calibration, version, wildcards=self.wildcards)


def train(
    corpus: Corpus, config: TrainingConfig = TrainingConfig(), on_progress: Callable[[Progress], None] = lambda _: None
) -> Trained:
    """Train a ranker on a corpus.

    Raises:
        TrainingError: too few people, or nothing they liked after an onboarding.
    """
    return train_on(prepare(corpus, config, on_progress), config, on_progress)


def prepare(
    corpus: Corpus, config: TrainingConfig = TrainingConfig(), on_progress: Callable[[Progress], None] = lambda _: None
) -> TrainingData:
    """Make of a corpus what every model learns from; only the seed and `most_people` of the config matter.

    Raises:
        TrainingError: too few people, or nothing they liked after an onboarding.
    """
    started = time.monotonic()
    examples, validation = _examples(corpus, config, on_progress)
    retrieval = learn_tables(corpus, config.table_people)
    return TrainingData(examples, validation, retrieval, time.monotonic() - started)


def train_on(
    training_data: TrainingData,
    config: TrainingConfig = TrainingConfig(),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Trained:
    """Train a ranker on what was prepared."""
    started, examples, validation = time.monotonic(), training_data.examples, training_data.validation
    retrieval = training_data.retrieval
    require_order(config.model, examples.history)
    device = prepare_device(config.seed)
    from recommender.training.fitting import fit, logits
    from recommender.training.liking import has_regression

    model = replace(describe_model(examples, retrieval), **config.architecture)
    plan = _fit_config(config, len(examples))
    fitted = fit(examples, validation, plan, model, telling(on_progress, "training", plan.steps))
    calibration = Calibration()
    if not has_regression(fitted.network):
        calibration = fit_calibration(*_rated(logits(fitted.network, validation)[1], validation))
    network, archive = export(fitted.network)
    report = {
        "device": device,
        "seconds": round(training_data.seconds + time.monotonic() - started, 1),
        "examples": len(examples),
        "parameters": int(fitted.network.count_params()),
        "steps": plan.steps,
        "validation_ndcg": fitted.looks[-1]["ndcg"],
        "looks": fitted.looks,
    }
    return Trained(retrieval, network, archive, calibration, report)


def export(network: keras.Model, to_onnx: Callable[[keras.Model], bytes] | None = None) -> tuple[bytes, bytes]:
    """Return a network as ONNX bytes and as a Keras archive.

    Args:
        to_onnx: makes the former; the converter unless given.
    """
    import keras

    from recommender.training.export import onnx_bytes

    keras.mixed_precision.set_global_policy("float32")
    # Wrapped anew: how it was trained is no part of the archive, which loads without our losses.
    nodes = {node.name: node for node in network.inputs}
    model = _in_full_precision(keras.Model(nodes, network.output, name="reelmate_ranker"))
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "ranker.keras"
        model.save(archive)
        return (to_onnx or onnx_bytes)(model), archive.read_bytes()


def _in_full_precision(model: keras.Model) -> keras.Model:
    """Return the model computing in float32: layers keep the precision they were built in, a GPU's being mixed."""
    import keras

    if all(layer.compute_dtype == "float32" for layer in model.layers):
        return model
    full = keras.models.model_from_json(model.to_json().replace(MIXED_PRECISION, "float32"))
    full.set_weights(model.get_weights())
    return full


def _examples(
    corpus: Corpus, config: TrainingConfig, on_progress: Callable[[Progress], None]
) -> tuple[Examples, Examples]:
    """Return onboardings to train on, and those of validation people, whom no table or network has seen."""
    if corpus.user_count < FEWEST_PEOPLE:
        raise TrainingError(f"training needs at least {FEWEST_PEOPLE} people. Received: {corpus.user_count}")
    shuffled = np.random.default_rng(config.seed + 1).permutation(corpus.user_count)
    count = int(WATCHING_SHARE * min(corpus.user_count, config.most_people))
    count = max(1, min(MOST_WATCHING, count))
    others = corpus.only(shuffled[count:])
    examples = simulate_onboardings(
        others,
        seed=config.seed,
        most_people=config.most_people,
        table_people=config.table_people,
        on_fold=lambda done, total: on_progress(Progress("onboardings", done, total)),
    )
    validation = onboardings(corpus.only(shuffled[:count]), learn_tables(others, config.table_people), config.seed)
    if not (examples.chosen == 1).any() or not (validation.liked >= 0).any():
        raise TrainingError("training needs people with likes after their first ratings. Received: none")
    return examples, validation


def describe_model(examples: Examples, retrieval: Retrieval) -> ModelConfig:
    (mean, scale), genres = examples.pair_moments(), retrieval.catalogue.genres.astype(np.float32)
    return ModelConfig(
        film_genres=genres / np.maximum(1, genres.sum(axis=1, keepdims=True)),
        pair_mean=mean,
        pair_scale=np.where(scale < LEAST_SCALE, 1, scale).astype(np.float32),
        history=LONGEST_HISTORY,
        person=len(PERSON_FEATURES),
    )


def _fit_config(config: TrainingConfig, examples: int) -> FitConfig:
    from recommender.training.fitting import FitConfig

    steps = min(config.steps, max(FEWEST_STEPS, round(config.epochs * examples / config.batch)))
    given = {name: getattr(config, name) for name in FitConfig.__dataclass_fields__}
    return FitConfig(**{**given, "steps": steps, "look_every": max(config.look_every, steps // 12)})


def telling(
    on_progress: Callable[[Progress], None], stage: str, steps: int
) -> Callable[[int, float, float | None], None]:
    return lambda step, loss, ndcg: on_progress(Progress(stage, step, steps, loss, ndcg))


def _rated(liking: NDArray[np.float32], examples: Examples) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the liking logit and the truth of every film rated later.  (ratings,) each"""
    rated = examples.liked >= 0
    return liking[rated], examples.liked[rated] == 1


def prepare_device(seed: int) -> str:
    """Load TensorFlow, make it repeatable, and return the device's name; a GPU trains in mixed precision."""
    prepare_tensorflow()
    import keras
    import tensorflow as tf

    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        keras.mixed_precision.set_global_policy(MIXED_PRECISION)
        return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))
    tf.config.experimental.enable_op_determinism()
    return "CPU"
