"""A local Telegram: a strict Bot API server and a chat page, for trying the bot and for tests."""

from __future__ import annotations

from bot.sandbox.errors import ApiError, PortInUseError, SandboxError, SimError
from bot.sandbox.page import Offer, Offering
from bot.sandbox.server import RunningSandbox, create_app, running, serve
from bot.sandbox.world import DEFAULT_TOKEN

__all__ = [
    "DEFAULT_TOKEN",
    "ApiError",
    "Offer",
    "Offering",
    "PortInUseError",
    "RunningSandbox",
    "SandboxError",
    "SimError",
    "create_app",
    "running",
    "serve",
]
