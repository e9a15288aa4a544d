"""An update as Telegram sent it, turned into a row of the inbox."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from telegram import Update

from bot.storage.inbox import InboxUpdate
from recommender.domain import UserId

Raw = Mapping[str, Any]

# What is asked of Telegram, by poll and by webhook alike.
ALLOWED_UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

# What every message has, whatever is in it.
ENVELOPE: Final = ("message_id", "date", "chat", "from", "media_group_id")


def inbox_update(raw: Raw) -> InboxUpdate:
    """Return the row for one raw update; the payload is ASCII, so that no database minds NUL or lone surrogates."""
    return InboxUpdate(raw["update_id"], sender_of(raw), json.dumps(raw, separators=(",", ":")))


def sender_of(raw: Raw) -> UserId | None:
    """Return who caused an update: Telegram puts them as `from`, or `user`, into the one object beside the number."""
    for content in raw.values():
        if isinstance(content, Mapping):
            sender = content.get("from") or content.get("user")
            if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
                return UserId(sender["id"])
    return None


def lane_of(update: Update) -> int:
    """Return what orders an update: its person, or 0 where nobody is named."""
    return 0 if update.effective_user is None else update.effective_user.id


def without_what_is_unknown(raw: Raw) -> Raw:
    """Return an update that the library can read, if need be a message without what it holds.

    A kind of message that the library does not know, or knows otherwise, is answered as any that is no text.
    """
    message = raw.get("message")
    if not isinstance(message, Mapping) or is_readable(raw):
        return raw
    bare = {"update_id": raw["update_id"], "message": {name: message[name] for name in ENVELOPE if name in message}}
    return bare if is_readable(bare) else raw


def is_readable(raw: Raw) -> bool:
    """Say whether the telegram library can make an Update of this."""
    try:
        Update.de_json(dict(raw), None)
    except Exception:  # whatever it trips over, the next poll would trip over it again
        return False
    return True
