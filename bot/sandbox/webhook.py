"""Delivery by webhook: updates are posted one by one until they are taken."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from bot.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 10.0
ANSWER_TIMEOUT_S = 30.0


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to; an empty url means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int = 0
    last_error: str = ""
    _task: asyncio.Task[None] | None = None

    def start(self, world: World, url: str, secret: str) -> None:
        """Post to this address from now on, from the running event loop."""
        self.stop()
        self.url, self.secret = url, secret
        self.last_error_at, self.last_error = 0, ""
        self._task = asyncio.get_running_loop().create_task(_deliver(world, self))

    def stop(self) -> None:
        self.url = self.secret = ""
        if self._task is not None:
            self._task.cancel()
            self._task = None


async def _deliver(world: World, webhook: Webhook) -> None:
    pause_s = FIRST_PAUSE_S
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_TIMEOUT_S) as client:
        while not world.is_closing:
            update = world.updates.first()
            if update is None:
                await world.changed.wait(60)
            elif await _is_taken(client, world, webhook, update):
                world.updates.drop(update)
                pause_s = FIRST_PAUSE_S
            else:
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


async def _is_taken(client: httpx.AsyncClient, world: World, webhook: Webhook, update: dict[str, object]) -> bool:
    headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: webhook.secret} if webhook.secret else {})
    try:
        response = await client.post(webhook.url, content=json.dumps(update), headers=headers)
    except httpx.TransportError as error:
        failure = _wording(error)
    else:
        if response.is_success:
            return True
        failure = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
    webhook.last_error_at, webhook.last_error = world.now(), failure
    return False


def _wording(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Read timeout expired"
    return "Connection refused" if isinstance(error, httpx.ConnectError) else "Connection closed"
