"""One topic of a forum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)  # Bot API, createForumTopic


@dataclass(slots=True)
class Topic:
    """A thread with a name; its id is that of the message that opened it."""

    thread_id: int
    name: str
    icon_color: int = COLOURS[0]
    is_closed: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "icon_color": self.icon_color}
