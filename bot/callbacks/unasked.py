"""Buttons about what the bot sends by itself."""

from __future__ import annotations

from enum import IntEnum

from bot.callbacks.codec import Action, button


class Unasked(IntEnum):
    """What comes without being asked for."""

    ALL = 0
    DIGEST = 1
    NEWS = 2
    REMINDERS = 3


@button("us")
class ShowUnasked(Action):
    """Send the settings of what comes unasked."""


@button("un")
class SetUnasked(Action):
    """Turn one kind on or off, or all of them."""

    kind: Unasked
    on: bool
