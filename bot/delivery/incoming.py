"""An update as Telegram sent it, turned into a row of the inbox."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final

from telegram import Update

from bot.delivery.plain_taps import BIGGEST, is_plain_tap
from bot.storage.inbox import InboxUpdate
from recommender.domain import UserId

Raw = Mapping[str, Any]

# What is asked of Telegram, by poll and by webhook alike.
ALLOWED_UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.POLL,
    Update.GUEST_MESSAGE,
    Update.INLINE_QUERY,
)

# What every message has, whatever is in it.
ENVELOPE: Final = ("message_id", "date", "chat", "from", "media_group_id")
# What is kept of a message whose button was tapped; its words and buttons are the bot's own and most of the update.
TAPPED: Final = (*ENVELOPE, "message_thread_id", "is_topic_message")
# Of a delivery that is no update: all of its text under one name.
UNPARSED: Final = "unparsed"
# Fields that handlers and the library trust to be numbers or texts.
_NUMBERS: Final = frozenset({"update_id", "message_id", "date", "message_thread_id"})
_TEXTS: Final = frozenset({"text", "caption", "first_name", "last_name", "username", "language_code", "media_group_id"})
_BEARERS: Final = frozenset({"from", "user", "chat"})


def inbox_update(raw: Raw) -> InboxUpdate:
    """Return the row for one raw update; the payload is ASCII, so that no database minds NUL or lone surrogates.

    What has no number of Telegram's gets one of its content's: below zero, and the same when it comes again.
    """
    payload = json.dumps(raw, separators=(",", ":"))
    digest = blake2b(payload.encode(), digest_size=7).digest()
    number = raw["update_id"] if _is_count(raw.get("update_id")) else -1 - int.from_bytes(digest)
    return InboxUpdate(number, sender_of(raw), payload)


def parse_delivery(body: bytes) -> Raw:
    """Return the update in a delivery; what is none comes back as its text under `UNPARSED`."""
    try:
        raw = json.loads(body)
        json.dumps(raw)  # what is nested too deep to be stored is not read either
    except (ValueError, RecursionError):
        raw = None
    if isinstance(raw, dict) and _is_count(raw.get("update_id")):
        return raw
    return {UNPARSED: body.decode("utf-8", "surrogateescape")}


def sender_of(raw: Raw) -> UserId | None:
    """Return who caused an update: Telegram puts them as `from`, or `user`, into the one object beside the number."""
    for content in raw.values():
        if isinstance(content, Mapping):
            sender = content.get("from") or content.get("user")
            if isinstance(sender, Mapping) and _is_count(sender.get("id")):
                return UserId(sender["id"])
    return None


def lane_of(update: Update) -> int:
    """Return what orders an update: its person, or 0 where nobody is named."""
    return 0 if update.effective_user is None else update.effective_user.id


def as_readable(raw: Raw) -> tuple[Raw, bool]:
    """Return an update, a tap without what its message holds, and whether the library can read it.

    A kind of message that the library does not know, or knows otherwise, is answered as any that is no text.
    """
    raw = _with_bare_tap(raw)
    if is_plain_tap(raw) or is_readable(raw):
        return raw, True
    for kind in (Update.MESSAGE, Update.EDITED_MESSAGE):
        message = raw.get(kind)
        if isinstance(message, Mapping):
            bare = {"update_id": raw["update_id"], kind: {name: message[name] for name in ENVELOPE if name in message}}
            return (bare, True) if is_readable(bare) else (raw, False)
    return raw, False


def _with_bare_tap(raw: Raw) -> Raw:
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, Mapping) else None
    if not isinstance(query, Mapping) or not isinstance(message, Mapping):
        return raw
    kept = {name: message[name] for name in TAPPED if name in message}
    return {**raw, "callback_query": {**query, "message": kept}}


def is_readable(raw: Raw) -> bool:
    """Say whether the telegram library can make an Update of this, of which handlers and databases can make sense."""
    if UNPARSED in raw or not _is_sound(raw):
        return False
    try:
        Update.de_json(dict(raw), None)
    except Exception:  # whatever it trips over, the next poll would trip over it again
        return False
    return True


def _is_sound(raw: Raw) -> bool:
    """Say whether every number fits a database, and what must be a number or a text is one; however deep it lies."""
    for name, value in _walk(raw):
        if isinstance(value, int) and abs(value) > BIGGEST:
            return False
        if name in _NUMBERS and not isinstance(value, int):
            return False
        if name in _TEXTS and not isinstance(value, str):
            return False
        if name in _BEARERS and not (isinstance(value, Mapping) and type(value.get("id")) is int):
            return False
    return True


def _walk(raw: Raw) -> Iterator[tuple[str, Any]]:
    """Yield what is in an update under its names, without recursion; a list's entries have no name."""
    waiting: list[tuple[str, Any]] = list(raw.items())
    while waiting:
        name, value = waiting.pop()
        yield name, value
        if isinstance(value, Mapping):
            waiting.extend(value.items())
        elif isinstance(value, list):
            waiting.extend(("", entry) for entry in value)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= BIGGEST
