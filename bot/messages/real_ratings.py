"""What is said while real people's ratings are fetched and learned from."""

from __future__ import annotations

from bot.messages.clipping import clip, escape
from bot.messages.onboarding import list_button
from bot.messages.words import Html, Words
from bot.outgoing import Outgoing

# A reason may be a whole line of a log.
_REASON_UNITS = 400


def offer(words: Words) -> tuple[str, str]:
    """Return the sentence that offers real people's ratings, and its button."""
    return words.plain("real.offer"), words.plain("real.offer_button")


def begun(words: Words) -> Outgoing:
    """Say what happens now, and what the ratings may be used for."""
    return Outgoing(f"{words.html('real.begun')}\n\n{words.html('real.licence')}")


def under_way(words: Words) -> Outgoing:
    return Outgoing(words.html("real.under_way"))


def cannot_train(words: Words) -> Outgoing:
    return Outgoing(words.html("real.cannot_train"))


def not_fetched(words: Words, *, reason: str) -> Outgoing:
    return Outgoing(words.html("real.not_fetched", reason=_quote(reason)))


def fetched(words: Words, *, people: int, ratings: int) -> Outgoing:
    return Outgoing(words.html("real.fetched", people=words.number(people), ratings=words.number(ratings)))


def not_learned(words: Words, *, reason: str) -> Outgoing:
    return Outgoing(words.html("real.not_learned", reason=_quote(reason)))


def not_better(words: Words, *, reason: str) -> Outgoing:
    return Outgoing(words.html("real.not_better", reason=_quote(reason)))


def served(words: Words, round_: int) -> Outgoing:
    """Say that lists are made from real people's ratings now."""
    return Outgoing(words.html("real.served"), ((list_button(words, round_),),))


def _quote(reason: str) -> Html:
    return Html(escape(clip(reason, _REASON_UNITS)))
