"""Questions a bot answers in chats it need not be in: inline queries and calls as a guest."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Keyboard, User
from bot.sandbox.entities import FormattedText
from bot.sandbox.files import StoredFile

Json = dict[str, Any]

_INLINE_ID = re.compile(r"[A-Za-z0-9_-]{27}")


@dataclass(frozen=True, slots=True)
class Result:
    """One answer of an inline query; what it puts into a chat when it is chosen, and `shown` beside others."""

    result_id: str
    shown: Json
    content: FormattedText
    keyboard: Keyboard = ()
    photo: StoredFile | None = None
    document: StoredFile | None = None
    other: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to an inline query."""

    results: tuple[Result, ...]
    next_offset: str = ""
    cache_time_s: int = 300
    is_personal: bool = False
    button: Json | None = None

    def to_json(self) -> Json:
        return {
            "results": [result.shown for result in self.results],
            "next_offset": self.next_offset,
            "cache_time": self.cache_time_s,
            "is_personal": self.is_personal,
            "button": self.button,
        }


@dataclass(slots=True)
class InlineQuery:
    """What a person typed after the bot's name; `answer` is None until the bot has answered."""

    query_id: str
    user: User
    query: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class GuestQuery:
    """A call of the bot in a chat that it is no member of."""

    user: User
    chat_id: int
    message_id: int


@dataclass(slots=True)
class Inline:
    """Everything asked from afar, by the update that asked or by its id."""

    queries: dict[int, InlineQuery] = field(default_factory=dict)
    guests: dict[str, GuestQuery] = field(default_factory=dict)

    def open_query(self, query_id: str) -> InlineQuery | None:
        """Return the query of that id when it still waits for its answer."""
        found = (query for query in self.queries.values() if query.query_id == query_id and query.answer is None)
        return next(found, None)

    def clear(self) -> None:
        self.queries.clear()
        self.guests.clear()


def inline_id(message_id: int) -> str:
    """Return the id under which a bot reaches a message in whatever chat, as long and as opaque as Telegram's."""
    return base64.urlsafe_b64encode(b"local" + message_id.to_bytes(15, "big")).decode().rstrip("=")


def is_inline_id(text: str) -> bool:
    """Tell whether a text has the form of such an id."""
    return _INLINE_ID.fullmatch(text) is not None and text.startswith("bG9jYW")
