"""Wishes in plain words: how much of what people ask for is read right, and how soon.

Four times sixty wishes with what each asks for; the rules were made by those for building, and those for judging were
written before anything was read of the rules and are looked at for this figure alone. The first hundred and twenty are
half English, half Chinese; the other ones are as people type them, Spanish too, by a hand that knew none of the rules.
In these, " / " stands between readings any of which is right, "?" before what may be read too, and "unknown:" before
words that shall be told as not understood.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
# Those to judge by first.
SETS: Final = ("judging", "typed_judging", "building", "typed_building")
# Between parts any of which is right, and before one that may be read, too.
EITHER: Final = " / "
MAY: Final = "?"
# Before words that shall be told as not understood.
UNKNOWN: Final = "unknown:"
_SPANISH: Final = re.compile(r"[áéíóúñ]|\b(?:algo|una|cine|pelis?|para|con|que|de|no se|quiero|suspenso)\b")


@dataclass(frozen=True, slots=True)
class Judged:
    """A wish with what it asks for and what was read of it, each part as text.

    Attributes:
        asked: of each thing asked for, the parts any of which is right.
        allowed: what may be read, too.
    """

    text: str
    asked: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    read: frozenset[str]
    seconds: float

    @property
    def right(self) -> int:
        return sum(bool(ways & self.read) for ways in self.asked)

    @property
    def wrong(self) -> frozenset[str]:
        """Return what was read and not asked for."""
        return self.read.difference(self.allowed, *self.asked)


def main(arguments: Sequence[str] = ()) -> None:
    """Read all wishes and publish how much of them was right."""
    options = parser("wishes", __doc__ or "").parse_args(arguments)
    known = starter_names()
    runs = [[judge(which, known) for which in SETS] for _ in range(options.repeats)]
    figures = [figure for which, judged in zip(SETS, runs[0], strict=True) for figure in _figures(which, judged)]
    slowest = tuple(max(one.seconds for judged in run for one in judged) * 1000 for run in runs)
    figures.append(Figure("slowest wish, processor time", slowest, "ms", MOST_MS))
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
    return sum(one.right for one in judged) / sum(len(one.asked) + len(one.wrong) for one in judged)


def share_whole(judged: Sequence[Judged]) -> float:
    """Return the share of wishes of which every part was read, and nothing else."""
    return sum(one.right == len(one.asked) and not one.wrong for one in judged) / len(judged)


def tongue(text: str) -> str:
    """Return the language a wish is written in, as far as its letters and the most common Spanish words tell."""
    if re.search(r"[\u4e00-\u9fff]", text):
        return "Chinese"
    return "Spanish" if _SPANISH.search(text) else "English"


def _figures(which: str, judged: Sequence[Judged]) -> list[Figure]:
    least = LEAST_RIGHT if "judging" in which else None
    return [
        Figure(f"{which}: right parts of all asked or read", (share_right(judged),), "", least, "at least"),
        *(
            Figure(f"{which}: of {language} ones", (share_right(some),), "")
            for language in ("English", "Chinese", "Spanish")
            if (some := [one for one in judged if tongue(one.text) == language])
        ),
        Figure(f"{which}: wishes read right as a whole", (share_whole(judged),), ""),
    ]


def _judge(text: str, asked: Sequence[str], known: Known) -> Judged:
    demands = [one for one in asked if not one.startswith(MAY)]
    each = [(one,) if one.startswith(UNKNOWN) or EITHER in one else _each(read_part(one)) for one in demands]
    ways = [frozenset(_plain(code, known) for code in one.split(EITHER)) for several in each for one in several]
    allowed = frozenset(_plain(one.removeprefix(MAY), known) for one in asked if one.startswith(MAY))
    start = time.process_time()
    wish = read_wish(text, THIS_YEAR, known)
    seconds = time.process_time() - start
    read = frozenset(code for part in wish.wanted.every_part for code in _each(part))
    told = frozenset(
        code
        for code in frozenset().union(*ways)
        if code.startswith(UNKNOWN) and any(_is_told(code.removeprefix(UNKNOWN), words) for words in wish.unknown)
    )
    return Judged(text, tuple(ways), allowed, read | told, seconds)


def _plain(code: str, known: Known) -> str:
    """Return a part's code as it is read: a film by its number."""
    part = read_part(code)
    return code if part.kind != "like" else replace(part, values=(str(known.film_called(part.values[0])),)).code


def _is_told(asked: str, words: str) -> bool:
    """Tell whether the words that were told as not understood are those, or the one that matters of them."""
    return asked in words or words in asked


def _each(part: Part) -> list[str]:
    """Return a part's code once for each of its values."""
    return [replace(part, values=(value,)).code for value in part.values]
