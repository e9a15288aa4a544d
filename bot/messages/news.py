"""What the bot says by itself when a model that people wait for has come."""

from __future__ import annotations

from typing import Literal

from bot.messages.onboarding import list_button
from bot.messages.words import Words
from bot.outgoing import Outgoing


def model_is_there(words: Words, round_: int, name: Literal["first_model", "real_model", "own_model"]) -> Outgoing:
    """Say that lists follow ratings from now on, are learned from real people, or from this very person's ratings."""
    return Outgoing(words.html(f"news.{name}"), ((list_button(words, round_),),))
