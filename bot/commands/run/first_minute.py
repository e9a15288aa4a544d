"""The steps that the demo's page shows whoever opens it cold: start, choose genres, rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.sandbox import Step


@dataclass(slots=True)
class FirstMinute:
    """A guide of the sandbox.

    Attributes:
        is_ready: the bot is up; before, its words would be loaded while the page waits.
    """

    is_ready: bool = field(default=False, init=False)

    def __call__(self, language: str) -> Sequence[Step]:
        """Return the steps in a language."""
        return _steps(language) if self.is_ready else ()


@cache
def _steps(language: str) -> tuple[Step, ...]:
    from bot.callbacks import Adjust, Answer, ChooseShelf, GenresDone, Rate, beginning
    from bot.messages import first_minute, language_of, load_words

    endings = (
        ("/start",),
        (beginning(GenresDone),),
        tuple(beginning(rated) for rated in (Answer, Adjust, ChooseShelf, Rate)),
    )
    texts = first_minute.steps(load_words()[language_of(language)])
    return tuple(Step(text, until) for text, until in zip(texts, endings, strict=True))
