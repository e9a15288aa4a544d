"""Buttons about the person: their language, and the end of their data."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.codec import Action, button


@button("l")
class Language(Action):
    """Speak this language, by the number that its message catalogue bears."""

    language: Annotated[int, range(100)]


@button("del")
class DeleteMe(Action):
    """Confirm that everything shall go."""


@button("keep")
class KeepMe(Action):
    """Decline the deletion."""
