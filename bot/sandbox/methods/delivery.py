"""How updates reach the bot: long polling or a webhook, never both."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

LONGEST_POLL_S = 50
BATCH_LIMIT = 100
WEBHOOK_IS_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


async def get_updates(world: World, parameters: Parameters) -> list[Json]:
    """Wait for updates; a newer poller ends this one with a conflict."""
    if world.webhook.url:
        raise conflict(WEBHOOK_IS_ACTIVE)
    world.poller += 1
    world.changed.ring()
    world.updates.allow(_kinds(parameters))
    world.updates.confirm(parameters.integer("offset"))
    await _wait_for_updates(world, world.poller, min(parameters.integer("timeout"), LONGEST_POLL_S))
    return world.updates.batch(min(max(parameters.integer("limit", BATCH_LIMIT), 1), BATCH_LIMIT))


async def _wait_for_updates(world: World, poller: int, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not world.updates and not world.is_closing and (left_s := deadline - time.monotonic()) > 0:
        await world.changed.wait(left_s)
        if world.poller != poller:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        if world.webhook.url:
            raise conflict("terminated by setWebhook request")


async def set_webhook(world: World, parameters: Parameters) -> bool:
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if url:
        _check_webhook(url, secret)
    world.updates.allow(_kinds(parameters))
    _drop_if_asked(world, parameters)
    if url:
        world.webhook.start(world, url, secret)
    else:
        world.webhook.stop()
    world.changed.ring()
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    world.webhook.stop()
    _drop_if_asked(world, parameters)
    return True


async def get_webhook_info(world: World, parameters: Parameters) -> Json:
    webhook = world.webhook
    found: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        "max_connections": webhook.max_connections,
    }
    if webhook.last_error:
        found |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    if world.updates.allowed is not None:
        found["allowed_updates"] = sorted(world.updates.allowed)
    return found


def _kinds(parameters: Parameters) -> list[str] | None:
    """Return the kinds of updates asked for; None leaves them as they were."""
    return (
        None if parameters.nested("allowed_updates") is None else [str(k) for k in parameters.array("allowed_updates")]
    )


def _check_webhook(url: str, secret: str) -> None:
    """Refuse what Telegram refuses; plain HTTP is let through on the loopback alone."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")


def _drop_if_asked(world: World, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        world.updates.drop_all()
