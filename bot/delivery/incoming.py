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


def is_readable(raw: Raw) -> bool:
    """Say whether the telegram library can make an Update of this."""
    try:
        Update.de_json(dict(raw), None)
    except Exception:  # whatever it trips over, the next poll would trip over it again
        return False
    return True
