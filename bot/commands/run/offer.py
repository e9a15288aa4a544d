"""What the demo's page offers beside the chat: real people's ratings, until they are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.sandbox import Offer


@dataclass(slots=True)
class RealRatingsOffer:
    """An offering of the sandbox.

    Attributes:
        folder: the demo's data directory.
        is_ready: the bot is up; before, its words would be loaded while the page waits.
    """

    folder: Path
    is_ready: bool = field(default=False, init=False)

    def __call__(self, language: str) -> Offer | None:
        """Return the offer in a language; nothing once it was taken up."""
        if not self.is_ready:
            return None
        from bot.retraining.real_ratings import RELEASE

        return None if (self.folder / "corpora" / RELEASE).exists() else _offer(language)


@cache
def _offer(language: str) -> Offer:
    from bot.messages import language_of, load_words, real_ratings
    from bot.retraining.real_ratings import COMMAND

    text, label = real_ratings.offer(load_words()[language_of(language)])
    return Offer(text, label, f"/{COMMAND}")
