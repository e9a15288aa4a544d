"""The Bot API methods that the local Telegram answers, by their lower-case names."""

from __future__ import annotations

from bot.sandbox.methods.table import METHODS, Method
from bot.sandbox.methods.unsupported import UNSUPPORTED, refused

__all__ = ["METHODS", "UNSUPPORTED", "Method", "refused"]
