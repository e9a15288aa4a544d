"""Bareness: no line holds what a person wrote, not even while debugging."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Sequence
from typing import Final

# Libraries that put updates, texts and errors into their lines.
_QUOTING: Final = ("telegram", "apscheduler")
_ASYNCIO: Final = "asyncio"


class Bareness(logging.Filter):
    """Takes from a record what may quote a person.

    Args:
        trusted: errors whose texts are ours, or the system's.
    """

    def __init__(self, trusted: Sequence[type[BaseException]] = ()) -> None:
        super().__init__()
        self._trusted: tuple[type[BaseException], ...] = (OSError, *trusted)

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "".join(self._tell(record.exc_info[1])).rstrip()
            record.exc_info = None
        if record.name == _ASYNCIO:
            # The lines below its first show tasks and errors as they print themselves.
            record.msg, record.args = record.getMessage().partition("\n")[0], None
        elif record.name.partition(".")[0] in _QUOTING and isinstance(record.args, tuple):
            record.args = tuple(_bare(value) for value in record.args)
        return True

    def _tell(self, error: BaseException) -> Iterator[str]:
        """Yield where an error and those behind it happened, and what they are.

        Their text may quote what was written, and is given only where it is trusted.
        """
        behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if behind is not None:
            yield from self._tell(behind)
            yield "\nwhich led to\n"
        yield from traceback.format_tb(error.__traceback__)
        yield f"{type(error).__name__}: {error}\n" if isinstance(error, self._trusted) else f"{type(error).__name__}\n"


def _bare(value: object) -> object:
    return value if isinstance(value, int | float) else f"<{type(value).__name__}>"
