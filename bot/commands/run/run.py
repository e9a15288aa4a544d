"""`reelmate run`: everything the bot needs, brought up in order, then the bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from bot.app import ChatBot
from bot.commands.data.database import make_data_dir, migrate_at_start
from bot.commands.data.imports import fill_empty_catalogue
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.models.live import CatalogueWatch, open_recommender
from bot.commands.output import say
from bot.commands.run.ending import end_for_sure
from bot.commands.run.heartbeat import beat
from bot.commands.run.logs import set_up_logs
from bot.commands.run.ports import check_port
from bot.locks import poller_lock
from bot.settings import Settings
from bot.storage import Lease, Store


def run_on_telegram(invocation: Invocation) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises:
        SettingsError: no token is set, or a setting is unusable.
        LockHeldError: another bot runs on this data directory or database.
        CommandError: Telegram refuses us for good.
    """
    settings = invocation.settings()
    settings.require_token()  # before anything is made
    if settings.webhook_url:
        settings.require_webhook_secret()
        check_port(settings.webhook_port)
    set_up_logs(settings, level=logging.DEBUG if invocation.debug else logging.INFO)
    run_bot(settings, trains_first=True)


def run_bot(settings: Settings, *, trains_first: bool = False, on_ready: Callable[[], None] = lambda: None) -> None:
    """Prepare the data directory, the database and the catalogue, then run the bot.

    Args:
        trains_first: whether the bot trains a first model where none is published.
        on_ready: called once everything is prepared, just before the bot starts.
    """
    make_data_dir(settings.data_dir)
    with poller_lock(settings.data_dir, settings.database_url) as lease:
        migrate_at_start(settings)
        with Store(settings.database_url, lease=lease) as store:
            if count := fill_empty_catalogue(settings, store):
                say(f"The catalogue was empty: it now has the {count} starter films.")
            on_ready()
            _chat(settings, store, lease, trains_first=trains_first)


def _chat(settings: Settings, store: Store, lease: Lease | None, *, trains_first: bool) -> None:
    recommender = open_recommender(settings, store)
    refreshers = [recommender.refresh, CatalogueWatch(store, recommender).refresh]
    bot = ChatBot(settings, store, recommender, refreshers=refreshers, lease=lease, trains_first=trains_first)
    reason = asyncio.run(_run_with_heartbeat(bot, settings.data_dir))
    if reason is not None:
        raise CommandError(reason)


async def _run_with_heartbeat(bot: ChatBot, data_dir: Path) -> str | None:
    beside = [
        asyncio.create_task(beat(data_dir, lambda: bot.delivery.health.is_ok)),
        asyncio.create_task(end_for_sure(bot.application.ended, lambda: bot.delivery.health.fatal is not None)),
    ]
    try:
        return await bot.run()
    finally:
        for task in beside:
            task.cancel()
