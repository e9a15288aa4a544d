"""The whole state of one local Telegram with one bot, and what a person can do in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import wire
from bot.sandbox.calls import Calls
from bot.sandbox.chats import Chat, Chats, Message, User
from bot.sandbox.entities import FormattedText, linked, trimmed
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files, Upload
from bot.sandbox.limits import Limits
from bot.sandbox.profile import Profile
from bot.sandbox.signal import Signal
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

# For trying things out on this machine only; it opens nothing anywhere else.
DEFAULT_TOKEN = "1000000001:sandbox-token-that-opens-nothing-00"


@dataclass(slots=True)
class Query:
    """A tap that waits for its answer."""

    chat_id: int
    user_id: int
    update_id: int


@dataclass(slots=True)
class World:
    """State in memory; used from one event loop only."""

    token: str
    profile: Profile
    limits: Limits
    chats: Chats
    updates: Updates
    clock: Callable[[], float]
    files: Files = field(default_factory=Files)
    calls: Calls = field(default_factory=Calls)
    faults: Faults = field(default_factory=Faults)
    queries: dict[str, Query] = field(default_factory=dict)
    actions: dict[int, tuple[str, float]] = field(default_factory=dict)
    changed: Signal = field(default_factory=Signal)
    webhook: Webhook = field(default_factory=Webhook)
    poller: int = 0
    is_closing: bool = False

    def now(self) -> int:
        return int(self.clock())

    def meet(self, user: User, chat: Chat) -> None:
        self.chats.meet(user)
        self.chats.open(chat)

    def say(self, user: User, chat: Chat, text: str, upload: Upload | None = None) -> tuple[int | None, Message]:
        """Let a person send a text or a document; return the update's id and the message."""
        self.meet(user, chat)
        document = self.files.keep_document(upload) if upload else None
        content = linked(trimmed(FormattedText(text)))
        message = self.chats.add(chat.id, user.id, self.now(), content, document=document)
        return self.push("message", wire.message(self, message)), message

    def send(self, user: User, chat: Chat, content: dict[str, Any]) -> int | None:
        """Let a person send a message of any other kind, as the Bot API spells it; return the update's id."""
        self.meet(user, chat)
        message = self.chats.add(chat.id, user.id, self.now(), FormattedText(""), other=content)
        return self.push("message", wire.message(self, message))

    def tap(self, user: User, message: Message, data: str) -> int | None:
        """Let a person press a button; return the update's id."""
        query_id = str(self.updates.next_id * 1_000_003)
        payload = {
            "id": query_id,
            "from": wire.user(user),
            "message": wire.message(self, message),
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        update_id = self.push("callback_query", payload)
        if update_id is not None:
            self.queries[query_id] = Query(message.chat_id, user.id, update_id)
        return update_id

    def set_blocked(self, user: User, *, blocked: bool) -> int | None:
        """Block or unblock the bot; return the id of the update that tells it so."""
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        (self.chats.blocked.add if blocked else self.chats.blocked.discard)(user.id)
        self.chats.touch(user.id)
        return self.push("my_chat_member", wire.membership(self, user, before, after))

    def push(self, kind: str, payload: dict[str, Any]) -> int | None:
        update_id = self.updates.push(kind, payload)
        self.changed.ring()
        return update_id

    def show_action(self, chat_id: int, action: str) -> None:
        """Show "typing…" and the like for the five seconds Telegram shows it."""
        self.actions[chat_id] = (action, self.clock() + 5)
        self.chats.touch(chat_id)
        self.changed.ring()

    def reset(self) -> None:
        """Clear everything but the delivery to the bot: its pollers, its webhook and the numbering."""
        for part in (self.chats, self.updates, self.files, self.calls, self.faults, self.limits, self.profile):
            part.clear()
        self.queries.clear()
        self.actions.clear()
        self.changed.ring()

    def close(self) -> None:
        """End every wait."""
        self.is_closing = True
        self.webhook.stop()
        self.changed.ring()


def make_world(token: str = DEFAULT_TOKEN, *, name: str, username: str, limits: bool) -> World:
    """Make an empty world.

    Update and message ids start at the current second, so that they stay fresh for a bot that remembers
    those of an earlier sandbox.
    """
    start = int(time.time())
    return World(
        token=token,
        profile=Profile(int(token.partition(":")[0] or 0), username, name),
        limits=Limits(time.monotonic, enabled=limits),
        chats=Chats(next_message_id=start),
        updates=Updates(next_id=start),
        calls=Calls(time.time),
        clock=time.time,
    )
