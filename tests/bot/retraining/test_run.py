"""A whole training run over a store: what is published, what is kept aside, and what a kill leaves behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from bot.locks import retrain_lock
from bot.retraining.run import retrain
from bot.retraining.training_set import gather
from bot.retraining.tuned import read_tuned, write_tuned
from bot.service.news import OWN_MODEL
from bot.settings import Settings
from bot.storage import Store, Tx
from recommender.data.corpus import Corpus
from recommender.domain import Profile, UserId
from recommender.errors import CorpusError, TrainingError
from recommender.ranking.bundle import BundleStore
from recommender.training.training import Progress, TrainingConfig, TrainingData, prepare
from tests.bot.retraining.corpora import PEOPLE_WITH_TASTES, store_corpus, store_tastes
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import TINY, tiny_files, tiny_manifest

FAR_FUTURE: Final = 4_000_000_000  # 2096


@pytest.mark.parametrize("people", [1, 2])
def test_too_few_people_are_refused_in_one_sentence(settings: Settings, store: Store, people: int) -> None:
    store_corpus(settings.data_dir, people=people)
    with pytest.raises(CorpusError, match=r"training needs .*\. Received: "):
        retrain(settings, store)
    assert BundleStore(settings.data_dir / "bundles").current() is None


def test_where_nobody_likes_anything_it_says_so_before_anything_is_trained(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir, liked=3.5)
    with pytest.raises(
        CorpusError, match=r"training needs judges with likes after their first 20 ratings\. Received: none"
    ):
        retrain(settings, store)


@pytest.mark.tensorflow
def test_a_run_publishes_what_then_serves(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir, since=FAR_FUTURE)
    store.write(_consent_and_rate).result()
    seen: list[str] = []
    report = retrain(settings, store, overrides=TINY, on_progress=lambda progress: seen.append(progress.stage))
    bundles = BundleStore(settings.data_dir / "bundles")
    assert list(dict.fromkeys(seen)) == ["onboardings", "training"]
    assert report.published, report.reason
    assert not report.reason.endswith(".")
    manifest = bundles.manifest(report.version)
    printed = json.loads(json.dumps(report.as_json()))
    assert printed.keys() - manifest.keys() == {"published", "version", "reason"}
    assert manifest["verdict"] == {"published": True, "reason": report.reason}
    assert manifest["simulated_judges"] is True
    assert manifest["data"]["sources"]["simulated"]["people"] == PEOPLE_WITH_TASTES
    assert {"sha256", "people", "ratings", "movies", "until"} == manifest["data"]["train"].keys()
    assert manifest["data"]["train"]["until"] <= time.time()  # else nobody would ever be new to an incremental run
    assert manifest["training"]["device"]
    assert manifest["seeds"]["training"] == manifest["config"]["seed"] == 0
    assert {"python", "numpy", "keras", "reelmate"} <= manifest["versions"].keys()
    assert len(bundles.load(str(bundles.current())).recommend(Profile(), 5)) == 5
    # Whose ratings are in it waits to be told so.
    waiting = store.read(lambda tx: tx.schedules.due(OWN_MODEL))
    assert set(waiting) == gather(settings, store).taught_by != set()


def _consent_and_rate(tx: Tx) -> None:
    for person in map(UserId, range(1, 6)):
        tx.people.ensure(person)
        tx.people.set_consent(person, True, version=1)
        tx.ratings.put(person, tx.movies.all()[0].id, 9, update_id=person)


@pytest.mark.tensorflow
def test_only_who_is_proven_worse_is_kept_aside(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir)
    bundles = BundleStore(settings.data_dir / "bundles")
    taught: list[Corpus] = []
    known: dict[bool, TrainingData] = {}

    def learn(train: Corpus, config: TrainingConfig, on_progress: Callable[[Progress], None]) -> TrainingData:
        taught.append(train)
        return known.setdefault(True, known.get(True) or prepare(train, config, on_progress))

    def learn_the_opposite(
        train: Corpus, config: TrainingConfig, on_progress: Callable[[Progress], None]
    ) -> TrainingData:
        """Learn from what people would have rated were the best known films the least known ones."""
        turned = replace(train, movie_rows=len(train.movies) - 1 - train.movie_rows)
        return known.setdefault(False, known.get(False) or prepare(turned, config, on_progress))

    worse = retrain(settings, store, overrides=TINY, learn=learn_the_opposite)
    assert not worse.published
    assert worse.reason.startswith("after 0 ratings its lists are worse than popularity in the chosen genres (-0.")
    assert bundles.current() is None
    assert (bundles.folder / "refused" / worse.version / "manifest.json").exists()

    bundles.publish(*refused_files(bundles, worse.version), "20260101-000000")
    better = retrain(settings, store, overrides=TINY, learn=learn)
    assert better.published, better.reason
    assert "nowhere proven worse than the serving ranker (+0." in better.reason
    assert bundles.current() == better.version

    equal = retrain(settings, store, overrides=TINY, learn=learn)
    assert equal.published, equal.reason
    assert "(+0.000 NDCG@10, 95 % interval +0.000 to +0.000)" in equal.reason

    again = retrain(settings, store, overrides=TINY, learn=learn_the_opposite)
    assert not again.published
    assert bundles.current() == equal.version
    judges = gather(settings, store).judges.user_ids
    assert len(taught) == 2
    assert not any(np.isin(judges, train.user_ids).any() for train in taught)


def refused_files(bundles: BundleStore, version: str) -> tuple[dict[str, bytes], dict[str, object]]:
    """Return the files and the manifest of a bundle kept aside."""
    folder = bundles.folder / "refused" / version
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return files, json.loads(files.pop("manifest.json"))


@pytest.mark.tensorflow
def test_challengers_are_trained_on_the_same_data_and_the_best_is_published(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir)
    training_data: list[int] = []

    def learn(train: Corpus, config: TrainingConfig, on_progress: Callable[[Progress], None]) -> TrainingData:
        training_data.append(train.user_count)
        return prepare(train, config, on_progress)

    names = ("embedding_mlp", "wide_deep", "mf")
    report = retrain(settings, store, models=names, overrides=TINY, learn=learn)
    bundles = BundleStore(settings.data_dir / "bundles")
    assert report.published, report.reason
    assert len(training_data) == 1
    manifest = bundles.manifest(report.version)
    means = {name: float(np.mean(manifest["ladder"][name]["ndcg"])) for name in names}
    passed = [name for name in names if manifest["challengers"][name]["published"]]
    best = manifest["config"]["model"]
    assert best == max(passed, key=lambda name: means[name])
    assert len(set(means.values())) == len(names), "three networks, three figures"
    assert report.reason.startswith(f"{best} leads " if len(passed) > 1 else f"{best} alone passes")
    assert all(name in report.reason for name in names)
    against = manifest["differences"]
    assert against.keys() == {*names, "popular_in_genres"} - {best}
    assert against["popular_in_genres"]["ndcg"]["mean"].keys() == {"mean", "low", "high"}
    assert len(against["popular_in_genres"]["ndcg"]["rungs"]) == 6
    assert len(bundles.load(report.version).recommend(Profile(), 5)) == 5


@pytest.mark.tensorflow
def test_an_incremental_run_goes_on_from_the_serving_bundle(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir)
    with pytest.raises(TrainingError, match=r"needs a published model: run `reelmate retrain`\. Received: none"):
        retrain(settings, store, overrides=TINY, incremental=True)
    write_tuned(settings.data_dir / "found.json", "wide_deep", {"hidden": [32, 16], "epochs": 2.5}, {})
    tuned = {"wide_deep": read_tuned(settings.data_dir / "found.json")}
    first = retrain(settings, store, overrides=TINY, models=("wide_deep",), tuned=tuned)
    assert first.published, first.reason
    assert first.manifest["tuned"]["file"] == "found.json"
    assert first.manifest["tuned"]["settings"] == {"hidden": (32, 16), "epochs": 2.5}
    assert first.manifest["config"]["epochs"] == 2.5
    store_tastes(settings.data_dir, PEOPLE_WITH_TASTES + 30)
    further = retrain(settings, store, overrides=TINY, incremental=True)
    assert further.published, further.reason
    assert further.manifest["training"]["continues"] == first.version
    assert further.manifest["config"]["model"] == "wide_deep"
    assert further.manifest["config"]["architecture"] == {"hidden": [32, 16]}
    assert further.manifest["tuned"] is None
    assert further.manifest["training"]["examples"] < first.manifest["training"]["examples"] / 2
    bundles = BundleStore(settings.data_dir / "bundles")
    assert bundles.current() == further.version
    assert len(bundles.load(further.version).recommend(Profile(), 5)) == 5


KILLED = """
import json, os, signal, sys
from pathlib import Path
from bot.retraining.run import retrain
from bot.service.news import OWN_MODEL
from bot.settings import Settings
from bot.storage import Store, Tx

folder, stage, overrides = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'reelmate.db'}", seed=0)

def die(progress):
    if progress.stage == stage and progress.done >= progress.total // 2:
        os.kill(os.getpid(), signal.SIGKILL)

with Store(settings.database_url) as store:
    retrain(settings, store, overrides=overrides, on_progress=die)
"""


@pytest.mark.tensorflow
@pytest.mark.parametrize("stage", ["onboardings", "training"])
def test_a_killed_training_leaves_the_serving_bundle_and_no_lock(settings: Settings, store: Store, stage: str) -> None:
    bundles = BundleStore(settings.data_dir / "bundles")
    bundles.publish(tiny_files(), tiny_manifest(), "20260101-000000")
    command = [sys.executable, "-c", KILLED, str(settings.data_dir), stage, json.dumps(TINY)]
    killed = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert bundles.versions() == ["20260101-000000"]
    assert bundles.load(str(bundles.current())).version == "20260101-000000"
    assert store.read(lambda tx: tx.movies.count()) == len(contract_corpus().movies)
    with retrain_lock(settings.data_dir, settings.database_url):
        pass
