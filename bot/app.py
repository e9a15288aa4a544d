"""The composition root of the chat: settings, store and recommender wired into a Telegram application and its life."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ContextTypes

from bot.delivery import Delivery
from bot.delivery.incoming import ALLOWED_UPDATES
from bot.delivery.insisting import insist
from bot.delivery.posting import reason, silence_retry_after
from bot.delivery.requests import last_status
from bot.handlers import ChatApplication, Context, Wiring, all_handlers
from bot.intake import Intake
from bot.jobs import Jobs, Refusing
from bot.messages import LANGUAGES, Words, commands, load_words, notices
from bot.outgoing import Outgoing
from bot.retraining.process import retrain_command
from bot.service.offload import Offload
from bot.service.service import Service
from bot.service.titles import Titles
from bot.settings import Settings
from bot.storage import Letter, Store, Tx
from recommender.domain import Recommender, UserId

if TYPE_CHECKING:
    from bot.delivery.webhook import Webhook

log = logging.getLogger(__name__)

POLL_TIMEOUT_S: Final = 10


class ChatBot:
    """The bot as one thing that starts, runs and stops.

    Args:
        settings: where Telegram is, and what the operator chose.
        store: open, migrated; stays the caller's to close.
        recommender: answers every list and every question.
        refreshers: called every few seconds; each loads what was published since.
        clock: seconds, monotonic; what the sending limits are measured with.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        recommender: Recommender,
        *,
        refreshers: Sequence[Callable[[], bool]] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        titles = Titles(store)
        self.service = Service(store, recommender, load_words(), titles)
        self._offload = Offload()
        self.delivery = Delivery(store, apology=self._apologise, letter_apology=self._regret, clock=clock)
        self.application = build_application(settings, self.delivery, Wiring(self.service, self._offload))
        self.jobs = Jobs(
            service=self.service,
            offload=self._offload,
            settings=settings,
            refreshers=(*refreshers, titles.refresh),
            dead_letters=lambda: self.delivery.health.dead_letters,
            refusal=lambda: recommender.refusal if isinstance(recommender, Refusing) else None,
            retrain_command=retrain_command(settings),
        )
        self._intake = Intake(self.service, self._offload, self.application.bot)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._introduction: asyncio.Task[None] | None = None
        self._webhook: Webhook | None = None

    async def start(self) -> None:
        """Reach Telegram, bring back what was unfinished, and take updates."""
        self._loop = asyncio.get_running_loop()
        await self._reach_telegram()
        await self.delivery.start()
        assert self.application.job_queue is not None, "the job-queue extra is a dependency"
        self.jobs.schedule(self.application.job_queue)
        await self.application.start()
        self._intake.start()
        if self._settings.webhook_url:
            await self._start_webhook(self._settings.webhook_url)
        else:
            await self._start_polling()
        self._introduction = asyncio.create_task(introduce(self.application, self.service.words), name="introduce")
        log.info("the bot is ready as @%s", self.application.bot.username)

    async def stop(self) -> None:
        """Take no more updates, finish what is at hand, keep the rest for the next start."""
        if self._introduction is not None:
            self._introduction.cancel()
        if self._webhook is not None:
            await self._webhook.stop()
        if self.application.updater is not None and self.application.updater.running:
            await self.application.updater.stop()
        await self.jobs.stop()
        await self._intake.stop()
        if self.application.running:
            await self.application.stop()
        await self.delivery.stop()
        await self.application.shutdown()
        # An application that never came up leaves its bot's connections open.
        await self.application.bot.shutdown()
        await asyncio.to_thread(self._offload.close)

    async def run(self) -> str | None:
        """Run until a signal or until Telegram refuses us for good; return why, None for a signal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.application.ended.set)
        try:
            await self._start_unless_ended()
            await self.application.ended.wait()
        except InvalidToken:
            # Its text quotes the token; health has a line of its own.
            self.delivery.health.answered(401)
        except BadRequest as error:
            self.delivery.health.end(f"Telegram must take what it is asked at the start. Received: {reason(error)}")
        finally:
            await self.stop()
        return self.delivery.health.fatal

    async def _start_unless_ended(self) -> None:
        """Start, but give it up when the end comes first, as when Telegram cannot be reached for hours."""
        start, ended = asyncio.create_task(self.start()), asyncio.create_task(self.application.ended.wait())
        await asyncio.wait({start, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not start.done():
            start.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await start

    async def _reach_telegram(self) -> None:
        silence_retry_after()
        try:
            await insist(self.application.initialize, "getMe")
        except InvalidToken:
            self.delivery.health.answered(last_status.get() or 401)
            raise

    async def _start_webhook(self, url: str) -> None:
        # Imported here: a bot that polls never needs a web server.
        from bot.delivery.webhook import Webhook

        secret, port = self._settings.require_webhook_secret(), self._settings.webhook_port
        self._webhook = Webhook(self.delivery, self.application.bot, url, secret=secret, port=port)
        await self._webhook.start()

    async def _start_polling(self) -> None:
        assert self.application.updater is not None, "an application that polls has an updater"
        await self.application.updater.start_polling(
            timeout=POLL_TIMEOUT_S,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=self.delivery.health.failed,
        )

    def _apologise(self, tx: Tx, update: Update) -> Outgoing | None:
        """Say sorry for an update that was given up, and end the wait on a tapped button."""
        user = update.effective_user
        if user is None or update.effective_chat is None or update.effective_chat.type != "private":
            return None
        if update.callback_query is not None and self._loop is not None:
            asyncio.run_coroutine_threadsafe(_answer(update), self._loop)
        words = self.service.words_for(tx.people.get(UserId(user.id)), user.language_code)
        return notices.sorry(words)

    def _regret(self, tx: Tx, letter: Letter) -> Outgoing | None:
        """Say sorry for a new message that was given up; never for the apology itself."""
        if letter.outgoing.edits is not None or letter.chat_id < 0:
            return None
        sorry = notices.not_sent(self.service.words_for(tx.people.get(UserId(letter.chat_id))))
        return None if letter.outgoing.text == sorry.text else sorry


def build_application(settings: Settings, delivery: Delivery, wiring: Wiring) -> ChatApplication:
    """Wire handlers, typed context and delivery into an application."""
    builder = (
        ChatApplication.builder()
        .application_class(ChatApplication, {"wiring": wiring})
        .token(settings.require_token())
        .base_url(settings.bot_api_url)
        .base_file_url(settings.file_api_url)
        .context_types(ContextTypes(context=Context))
    )
    application: ChatApplication = delivery.attach(delivery.install(builder).build())
    application.add_handlers(all_handlers())
    application.add_error_handler(log_job_failure)
    return application


async def log_job_failure(update: object, context: Context) -> None:
    """Log what a job raised; failures of updates are logged by the processor, which retries them."""
    if update is None:
        log.error("a job failed", exc_info=context.error)


async def introduce(application: ChatApplication, words: Mapping[str, Words]) -> None:
    """Register commands and descriptions in every language, English for all others; a refusal costs only the menu."""
    bot = application.bot
    try:
        for language in LANGUAGES:
            code, about = None if language == LANGUAGES[0] else language, words[language]
            for call in (
                partial(bot.set_my_commands, commands.menu(about), language_code=code),
                partial(bot.set_my_description, about.plain("about.description"), language_code=code),
                partial(bot.set_my_short_description, about.plain("about.short"), language_code=code),
            ):
                await insist(call, "command menu")
    except TelegramError as error:
        log.warning("the command menu could not be registered: %s", type(error).__name__)


async def _answer(update: Update) -> None:
    with contextlib.suppress(TelegramError):
        if update.callback_query is not None:
            await update.callback_query.answer()
