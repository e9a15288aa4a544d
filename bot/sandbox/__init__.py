"""A local Telegram: a strict Bot API server and a chat page, for trying the bot and for tests."""

from __future__ import annotations

from bot.sandbox.beside import Beside, Guiding, Offer, Offering, Step
from bot.sandbox.errors import ApiError, PortInUseError, SandboxError, SimError
from bot.sandbox.server import RunningSandbox, create_app, running, serve
from bot.sandbox.world import DEFAULT_TOKEN

__all__ = [
    "DEFAULT_TOKEN",
    "ApiError",
    "Beside",
    "Guiding",
    "Offer",
    "Offering",
    "PortInUseError",
    "RunningSandbox",
    "SandboxError",
    "SimError",
    "Step",
    "create_app",
    "running",
    "serve",
]
