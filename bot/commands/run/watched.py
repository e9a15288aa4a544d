"""The bot under watch: while it runs, its vital signs go to a file, to systemd, to the log and to a loopback port."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.app import ChatBot
from bot.commands.run.ending import end_for_sure
from bot.commands.run.heartbeat import EVERY_S, end_beat, write_beat
from bot.service.statistics import read_statistics
from bot.settings import Settings, notify_socket
from bot.storage import Store
from bot.vitals.probe import Probe
from bot.vitals.sign import Report
from bot.vitals.systemd import Notifier
from bot.vitals.watch import Watch
from recommender.ranking.live import LiveRecommender

if TYPE_CHECKING:
    from bot.vitals.metrics import Bundle
    from bot.vitals.page import StatusPage

log = logging.getLogger(__name__)

# A database that says nothing at all for so long may be one whose connection hangs: that a restart can mend.
STUCK_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Watched:
    """A bot and what looks after it.

    Attributes:
        release: writes the log lines that are still owed.
    """

    bot: ChatBot
    settings: Settings
    recommender: LiveRecommender
    watch: Watch
    release: Callable[[], None]

    async def run(self) -> str | None:
        """Run the bot until it ends; return why, None for a signal.

        Raises:
            SettingsError: the port for health and metrics cannot be had.
        """
        async with self._served():
            health = self.bot.delivery.health
            looking = [
                asyncio.create_task(self.watch.probe.run()),
                asyncio.create_task(self._beat()),
                asyncio.create_task(end_for_sure(self.bot.application.ended, lambda: health.fatal is not None)),
            ]
            try:
                return await self.bot.run()
            finally:
                for task in looking:
                    task.cancel()
                await asyncio.gather(*looking, return_exceptions=True)
                end_beat(self.settings.data_dir)

    async def _beat(self) -> None:
        systemd, before = Notifier(notify_socket()), "ok"
        systemd.tell(READY="1", STATUS="starting")
        try:
            while True:
                report = self.watch.look()
                write_beat(self.settings.data_dir, report)
                systemd.tell(STATUS=report.sentence, **({} if self._is_stuck() else {"WATCHDOG": "1"}))
                before = _log_change(before, report)
                self.release()
                await asyncio.sleep(EVERY_S)
        finally:
            systemd.tell(STOPPING="1")

    def _is_stuck(self) -> bool:
        return self.watch.probe.silence_s > STUCK_S

    @contextlib.asynccontextmanager
    async def _served(self) -> AsyncIterator[None]:
        page = self._status_page()
        if page is None:
            yield
            return
        await page.start()
        try:
            yield
        finally:
            await page.stop()

    def _status_page(self) -> StatusPage | None:
        if self.settings.health_port is None:
            return None
        # Imported here: a bot that nobody asks needs no web server.
        from bot.vitals.page import StatusPage, status_app

        app = status_app(self.watch.look, lambda: self.bot.is_ready, self._metrics, self._stats)
        return StatusPage(app, self.settings.health_port)

    def _metrics(self) -> bytes:
        from bot.vitals.metrics import expose

        return expose(self.watch, self.bot.tally, self._bundle(), connections=self.bot.webhook_connections)

    def _stats(self) -> str:
        from bot.commands.data.stats_page import as_page

        service = self.bot.service
        return as_page(read_statistics(service.store, service.pseudonyms, service.challenge))

    def _bundle(self) -> Bundle:
        from bot.vitals.metrics import Bundle

        version = self.recommender.version
        try:
            published_at = (self.settings.bundles_dir / version).stat().st_mtime
        except OSError:
            return Bundle(version, None)  # a floor, which is no bundle
        return Bundle(version, time.time() - published_at)


def watched(
    bot: ChatBot, settings: Settings, store: Store, recommender: LiveRecommender, release: Callable[[], None]
) -> Watched:
    """Put a bot under watch."""
    health = bot.delivery.health
    watch = Watch(
        settings.data_dir,
        health,
        Probe(store),
        refusal=lambda: recommender.refusal,
        sent_at=lambda: health.sent_at,
    )
    return Watched(bot, settings, recommender, watch, release)


def _log_change(before: str, report: Report) -> str:
    """Write a line when what is wrong changes; returns what is wrong now."""
    names = ", ".join(sign.name for sign in report.bad) or "ok"
    if names != before:
        log.log(logging.WARNING if report.bad else logging.INFO, "health: %s", report.sentence)
    return names
