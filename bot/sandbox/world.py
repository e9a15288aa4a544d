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
from bot.sandbox.inline import Inline
from bot.sandbox.limits import Limits
from bot.sandbox.members import Member, Members
from bot.sandbox.polls import Poll, Polls
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
    polls: Polls = field(default_factory=Polls)
    inline: Inline = field(default_factory=Inline)
    members: Members = field(default_factory=Members)
    actions: dict[int, tuple[str, float]] = field(default_factory=dict)
    changed: Signal = field(default_factory=Signal)
    webhook: Webhook = field(default_factory=Webhook)
    poller: int = 0
    next_id: int = 0
    is_closing: bool = False

    def now(self) -> int:
        return int(self.clock())

    @property
    def bot_id(self) -> int:
        return self.profile.bot_id

    def new_id(self) -> str:
        """Return an id that no query and no poll had before."""
        self.next_id += 1
        return str((self.chats.next_message_id + self.next_id) * 1_000_003)

    def meet(self, user: User, chat: Chat, *, with_bot: bool = True) -> None:
        """Let a person into a chat; who first speaks in a new group has made it, and has the bot in it unless told."""
        self.chats.meet(user)
        if chat.is_group and self.chats.chat(chat.id) is None:
            self.members.put(chat.id, Member(user.id, "creator"))
            if with_bot:
                self.members.join(chat.id, self.bot_id)
        self.chats.open(chat)
        if chat.is_group:
            self.members.join(chat.id, user.id)

    def say(
        self, user: User, chat: Chat, text: str, upload: Upload | None = None, **more: Any
    ) -> tuple[int | None, Message]:
        """Let a person send a text or a document; return the update's id and the message."""
        self.meet(user, chat)
        document = self.files.keep_document(upload) if upload else None
        content = linked(trimmed(FormattedText(text)))
        message = self.chats.add(chat.id, user.id, self.now(), content, document=document, **more)
        return self.tell(message), message

    def send(self, user: User, chat: Chat, content: dict[str, Any], **more: Any) -> int | None:
        """Let a person send a message of any other kind, as the Bot API spells it; return the update's id."""
        self.meet(user, chat)
        return self.tell(self.chats.add(chat.id, user.id, self.now(), FormattedText(""), other=content, **more))

    def tell(self, message: Message) -> int | None:
        """Tell the bot of a message where it is in the chat; return the update's id."""
        self.changed.ring()
        if not self.has_bot(message.chat_id):
            return None
        return self.push("message", wire.message(self, message))

    def reword(self, message: Message, text: str) -> int | None:
        """Let a person change a text of theirs; return the update's id."""
        content = linked(trimmed(FormattedText(text)))
        edited = self.chats.edit(message, self.now(), content=content)
        self.changed.ring()
        return self.push("edited_message", wire.message(self, edited)) if self.has_bot(message.chat_id) else None

    def has_bot(self, chat_id: int) -> bool:
        """Tell whether the bot reads the chat: private chats with it, and groups that it is in."""
        chat = self.chats.chat(chat_id)
        return chat is not None and (not chat.is_group or self.members.find(chat_id, self.bot_id).is_present)

    def tap(self, user: User, message: Message, data: str) -> dict[str, Any]:
        """Let a person press a button; return the ids of the update and of the query in it."""
        query_id = self.new_id()
        where = (
            {"inline_message_id": message.inline_id} if message.inline_id else {"message": wire.message(self, message)}
        )
        payload = {
            "id": query_id,
            "from": wire.user(user),
            **where,
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        update_id = self.push("callback_query", payload)
        if update_id is not None:
            self.queries[query_id] = Query(message.chat_id, user.id, update_id)
        return {"update_id": update_id, "query_id": query_id}

    def set_blocked(self, user: User, *, blocked: bool) -> int | None:
        """Block or unblock the bot; return the id of the update that tells it so."""
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        (self.chats.blocked.add if blocked else self.chats.blocked.discard)(user.id)
        self.chats.touch(user.id)
        change = (Member(self.bot_id, before), Member(self.bot_id, after))
        return self.push("my_chat_member", wire.membership(self, Chat(user.id), wire.user(user), *change))

    def close_poll(self, poll: Poll) -> None:
        """End a poll for good."""
        if not poll.is_closed:
            poll.is_closed = True
            self.show_poll(poll)

    def show_poll(self, poll: Poll) -> int | None:
        """Tell the bot and the page how a poll of the bot stands."""
        for message in self.chats.by_poll(poll.poll_id):
            self.chats.touch(message.chat_id)
        self.changed.ring()
        return self.push("poll", poll.to_json()) if poll.asked_by_bot else None

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
        kept = (self.chats, self.updates, self.files, self.calls, self.faults, self.limits, self.profile)
        for part in (*kept, self.polls, self.inline, self.members):
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
