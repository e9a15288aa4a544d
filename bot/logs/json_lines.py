"""Log lines as JSON, one object a line, for whoever collects them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

# What a record may carry besides its sentence (`extra`); a person leaves by their pseudonym alone.
FIELDS: Final = ("update_id", "kind", "handler", "outcome", "bundle", "ms")
PERSON: Final = "person"


class JsonLines(logging.Formatter):
    """Formats a record.

    Args:
        pseudonym: a person's id -> what the log calls them.
    """

    def __init__(self, pseudonym: Callable[[int], str]) -> None:
        super().__init__()
        self._pseudonym = pseudonym

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        person = getattr(record, PERSON, None)
        if person:
            line[PERSON] = self._pseudonym(person)
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line)
