"""Buttons of a person's taste and year, drawn."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.codec import Action, button

Year = Annotated[int, range(2200)]  # 0 for the newest with enough ratings


@button("ts")
class ShowTaste(Action):
    """Show the taste, on a dark ground or a light one."""

    dark: bool


@button("tx")
class ShareTaste(Action):
    """Send the taste as a card to be forwarded, without ratings."""

    dark: bool


@button("ty")
class ShowYear(Action):
    """Show a year."""

    year: Year
    dark: bool
