"""What the demo's page says to whoever opens it for the first time."""

from __future__ import annotations

from bot.messages.words import Words


def steps(words: Words) -> tuple[str, ...]:
    """Return a sentence for each of the first three steps: start, choose genres, rate."""
    return tuple(words.plain(key) for key in ("first.start", "first.genres", "first.rate"))
