"""Real people's ratings in one step: fetched, learned from and swapped in beside the chat, which is told of it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from bot.catalogue.corpora import corpus_folder, read_card
from bot.locks import is_training
from bot.messages import real_ratings as messages
from bot.messages.words import Words
from bot.outgoing import Outgoing
from bot.retraining.process import Ended, TrainingProcess, retrain_command
from bot.retraining.report import read_report
from bot.service import news
from bot.service.offload import Offload
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import Tx
from recommender.domain import UserId

log = logging.getLogger(__name__)

RELEASE: Final = "ml-latest-small"
# What is said to the bot to begin.
COMMAND: Final = "movielens"
# A training of the demo's size takes half a minute, a full one of a small release some minutes.
_LOOK_EVERY_S: Final = 2.0
_LONGEST_WAIT_S: Final = 1800.0


def import_command(settings: Settings) -> list[str]:
    """Return the command that fetches and stores the release."""
    return [sys.executable, "-m", "bot", "--data-dir", str(settings.data_dir), "import", "movielens", RELEASE]


@dataclass(slots=True)
class RealRatings:
    """Fetches and learns once at a time, for whoever asked first.

    Attributes:
        refresh: swaps in what was published.
        outside: the environment that the fetching gets; None for that of this process.
        fetch, train: what is run; `train` is None where nothing can train.
    """

    service: Service
    offload: Offload
    settings: Settings
    refresh: Callable[[], Awaitable[None]]
    outside: Mapping[str, str] | None = None
    fetch: Sequence[str] = field(default_factory=list)
    train: Sequence[str] | None = None
    look_every_s: float = _LOOK_EVERY_S
    _process: TrainingProcess = field(default_factory=TrainingProcess, init=False)
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    def may_ask(self, person: UserId) -> bool:
        """Tell that a person may have ratings fetched: anybody in a demo, else the operator alone."""
        return self.settings.demo or person == self.settings.operator_chat

    def begin(self, person: UserId) -> Callable[[Words], Outgoing]:
        """Begin, unless it is under way or nothing can train; return how that is said."""
        if self.train is None:
            return messages.cannot_train
        if self._task is not None and not self._task.done():
            return messages.under_way
        self._task = asyncio.create_task(self._run(person, self.train), name="real ratings")
        return messages.begun

    async def stop(self) -> None:
        """End what is under way: the next fetching goes on from there, and a training publishes as its last step."""
        if self._task is not None:
            self._process.stop()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, person: UserId, train: Sequence[str]) -> None:
        """Fetch, learn and tell; each step only after the one before."""
        try:
            fetched = await self._process.run(self.fetch, environment=self.outside)
            if fetched.code:
                await self._tell(person, partial(messages.not_fetched, reason=_sentence(fetched)))
                return
            card = await self.offload.run(lambda: read_card(corpus_folder(self.settings.data_dir, RELEASE)))
            await self._tell(person, partial(messages.fetched, people=card.user_count, ratings=card.rating_count))
            await self._wait_for_turn()
            began_at = await self.offload.run(lambda: self.service.store.read(lambda tx: tx.now))
            await self._tell_outcome(person, await self._process.run(train), began_at)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("real ratings could not be fetched and learned from")
            await self._tell(person, partial(messages.not_learned, reason=""))

    async def _wait_for_turn(self) -> None:
        """Wait until no other training is under way, as the demo's first one may be."""
        settings, waited_s = self.settings, 0.0
        while waited_s < _LONGEST_WAIT_S:
            if not await self.offload.run(is_training, settings.data_dir, settings.database_url):
                return
            await asyncio.sleep(self.look_every_s)
            waited_s += self.look_every_s

    async def _tell_outcome(self, person: UserId, ended: Ended, began_at: datetime) -> None:
        report = read_report(ended.output)
        if report is None:
            await self._tell(person, partial(messages.not_learned, reason=_sentence(ended)))
        elif not report.published:
            await self._tell(person, partial(messages.not_better, reason=report.reason))
        else:
            await self.refresh()  # who waited for real people's ratings is told by it
            await self.offload.run(lambda: self._tell_served(person, began_at))

    def _tell_served(self, person: UserId, began_at: datetime) -> None:
        """Tell who asked that the model serves, unless the news came to them already."""

        def effect(tx: Tx) -> None:
            told = tx.schedules.get(news.REAL_MODEL, person)
            if tx.people.get(person) is None:
                return  # they had everything erased meanwhile
            if told is None or told.last_run_at is None or told.last_run_at < began_at:
                tx.schedules.cancel(news.REAL_MODEL, person)
                tx.outbox.add(person, messages.served(self._words(tx, person), tx.impressions.new_round(person)))

        self.service.store.write(effect).result()

    async def _tell(self, person: UserId, build: Callable[[Words], Outgoing]) -> None:
        def effect(tx: Tx) -> None:
            if tx.people.get(person) is not None:
                tx.outbox.add(person, build(self._words(tx, person)))

        await self.offload.run(lambda: self.service.store.write(effect).result())

    def _words(self, tx: Tx, person: UserId) -> Words:
        return self.service.words_for(tx.people.get(person))


def make_real_ratings(
    service: Service,
    offload: Offload,
    settings: Settings,
    refresh: Callable[[], Awaitable[None]],
    outside: Mapping[str, str] | None,
) -> RealRatings:
    """Return what fetches the small release and trains on it by our own commands."""
    fetch, train = import_command(settings), retrain_command(settings)
    return RealRatings(service, offload, settings, refresh, outside, fetch, train)


def _sentence(ended: Ended) -> str:
    """Return why a command failed, as a sentence to quote."""
    return ended.complaint.removeprefix("reelmate: ")
