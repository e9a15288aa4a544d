"""People, chats and messages of the local Telegram, as plain values and one store of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.entities import FormattedText
from bot.sandbox.files import StoredFile
from bot.sandbox.topics import Topic

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who talks to the bot, as Telegram knows them."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    type: str = "private"
    title: str = ""
    is_forum: bool = False
    description: str = ""
    permissions: Json | None = None

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; `action` is the Bot API field that says what it does."""

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str | None:
        return str(self.value) if self.action == "callback_data" else None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message; with a photo or a document, `content` is its caption. `sender_id` is None for the bot.

    A document of another `file_kind` is a video, a voice and so on. `origin` says whose message was forwarded.

    `other` is what a message of another kind has in place of a text: a sticker, a place. `inline_id` is how the bot
    reaches a message that a person sent through it, or that it sent as a guest called by `caller_id`. A service message
    tells what happened in the chat.
    """

    message_id: int
    chat_id: int
    sender_id: int | None
    sent_at: int
    content: FormattedText
    keyboard: Keyboard = ()
    photo: StoredFile | None = None
    document: StoredFile | None = None
    file_kind: str = "document"
    file_facts: Json = field(default_factory=dict)
    album: str = ""
    origin: Json | None = None
    edited_at: int | None = None
    reply_to: int | None = None
    other: Json = field(default_factory=dict)
    thread_id: int = 0
    poll_id: str = ""
    inline_id: str = ""
    is_via_bot: bool = False
    caller_id: int | None = None
    is_service: bool = False
    reactions: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_media(self) -> bool:
        return self.photo is not None or self.document is not None

    def buttons(self) -> list[Button]:
        return [button for row in self.keyboard for button in row]


@dataclass(frozen=True, slots=True)
class Toast:
    """An answer to a callback query, as the person sees it; `update_id` is that of the tap."""

    chat_id: int
    user_id: int
    update_id: int
    text: str
    shown_at: float
    is_alert: bool = False
    url: str = ""


@dataclass(slots=True)
class Chats:
    """Everything said so far, in memory."""

    next_message_id: int
    revision: int = 0
    people: dict[int, User] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    toasts: list[Toast] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    pinned: dict[int, list[int]] = field(default_factory=dict)
    topics: dict[int, dict[int, Topic]] = field(default_factory=dict)
    replies: dict[int, Json] = field(default_factory=dict)
    _chats: dict[int, Chat] = field(default_factory=dict)
    _messages: dict[int, Message] = field(default_factory=dict)
    _message_ids: dict[int, list[int]] = field(default_factory=dict)
    _common_version: int = 0
    _versions: dict[int, int] = field(default_factory=dict)

    def meet(self, user: User) -> None:
        self.people[user.id] = user

    def open(self, chat: Chat) -> None:
        self._chats[chat.id] = chat
        self._message_ids.setdefault(chat.id, [])

    def chat(self, chat_id: int) -> Chat | None:
        return self._chats.get(chat_id)

    def open_chat(self, chat_id: int) -> Chat:
        """Return the chat of a message, which is always an open one."""
        return self._chats[chat_id]

    def version(self, chat_id: int) -> int:
        """A number that grows with every visible change of the chat."""
        return self._common_version + self._versions.get(chat_id, 0)

    def add(self, chat_id: int, sender_id: int | None, sent_at: int, content: FormattedText, **more: Any) -> Message:
        """Append a message under the next id."""
        message = Message(self.next_message_id, chat_id, sender_id, sent_at, content, **more)
        self.next_message_id += 1
        self._message_ids[chat_id].append(message.message_id)
        return self.put(message)

    def put(self, message: Message) -> Message:
        """Keep a message, in the place of the one with its id."""
        self._messages[message.message_id] = message
        self.touch(message.chat_id)
        return message

    def edit(self, message: Message, edited_at: int, **changes: Any) -> Message:
        return self.put(replace(message, edited_at=edited_at, **changes))

    def touch(self, chat_id: int) -> None:
        self.revision += 1
        self._versions[chat_id] = self._versions.get(chat_id, 0) + 1

    def touch_all(self) -> None:
        """Mark every chat as changed, also those nobody has written in yet."""
        self.revision += 1
        self._common_version += 1

    def message(self, message_id: int) -> Message | None:
        return self._messages.get(message_id)

    def by_inline_id(self, inline_id: str) -> Message | None:
        return next((one for one in self._messages.values() if inline_id and one.inline_id == inline_id), None)

    def by_poll(self, poll_id: str) -> list[Message]:
        return [one for one in self._messages.values() if one.poll_id == poll_id]

    def delete(self, message: Message) -> None:
        del self._messages[message.message_id]
        if message.message_id in self.pinned.get(message.chat_id, []):
            self.pinned[message.chat_id].remove(message.message_id)
        self._message_ids[message.chat_id].remove(message.message_id)
        self.touch(message.chat_id)

    def messages(self, chat_id: int, *, last: int | None = None) -> Sequence[Message]:
        """Return the chat's messages, oldest first; only the `last` so many when given."""
        ids = self._message_ids.get(chat_id, [])
        return [self._messages[message_id] for message_id in (ids if last is None else ids[-last:])]

    def offer_replies(self, message: Message, replies: Json) -> None:
        """Show a reply keyboard instead of the typing keyboard, or take it away."""
        if replies.get("remove_keyboard"):
            self.replies.pop(message.chat_id, None)
        else:
            self.replies[message.chat_id] = {**replies, "message_id": message.message_id}

    def toast(self, toast: Toast) -> None:
        self.toasts.append(toast)
        self.touch(toast.chat_id)

    def toasts_of(self, user_id: int, since: float) -> list[Toast]:
        """Return what a person was shown since a time."""
        return [toast for toast in self.toasts if toast.user_id == user_id and toast.shown_at >= since]

    def clear(self) -> None:
        """Forget everything but the numbering, which never goes back."""
        self.touch_all()
        for kept in (
            self.people,
            self.blocked,
            self.toasts,
            self.moved,
            self._chats,
            self._messages,
            self._message_ids,
        ):
            kept.clear()
