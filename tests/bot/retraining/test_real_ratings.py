"""Real ratings in one step: fetched, learned from, swapped in and told; a failure is told and changes nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
import pytest_asyncio

from bot.locks import is_training, retrain_lock
from bot.messages import load_words
from bot.retraining.real_ratings import RELEASE, RealRatings, import_command
from bot.service.news import REAL_MODEL
from bot.service.offload import Offload
from bot.service.service import Service
from bot.service.titles import Titles
from bot.settings import Settings
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.pupil import Pupil
from tests.bot.retraining.corpora import store_tastes

ADA = UserId(7)
P = ParamSpec("P")
T = TypeVar("T")
pytestmark = pytest.mark.processes


def saying(text: str = "", *, complaint: str = "") -> list[str]:
    """Return a command that prints something, and fails where it complains."""
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({complaint!r} or 0)"]


def report(*, published: bool) -> str:
    return json.dumps({"published": published, "version": "v1", "reason": "it is worse", "schema_version": 2})


@pytest_asyncio.fixture
async def step(store: Store, settings: Settings) -> AsyncIterator[RealRatings]:
    """A step that finds the release fetched, and a training that publishes."""
    store_tastes(settings.data_dir, 40, name=RELEASE, simulated=False)
    service = Service(store, Pupil(), load_words(), Titles(store))
    store.write(lambda tx: tx.people.ensure(ADA, telegram_language="en")).result()
    offload = Offload(2)
    fetch, train = saying(), saying(report(published=True))
    made = RealRatings(service, offload, settings, _refresh, None, fetch, train, look_every_s=0.01)
    yield made
    await made.stop()
    offload.close()


async def _refresh() -> None:
    """Swap nothing in."""


def told(step: RealRatings) -> list[str]:
    return [letter.outgoing.text for letter in step.service.store.read(lambda tx: tx.outbox.waiting())]


async def finish(step: RealRatings) -> list[str]:
    """Run it to its end; return what was told."""
    step.begin(ADA)
    assert step._task is not None
    await asyncio.wait_for(step._task, 60)
    return told(step)


async def test_it_tells_what_came_and_that_it_serves(step: RealRatings) -> None:
    fetched, served = await finish(step)
    assert "1,440 ratings of 40 people" in fetched
    assert "Your lists are made from real people’s ratings now" in served


async def test_who_was_told_by_the_news_is_not_told_again(step: RealRatings) -> None:
    async def refresh() -> None:
        store = step.service.store
        store.write(lambda tx: tx.schedules.plan(REAL_MODEL, tx.now, ADA)).result()
        store.write(lambda tx: tx.schedules.claim(REAL_MODEL, next_run_at=tx.now, person=ADA)).result()

    step.refresh = refresh
    assert len(await finish(step)) == 1


async def test_what_could_not_be_fetched_is_told_in_one_line_and_nothing_is_trained(
    step: RealRatings, tmp_path: Path
) -> None:
    step.fetch = saying(complaint="reelmate: the download broke off 6 times (no route): check the network")
    step.train = [sys.executable, "-c", f"open({str(tmp_path / 'trained')!r}, 'w')"]
    [failure] = await finish(step)
    assert "nothing has changed. the download broke off 6 times (no route): check the network" in failure
    assert not (tmp_path / "trained").exists()


@pytest.mark.parametrize(
    ("train", "said"),
    [
        (saying(report(published=False)), "lists would be no better, so they are made as before. it is worse"),
        (saying(complaint="reelmate: out of memory"), "learning from them failed; lists are made as before. out of"),
    ],
)
async def test_a_training_that_comes_to_nothing_is_told(step: RealRatings, train: list[str], said: str) -> None:
    step.train = train
    assert said in (await finish(step))[-1]


async def test_it_runs_once_at_a_time_and_again_when_it_is_done(step: RealRatings) -> None:
    words = load_words()["en"]
    assert "I am fetching" in step.begin(ADA)(words).text
    assert "I am at it already" in step.begin(ADA)(words).text
    assert step._task is not None
    await asyncio.wait_for(step._task, 60)
    assert "I am fetching" in step.begin(ADA)(words).text


class Watched(Offload):
    """Notes a third look for another training."""

    def __init__(self) -> None:
        super().__init__(2)
        self.looks = 0
        self.has_looked = asyncio.Event()

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.looks += call is is_training
        if self.looks > 2:
            self.has_looked.set()
        return await super().run(call, *args, **kwargs)


async def test_it_waits_for_a_training_that_is_under_way(step: RealRatings, settings: Settings) -> None:
    step.offload = watched = Watched()
    with retrain_lock(settings.data_dir, settings.database_url):
        step.begin(ADA)
        await asyncio.wait_for(watched.has_looked.wait(), 60)
        assert len(told(step)) == 1
    assert step._task is not None
    await asyncio.wait_for(step._task, 60)
    assert len(told(step)) == 2
    watched.close()


async def test_who_had_everything_erased_meanwhile_is_told_nothing(step: RealRatings) -> None:
    step.begin(ADA)
    step.service.store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    assert step._task is not None
    await asyncio.wait_for(step._task, 60)
    assert told(step) == []


async def test_without_a_trainer_nothing_is_fetched(step: RealRatings) -> None:
    step.train = None
    assert "TensorFlow is not installed" in step.begin(ADA)(load_words()["en"]).text
    assert step._task is None


async def test_who_may_ask(step: RealRatings, settings: Settings) -> None:
    assert not step.may_ask(ADA)
    step.settings = settings.model_copy(update={"operator_chat": ADA})
    assert step.may_ask(ADA)
    step.settings = settings.model_copy(update={"demo": True})
    assert step.may_ask(UserId(8))


def test_the_small_release_is_fetched_by_our_own_command(settings: Settings) -> None:
    assert import_command(settings)[-3:] == ["import", "movielens", "ml-latest-small"]
