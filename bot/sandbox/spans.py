"""One span of formatted text: what Telegram calls a message entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted span; offset and length are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""

    def overlaps(self, other: Entity) -> bool:
        return self.offset < other.offset + other.length and other.offset < self.offset + self.length

    def to_json(self) -> dict[str, Any]:
        """Return the entity as the Bot API spells it."""
        extra = {name: value for name, value in (("url", self.url), ("language", self.language)) if value}
        return {"type": self.type, "offset": self.offset, "length": self.length, **extra}


def utf16_length(text: str) -> int:
    """Count UTF-16 units, the unit of every length and offset in Telegram."""
    return len(text) + sum(character > "\uffff" for character in text)
