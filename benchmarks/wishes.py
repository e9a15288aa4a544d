"""Wishes in plain words: how much of what people ask for is read right, and how soon.

Two times sixty wishes, half of them English and half Chinese, with what each asks for: the rules were made by those for
building; those for judging were written before the rules and are looked at for this figure alone.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, parser, publish
from bot.catalogue.content_index import ContentIndex
from bot.catalogue.film_names import FilmNames
from bot.catalogue.named_films import NamedFilms
from bot.catalogue.search import TitleIndex
from bot.catalogue.starter import load_starter, load_starter_films
from bot.reading.known import Known
from bot.reading.wishes import read_wish
from bot.wanted import Part, read_part

TEXTS: Final = Path(__file__).parent / "wish_texts"
THIS_YEAR: Final = 2026
LEAST_RIGHT: Final = 0.85
MOST_MS: Final = 50.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A wish with what it asks for and what was read of it, each part as text."""

    text: str
    asked: frozenset[str]
    read: frozenset[str]
    seconds: float


def main(arguments: Sequence[str] = ()) -> None:
    """Read all wishes and publish how much of them was right."""
    options = parser("wishes", __doc__ or "").parse_args(arguments)
    known = starter_names()
    runs = [judge("judging", known) for _ in range(options.repeats)]
    built = judge("building", known)
    slowest = tuple(max(one.seconds for one in judged) * 1000 for judged in runs)
    figures = [
        Figure(
            "right parts of all asked or read, wishes to judge by", (share_right(runs[0]),), "", LEAST_RIGHT, "at least"
        ),
        Figure("of English ones", (share_right([one for one in runs[0] if one.text.isascii()]),), ""),
        Figure("wishes read right as a whole", (share_whole(runs[0]),), ""),
        Figure("right parts, wishes to build on", (share_right(built),), ""),
        Figure("slowest wish", slowest, "ms", MOST_MS),
    ]
    publish("wishes", arguments, figures, as_json=options.as_json)


def starter_names() -> NamedFilms:
    """Return the names of the starter catalogue."""
    movies = load_starter()
    names = FilmNames(movies)
    popularity = {film.movie.id: float(film.popularity) for film in load_starter_films()}
    titles = TitleIndex(movies, popularity, titles=names.titles(), names=names.names(), parts=names.parts())
    return NamedFilms(titles, ContentIndex(movies))


def judge(which: str, known: Known) -> list[Judged]:
    """Read the wishes of a file beside what each asks for."""
    with (TEXTS / f"{which}.csv").open(encoding="utf-8", newline="") as file:
        return [_judge(row["text"], row["parts"].split(";"), known) for row in csv.DictReader(file)]


def share_right(judged: Sequence[Judged]) -> float:
    """Return the share of parts read as asked, among all that were asked for or read."""
    return sum(len(one.asked & one.read) for one in judged) / sum(len(one.asked | one.read) for one in judged)


def share_whole(judged: Sequence[Judged]) -> float:
    """Return the share of wishes of which every part was read, and nothing else."""
    return sum(one.asked == one.read for one in judged) / len(judged)


def _judge(text: str, asked: Sequence[str], known: Known) -> Judged:
    parts = (read_part(code) for code in asked)
    wanted = frozenset((_with_id(part, known) if part.kind == "like" else part).code for part in parts)
    start = time.perf_counter()
    read = read_wish(text, THIS_YEAR, known)
    seconds = time.perf_counter() - start
    return Judged(text, wanted, frozenset(part.code for part in read.wanted.every_part), seconds)


def _with_id(part: Part, known: Known) -> Part:
    return Part("like", (str(known.film_called(part.values[0])),))
