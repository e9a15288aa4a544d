"""What runs by the clock: refresh, digest, pruning, retraining, and what the operator is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from telegram.ext import JobQueue

from bot.locks import ONE_TRAINING
from bot.messages import Words, operator
from bot.outgoing import Outgoing
from bot.retraining.process import FIRST_NICENESS, NICENESS, Ended, TrainingProcess
from bot.retraining.report import read_report
from bot.retraining.schedule import claim_first_training, claim_training, plan_again
from bot.service import digest, news, reminders
from bot.service.offload import Offload
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import Tx
from bot.tally import Tally
from recommender.domain import UserId

T = TypeVar("T")
log = logging.getLogger(__name__)

# A newer model is one small file's word, and somebody may be waiting for it; of films their table is asked.
MODEL_LOOK_EVERY: Final = timedelta(seconds=3)
REFRESH_EVERY: Final = timedelta(seconds=15)
DIGEST_EVERY: Final = timedelta(seconds=30)
RETRAIN_LOOK_EVERY: Final = timedelta(minutes=1)
# A first model is trained beside a bot that has come up, and whose operator has had time to import: of simulated people
# alone it would be learned for nothing, and take the place of lists by what has just been imported.
FIRST_LOOK_AFTER: Final = timedelta(seconds=30)
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
        swap_model: compares the model that is held with what is published, and loads the newer; tells whether it did.
        refreshers: each does the same with films.
        dead_letters: how many updates were given up since the start.
        refusal: why the published bundle is not the one that serves; None when it is.
        retrain_command: what trains once and prints its report as JSON; None where nothing can train.
        tally: counts what trainings came to.
        needs_first: whether nothing is published, so that a first model is to be trained soon.
    """

    service: Service
    offload: Offload
    settings: Settings
    swap_model: Callable[[], bool] = lambda: False
    refreshers: Sequence[Callable[[], bool]] = ()
    dead_letters: Callable[[], int] = lambda: 0
    refusal: Callable[[], str | None] = lambda: None
    retrain_command: Sequence[str] | None = None
    tally: Tally = field(default_factory=Tally)
    needs_first: Callable[[], bool] = lambda: False
    _training: TrainingProcess = field(default_factory=TrainingProcess, init=False)
    _tried_first: bool = field(default=False, init=False)
    _told: int = field(default=0, init=False)
    _told_refusal: str | None = field(default=None, init=False)

    def schedule(self, queue: JobQueue[Any]) -> None:
        """Set every job going."""
        queue.run_repeating(self.look_for_model, MODEL_LOOK_EVERY, name="model")
        queue.run_repeating(self.refresh, REFRESH_EVERY, first=1, name="refresh")
        queue.run_repeating(self.send_digests, DIGEST_EVERY, first=1, name="digest")
        queue.run_repeating(self.prune, PRUNE_LOOK_EVERY, first=60, name="prune")
        if self.settings.operator_chat is not None:
            queue.run_repeating(self.report_dead_letters, REPORT_EVERY, name="report")
        if self.retrain_command is not None:
            # A training lasts longer than a look, and the next look must see that it is still going on.
            first = FIRST_LOOK_AFTER if self.needs_first() else RETRAIN_LOOK_EVERY
            options = {"max_instances": 2, "coalesce": True}
            queue.run_repeating(self.retrain, RETRAIN_LOOK_EVERY, first=first, name="retrain", job_kwargs=options)

    async def look_for_model(self, context: object = None) -> None:
        """Swap in a model that was published since, and tell who waits."""
        if await self.offload.load(self.swap_model):
            await self.refresh()

    async def refresh(self, context: object = None) -> None:
        """Swap in whatever is new and tell who waits; tell the operator once when a model could not be loaded."""
        for refresher in (self.swap_model, *self.refreshers):
            await self.offload.load(refresher)
        await self.offload.run(news.tell_news, self.service)
        refusal = self.refusal()
        if refusal is not None and refusal != self._told_refusal:
            await self._tell(lambda words: operator.bundle_refused(words, refusal))
        self._told_refusal = refusal

    async def send_digests(self, context: object = None) -> None:
        """Send every digest that is due, and ask about films seen and not rated."""
        await self.offload.run(digest.send_due, self.service)
        await self.offload.run(reminders.send_due, self.service)

    async def prune(self, context: object = None) -> None:
        """Once a night, drop what nobody needs any more."""
        pruned = await self._write(self._prune)
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
        """Train when there is no model yet, or the interval is over and enough was rated; never two at a time."""
        command = self.retrain_command
        if command is None or self._training.is_running:
            return
        is_first = self.needs_first() and not self._tried_first
        if not await self._claim(is_first=is_first):
            return
        log.info("a first training starts" if is_first else "a training starts")
        most_s = self.settings.retrain_time.total_seconds()
        ended = await self._training.run(command, most_s, niceness=FIRST_NICENESS if is_first else NICENESS)
        if ended.was_stopped:
            log.info("the training was ended before it was done")
            await self._write(plan_again)
        elif ONE_TRAINING in ended.complaint:
            log.info("another training is under way")
        else:
            self.tally.trainings.add(_outcome_of(ended))
            await self._tell(lambda words: _outcome(words, ended))
            await self.refresh()

    async def _claim(self, *, is_first: bool) -> bool:
        """Take the turn to train; the first model's comes once in the life of this process."""
        if is_first:
            self._tried_first = True
            return await self._write(lambda tx: claim_first_training(tx, self.settings))
        return await self._write(lambda tx: claim_training(tx, self.settings))

    async def stop(self) -> None:
        """End a training that is under way."""
        self._training.stop()

    async def _write(self, run: Callable[[Tx], T]) -> T:
        return await self.offload.run(lambda: self.service.store.write(run).result())

    def _prune(self, tx: Tx) -> object | None:
        tx.schedules.mend(PRUNING, PRUNE_EVERY)
        tx.schedules.mend(digest.SCHEDULE, digest.LONGEST_WAIT)
        tx.schedules.mend(reminders.SCHEDULE, reminders.LONGEST_WAIT)
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

        await self._write(effect)


def _outcome_of(ended: Ended) -> str:
    report = read_report(ended.output)
    return "failed" if report is None else "published" if report.published else "refused"


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
