"""What is said when something cannot be done, always with the next step."""

from __future__ import annotations

from bot.messages.clipping import ECHO_UNITS, clip
from bot.messages.onboarding import list_button
from bot.messages.words import Words
from bot.outgoing import Outgoing


def expired(words: Words, round_: int) -> Outgoing:
    """Offer a fresh list in place of a button that leads nowhere."""
    return Outgoing(words.html("notice.expired_message"), ((list_button(words, round_, "list.fresh"),),))


def unknown_person(words: Words) -> Outgoing:
    return Outgoing(words.html("notice.unknown_person"))


def unknown_command(words: Words, nearest: str | None) -> Outgoing:
    """Say that there is no such command, and name the one that may be meant."""
    if nearest is None:
        return Outgoing(words.html("notice.unknown_command"))
    return Outgoing(words.html("notice.nearest_command", command=f"/{nearest}"))


def unreadable(words: Words) -> Outgoing:
    return Outgoing(words.html("notice.unreadable"))


def unused(words: Words, said: str) -> Outgoing:
    """Say that a command could do nothing with the words behind it."""
    return Outgoing(words.html("notice.unused", said=clip(said, ECHO_UNITS)))


def private_only(words: Words) -> Outgoing:
    return Outgoing(words.html("notice.private_only"))


def not_sent(words: Words) -> Outgoing:
    """Say that an answer could not be sent."""
    return Outgoing(words.html("notice.not_sent"))


def sorry(words: Words) -> Outgoing:
    return Outgoing(words.html("notice.sorry"))


def film_gone(words: Words, *, edits: int | None = None) -> Outgoing:
    return Outgoing(words.html("search.gone"), (), edits)
