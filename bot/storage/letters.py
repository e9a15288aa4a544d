"""An Outgoing as a row of the outbox holds it: JSON in ASCII beside the attachment's bytes, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.drawings import TitleCard, taste_card, title_card
from bot.outgoing import Button, Document, Outgoing, Poll


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that waits to be sent."""

    id: int
    chat_id: int
    outgoing: Outgoing


def encode(outgoing: Outgoing) -> tuple[str, bytes | None]:
    """Return (payload, attachment)."""
    payload: dict[str, Any] = {"text": outgoing.text}
    if outgoing.keyboard:
        payload["keyboard"] = [[[one.text, one.data, one.url] for one in row] for row in outgoing.keyboard]
    if outgoing.document is not None:
        payload["document"] = outgoing.document.name
    if outgoing.picture is not None:
        kind = "title_card" if isinstance(outgoing.picture, TitleCard) else "taste"
        payload[kind] = asdict(outgoing.picture)
    if outgoing.is_caption:
        payload["is_caption"] = True
    if outgoing.thread_id is not None:
        payload["thread"] = outgoing.thread_id
    if outgoing.poll is not None:
        payload["poll"] = asdict(outgoing.poll)
    if outgoing.closes is not None:
        payload["closes"] = outgoing.closes
    attachment = None if outgoing.document is None else outgoing.document.content
    return json.dumps(payload, separators=(",", ":")), attachment


def decode(payload: str, attachment: bytes | None, edits: int | None) -> Outgoing:
    """Return the message that `encode` was given."""
    written = json.loads(payload)
    keyboard = tuple(tuple(Button(*one) for one in row) for row in written.get("keyboard", ()))
    name = written.get("document")
    document = None if name is None else Document(name, attachment or b"")
    kinds = (("taste", taste_card), ("title_card", title_card))
    picture = next((read(written[kind]) for kind, read in kinds if kind in written), None)
    is_caption, thread_id, closes = written.get("is_caption", False), written.get("thread"), written.get("closes")
    asked = written.get("poll")
    poll = None if asked is None else Poll(asked["question"], tuple(asked["options"]), asked["has_several_answers"])
    return Outgoing(written["text"], keyboard, edits, document, thread_id, picture, is_caption, poll, closes)
