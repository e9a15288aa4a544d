"""What is known of a starter film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recommender.domain import Movie

# Who may watch: the whole family, from about 12, from about 16 to 18.
Age = Literal["family", "teen", "adult"]


@dataclass(frozen=True, slots=True)
class StarterFilm:
    """One line of `films/*.csv`; docs/starter.md has the scales. What is not known is empty or None, never guessed.

    Attributes:
        movie: under our own fixed id.
        original_title: in its own script, where it differs from the title; else empty.
        zh_title: as mainland China knows it, in simplified characters; None where no title is in use.
        other_titles: what people also type.
        directors, cast: as English credits spell them, by importance.
        countries: ISO 3166 codes, and SU, CS, YU, DD; the main one first.
        languages: what is mostly spoken, ISO 639 codes, the main one first; "xx" for silent films.
        runtime_min: of the usual release.
        popularity: how many of today's film watchers have seen it, 0 to 100.
        acclaim: how those who saw it rate it, 0 to 100.
        tags: names of `tags.csv`, those first that come to mind first.
        series, part: the series' name and the place in it by release; empty and None for a film that stands alone.
        plot, plot_zh: one line each, in our own words, without the end and without the title.
    """

    movie: Movie
    original_title: str
    zh_title: str | None
    other_titles: tuple[str, ...]
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    runtime_min: int
    age: Age
    popularity: int
    acclaim: int
    tags: tuple[str, ...]
    series: str
    part: int | None
    plot: str
    plot_zh: str
