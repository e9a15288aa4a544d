"""The serving ranker as a training meets it: the champion to beat, or the base to go on from."""

from __future__ import annotations

from recommender.errors import BundleError, TrainingError
from recommender.ranking.bundle import BundleStore
from recommender.ranking.ranker import Ranker
from recommender.training.incremental import Base


def load_champion(bundles: BundleStore) -> Ranker | None:
    """Return the serving ranker, or the one that stands in where it cannot be read; None where there is none."""
    try:
        current = bundles.current()
        return None if current is None else bundles.load(current)
    except BundleError:
        return bundles.load_stand_in()


def load_base(bundles: BundleStore) -> Base:
    """Return the serving ranker as what an incremental training goes on from.

    Raises:
        TrainingError: there is none, or it does not say what it learned.
        BundleError: it cannot be read.
    """
    current = bundles.current()
    if current is None:
        raise TrainingError("an incremental training needs a published model: run `reelmate retrain`. Received: none")
    ranker, manifest = bundles.load(current), bundles.manifest(current)
    try:
        model, until = manifest["config"]["model"], manifest["data"]["train"]["until"]
    except (KeyError, TypeError) as error:
        expected = "an incremental training needs a model that says what it is and until when it learned"
        raise TrainingError(f"{expected}: run `reelmate retrain`. Received: {current} without {error}") from error
    return Base(ranker, *bundles.networks(current), model, until, manifest["config"].get("architecture", {}))
