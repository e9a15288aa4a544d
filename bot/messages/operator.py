"""What the operator's chat is told."""

from __future__ import annotations

from bot.messages.clipping import clip, escape
from bot.messages.words import Html, Words
from bot.outgoing import Outgoing

# A reason may be a whole line of a log.
REASON_UNITS = 800


def published(words: Words, version: str, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.published", version=version, reason=_long(reason)))


def refused(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.refused", reason=_long(reason)))


def failed(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.failed", reason=_long(reason)))


def killed(words: Words) -> Outgoing:
    return Outgoing(words.html("retrain.killed"))


def dead_letters(words: Words, count: int) -> Outgoing:
    return Outgoing(words.count("operator.dead_letters", count))


def bundle_refused(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("operator.bundle_refused", reason=_long(reason)))


def _long(reason: str) -> Html:
    return Html(escape(clip(reason, REASON_UNITS)))
