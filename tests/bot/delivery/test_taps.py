"""Taps that a later one overtakes: the same person's, on the same message, on the same kind of button."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.callbacks import Answer, Ask, Stop, encode
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.taps import Taps
from bot.storage import Store
from recommender.domain import MovieId

FOUR_STARS, FIVE_STARS = encode(Answer(MovieId(1), 8, 0)), encode(Answer(MovieId(1), 10, 0))


def tap(number: int, data: str = FOUR_STARS, *, message: int = 5, chat: int = 7, person: int = 7) -> Update:
    sender = {"id": person, "is_bot": False, "first_name": "Ada"}
    tapped = {"message_id": message, "chat": {"id": chat, "type": "private"}, "date": 1_700_000_000, "text": "x"}
    query = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": tapped}
    return Update.de_json({"update_id": number, "callback_query": query}, None)


def test_the_newest_tap_overtakes_those_before_it() -> None:
    taps, mine = Taps(), [tap(1), tap(2, FIVE_STARS), tap(3)]
    for one in mine:
        taps.take(one)
    assert [taps.is_overtaken(one) for one in mine] == [True, True, False]


@pytest.mark.parametrize(
    "other",
    [
        {"message": 6},
        {"chat": -8},
        {"person": 8},
        {"data": encode(Stop())},
        {"data": encode(Ask())},
        {"data": "1"},
        {"data": ""},
    ],
)
def test_no_tap_of_another_kind_overtakes(other: dict[str, Any]) -> None:
    taps = Taps()
    taps.take(tap(1))
    taps.take(tap(2, **other))
    assert not taps.is_overtaken(tap(1))


def test_a_tap_that_is_handled_is_forgotten() -> None:
    taps = Taps()
    taps.take(tap(1))
    taps.take(tap(2))
    taps.release(tap(2))
    assert taps.is_overtaken(tap(1))
    taps.release(tap(1))
    taps.take(tap(1))
    assert not taps.is_overtaken(tap(1))


async def test_the_queue_knows_what_it_holds(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    for number in (1, 2):
        await queue.put(tap(number))
    assert [queue.taps.is_overtaken(tap(number)) for number in (1, 2)] == [True, False]
    queue.release(tap(1))
    queue.release(tap(2))
    await queue.put(tap(3))
    assert not queue.taps.is_overtaken(tap(3))
