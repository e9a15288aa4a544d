"""Buttons of what a search found."""

from __future__ import annotations

from bot.callbacks.codec import Action, button


@button("sn")
class NoneOfThese(Action):
    """Say that the film meant is not among the hits."""
