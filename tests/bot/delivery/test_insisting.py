"""What Telegram must answer at the start is asked until it does, with few lines, and ends where there is no hope."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.delivery.insisting import insist
from bot.delivery.posting import silence_retry_after

PAGE = "Forbidden (403). Parsing the server response b'<html>' failed"


class Answers:
    """Raises one error after the other, then answers."""

    def __init__(self, *errors: TelegramError) -> None:
        self._errors = list(errors)

    async def __call__(self) -> str:
        if self._errors:
            raise self._errors.pop(0)
        return "at last"


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    silence_retry_after()
    return pauses


async def test_it_waits_as_it_is_told_and_else_ever_longer(
    slept: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    errors = [NetworkError("x"), RetryAfter(3), Forbidden(PAGE), TimedOut(), TelegramError("Invalid server response")]
    assert await insist(Answers(*errors), "getMe") == "at last"
    assert slept == [1, 3, 2, 4, 8]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize("error", [InvalidToken(), BadRequest("bad webhook: an https url must be given")])
async def test_what_has_no_hope_is_raised(slept: list[float], error: TelegramError) -> None:
    with pytest.raises(type(error)):
        await insist(Answers(error), "setWebhook")
    assert slept == []
