"""What runs by the clock: refresh, digest, pruning, retraining, and what the operator is told."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, runtime_checkable

from telegram.ext import JobQueue

from bot.messages import Words, operator
from bot.outgoing import Outgoing
from bot.retraining.process import Ended, TrainingProcess
from bot.retraining.report import read_report
from bot.retraining.schedule import claim_training
from bot.service import digest, news
from bot.service.offload import Offload
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import Tx
from recommender.domain import UserId

log = logging.getLogger(__name__)

REFRESH_EVERY: Final = timedelta(seconds=15)
DIGEST_EVERY: Final = timedelta(seconds=30)
RETRAIN_LOOK_EVERY: Final = timedelta(minutes=1)
PRUNE_LOOK_EVERY: Final = timedelta(hours=1)
REPORT_EVERY: Final = timedelta(minutes=5)
PRUNE_EVERY: Final = timedelta(days=1)
# When most people sleep, in UTC; one look per hour hits it.
PRUNE_HOUR: Final = 3
PRUNING: Final = "prune"


@runtime_checkable
class Refusing(Protocol):
    """A recommender that can say why it does not serve what is published."""

    refusal: str | None


@dataclass(slots=True)
class Jobs:
    """The bot's clockwork.

    Attributes:
        refreshers: each compares what is loaded with what is published, and loads the newer.
        dead_letters: how many updates were given up since the start.
        refusal: why the published bundle is not the one that serves; None when it is.
        retrain_command: what trains once and prints its report as JSON; None where nothing can train.
    """

    service: Service
    offload: Offload
    settings: Settings
    refreshers: Sequence[Callable[[], bool]] = ()
    dead_letters: Callable[[], int] = lambda: 0
    refusal: Callable[[], str | None] = lambda: None
    retrain_command: Sequence[str] | None = None
    _training: TrainingProcess = field(default_factory=TrainingProcess, init=False)
    _told: int = field(default=0, init=False)
    _told_refusal: str | None = field(default=None, init=False)

    def schedule(self, queue: JobQueue[Any]) -> None:
        """Set every job going."""
        queue.run_repeating(self.refresh, REFRESH_EVERY, first=1, name="refresh")
        queue.run_repeating(self.send_digests, DIGEST_EVERY, first=1, name="digest")
        queue.run_repeating(self.prune, PRUNE_LOOK_EVERY, first=60, name="prune")
        if self.settings.operator_chat is not None:
            queue.run_repeating(self.report_dead_letters, REPORT_EVERY, name="report")
        if self.retrain_command is not None:
            # A training lasts longer than a look, and the next look must see that it is still going on.
            queue.run_repeating(
                self.retrain, RETRAIN_LOOK_EVERY, name="retrain", job_kwargs={"max_instances": 2, "coalesce": True}
            )

    async def refresh(self, context: object = None) -> None:
        """Swap in what was published since and tell who waits; tell the operator once when it could not be loaded."""
        for refresher in self.refreshers:
            await self.offload.run(refresher)
        await self.offload.run(news.tell_news, self.service)
        refusal = self.refusal()
        if refusal is not None and refusal != self._told_refusal:
            await self._tell(lambda words: operator.bundle_refused(words, refusal))
        self._told_refusal = refusal

    async def send_digests(self, context: object = None) -> None:
        """Send every digest that is due."""
        await self.offload.run(digest.send_due, self.service)

    async def prune(self, context: object = None) -> None:
        """Once a night, drop what nobody needs any more."""
        pruned = await self.offload.run(lambda: self.service.store.write(self._prune).result())
        if pruned:
            log.info("pruned: %s", pruned)
            await self.offload.run(self._prune_bundles)

    async def report_dead_letters(self, context: object = None) -> None:
        """Tell the operator how many updates were given up since the last report."""
        count = self.dead_letters()
        if count > self._told:
            await self._tell(lambda words: operator.dead_letters(words, count - self._told))
            self._told = count

    async def retrain(self, context: object = None) -> None:
        """Train when the interval is over and enough people have rated since; never two at a time."""
        command = self.retrain_command
        if command is None or self._training.is_running:
            return
        store, settings = self.service.store, self.settings
        if await self.offload.run(lambda: store.write(lambda tx: claim_training(tx, settings)).result()):
            log.info("a training starts")
            ended = await self._training.run(command, settings.retrain_time.total_seconds())
            if ended.code == -signal.SIGTERM and ended.stopped:
                return log.info("the training ended with the bot")
            await self._tell(lambda words: _outcome(words, ended))
            await self.refresh()

    async def stop(self) -> None:
        """End a training that is under way."""
        self._training.stop()

    def _prune(self, tx: Tx) -> object | None:
        if not tx.schedules.claim(PRUNING, next_run_at=_next_night(tx.now), if_new=True):
            return None
        return tx.pruning.run(impressions_kept=self.settings.impressions_kept)

    def _prune_bundles(self) -> None:
        # Imported here: it brings ONNX Runtime, and a bot without a bundle never needs that.
        from recommender.errors import BundleError
        from recommender.ranking.bundle import BundleStore

        try:
            gone = BundleStore(self.settings.bundles_dir).prune(
                self.settings.bundles_kept, self.service.recommender.version
            )
        except BundleError as error:
            log.warning("no bundle is pruned: %s", error)
            return
        if gone:
            log.info("bundles pruned: %s", ", ".join(gone))

    async def _tell(self, build: Callable[[Words], Outgoing]) -> None:
        chat = self.settings.operator_chat
        if chat is None:
            return

        def effect(tx: Tx) -> int:
            words = self.service.words_for(tx.people.get(UserId(chat)))
            return tx.outbox.add(chat, build(words))

        await self.offload.run(lambda: self.service.store.write(effect).result())


def _outcome(words: Words, ended: Ended) -> Outgoing:
    """Word what a training came to: its report says whether it was published and why."""
    report = read_report(ended.output)
    if report is None and ended.was_killed:
        return operator.killed(words)
    if report is None:
        return operator.failed(words, ended.complaint)
    if report.published:
        return operator.published(words, report.version, report.reason)
    return operator.refused(words, report.reason)


def _next_night(now: datetime) -> datetime:
    tonight = now.replace(hour=PRUNE_HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > now else tonight + PRUNE_EVERY
