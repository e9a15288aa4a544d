"""Answers to taps leave beside the work: a few at a time for each person, and none is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import BadRequest

from bot.handlers.answers import OF_ONE, WAITING, Answers

ADA, BOB = 7, 8


class Telegram:
    """Takes answers once it is told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.begun: list[int] = []
        self.taken: list[int] = []

    def answer(self, number: int) -> Callable[[], Coroutine[Any, Any, None]]:
        async def take() -> None:
            self.begun.append(number)
            await self.open.wait()
            self.taken.append(number)

        return take


async def settled(turns: int = 5) -> None:
    """Let the loop go round; nothing here waits for anything outside."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def test_a_flood_of_one_holds_up_nobodys_answer() -> None:
    answers, telegram = Answers(), Telegram()
    for number in range(50):
        answers.send(ADA, telegram.answer(number))
    answers.send(BOB, telegram.answer(1000))
    await settled()
    assert telegram.begun == [*range(OF_ONE), 1000]
    telegram.open.set()
    await settled(200)
    assert sorted(telegram.taken) == [*range(50), 1000]
    await answers.stop()


async def test_beyond_what_anybody_watches_the_oldest_are_left_out() -> None:
    answers, telegram = Answers(), Telegram()
    count = OF_ONE + 2 * WAITING
    for number in range(count):
        answers.send(ADA, telegram.answer(number))
        await settled()
    telegram.open.set()
    await settled(400)
    assert sorted(telegram.taken) == [*range(OF_ONE), *range(count - WAITING, count)]
    await answers.stop()


async def test_a_refused_answer_is_forgotten_and_the_next_one_goes() -> None:
    answers, telegram = Answers(), Telegram()
    telegram.open.set()

    async def refuse() -> None:
        raise BadRequest("query is too old")

    answers.send(ADA, refuse)
    answers.send(ADA, telegram.answer(1))
    await settled()
    assert telegram.taken == [1]
    await answers.stop()
    assert not answers._at_work


async def test_the_end_waits_a_moment_and_no_more() -> None:
    answers, telegram = Answers(), Telegram()
    for number in range(10):
        answers.send(ADA, telegram.answer(number))
    await settled()
    await asyncio.wait_for(answers.stop(), 10)
    await settled()
    assert telegram.taken == []
    assert not answers._at_work
