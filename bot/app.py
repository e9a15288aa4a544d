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

from bot.application import build_application
from bot.delivery import Delivery
from bot.delivery.ending import within
from bot.delivery.incoming import ALLOWED_UPDATES
from bot.delivery.insisting import insist
from bot.delivery.introduction import introduce
from bot.delivery.posting import reason, silence_retry_after
from bot.delivery.redis_limits import shared_limits
from bot.delivery.requests import last_status
from bot.handlers import Answers, Wiring
from bot.intake import Intake
from bot.jobs import Jobs, Refusing
from bot.messages import load_words, notices, toasts
from bot.outgoing import Outgoing
from bot.pseudonyms import load_pseudonyms
from bot.retraining.process import retrain_command
from bot.retraining.real_ratings import make_real_ratings
from bot.service.offload import Offload
from bot.service.service import Service
from bot.service.timed import TimedRecommender
from bot.service.titles import Titles
from bot.settings import Settings
from bot.storage import Lease, Letter, Store, Tx
from bot.tally import Tally
from recommender.domain import Recommender, UserId

if TYPE_CHECKING:
    from bot.delivery.webhook import Webhook

log = logging.getLogger(__name__)

POLL_TIMEOUT_S: Final = 10
# The end takes at most so long: for what is at work, for messages on their way and their notes, for connections.
FINISH_S: Final = 3.5
LAST_S: Final = 4.0
CLOSE_S: Final = 1.0
TAKEN_OVER: Final = "one bot may run on a database; start this one when the other has ended. Received: a lost lease"


