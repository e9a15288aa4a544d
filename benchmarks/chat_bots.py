"""The two bots of benchmarks/chat.py, same handlers and use cases: `python -m benchmarks.chat_bots ours|direct`.

`ours` is the real bot. `direct` is what the library offers: its in-memory queue, its own processor, and messages sent
from the handler; no inbox, no outbox. Neither has a sending limit.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, ParamSpec, TypeVar, cast

from telegram import Update
from telegram.ext import Application, ApplicationBuilder

from bot.app import POLL_TIMEOUT_S, ChatBot
from bot.application import build_application
from bot.commands.models.live import open_recommender
from bot.delivery.gallery import Gallery
from bot.delivery.incoming import ALLOWED_UPDATES
from bot.delivery.posting import post
from bot.delivery.processor import AT_ONCE
from bot.delivery.requests import SendingRequest
from bot.handlers import Answers, Context, Wiring
from bot.messages import load_words
from bot.service.offload import Offload
from bot.service.service import Service, Turn, UseCase
from bot.service.titles import Titles
from bot.settings import Settings, load_settings
from bot.storage import Letter, Store, Tx

P = ParamSpec("P")
T = TypeVar("T")


class Nothing:
    """Stands where inbox and outbox are: takes everything, keeps nothing."""

    added: Final[tuple[int, ...]] = ()
    finished: Final[tuple[int, ...]] = ()

    def add(self, *_: object, **__: object) -> int:
        return 0

    def finish(self, _update_id: int) -> None:
        return None


class BareStore(Store):
    """The same store, whose transactions know no inbox and no outbox."""

    def write(self, run: Callable[[Tx], T]) -> Future[T]:
        def bare(tx: Tx) -> T:
            tx.inbox = tx.outbox = cast(Any, Nothing())
            return run(tx)

        return super().write(bare)


class DirectContext(Context):
    """Sends what a use case says from the handler itself."""

    async def serve_turn(
        self, update: Update, turn: Turn, use_case: UseCase[P], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        reply = await self.wiring.offload.run(use_case, self.wiring.service, turn, *args, **kwargs)
        for message in reply.messages:
            gallery = Gallery(self.wiring.service.store, _forget)
            await post(self.bot, Letter(0, turn.person, message), gallery)
        self.answer(update, reply.toast)


def _forget(*_: object) -> None:
    """Keep nothing of a picture that was uploaded."""


class DirectWays:
    """The library's own queue in memory and its own processor."""

    def install(self, builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any]) -> Any:
        return builder.concurrent_updates(AT_ONCE).request(SendingRequest())

    def attach(self, application: Application[Any, Any, Any, Any, Any, Any]) -> Any:
        return application


def unlimited() -> float:
    """Count time so fast that no bucket is ever empty."""
    return time.monotonic() * 1_000_000


async def run_ours(settings: Settings) -> None:
    """Run the real bot until it is told to end."""
    with Store(settings.database_url) as store:
        await ChatBot(settings, store, open_recommender(settings, store), clock=unlimited).run()


async def run_direct(settings: Settings) -> None:
    """Run the library's own way until told to end."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    with BareStore(settings.database_url) as store:
        service = Service(store, open_recommender(settings, store), load_words(), Titles(store))
        answers = Answers()
        wiring = Wiring(service, Offload(), answers)
        application = build_application(settings, DirectWays(), wiring, context=DirectContext)
        assert application.updater is not None
        async with application:
            await application.start()
            await application.updater.start_polling(timeout=POLL_TIMEOUT_S, allowed_updates=ALLOWED_UPDATES)
            await ended.wait()
            await application.updater.stop()
            await application.stop()
            await answers.stop()


if __name__ == "__main__":
    asyncio.run({"ours": run_ours, "direct": run_direct}[sys.argv[1]](load_settings()))
