"""Messages beyond Telegram's limits are refused with the seconds to wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox import ApiError, running
from bot.sandbox.limits import Limits
from tests.bot.sandbox.api import Api
from tests.sim import Sim


class Clock:
    """A clock that goes where it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def accepted(limits: Limits, chat_id: int, times: int, *, is_group: bool = False) -> int:
    """Count how many of so many messages pass."""
    passed = 0
    for _ in range(times):
        try:
            limits.spend(chat_id, is_group=is_group)
        except ApiError:
            continue
        passed += 1
    return passed


def test_a_chat_takes_five_at_once_and_then_one_a_second(clock: Clock) -> None:
    limits = Limits(clock)
    assert accepted(limits, 7, 9) == 5
    clock.now += 2
    assert accepted(limits, 7, 9) == 2


def test_says_how_many_whole_seconds_to_wait(clock: Clock) -> None:
    limits = Limits(clock)
    accepted(limits, -7, 20, is_group=True)
    with pytest.raises(ApiError, match=r"^Too Many Requests: retry after 3$") as caught:
        limits.spend(-7, is_group=True)
    assert caught.value.retry_after == 3


def test_a_group_takes_twenty_a_minute(clock: Clock) -> None:
    limits = Limits(clock)
    assert accepted(limits, -7, 30, is_group=True) == 20
    clock.now += 30
    assert accepted(limits, -7, 30, is_group=True) == 10


def test_all_chats_together_take_thirty_a_second(clock: Clock) -> None:
    limits = Limits(clock)
    assert sum(accepted(limits, chat_id, 1) for chat_id in range(40)) == 30
    clock.now += 0.5
    assert sum(accepted(limits, chat_id, 1) for chat_id in range(40, 80)) == 15


def test_a_refused_message_costs_nothing(clock: Clock) -> None:
    limits = Limits(clock)
    assert accepted(limits, 7, 100) == 5
    assert sum(accepted(limits, chat_id, 1) for chat_id in range(10, 50)) == 25


def test_nothing_is_refused_when_switched_off(clock: Clock) -> None:
    assert accepted(Limits(clock, enabled=False), 7, 100) == 100


@pytest.fixture
def limited() -> Iterator[tuple[Sim, Api]]:
    with running() as sandbox:
        sim, api = Sim(sandbox.url, sandbox.token), Api(sandbox.url, sandbox.token)
        yield sim, api
        sim.close()
        api.close()


def test_a_bot_that_sends_too_fast_meets_429_on_sends_and_edits(limited: tuple[Sim, Api]) -> None:
    sim, api = limited
    sim.message(7, "hello")
    sent = [api.call("sendMessage", chat_id=7, text=str(number)) for number in range(7)]
    refused = [answer for status, answer in sent if status == 429]
    assert refused[0] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    first = sent[0][1]["result"]["message_id"]
    assert api.call("editMessageText", chat_id=7, message_id=first, text="new")[0] == 429
    assert api.call("sendChatAction", chat_id=7, action="typing")[0] == 200
