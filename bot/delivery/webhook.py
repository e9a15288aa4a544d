"""The webhook: Telegram delivers to us instead of being polled, and is asked now and then how it fares."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import unquote, urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.delivery.delivery import Delivery
from bot.delivery.incoming import ALLOWED_UPDATES
from bot.delivery.insisting import insist
from bot.delivery.intake import Intake
from bot.delivery.posting import reason
from bot.delivery.webhook_app import webhook_app
from bot.settings import SettingsError
from bot.web.server import BoundedServer, listen

log = logging.getLogger(__name__)

# Between looks whether Telegram is there and takes the token: a third of what health calls stale.
LOOK_EVERY_S: Final = 20.0
# Telegram goes on naming its last failure when all is well again.
FAILED_LATELY: Final = timedelta(minutes=2)


class Webhook:
    """Telegram's deliveries instead of polling.

    Args:
        url: the public address; we listen at its path.
        secret: what Telegram must send along.
        port: where the proxy that has the public address finds us; 0 takes a free one.
        count: hears the status of every answer.

    Raises:
        SettingsError: the port cannot be had.
    """

    def __init__(
        self,
        delivery: Delivery,
        bot: Bot,
        url: str,
        *,
        secret: str,
        port: int,
        count: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._health, self._bot, self._url, self._secret = delivery.health, bot, url, secret
        self._intake = Intake(delivery.delays, delivery.queue, bot)
        app = webhook_app(self._intake.take, path=unquote(urlsplit(url).path) or "/", secret=secret, count=count)
        self.server = BoundedServer(app, listen("0.0.0.0", port, setting="REELMATE_WEBHOOK_PORT"))
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listen, and tell Telegram where.

        Raises:
            SettingsError: Telegram does not deliver there.
        """
        self._tasks = [asyncio.create_task(self.server.serve()), asyncio.create_task(self._watch())]
        tell = partial(self._bot.set_webhook, self._url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)
        try:
            await insist(tell, "setWebhook")
        except BadRequest as error:
            fact = f"Telegram must take the address in REELMATE_WEBHOOK_URL. Received: {reason(error)}"
            raise SettingsError(fact) from None

    async def stop(self) -> None:
        """Take no more deliveries; Telegram keeps them for the next start."""
        self.server.should_exit = True
        await self._intake.stop()
        serving, watching = self._tasks
        watching.cancel()
        await asyncio.gather(serving, watching, return_exceptions=True)

    async def _watch(self) -> None:
        """Ask Telegram now and then: nobody polls here, and a revoked token must not go unnoticed."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                info = await self._bot.get_webhook_info()
            except InvalidToken:
                self._health.answered(401)
            except TelegramError as error:
                self._health.failed(error)
            else:
                self._health.answered(200)
                self._health.trouble = find_trouble(info, self._url, datetime.now(UTC))


def find_trouble(info: WebhookInfo, url: str, now: datetime) -> str | None:
    """Return why Telegram cannot deliver to us, in one line; None when it can."""
    if info.url != url:
        fact = "another one is set" if info.url else "none is set"
        return f"Telegram must deliver to REELMATE_WEBHOOK_URL; restart the bot. Received: {fact}"
    if info.last_error_date is None or now - info.last_error_date > FAILED_LATELY or not info.pending_update_count:
        return None
    return (
        "Telegram must reach the webhook; look at the proxy before it. "
        f"Received: {info.last_error_message}, {info.pending_update_count} updates wait"
    )
