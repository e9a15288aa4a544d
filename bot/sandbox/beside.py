"""What the page says beside the chat, for whoever serves it to fill in: an offer, and the first steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the page offers: a sentence, and a button that says a command."""

    text: str
    label: str
    command: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a guide for who opens the page cold.

    Attributes:
        until: how what a person writes, or the payload of what they tap, begins when the step is done.
    """

    text: str
    until: tuple[str, ...]


# What is offered to somebody whose app speaks this language; nothing any more once it is done.
Offering = Callable[[str], Offer | None]
# The steps for somebody whose app speaks this language; the page goes along with what they do.
Guiding = Callable[[str], Sequence[Step]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything beside the chat; nothing, unless it is given."""

    offering: Offering = lambda language: None
    guiding: Guiding = lambda language: ()


NOTHING_BESIDE = Beside()
