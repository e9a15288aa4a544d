"""The typed context: what a handler reaches, without string keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, ParamSpec

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot.handlers.act import noted, use_case_of
from bot.handlers.answers import Answers
from bot.retraining.real_ratings import RealRatings
from bot.service.offload import Offload
from bot.service.service import Reply, Service, Turn, UseCase
from bot.tally import Tally
from recommender.domain import UserId

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the composition root hands to every handler.

    Attributes:
        is_overtaken: whether a later tap waits that draws over what this one would.
    """

    service: Service
    offload: Offload
    answers: Answers
    tally: Tally = field(default_factory=Tally)
    real_ratings: RealRatings | None = None
    admins: frozenset[int] = frozenset()
    is_overtaken: Callable[[Update], bool] = lambda _: False


class ChatApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An application that knows its wiring, and lives in a loop of our own: asked to stop, it sets `ended`."""

    __slots__ = ("ended", "wiring")

    def __init__(self, *, wiring: Wiring, **options: Any) -> None:
        super().__init__(**options)
        self.wiring = wiring
        self.ended = asyncio.Event()

    def stop_running(self) -> None:
        self.ended.set()

    async def process_update(self, update: object) -> None:
        """Run the handlers of an update, and note what they did."""
        with noted(update, self.wiring.tally, lambda: self._bundle_of(update)):
            await super().process_update(update)

    def _bundle_of(self, update: object) -> str:
        """Return the version that serves who sent an update."""
        service = self.wiring.service
        user = update.effective_user if isinstance(update, Update) else None
        return (service.recommender_of(UserId(user.id)) if user else service.recommender).version


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One update's way from a handler to a use case and back."""

    @property
    def wiring(self) -> Wiring:
        assert isinstance(self.application, ChatApplication), "this context belongs to our own application"
        return self.application.wiring

    async def serve(self, update: Update, use_case: UseCase[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a use case off the loop; its messages leave through the outbox, its toast from here, beside."""
        await self.serve_turn(update, turn_of(update), use_case, *args, **kwargs)

    async def serve_turn(
        self, update: Update, turn: Turn, use_case: UseCase[P], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run a use case of a turn of which more is known than the update says."""
        reply = await self.reply_to(turn, use_case, *args, **kwargs)
        self.answer(update, reply.toast, reply.url)

    async def reply_to(self, turn: Turn, use_case: UseCase[P], *args: P.args, **kwargs: P.kwargs) -> Reply:
        """Run a use case and return what it answers, its toast still unsent."""
        use_case_of(use_case)
        turn = replace(turn, bot=self.bot.username)
        return await self.wiring.offload.run(use_case, self.wiring.service, turn, *args, **kwargs)

    def answer(self, update: Update, toast: str = "", url: str = "") -> None:
        """End the wait on a tapped button, beside the work."""
        query = update.callback_query
        if query is not None:
            self.wiring.answers.send(query.from_user.id, partial(query.answer, toast or None, url=url or None))


_GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def alone(use_case: Callable[[Service, Turn], Reply]) -> Handler:
    """Return the handler of a command that takes no argument; one that is given is answered too."""

    async def handle(update: Update, context: Context) -> None:
        await context.serve_turn(update, replace(turn_of(update), unused=argument_of(update)), use_case)

    return handle


def command_of(update: Update) -> str:
    """Return a command as it was written: "/start", or "/start@name" to the bot of that name."""
    return text_of(update).split(maxsplit=1)[0]


def argument_of(update: Update) -> str:
    """Return what stands behind the command, whatever blank separates them; nothing behind one that is a plain word."""
    text = text_of(update)
    return "".join(text.split(maxsplit=1)[1:]).strip() if text.startswith("/") else ""


def text_of(update: Update) -> str:
    message = update.effective_message
    return (message.text or "") if message else ""


def turn_of(update: Update) -> Turn:
    """Return who did it, in which language their Telegram speaks, and on which message or in which topic.

    A message too old comes as an inaccessible one, which Telegram refuses to edit: its answer is a new message. Who
    writes in a chat's name, as anonymous administrators do, is nobody: its sender is a bot that stands for them all.
    """
    query, said, chat = update.callback_query, update.effective_message, update.effective_chat
    is_nobody = query is None and isinstance(said, Message) and said.sender_chat is not None
    user = None if is_nobody else update.effective_user
    return Turn(
        update_id=update.update_id,
        person=UserId(user.id if user else 0),
        telegram_language=user.language_code if user else None,
        message_id=query.message.message_id if query and query.message and query.message.is_accessible else None,
        is_tap=query is not None,
        chat_id=chat.id if chat and chat.type in _GROUPS else None,
        username=(user.username or "") if user else "",
        thread_id=said.message_thread_id if isinstance(said, Message) and said.is_topic_message else None,
    )
