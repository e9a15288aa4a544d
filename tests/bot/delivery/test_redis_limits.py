"""Limits that several bots keep together, on a real Redis."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.delivery.redis_limits import RedisLimits, shared_limits
from bot.settings import Settings

SERVER = os.environ.get("REELMATE_TEST_REDIS_URL", "redis://127.0.0.1:6379")
ADA, GROUP = 7, -100


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    client = Redis.from_url(SERVER, socket_timeout=2, socket_connect_timeout=2)
    try:
        await client.ping()
    except RedisError:
        pytest.skip(f"no Redis answers at {SERVER}")
    yield client
    await client.aclose()


@pytest.fixture
def bot() -> int:
    """The id of a bot that nobody else has."""
    return uuid.uuid4().int >> 70


async def send(limits: RedisLimits, chat_id: int, count: int) -> int:
    """Return how many of so many messages may go now."""
    return sum([await limits.wait_s(chat_id) == 0 for _ in range(count)])


async def test_two_bots_of_one_name_share_thirty_a_second(redis: Redis, bot: int) -> None:
    one, other = RedisLimits(redis, bot), RedisLimits(redis, bot)
    chats = range(1, 101)
    loop = asyncio.get_running_loop()
    began = loop.time()
    sent = [await (one, other)[chat % 2].wait_s(chat) == 0 for chat in chats]
    assert 30 <= sum(sent) <= 30 + 30 * (loop.time() - began) + 1


async def test_a_chat_takes_five_at_once_whoever_sends(redis: Redis, bot: int) -> None:
    one, other = RedisLimits(redis, bot), RedisLimits(redis, bot)
    assert await send(one, ADA, 3) + await send(other, ADA, 3) + await send(one, ADA, 3) in (5, 6)
    assert 0 < await other.wait_s(ADA) <= 1


async def test_a_group_takes_twenty_at_once(redis: Redis, bot: int) -> None:
    assert await send(RedisLimits(redis, bot), GROUP, 25) in (20, 21)


async def test_bots_of_other_names_have_limits_of_their_own(redis: Redis, bot: int) -> None:
    await send(RedisLimits(redis, bot), ADA, 9)
    assert await RedisLimits(redis, bot + 1).wait_s(ADA) == 0


async def test_a_message_that_must_wait_is_not_counted(redis: Redis, bot: int) -> None:
    limits = RedisLimits(redis, bot)
    await send(limits, ADA, 50)
    assert sum([await limits.wait_s(chat) == 0 for chat in range(100, 140)]) >= 25


async def test_what_is_kept_of_a_chat_goes_by_itself(redis: Redis, bot: int) -> None:
    await RedisLimits(redis, bot).wait_s(ADA)
    keys = [key async for key in redis.scan_iter(f"reelmate:{bot}:*")]
    assert len(keys) == 2
    assert all([0 < await redis.pttl(key) <= 7_000 for key in keys])


async def test_without_redis_messages_still_go(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as closed:  # bound and not listening: whoever connects is refused
        closed.bind(("127.0.0.1", 0))
        limits = RedisLimits(Redis.from_url(f"redis://127.0.0.1:{closed.getsockname()[1]}"), 1)
        assert await limits.wait_s(ADA) == 0
        await limits.close()
    assert "Redis must answer" in caplog.text


def test_one_bot_alone_needs_no_redis() -> None:
    url = SecretStr("redis://127.0.0.1:1")
    assert shared_limits(Settings(telegram_token=SecretStr(f"1:{'x' * 35}"), redis_url=url)) is None
