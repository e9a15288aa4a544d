"""Going on from a published ranker when a little is new: tables learned anew, its network trained a little further.

An onboarding costs what it always costs; but few are made, all with one set of tables, and few steps are taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.errors import TrainingError
from recommender.ranking.ranker import Ranker
from recommender.training.examples import Examples, onboardings
from recommender.training.tables import learn_tables
from recommender.training.training import (
    Progress,
    Trained,
    TrainingConfig,
    describe_model,
    export,
    prepare_device,
    telling,
)

# Of the people whom a full training learns from, so many are learned from here, but at least some.
EXAMPLE_SHARE: Final = 0.05
FEWEST_EXAMPLE_PEOPLE: Final = 20
# At most this share of all who are new: the tables behind the examples must know new films too.
NEW_SHARE: Final = 0.5
# A network that is almost right is moved by a tenth of the usual steps: Adam's first ones are all of full length.
PACE: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """A published ranker to go on from.

    Attributes:
        network: what it runs, ONNX bytes.
        archive: the same network as a Keras archive's bytes.
        model: the ranker's name among the models.
        until: the newest rating it learned from, seconds since 1970 UTC.
        architecture: fields of ModelConfig in which its network is other than usual.
    """

    ranker: Ranker
    network: bytes
    archive: bytes
    model: str
    until: int
    architecture: Mapping[str, Any] = field(default_factory=dict)


def continue_training(
    base: Base,
    corpus: Corpus,
    config: TrainingConfig = TrainingConfig(),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Trained:
    """Learn every table anew, and train the base's network on what is new since and on a replay of what is old.

    The probability of liking keeps the base's weights and calibration: they settle over everybody, not over a few.
    The model is the base's, whatever the config says.

    Raises:
        TrainingError: nobody to learn from, or a network of another version.
    """
    started = time.monotonic()
    examples = _new_examples(corpus, base.until, config)
    on_progress(Progress("onboardings", 1, 2))
    retrieval = learn_tables(corpus, config.table_people)
    on_progress(Progress("onboardings", 2, 2))
    device = prepare_device(config.seed)
    from recommender.training.fitting import FitConfig, fit
    from recommender.training.weight_transfer import load_network, transfer_weights, transferred_onnx

    rows, archived = _old_rows(corpus, base.ranker), load_network(base.archive, base.model)
    steps = max(1, len(examples) // config.batch)
    rate = PACE * config.learning_rate
    config = replace(config, model=base.model, steps=steps, learning_rate=rate)
    plan = FitConfig(**{name: getattr(config, name) for name in FitConfig.__dataclass_fields__})

    model = replace(describe_model(examples, retrieval), **base.architecture)
    start = partial(transfer_weights, archived=archived, old_rows=rows)
    fitted = fit(examples, None, plan, model, telling(on_progress, "continuing", steps), start)
    network, archive = export(fitted.network, partial(transferred_onnx, base.network, archived))
    report = {
        "device": device,
        "seconds": round(time.monotonic() - started, 1),
        "examples": len(examples),
        "steps": steps,
        "new_films": int((rows < 0).sum()),
        "continues": base.ranker.version,
    }
    return Trained(retrieval, network, archive, base.ranker.calibration, report)


def _new_examples(corpus: Corpus, until: int, config: TrainingConfig) -> Examples:
    """Return onboardings of people, new ones first of all, whom the tables behind them have not seen."""
    rng = np.random.default_rng(config.seed)
    count = max(FEWEST_EXAMPLE_PEOPLE, round(EXAMPLE_SHARE * min(corpus.user_count, config.most_people)))
    last = corpus.times[corpus.starts[1:] - 1]  # (people,)
    new, old = (rng.permutation(np.flatnonzero(found)) for found in (last > until, last <= until))
    new = new[: min(count // 2, int(np.ceil(NEW_SHARE * len(new))))]
    people = np.concatenate([new, old[: min(count, corpus.user_count // 2) - len(new)]])
    others = np.setdiff1d(np.arange(corpus.user_count), people)
    if not len(people) or not len(others):
        raise TrainingError(f"an incremental training needs at least 2 people. Received: {corpus.user_count}")
    examples = onboardings(corpus.only(people), learn_tables(corpus.only(others), config.table_people), config.seed)
    if not (examples.chosen == 1).any():
        raise TrainingError("an incremental training needs people with likes after their first ratings. Received: none")
    return examples


def _old_rows(corpus: Corpus, ranker: Ranker) -> NDArray[np.int64]:
    """Return each film's row in the base's catalogue, -1 for a new one.  (movies,)"""
    row_of = ranker.retrieval.catalogue.row_of
    return np.array([row_of.get(movie.id, -1) for movie in corpus.movies], dtype=np.int64)
