"""No line quotes a person, whoever writes it and whatever was raised."""

from __future__ import annotations

import logging
import sys

import pytest

from bot.logs.bareness import Bareness
from bot.storage import StorageError

WORDS = "what Ada wrote"


def seen(name: str, message: str, *args: object, error: BaseException | None = None) -> str:
    exc_info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, exc_info)
    Bareness((StorageError,)).filter(record)
    return logging.Formatter().format(record)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception:
        caught = sys.exc_info()[1]
        assert isinstance(caught, Exception)
        return caught


def test_an_error_says_what_it_is_and_where_and_not_what_was_written() -> None:
    line = seen("bot.app", "a job failed", error=raised(KeyError(WORDS), raised(ValueError(WORDS))))
    assert WORDS not in line
    assert "KeyError" in line
    assert "ValueError" in line
    assert "test_bareness.py" in line


def test_our_own_errors_and_the_systems_keep_their_sentence() -> None:
    assert "the disk must have room" in seen("bot.app", "x", error=raised(StorageError("the disk must have room")))
    assert "No space" in seen("bot.app", "x", error=raised(OSError(28, "No space left on device")))


@pytest.mark.parametrize("library", ["telegram.ext.Updater", "telegram.Bot", "apscheduler.executors.default"])
def test_a_library_that_quotes_what_came_names_only_its_kind(library: str) -> None:
    line = seen(library, "%s: received data was %r, %d times", WORDS, {"text": WORDS}, 3)
    assert line == "<str>: received data was '<dict>', 3 times"


def test_asyncio_shows_no_task_and_no_error() -> None:
    line = seen("asyncio", f"Task exception was never retrieved\nfuture: <Task exception=KeyError({WORDS!r})>")
    assert line == "Task exception was never retrieved"
