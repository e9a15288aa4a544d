"""JSON item by item: a file of 20 MB read at once would keep the interpreter from everybody else."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, Final

from bot.histories.errors import HistoryError, Refusal

_BLANK: Final = re.compile(r"[ \t\r\n\ufeff]*")
_DECODER: Final = json.JSONDecoder()


def read_items(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list, or of every list in an object, each with its name; what is no list is passed over.

    Raises:
        HistoryError: it is no JSON.
    """
    try:
        yield from _items(text)
    except (ValueError, RecursionError, IndexError) as error:
        raise HistoryError(Refusal.DAMAGED) from error


def _items(text: str) -> Iterator[tuple[str, Any]]:
    at = _skip(text, 0)
    if text[at] == "[":
        at = yield from _list("", text, at)
    elif text[at] == "{":
        at = yield from _object(text, at)
    if _skip(text, at) != len(text):
        raise ValueError("one value must be the whole file")


def _object(text: str, at: int) -> Generator[tuple[str, Any], None, int]:
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, at = _value(text, at)
        at = _skip(text, _after(text, at, ":"))
        if text[at] == "[":
            at = yield from _list(str(name), text, at)
        else:
            _, at = _value(text, at)
        at = _next(text, at, "}")
    return at + 1


def _list(name: str, text: str, at: int) -> Generator[tuple[str, Any], None, int]:
    at = _skip(text, at + 1)
    while text[at] != "]":
        item, at = _value(text, at)
        yield name, item
        at = _next(text, at, "]")
    return at + 1


def _value(text: str, at: int) -> tuple[Any, int]:
    return _DECODER.raw_decode(text, at)


def _next(text: str, at: int, end: str) -> int:
    """Return where the next item begins, or where the end stands."""
    at = _skip(text, at)
    return at if text[at] == end else _skip(text, _after(text, at, ","))


def _after(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at] != sign:
        raise ValueError(f"{sign} must stand between values")
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
