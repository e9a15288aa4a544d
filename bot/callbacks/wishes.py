"""Buttons below a list that was asked for in words."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.arguments import Round
from bot.callbacks.codec import Action, button


@button("wx")
class WithoutPart(Action):
    """Show the list that the wish of a round leads to without one of its parts, which are counted from 0."""

    round: Round
    part: Annotated[int, range(12)]
