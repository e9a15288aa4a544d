"""What the operator's chat is told."""

from __future__ import annotations

from bot.messages.words import Words
from bot.outgoing import Outgoing


def published(words: Words, version: str, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.published", version=version, reason=reason))


def refused(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.refused", reason=reason))


def failed(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("retrain.failed", reason=reason))


def dead_letters(words: Words, count: int) -> Outgoing:
    return Outgoing(words.count("operator.dead_letters", count))


def bundle_refused(words: Words, reason: str) -> Outgoing:
    return Outgoing(words.html("operator.bundle_refused", reason=reason))
