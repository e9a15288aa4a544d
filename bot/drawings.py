"""What pictures say, of a film or of a taste, as plain values with words in the person's language: made to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A named length, 0 to 1, with what stands at its end."""

    name: str
    length: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, with what stands at its end."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A place between two ends, 0 to 1."""

    place: float
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class TasteCard:
    """A picture in sections, of which empty ones are left out.

    Attributes:
        title, subtitle: its head.
        bars: genres, best first, under their heading.
        columns: films by decade or month.
        scale: how well known the films are.
        tags, people, films: each under its heading.
        dark: whether it is drawn light on dark.
        drawn_by: what stands at its foot, such as the bot's name; empty for the project's.
    """

    title: str
    subtitle: str = ""
    bars_heading: str = ""
    bars: tuple[Bar, ...] = ()
    columns_heading: str = ""
    columns: tuple[Bar, ...] = ()
    scale_heading: str = ""
    scale: Scale | None = None
    tags_heading: str = ""
    tags: tuple[str, ...] = ()
    people_heading: str = ""
    people: tuple[str, ...] = ()
    films_heading: str = ""
    films: tuple[Line, ...] = ()
    dark: bool = False
    drawn_by: str = ""


def taste_card(written: Mapping[str, Any]) -> TasteCard:
    """Return the card whose fields were written as JSON, which knows lists and objects alone."""
    bars = {name: tuple(Bar(**bar) for bar in written[name]) for name in ("bars", "columns")}
    texts = {name: tuple(written[name]) for name in ("tags", "people")}
    scale = None if written["scale"] is None else Scale(**written["scale"])
    films = tuple(Line(**line) for line in written["films"])
    return TasteCard(**{**written, **bars, **texts, "scale": scale, "films": films})


@dataclass(frozen=True, slots=True)
class TitleCard:
    """What a film's picture says; it is drawn when the message is sent, once for all who get the same.

    Attributes:
        title, year, made: lines, in the person's language; empty where nothing is known.
        genres: that give it its colours.
        genre_names: in the person's language.
        match: the chance of a like, such as "87 %"; empty where none is told.
    """

    title: str
    year: str = ""
    made: str = ""
    genres: tuple[str, ...] = ()
    genre_names: tuple[str, ...] = ()
    match: str = ""


def title_card(written: Mapping[str, Any]) -> TitleCard:
    """Return the card whose fields were written as JSON."""
    return TitleCard(**{**written, **{name: tuple(written[name]) for name in ("genres", "genre_names")}})
