"""Button payloads, `1:<verb>:<args>`: every action a button can carry, encoded and decoded side by side.

An action states the wanted end, never a step: "rate movie 603 at 8", so that a second delivery changes nothing.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bot.dial import PAGES, Dial
from recommender.domain import GENRES, MovieId

VERSION: Final = "1"
MAX_BYTES: Final = 64  # Telegram's limit on callback data
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class Place(IntEnum):
    """Where a film card sits, and so where its Back button leads."""

    CARD = 0
    LIST = 1
    RATINGS = 2
    LATER = 3


class Mark(IntEnum):
    """What a person can say of a film besides stars."""

    SEEN = 0
    LATER = 1
    NEVER = 2


class Frequency(IntEnum):
    """How often the digest comes."""

    OFF = 0
    DAILY = 1
    WEEKLY = 2


@dataclass(frozen=True, slots=True)
class Consent:
    """Answer the training question; `round` is 0 outside onboarding."""

    agreed: int
    round: int


@dataclass(frozen=True, slots=True)
class ChooseGenre:
    """Set one genre on or off; `round` is the list that onboarding ends in, 0 outside onboarding."""

    genre: int
    on: int
    round: int


@dataclass(frozen=True, slots=True)
class GenresDone:
    """Leave the genre grid; `round` as in ChooseGenre."""

    round: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Turn the message into the interview's next card."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rate the interview's card and go on to the next; `before` is the rating it had, 0 for none."""

    movie_id: MovieId
    half_stars: int
    before: int


@dataclass(frozen=True, slots=True)
class Adjust:
    """Correct the film just rated while `next_id`'s card stays."""

    movie_id: MovieId
    half_stars: int
    before: int
    next_id: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Give the film just rated its rating from before, 0 for none, and show its card again."""

    movie_id: MovieId
    before: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """Say that the interview's film is not known, and go on."""

    movie_id: MovieId


@dataclass(frozen=True, slots=True)
class Stop:
    """End the interview."""


@dataclass(frozen=True, slots=True)
class Open:
    """Turn the message into a film's card; `key` and `page` lead back to `place`."""

    movie_id: MovieId
    place: int
    key: int
    page: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Set a film's rating, 0 for none; `stay` keeps the card open instead of going back to `place`."""

    movie_id: MovieId
    rating: int
    stay: int
    place: int
    key: int
    page: int


@dataclass(frozen=True, slots=True)
class SetMark:
    """Set a mark on a film on or off, from `place`."""

    movie_id: MovieId
    mark: int
    on: int
    place: int
    key: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Turn the message into a page of a list: recommendations (`key` is the round), ratings or watchlist.

    In recommendations `page` counts from PAGES times the stand of the dial.
    """

    place: int
    key: int
    page: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Choose how often; asks for hour and offset when they are not known."""

    frequency: int


@dataclass(frozen=True, slots=True)
class DigestTime:
    """Ask for the hour anew."""

    frequency: int


@dataclass(frozen=True, slots=True)
class DigestHour:
    """Choose the local hour; asks for the offset next."""

    frequency: int
    hour: int


@dataclass(frozen=True, slots=True)
class DigestOffset:
    """Choose the offset from UTC in quarters of an hour, counted from UTC-12:00, and save all three."""

    frequency: int
    hour: int
    offset: int


@dataclass(frozen=True, slots=True)
class Language:
    """Speak this language: its place in messages.LANGUAGES."""

    language: int


@dataclass(frozen=True, slots=True)
class DeleteMe:
    """Confirm that everything shall go."""


@dataclass(frozen=True, slots=True)
class KeepMe:
    """Decline the deletion."""


Action = (
    Consent
    | ChooseGenre
    | GenresDone
    | Ask
    | Answer
    | Adjust
    | Undo
    | Unseen
    | Stop
    | Open
    | Rate
    | SetMark
    | ShowPage
    | Digest
    | DigestTime
    | DigestHour
    | DigestOffset
    | Language
    | DeleteMe
    | KeepMe
)

VERBS: Final[dict[str, type[Action]]] = {
    "c": Consent,
    "g": ChooseGenre,
    "gd": GenresDone,
    "q": Ask,
    "a": Answer,
    "aa": Adjust,
    "u": Undo,
    "n": Unseen,
    "x": Stop,
    "o": Open,
    "r": Rate,
    "m": SetMark,
    "p": ShowPage,
    "d": Digest,
    "dt": DigestTime,
    "dh": DigestHour,
    "do": DigestOffset,
    "l": Language,
    "del": DeleteMe,
    "keep": KeepMe,
}
_CODES: Final = {kind: verb for verb, kind in VERBS.items()}

_FLAG: Final = range(2)
_MOVIE: Final = range(1, 2**31)  # the width of the database's key
# What each argument may be, by its name.
RANGES: Final[dict[str, range]] = {
    "agreed": _FLAG,
    "before": range(11),
    "frequency": range(len(Frequency)),
    "genre": range(len(GENRES)),
    "half_stars": range(1, 11),
    "hour": range(24),
    "key": range(2**31),
    "language": range(2),
    "mark": range(len(Mark)),
    "movie_id": _MOVIE,
    "next_id": range(2**31),
    "offset": range(105),
    "on": _FLAG,
    "page": range(PAGES * len(Dial)),
    "place": range(len(Place)),
    "rating": range(11),
    "round": range(2**31),
    "stay": _FLAG,
}


def encode(action: Action) -> str:
    """Return the code a button carries."""
    numbers = (str(int(number)) for number in dataclasses.astuple(action))
    return ":".join((VERSION, _CODES[type(action)], *numbers))


def decode(data: str | None) -> Action | None:
    """Return what a button meant; None when it is unknown, forged or of another version: the button has expired."""
    version, _, rest = (data or "").partition(":")
    verb, *numbers = rest.split(":")
    kind = VERBS.get(verb)
    if version != VERSION or kind is None or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    names = [field.name for field in dataclasses.fields(kind)]
    values = [int(number) for number in numbers]
    if len(values) != len(names) or any(v not in RANGES[n] for n, v in zip(names, values, strict=True)):
        return None
    build: Callable[..., Action] = kind
    return build(*values)
