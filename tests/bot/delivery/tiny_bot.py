"""A bot of one handler on the real delivery: every tap opens one more round, so that a lost or doubled tap shows.

python -m tests.bot.delivery.tiny_bot API_URL TOKEN DATA_DIR
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.delivery import Delivery, redact_logs
from bot.locks import LockHeldError, poller_lock
from bot.outgoing import Button, Outgoing
from bot.settings import sqlite_url
from bot.storage import Store, Tx, migrate
from recommender.domain import UserId

KEYBOARD = ((Button("tap", "1:tap"), Button("fail", "1:fail"), Button("flaky", "1:flaky")),)


class TinyBot:
    """Handlers over a store; `failures` counts how often each update has failed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.failures: dict[int, int] = {}
        self.order: list[tuple[int, int]] = []

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_user is not None
        await self._effect(update, Outgoing("0 taps", KEYBOARD))

    async def tap(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        failed = self.failures.get(update.update_id, 0)
        if query.data == "1:fail" or (query.data == "1:flaky" and failed < 2):
            self.failures[update.update_id] = failed + 1
            raise KeyError(f"words of {query.from_user.first_name}")
        self.order.append((query.from_user.id, update.update_id))
        await self._effect(update, Outgoing("{} taps", KEYBOARD, edits=query.message.message_id))

    async def _effect(self, update: Update, message: Outgoing) -> None:
        assert update.effective_user is not None
        person = UserId(update.effective_user.id)

        def effect(tx: Tx) -> None:
            tx.people.ensure(person)
            number = tx.impressions.new_round(person) if message.edits else 0
            text = message.text.format(number)
            tx.outbox.add(person, Outgoing(text, message.keyboard, message.edits))
            tx.inbox.finish(update.update_id)

        await asyncio.wrap_future(self.store.write(effect))


def apologise(tx: Tx, update: Update) -> Outgoing:
    return Outgoing("sorry, that did not work")


def build(store: Store, url: str, token: str) -> tuple[Application[Any, Any, Any, Any, Any, Any], Delivery, TinyBot]:
    """Build the application as the real bot does."""
    delivery = Delivery(store, apology=apologise)
    bot = TinyBot(store)
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").job_queue(None)
    application = delivery.attach(delivery.install(builder).build())
    application.add_handler(CommandHandler("start", bot.start))
    application.add_handler(CallbackQueryHandler(bot.tap))
    return application, delivery, bot


@asynccontextmanager
async def running(store: Store, url: str, token: str) -> AsyncIterator[tuple[Delivery, TinyBot]]:
    """Run the bot in the caller's loop."""
    application, delivery, bot = build(store, url, token)
    assert application.updater is not None
    async with application:
        await delivery.start()
        await application.updater.start_polling(timeout=1)
        await application.start()
        try:
            yield delivery, bot
        finally:
            await application.updater.stop()
            await application.stop()
            await delivery.stop()


def main(url: str, token: str, data_dir: Path) -> int:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    redact_logs(token)
    database = sqlite_url(data_dir)
    try:
        with poller_lock(data_dir, database):
            migrate(database)
            return run(database, url, token)
    except LockHeldError as error:
        print(error, file=sys.stderr)
        return 1


def run(database: str, url: str, token: str) -> int:
    with Store(database) as store:
        application, delivery, _ = build(store, url, token)

        async def begin(_: object) -> None:
            await delivery.start()
            print("ready", flush=True)

        async def end(_: object) -> None:
            await delivery.stop()

        application.post_init, application.post_stop = begin, end
        application.run_polling(timeout=2)
        if delivery.health.fatal is not None:
            print(delivery.health.fatal, file=sys.stderr)
            return 1
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
