"""The serving ranker as a training meets it."""

from __future__ import annotations

import pytest

from bot.retraining.run import retrain
from bot.settings import Settings
from bot.storage import Store
from recommender.errors import TrainingError
from recommender.ranking.bundle import BundleStore
from tests.recommender.tiny import tiny_files, tiny_manifest


@pytest.mark.tensorflow
def test_a_bundle_that_does_not_say_until_when_it_learned_is_not_gone_on_from(settings: Settings, store: Store) -> None:
    bundles = BundleStore(settings.data_dir / "bundles")
    bundles.publish(tiny_files(), tiny_manifest(), "20260101-000000")
    with pytest.raises(TrainingError, match=r"Received: 20260101-000000 without 'config'"):
        retrain(settings, store, incremental=True)