class ChatBot:
    """The bot as one thing that starts, runs and stops.

    Args:
        settings: where Telegram is, and what the operator chose.
        store: open, migrated; stays the caller's to close.
        recommender: answers every list and every question.
        swap_model: called every few seconds; loads a model that was published since.
        refreshers: called less often; each loads what is new of films.
        lease: what makes this the one bot, where others may take over; its loss ends the bot.
        trains_first: whether to train a first model soon after the start where none is published.
        clock: seconds, monotonic; what the sending limits are measured with.
        tally: counts what is done.
        outside: the environment to fetch real people's ratings in; None for that of this process.

    Attributes:
        is_ready: whether updates are taken.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        recommender: Recommender,
        *,
        swap_model: Callable[[], bool] = lambda: False,
        refreshers: Sequence[Callable[[], bool]] = (),
        lease: Lease | None = None,
        trains_first: bool = False,
        clock: Callable[[], float] = time.monotonic,
        tally: Tally | None = None,
        outside: Mapping[str, str] | None = None,
    ) -> None:
        self._settings, self._lease = settings, lease
        self.tally, self.is_ready = tally or Tally(), False
        titles = Titles(store)
        timed = TimedRecommender(recommender, self.tally.recommendations)
        self.service = Service(store, timed, load_words(), titles, load_pseudonyms(settings.data_dir))
        self._offload, self._answers = Offload(), Answers()
        self._limits = shared_limits(settings)
        self.delivery = self._deliver(store, clock)
        self.jobs = Jobs(
            service=self.service,
            offload=self._offload,
            settings=settings,
            swap_model=swap_model,
            refreshers=(*refreshers, titles.refresh),
            dead_letters=lambda: self.delivery.health.dead_letters,
            refusal=lambda: recommender.refusal if isinstance(recommender, Refusing) else None,
            retrain_command=retrain_command(settings),
            tally=self.tally,
            needs_first=lambda: trains_first and not (settings.bundles_dir / "current").exists(),
        )
        self.real_ratings = make_real_ratings(self.service, self._offload, settings, self.jobs.refresh, outside)
        self.application = build_application(settings, self.delivery, self._wire(settings))
        self._intake = Intake(self.service, self._offload, self.application.bot)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._introduction: asyncio.Task[None] | None = None
        self._webhook: Webhook | None = None

    def _wire(self, settings: Settings) -> Wiring:
        """Return what handlers reach."""
        return Wiring(
            self.service,
            self._offload,
            self._answers,
            self.tally,
            self.real_ratings,
            settings.admins,
            is_overtaken=self.delivery.queue.taps.is_overtaken,
        )

    def _deliver(self, store: Store, clock: Callable[[], float]) -> Delivery:
        """Return the way in and out of the chat."""
        lease = self._lease
        store.on_commit(lambda seconds, is_done: self.tally.commits.add(seconds, "done" if is_done else "refused"))
        return Delivery(
            store,
            apology=self._apologise,
            letter_apology=self._regret,
            delayed=lambda language: toasts.delayed(self.service.words_for(None, language)),
            is_replica=self._settings.replica,
            limits=self._limits,
            root=self._settings.telegram_api_url,
            is_ours=lambda: lease is None or lease.is_held,
            clock=clock,
            tally=self.tally,
        )

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
        self.is_ready = True
        log.info("the bot is ready as @%s", self.application.bot.username)

    def introduce(self) -> None:
        """Begin to tell Telegram of the commands and what the bot is; a bot that takes updates need not wait for it."""
        self._introduction = asyncio.create_task(introduce(self.application.bot, self.service.words), name="introduce")

    async def stop(self) -> None:
        """Take no more updates, finish what is at hand, keep the rest for the next start; in seconds."""
        self.is_ready = False
        self.delivery.end()
        if self._introduction is not None:
            self._introduction.cancel()
        await self.real_ratings.stop()
        await self.jobs.stop()
        await within(FINISH_S, self._finish())
        await within(LAST_S, self.delivery.stop())
        await within(CLOSE_S, self._close())

    async def _finish(self) -> None:
        """Fetch nothing more, and wait for what is at work."""
        updater = self.application.updater
        finishing = [self._answers.stop(), self._intake.stop()]
        if self._webhook is not None:
            finishing.append(self._webhook.stop())
        if updater is not None and updater.running:
            finishing.append(updater.stop())
        if self.application.running:
            finishing.append(self.application.stop())
        await asyncio.gather(*finishing)

    async def _close(self) -> None:
        await self.application.shutdown()
        # An application that never came up leaves its bot's connections open.
        await self.application.bot.shutdown()
        if self._limits is not None:
            await self._limits.close()
        await asyncio.to_thread(self._offload.close)

    @property
    def webhook_connections(self) -> int | None:
        """Return how many connections the webhook has; None where the bot polls."""
        return None if self._webhook is None else self._webhook.server.connections

    async def run(self) -> str | None:
        """Run until a signal or until Telegram refuses us for good; return why, None for a signal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.application.ended.set)
        if self._lease is not None:
            self._lease.on_lost(partial(_tell, loop, self._step_down))
        try:
            await self._start_unless_ended()
            if self.is_ready:
                self.introduce()
            await self.application.ended.wait()
        except InvalidToken:
            # Its text quotes the token; health has a line of its own.
            self.delivery.health.answered(401)
        except BadRequest as error:
            self.delivery.health.end(f"Telegram must take what it is asked at the start. Received: {reason(error)}")
        finally:
            await self.stop()
        return self.delivery.health.fatal

    def _step_down(self) -> None:
        self.delivery.health.end(TAKEN_OVER)
        self.application.ended.set()

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
        self._webhook = Webhook(
            self.delivery,
            self.application.bot,
            url,
            secret=secret,
            port=port,
            count=lambda status: self.tally.deliveries.add(str(status)),
        )
        await self._webhook.start()

    async def _start_polling(self) -> None:
        assert self.application.updater is not None, "an application that polls has an updater"
        # The library does so, too, but goes on for ever without a word where Telegram refuses.
        await insist(self.application.bot.delete_webhook, "deleteWebhook")
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


def _tell(loop: asyncio.AbstractEventLoop, listener: Callable[[], None]) -> None:
    """Call a listener inside the loop, from another thread; a closed loop has nobody to tell."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(listener)


async def _answer(update: Update) -> None:
    with contextlib.suppress(TelegramError):
        if update.callback_query is not None:
            await update.callback_query.answer()
