"""Telegram's sending limits kept in Redis, for several bots together: token buckets, taken from in one step."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from bot.delivery.throttle import CHAT, GROUP, OVERALL
from bot.settings import Settings

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = logging.getLogger(__name__)

# A server that is slower than this is not waited for: then each bot keeps the limits by itself.
ANSWER_S: Final = 1.0
# Every key is a bucket: tokens and when they were counted, by the server's clock. Either all give one or none does.
TAKE: Final = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local tokens, wait = {}, 0
for at, key in ipairs(KEYS) do
  local size, per_s = tonumber(ARGV[2 * at - 1]), tonumber(ARGV[2 * at])
  local kept = redis.call('HMGET', key, 'tokens', 'at')
  tokens[at] = kept[1] and math.min(size, kept[1] + (now - kept[2]) * per_s) or size
  wait = math.max(wait, (1 - tokens[at]) / per_s)
end
if wait > 0 then return tostring(wait) end
for at, key in ipairs(KEYS) do
  local size, per_s = tonumber(ARGV[2 * at - 1]), tonumber(ARGV[2 * at])
  redis.call('HSET', key, 'tokens', tostring(tokens[at] - 1), 'at', tostring(now))
  redis.call('PEXPIRE', key, math.ceil(1000 * size / per_s) + 1000)
end
return '0'
"""


class RedisLimits:
    """Limits shared by every bot of one name on one Redis.

    Args:
        bot: the bot's id at Telegram: limits are each bot's own.
    """

    def __init__(self, redis: Redis, bot: int) -> None:
        self._redis, self._prefix = redis, f"reelmate:{bot}:send"
        self._take: Any = redis.register_script(TAKE)

    async def wait_s(self, chat_id: int) -> float:
        """Return the seconds until a message may go to a chat; 0 when it may go now, and then count it as sent."""
        from redis.exceptions import RedisError

        chat = GROUP if chat_id < 0 else CHAT
        try:
            keys = [self._prefix, f"{self._prefix}:{chat_id}"]
            return float(await self._take(keys=keys, args=[*OVERALL, *chat]))
        except (RedisError, OSError) as error:
            log.error("Redis must answer; until it does each bot keeps the limits alone: %s", type(error).__name__)
            return 0.0

    async def close(self) -> None:
        await self._redis.aclose()


def shared_limits(settings: Settings) -> RedisLimits | None:
    """Return the limits that replicas share; None where there is one bot, or no Redis. Nothing is connected yet.

    Raises:
        ModuleNotFoundError: the package redis is not installed.
    """
    if not settings.replica or settings.redis_url is None:
        return None
    # Imported here: a bot that is alone needs no Redis, and its client takes long to load.
    from redis.asyncio import Redis

    url, bot = settings.redis_url.get_secret_value(), int(settings.require_token().partition(":")[0])
    return RedisLimits(Redis.from_url(url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S), bot)
