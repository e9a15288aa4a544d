"""The clockwork: what runs, when, and what the operator is told."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.jobs import Jobs
from bot.locks import ONE_TRAINING
from bot.messages import load_words
from bot.retraining.schedule import AGAIN_AFTER, RETRAINING
from bot.service.offload import Offload
from bot.service.service import Service
from bot.service.titles import Titles
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store, Tx
from recommender.domain import Movie, MovieId, UserId
from tests.bot.pupil import ENTRIES, Pupil
from tests.databases import migrated_url

OPERATOR = 99


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, operator_chat=OPERATOR, retrain_min_ratings=3, retrain_every=timedelta(hours=24))


@pytest.fixture
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    with Store(migrated_url(settings.data_dir, ENTRIES), clock=clock) as store:
        yield store


@pytest.fixture
def offload() -> Iterator[Offload]:
    offload = Offload(2)
    yield offload
    offload.close()


@pytest.fixture
def jobs(store: Store, settings: Settings, offload: Offload) -> Jobs:
    return Jobs(Service(store, Pupil(), load_words(), Titles(store)), offload, settings)


def _print(report: dict[str, object]) -> Sequence[str]:
    return (sys.executable, "-c", f"print({json.dumps(report)!r})")


def _told(store: Store) -> list[str]:
    return [letter.outgoing.text for letter in store.read(lambda tx: tx.outbox.waiting()) if letter.chat_id == OPERATOR]


def _rate(store: Store, count: int, *, consents: bool = True) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(5))
        tx.people.set_consent(UserId(5), consents, version=1)
        for number in range(1, count + 1):
            tx.ratings.put(UserId(5), MovieId(number), 8, update_id=number)

    store.write(effect).result()


@pytest.mark.processes
async def test_training_waits_for_its_interval_and_for_enough_ratings(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = _print({"published": True, "version": "v2", "reason": "Better at every rung."})
    await jobs.retrain()
    clock.now += timedelta(hours=25)
    _rate(store, 2)
    await jobs.retrain()
    assert _told(store) == []
    _rate(store, 3)
    await jobs.retrain()
    assert _told(store) == ["✅ New model published: v2. Better at every rung."]
    await jobs.retrain()
    assert len(_told(store)) == 1


async def test_ratings_without_consent_start_no_training(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = _print({"published": True})
    await jobs.retrain()
    _rate(store, 20, consents=False)
    clock.now += timedelta(hours=25)
    await jobs.retrain()
    assert _told(store) == []


async def _train(jobs: Jobs, store: Store, clock: Clock) -> None:
    await jobs.retrain()
    _rate(store, 3)
    clock.now += timedelta(hours=25)
    await jobs.retrain()


@pytest.mark.processes
async def test_a_refused_model_is_reported_with_its_reason(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = _print({"published": False, "version": "v2", "reason": "Below the floor at rung <0>."})
    await _train(jobs, store, clock)
    assert _told(store) == ["⚠️ New model refused; the old one keeps serving. Below the floor at rung &lt;0&gt;."]


@pytest.mark.processes
async def test_a_failed_training_is_reported_with_its_last_line(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = (sys.executable, "-c", "import sys; sys.exit('no corpus\\nimport one first')")
    await _train(jobs, store, clock)
    assert _told(store) == ["❌ The retraining failed; the old model keeps serving. import one first"]


@pytest.mark.processes
async def test_a_training_that_the_system_killed_is_reported_as_such(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    await _train(jobs, store, clock)
    assert len(_told(store)) == 1
    assert "killed the retraining, as it does when memory runs out" in _told(store)[0]


@pytest.mark.processes
async def test_two_looks_start_one_training(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = _print({"published": True, "version": "v2", "reason": ""})
    await jobs.retrain()
    _rate(store, 3)
    clock.now += timedelta(hours=25)
    await asyncio.gather(jobs.retrain(), jobs.retrain())
    assert len(_told(store)) == 1


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.processes
async def test_stopping_ends_a_training_under_way(jobs: Jobs, store: Store, clock: Clock, tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    jobs.retrain_command = (sys.executable, "-c", program)
    training = asyncio.create_task(_train(jobs, store, clock))
    await asyncio.to_thread(_wait_for, started)
    await jobs.stop()
    await asyncio.wait_for(training, timeout=10)
    assert _told(store) == [], "an end of the bot's own is no failure"
    planned = store.read(lambda tx: tx.schedules.get(RETRAINING))
    assert planned is not None
    assert planned.next_run_at == clock.now + AGAIN_AFTER


@pytest.mark.processes
async def test_a_first_model_is_trained_at_once_and_once(jobs: Jobs, store: Store) -> None:
    jobs.retrain_command = (sys.executable, "-c", "import sys; sys.exit('no corpus')")
    jobs.needs_first = lambda: True
    await jobs.retrain()
    await jobs.retrain()
    assert _told(store) == ["❌ The retraining failed; the old model keeps serving. no corpus"]


@pytest.mark.processes
async def test_a_training_that_another_one_keeps_from_starting_is_no_failure(jobs: Jobs, store: Store) -> None:
    jobs.retrain_command = (sys.executable, "-c", f"import sys; sys.exit({ONE_TRAINING!r} + '. Received: a lock')")
    jobs.needs_first = lambda: True
    await jobs.retrain()
    assert _told(store) == []


@pytest.mark.processes
async def test_a_clock_that_was_years_ahead_delays_no_training(jobs: Jobs, store: Store, clock: Clock) -> None:
    jobs.retrain_command = _print({"published": True, "version": "v2", "reason": "Better."})
    today = clock.now
    clock.now += timedelta(days=730)
    await jobs.retrain()
    await jobs.prune()
    clock.now = today
    _rate(store, 3)
    await jobs.retrain()
    assert len(_told(store)) == 1
    await jobs.prune()
    planned = store.read(lambda tx: tx.schedules.get("prune"))
    assert planned is not None
    assert planned.next_run_at == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)


async def test_pruning_runs_once_a_night(jobs: Jobs, store: Store, clock: Clock) -> None:
    def shown(tx: Tx) -> None:
        tx.people.ensure(UserId(5))
        tx.impressions.add(UserId(5), 1, 0, Pupil().recommend(tx.ratings.profile(UserId(5)), 5), version="pupil")

    store.write(shown).result()
    clock.now += timedelta(days=400)
    await jobs.prune()
    assert store.read(lambda tx: tx.impressions.count()) == 0
    planned = store.read(lambda tx: tx.schedules.get("prune"))
    assert planned is not None
    assert planned.next_run_at == datetime(2027, 4, 7, 3, 0, tzinfo=UTC)


async def test_the_operator_hears_of_dead_letters_once(jobs: Jobs, store: Store) -> None:
    jobs.dead_letters = lambda: 2
    await jobs.report_dead_letters()
    await jobs.report_dead_letters()
    assert _told(store) == ["⚠️ 2 updates could not be handled and are kept as dead letters."]


async def test_the_operator_hears_once_why_a_bundle_does_not_serve(jobs: Jobs, store: Store) -> None:
    jobs.refusal = lambda: "ranker.onnx: wrong checksum"
    await jobs.refresh()
    await jobs.refresh()
    assert len(_told(store)) == 1
    assert "wrong checksum" in _told(store)[0]


async def test_new_films_are_found_after_a_refresh(jobs: Jobs, store: Store) -> None:
    titles = jobs.service.titles
    jobs.refreshers = (titles.refresh,)
    assert titles.search("zodiac", 1) == []
    zodiac = CatalogueMovie(Movie(MovieId(900), "Zodiac", 2007, ()))
    store.write(lambda tx: tx.movies.upsert_all([zodiac])).result()
    assert titles.search("zodiac", 1) == []
    await jobs.refresh()
    assert [match.movie_id for match in titles.search("zodiac", 1)] == [900]


async def test_a_model_is_found_by_a_look_of_its_own_and_told_at_once(jobs: Jobs, store: Store) -> None:
    films = Mock(return_value=False)
    jobs.swap_model, jobs.refreshers = Mock(side_effect=[False, True, False]), (films,)
    await jobs.look_for_model()
    films.assert_not_called()
    await jobs.look_for_model()
    films.assert_called_once_with()
