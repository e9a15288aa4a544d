"""A whole training run over a store: who learns, who judges, what is published, and what a kill leaves behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.corpora import write_corpus
from bot.catalogue.rating_rows import RatingRows
from bot.locks import retrain_lock
from bot.retrain import retrain
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store, Tx, migrate
from bot.training_set import REAL_PEOPLE, TrainingSet, gather
from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import MovieId, Profile, UserId
from recommender.errors import CorpusError, TrainingError
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import build_ladder, refuse_leak
from recommender.evaluation.ranking import evaluate
from recommender.ranking.bundle import BundleStore
from recommender.training.training import Progress, TrainingConfig, TrainingData, prepare
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import TINY, tiny_files, tiny_manifest

ADA = UserId(7_700_000_001)


SIMULATED = 120


def store_corpus(folder: Path, *, people: int, name: str = "simulated", simulated: bool = True) -> None:
    """Store a corpus of so many people over the contract's movies; its people are repeated until there are enough."""
    corpus = contract_corpus()
    copies = -(-people // corpus.user_count)
    users = np.concatenate([corpus.user_rows + copy * corpus.user_count for copy in range(copies)]) + 1
    ids = np.array([movie.id for movie in corpus.movies])[corpus.movie_rows]
    kept = users <= people
    rows = RatingRows(
        users[kept].astype(np.int32),
        np.tile(ids, copies)[kept].astype(np.int32),
        np.tile(corpus.stars, copies)[kept],
        np.tile(corpus.times, copies)[kept],
    )
    write_corpus(folder, name, corpus.movies, rows, licence="made for tests", simulated=simulated)


FAR_FUTURE = 4_000_000_000  # 2096
PEOPLE_WITH_TASTES = 400  # FEWEST_JUDGES of whom judge, and some more


def store_tastes(
    folder: Path,
    people: int = PEOPLE_WITH_TASTES,
    *,
    liked: float = 4.5,
    each: int = 36,
    since: int = 0,
    name: str = "simulated",
    simulated: bool = True,
) -> None:
    """Store a corpus of people who like every second film, odd people the odd ones, the better known the more often."""
    movies, generator = contract_corpus().movies, np.random.default_rng(4)
    known = 1 / np.arange(2, len(movies) + 2)  # (movies,)
    rows = [generator.choice(len(movies), each, replace=False, p=known / known.sum()) for _ in range(people)]
    users = np.repeat(np.arange(1, people + 1), each)
    seen = np.concatenate(rows)
    stars = np.where((seen + users) % 2, liked, 2.0)
    ids = np.array([movie.id for movie in movies])[seen]
    ratings = RatingRows(
        users.astype(np.int32), ids.astype(np.int32), stars.astype(np.float32), since + np.arange(len(users))
    )
    write_corpus(folder, name, movies, ratings, licence="made for tests", simulated=simulated)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a data directory with a simulated corpus."""
    store_corpus(tmp_path, people=SIMULATED)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'reelmate.db'}", seed=0)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Return a store with the contract's movies."""
    migrate(settings.database_url)
    with Store(settings.database_url) as opened:
        entries = [CatalogueMovie(movie) for movie in contract_corpus().movies]
        opened.write(lambda tx: tx.movies.upsert_all(entries)).result()
        yield opened


def rate(store: Store, person: UserId, *, consent: bool | None, rows: range = range(30)) -> None:
    """Let a person rate these movies."""

    def effect(tx: Tx) -> None:
        tx.people.ensure(person)
        if consent is not None:
            tx.people.set_consent(person, consent, version=1)
        for row in rows:
            tx.ratings.put(person, MovieId(100 + row), 9, update_id=int(person) % 10_000 * 100 + row)

    store.write(effect).result()


def learned_from(settings: Settings, store: Store) -> int:
    """Return how many people of the chat the next run would learn from or judge by."""
    return gather(settings, store).sources.get("chat", {}).get("people", 0)


def test_only_who_consents_is_learned_from(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=None)
    rate(store, UserId(ADA + 1), consent=False)
    assert learned_from(settings, store) == 0
    rate(store, UserId(ADA + 2), consent=True)
    assert learned_from(settings, store) == 1


def test_who_withdraws_is_absent_from_the_next_run(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=True)
    before = gather(settings, store)
    store.write(lambda tx: tx.people.set_consent(ADA, False, version=1)).result()
    after = gather(settings, store)
    gone = set(people_of(before)) - set(people_of(after))
    assert len(gone) == 1
    assert after.sources.keys() == {"simulated"}


def test_who_deletes_everything_is_absent_from_the_next_run(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=True)
    before = gather(settings, store)
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    after = gather(settings, store)
    assert len(set(people_of(before)) - set(people_of(after))) == 1
    assert ADA not in people_of(after)


def people_of(data: TrainingSet) -> list[int]:
    """Return everybody in a training set, learning or judging."""
    return [int(user) for corpus in (data.train, data.judges) for user in corpus.user_ids]


def test_nobody_both_learns_and_judges_and_it_is_the_same_people_every_time(settings: Settings, store: Store) -> None:
    once, again = gather(settings, store), gather(settings, store)
    assert not set(once.train.user_ids) & set(once.judges.user_ids)
    assert np.array_equal(once.judges.user_ids, again.judges.user_ids)
    store_corpus(settings.data_dir, people=SIMULATED + 40)
    more = gather(settings, store)
    assert set(once.judges.user_ids) <= set(more.judges.user_ids)
    assert set(once.train.user_ids) <= set(more.train.user_ids)


def test_a_planted_leak_is_caught_before_anything_is_trained(settings: Settings, store: Store) -> None:
    data = gather(settings, store)
    ladder = build_ladder(data.judges, np.arange(data.judges.user_count))
    refuse_leak(data.train, ladder)
    leaked = merge(data.train, data.judges.only(np.array([0])))
    with pytest.raises(CorpusError, match="judged people must not train"):
        evaluate(fit_popular_in_genres(leaked), ladder, leaked)


def test_nobody_can_stand_on_both_sides_of_a_training_set(settings: Settings, store: Store) -> None:
    data = gather(settings, store)
    leaked = merge(data.train, data.judges.only(np.array([0])))
    with pytest.raises(CorpusError, match=rf"judged people must not train\. Received: 1 .* {data.judges.user_ids[0]}"):
        replace(data, train=leaked)


def merge(one: Corpus, other: Corpus) -> Corpus:
    """Return the people of both."""
    ids = np.array([movie.id for movie in one.movies])
    columns = [(part.user_ids[part.user_rows], ids[part.movie_rows], part.stars, part.times) for part in (one, other)]
    return build_corpus(one.movies, *(np.concatenate(pair) for pair in zip(*columns, strict=True)))


def test_simulated_people_judge_only_while_real_ones_are_few(settings: Settings, store: Store) -> None:
    few = gather(settings, store)
    assert few.simulated_judges
    assert few.real_people == 0
    store_corpus(settings.data_dir, people=REAL_PEOPLE, name="movielens", simulated=False)
    many = gather(settings, store)
    assert not many.simulated_judges
    assert many.real_people == REAL_PEOPLE
    assert many.sources.keys() == {"movielens"}


def test_simulated_people_stay_while_hardly_any_real_one_can_judge(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir, REAL_PEOPLE + 100, each=12, name="passers_by", simulated=False)
    data = gather(settings, store)
    assert data.real_people == REAL_PEOPLE + 100
    assert data.simulated_judges
    assert data.sources.keys() == {"passers_by", "simulated"}
    ladder = build_ladder(data.judges, np.arange(data.judges.user_count))
    assert len(ladder.newcomers) == data.judges.user_count > 0  # nobody takes a judge's place who rated too little


def test_without_any_rating_it_says_what_to_do(tmp_path: Path) -> None:
    empty = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'reelmate.db'}")
    migrate(empty.database_url)
    with Store(empty.database_url) as store, pytest.raises(CorpusError, match="reelmate import starter"):
        gather(empty, store)


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
def test_challengers_are_trained_on_the_same_lessons_and_the_best_is_published(
    settings: Settings, store: Store
) -> None:
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
    first = retrain(settings, store, overrides=TINY, models=("wide_deep",))
    assert first.published, first.reason
    store_tastes(settings.data_dir, PEOPLE_WITH_TASTES + 30)
    further = retrain(settings, store, overrides=TINY, incremental=True)
    assert further.published, further.reason
    assert further.manifest["training"]["continues"] == first.version
    assert further.manifest["config"]["model"] == "wide_deep"
    assert further.manifest["training"]["examples"] < first.manifest["training"]["examples"] / 2
    bundles = BundleStore(settings.data_dir / "bundles")
    assert bundles.current() == further.version
    assert len(bundles.load(further.version).recommend(Profile(), 5)) == 5


@pytest.mark.tensorflow
def test_a_bundle_that_does_not_say_until_when_it_learned_is_not_gone_on_from(settings: Settings, store: Store) -> None:
    bundles = BundleStore(settings.data_dir / "bundles")
    bundles.publish(tiny_files(), tiny_manifest(), "20260101-000000")
    with pytest.raises(TrainingError, match=r"Received: 20260101-000000 without 'config'"):
        retrain(settings, store, incremental=True)


KILLED = """
import json, os, signal, sys
from pathlib import Path
from bot.retrain import retrain
from bot.settings import Settings
from bot.storage import Store

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
