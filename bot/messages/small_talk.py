"""Short answers to greetings, thanks and the like, each with what can be done next."""

from __future__ import annotations

from typing import Final

from bot.messages.words import Words
from bot.outgoing import Outgoing

_KEYS: Final = {
    "greeting": "talk.greeting",
    "thanks": "talk.thanks",
    "bye": "talk.bye",
    "fine": "talk.fine",
    "marking": "talk.marking",
}


def answer(words: Words, kind: str) -> Outgoing:
    """Answer small talk of a kind: greeting, thanks, bye, fine or marking."""
    return Outgoing(words.html(_KEYS[kind]))
