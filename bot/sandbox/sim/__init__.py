"""The person's side as a script."""

from __future__ import annotations

from bot.sandbox.sim.routes import Sim

__all__ = ["Sim"]
