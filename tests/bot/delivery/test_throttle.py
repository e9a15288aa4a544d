"""The throttle keeps Telegram's limits by a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.delivery.throttle import Throttle

ADA, BOB, GROUP = 7, 8, -100


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def throttle(clock: Seconds) -> Throttle:
    return Throttle(clock)


def send(throttle: Throttle, chat_id: int, count: int) -> int:
    """Return how many of so many messages may go now."""
    return sum(throttle.wait_s(chat_id) == 0 for _ in range(count))


def test_a_chat_takes_five_at_once_and_then_one_a_second(throttle: Throttle, clock: Seconds) -> None:
    assert send(throttle, ADA, 9) == 5
    assert throttle.wait_s(ADA) == 1.0
    clock.now += 3
    assert send(throttle, ADA, 9) == 3


def test_a_group_takes_twenty_a_minute(throttle: Throttle, clock: Seconds) -> None:
    assert send(throttle, GROUP, 25) == 20
    assert throttle.wait_s(GROUP) == pytest.approx(3.0)
    clock.now += 60
    assert send(throttle, GROUP, 25) == 20


def test_all_chats_together_take_thirty_a_second(throttle: Throttle, clock: Seconds) -> None:
    assert sum(send(throttle, chat, 1) for chat in range(1, 41)) == 30
    clock.now += 0.5
    assert sum(send(throttle, chat, 1) for chat in range(41, 81)) == 15


def test_a_pause_that_telegram_asks_for_holds_one_chat(throttle: Throttle, clock: Seconds) -> None:
    throttle.hold(ADA, 17)
    assert throttle.wait_s(ADA) == 17
    assert throttle.wait_s(BOB) == 0
    clock.now += 17
    assert throttle.wait_s(ADA) == 0


def test_a_message_that_must_wait_is_not_counted(throttle: Throttle, clock: Seconds) -> None:
    throttle.hold(ADA, 1)
    for _ in range(100):
        throttle.wait_s(ADA)
    assert sum(send(throttle, chat, 1) for chat in range(100, 140)) == 30
