"""What the bot says by itself when a model that people wait for has come."""

from __future__ import annotations

from typing import Final, Literal

from bot.messages.onboarding import list_button
from bot.messages.unasked import with_way_out
from bot.messages.words import Words
from bot.outgoing import Outgoing

News = Literal["first_model", "real_model", "own_model", "taught_more"]
_KEYS: Final[dict[News, str]] = {
    "first_model": "news.first_model",
    "real_model": "news.real_model",
    "own_model": "news.own_model",
    "taught_more": "news.taught_more",
}


def model_is_there(words: Words, round_: int, name: News) -> Outgoing:
    """Say that lists follow ratings from now on, are learned from real people, or from this very person's ratings."""
    return with_way_out(words, Outgoing(words.html(_KEYS[name]), ((list_button(words, round_),),)))
