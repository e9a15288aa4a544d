"""What the bot says by itself when a model that people wait for has come."""

from __future__ import annotations

from bot.messages.onboarding import list_button
from bot.messages.words import Words
from bot.outgoing import Outgoing


def model_is_there(words: Words, round_: int, *, is_first: bool) -> Outgoing:
    """Say that lists follow ratings from now on, or that they are learned from real people."""
    text = words.html("news.first_model" if is_first else "news.real_model")
    return Outgoing(text, ((list_button(words, round_),),))
