"""What a list was asked for in words, part by part, as a plain value: what is stored, shown and taken away again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from recommender.domain import GENRES as ALL_GENRES
from recommender.domain import Filters

# What parts a wish may have besides genres and years, those first that a list gives up first where too few films fit.
# `age` is not given up, `like` is no filter, and `than` is told by the film that is named before a wish is kept.
SOFTEST_FIRST: Final = (
    "order",
    "runtime",
    "tone",
    "tag",
    "area",
    "country",
    "language",
    "studio",
    "person",
    "director",
    "cast",
)
GENRE: Final = "genre"
# Several at once, which are not wanted together and may be one by one.
GENRES: Final = "genres"
YEARS: Final = "years"
_ANY: Final = Filters()
_NOT: Final = "-"
_KIND_END: Final = ":"
_OR: Final = "|"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that films shall be, or shall not: one of some values of a kind.

    Attributes:
        kind: `genre`, `years`, or one of the kinds above.
        values: a tag's or person's name, a code, an id; of `runtime` and `years` both ends, as in "90-120" or "-120".
    """

    kind: str
    values: tuple[str, ...]
    is_wanted: bool = True

    @property
    def code(self) -> str:
        """Return the part as one line of text."""
        return f"{'' if self.is_wanted else _NOT}{self.kind}{_KIND_END}{_OR.join(self.values)}"

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """Return the least and greatest number of a runtime or of years; None where there is none."""
        first, _, last = self.values[0].partition("-")
        return int(first) if first else None, int(last) if last else None


def read_part(code: str) -> Part:
    """Return the part that a line of text stands for."""
    kind, _, values = code.removeprefix(_NOT).partition(_KIND_END)
    return Part(kind, tuple(values.split(_OR)), not code.startswith(_NOT))


def span(kind: str, first: int | None, last: int | None) -> Part:
    """Return the part of a runtime or of years, both ends included."""
    return Part(kind, (f"{'' if first is None else first}-{'' if last is None else last}",))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish as it is kept: genres and years as the recommender takes them, and all else.

    Attributes:
        parts: in the order they were said; each film shall be as all of them say.
    """

    filters: Filters = _ANY
    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return self != NOTHING_WANTED

    @property
    def every_part(self) -> tuple[Part, ...]:
        """Return genres, years and all else as parts, in the order in which they are told."""
        filters = self.filters
        genres = [Part(GENRE, (name,)) for name in _ordered(filters.genres_all | filters.genres_in)]
        has_years = filters.year_from is not None or filters.year_to is not None
        years = [span(YEARS, filters.year_from, filters.year_to)] if has_years else []
        out = [Part(GENRE, (name,), is_wanted=False) for name in _ordered(filters.genres_out)]
        wanted = [part for part in self.parts if part.is_wanted]
        return (*genres, *years, *wanted, *out, *(part for part in self.parts if not part.is_wanted))

    def without(self, part: Part) -> Wanted:
        """Return what is left of the wish without a part."""
        if part.kind == YEARS and part.is_wanted:
            return replace(self, filters=replace(self.filters, year_from=None, year_to=None))
        if part.kind != GENRE:
            return replace(self, parts=tuple(one for one in self.parts if one != part))
        gone, filters = {*part.values}, self.filters
        if not part.is_wanted:
            return replace(self, filters=replace(filters, genres_out=filters.genres_out - gone))
        some, every = filters.genres_in - gone, filters.genres_all - gone
        if len(every) == 1:
            some, every = every, frozenset()
        return replace(self, filters=replace(filters, genres_in=some, genres_all=every))

    def softest_part(self) -> Part | None:
        """Return what to give up first where too few films fit: of one kind what was said last; None if nothing."""
        wanted = [part for part in reversed(self.parts) if part.is_wanted and part.kind in SOFTEST_FIRST]
        return min(wanted, key=lambda part: SOFTEST_FIRST.index(part.kind), default=None)

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == kind)


NOTHING_WANTED: Final = Wanted()


def _ordered(genres: Iterable[str]) -> tuple[str, ...]:
    wanted = set(genres)
    return tuple(genre for genre in ALL_GENRES if genre in wanted)
