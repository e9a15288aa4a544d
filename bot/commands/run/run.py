"""`reelmate run`: everything the bot needs, brought up in order, then the bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import httpx

from bot.app import ChatBot
from bot.commands.data.database import make_data_dir, migrate_at_start
from bot.commands.data.imports import fill_empty_catalogue
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.models.live import CatalogueWatch, open_recommender, sweep_half_bundles
from bot.commands.output import say
from bot.commands.run.logs import set_up_logs
from bot.commands.run.ports import check_port
from bot.commands.run.watched import watched
from bot.delivery.requests import way_out
from bot.locks import poller_lock
from bot.settings import Settings
from bot.storage import Lease, Store
from bot.tally import Tally


def run_on_telegram(invocation: Invocation) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises:
        SettingsError: no token is set, or a setting is unusable.
        LockHeldError: another bot runs on this data directory or database.
        CommandError: Telegram refuses us for good.
    """
    settings = invocation.settings()
    settings.require_token()  # before anything is made
    httpx.Client(**way_out(settings.telegram_api_url)).close()  # by proxies and certificates that can be used
    if settings.webhook_url:
        settings.require_webhook_secret()
        check_port(settings.webhook_port)
    if settings.health_port is not None:
        check_port(settings.health_port, setting="REELMATE_HEALTH_PORT", host="127.0.0.1")
    if settings.replica:
        settings.require_replica()
    run_bot(settings, level=logging.DEBUG if invocation.debug else logging.INFO, trains_first=True)


def run_bot(
    settings: Settings,
    *,
    level: int,
    trains_first: bool = False,
    on_ready: Callable[[], None] = lambda: None,
    outside: Mapping[str, str] | None = None,
) -> None:
    """Prepare the log, the data directory, the database and the catalogue, then run the bot.

    Args:
        level: of the log.
        trains_first: whether the bot trains a first model where none is published.
        on_ready: called once everything is prepared, just before the bot starts.
        outside: the environment to fetch real people's ratings in; None for that of this process.
    """
    tally = Tally()
    restraint = set_up_logs(settings, level=level, tally=tally)
    make_data_dir(settings.data_dir)
    with _alone(settings) as lease:
        migrate_at_start(settings)
        with Store(settings.database_url, lease=lease) as store:
            if count := fill_empty_catalogue(settings, store):
                say(f"The catalogue was empty: it now has the {count} starter films.")
            sweep_half_bundles(settings)
            on_ready()
            bot = partial(ChatBot, lease=lease, trains_first=trains_first, tally=tally, outside=outside)
            _chat(settings, store, bot, restraint.release)


def _alone(settings: Settings) -> AbstractContextManager[Lease | None]:
    """Be the only bot, unless this is meant to be one of several."""
    return nullcontext() if settings.replica else poller_lock(settings.data_dir, settings.database_url)


def _chat(settings: Settings, store: Store, build: Callable[..., ChatBot], release: Callable[[], None]) -> None:
    recommender = open_recommender(settings, store)
    watch = CatalogueWatch(settings, store, recommender)
    bot = build(settings, store, recommender, swap_model=recommender.refresh, refreshers=[watch.refresh])
    reason = asyncio.run(watched(bot, settings, store, recommender, release).run())
    if reason is not None:
        raise CommandError(reason)
