"""Every model serves: its bundle is published under a living bot, which makes a list of it and never loads Keras."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.models.live import open_recommender
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.ranking.bundle import BundleStore, pack
from recommender.ranking.live import LiveRecommender
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from tests.e2e.conftest import LivingBot, Person
from tests.recommender.contract import contract_corpus
from tests.recommender.training.models.pupils import RANKERS, pupil
from tests.sim import Sim

pytestmark = [pytest.mark.tensorflow, pytest.mark.long("every model is trained, unless other tests have done so")]

# The bot's process: what it serves with, and a list of every bundle there is.
WITHOUT_KERAS = """
import sys
import bot.app
from pathlib import Path
from recommender.domain import Profile
from recommender.ranking.bundle import BundleStore
bundles = BundleStore(Path(sys.argv[1]))
for version in bundles.versions():
    assert len(bundles.load(version).recommend(Profile(genres=("Drama",)), 5)) == 5, version
print(len(bundles.versions()), *sorted({"keras", "keras_rs", "tensorflow", "onnx", "tf2onnx"} & set(sys.modules)))
"""


@pytest.fixture
def entries() -> list[CatalogueMovie]:
    """The movies that the models know."""
    return list(map(CatalogueMovie, contract_corpus().movies))


@pytest.fixture
def live(settings: Settings, store: Store) -> LiveRecommender:
    """What serves whatever is published."""
    return open_recommender(settings, store)


def publish(folder: Path, model: str, version: str) -> None:
    """Publish a model that was trained on the movies of the contract."""
    trained = pupil(model)
    features = [list(PAIR_FEATURES), list(PERSON_FEATURES)]
    manifest = {"features": features, "calibration": {"slope": 1.0, "offset": 0.0}}
    BundleStore(folder).publish(pack(trained.retrieval, trained.network, trained.archive), manifest, version)


def test_each_is_swapped_in_under_the_bot_and_makes_a_list_over_the_chat(
    bot: LivingBot, live: LiveRecommender, settings: Settings, sim: Sim
) -> None:
    for place, model in enumerate(RANKERS):
        version = f"20260101-{place:06}"
        publish(settings.bundles_dir, model, version)
        assert live.refresh(), live.refusal
        person = Person(sim, 7_000_100 + place)
        person.say("/recommend")
        assert person.sees("Films for you")["text"].count("% match") == 5, model


@pytest.mark.processes
def test_none_needs_keras_to_serve(tmp_path: Path) -> None:
    for place, model in enumerate(RANKERS):
        publish(tmp_path, model, f"20260101-{place:06}")
    command = [sys.executable, "-c", WITHOUT_KERAS, str(tmp_path)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == [str(len(RANKERS))]
