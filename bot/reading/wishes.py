"""Wishes for a list in plain words: genres, those left out, decades and years; in English and Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.reading.genre_words import GENRE, genres_of, guess_genres, names_genre
from bot.reading.wish_words import AND, ASKING, BLANK, FILLER, KIND, LISTS_ON, NOT, NOT_BEHIND, NOT_ONE, OR, WANT, WORD
from bot.reading.years import Years, read_years
from recommender.domain import Filters

# Nobody wishes in more words; what is longer is no wish.
LONGEST: Final = 200
_NOTHING: Final = Filters()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text asks of a list.

    Attributes:
        filters: what was understood.
        unknown: what was not, as it was written.
        is_asked: whether it is said as people ask for a list, and name no film.
        is_vague: whether all that is asked is new, old or modern.
        is_bare_genre: whether the text is a genre's name and nothing else.
        is_bare_year: whether it is a year and nothing else.
        has_no_year: whether the years asked for leave none.
    """

    filters: Filters = _NOTHING
    unknown: tuple[str, ...] = ()
    is_asked: bool = False
    is_vague: bool = False
    is_bare_genre: bool = False
    is_bare_year: bool = False
    has_no_year: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was understood."""
        return self.filters == _NOTHING


def read_wish(text: str, this_year: int) -> Wish:
    """Return what a text asks of a list, and what in it was not understood."""
    words = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")[:LONGEST]
    reading = _Reading(this_year)
    for word, start, end in _pieces(words, reading):
        reading.leave(word, start, end)
    return reading.wish(words)


@dataclass(slots=True)
class _Genre:
    names: tuple[str, ...]
    is_wanted: bool


@dataclass(slots=True)
class _Reading:
    """What was read so far, from left to right."""

    this_year: int
    genres: list[_Genre] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    left: list[tuple[str, int, int]] = field(default_factory=list)
    is_asked: bool = False
    is_either: bool = False
    # Whether what follows is not wanted, whether that is so of one word alone, and what was read last.
    _is_not: bool = False
    _is_not_one: bool = False
    _lately: str = ""

    def read(self, text: str, at: int) -> int:
        """Read what stands at a place, and return where it ends; the same place where it means nothing."""
        for read in (self._read_not, self._read_asking, self._read_years, self._read_genre, self._read_link):
            end = read(text, at)
            if end > at:
                return end
        for words in (WANT, KIND, FILLER):
            if found := words.match(text, at):
                self._is_not = self._is_not and words is not WANT
                return found.end()
        return at

    def leave(self, word: str, start: int, end: int) -> None:
        """Keep a word that means nothing; a slip in the name of a genre is forgiven."""
        if names := guess_genres(word):
            self._add(names)
        else:
            self.left.append((word, start, end))
            self._is_not, self._lately = False, ""

    def wish(self, text: str) -> Wish:
        filters, is_possible = self._filters()
        return Wish(
            filters=filters,
            unknown=tuple(_joined(text, self.left)) if is_possible else (text.strip(),),
            is_asked=self.is_asked or any(not genre.is_wanted for genre in self.genres),
            is_vague=not self.genres and bool(self.years) and all(one.is_vague for one in self.years),
            is_bare_genre=names_genre(text.strip()),
            is_bare_year=re.fullmatch(r"\s*[12][0-9]{3}\s*", text) is not None,
            has_no_year=not is_possible,
        )

    def _read_asking(self, text: str, at: int) -> int:
        found = ASKING.match(text, at)
        if not found or not found[0].strip():
            return at
        self.is_asked, self._is_not = True, False
        return found.end()

    def _read_not(self, text: str, at: int) -> int:
        behind = NOT_BEHIND.match(text, at)
        if behind and self._lately == "genre" and not GENRE.match(text, behind.end()):
            self._turn_away()
            return behind.end()
        for words in (NOT, NOT_ONE):
            if found := words.match(text, at):
                self._is_not, self._is_not_one, self._lately = True, words is NOT_ONE, "not"
                return found.end()
        return at

    def _read_years(self, text: str, at: int) -> int:
        found = read_years(text, at, self.this_year)
        if found is None or (self._is_not and self._lately == "not"):
            return at
        self.years.append(found[0])
        self._is_not, self._lately = False, "years"
        return found[1]

    def _read_genre(self, text: str, at: int) -> int:
        found = GENRE.match(text, at)
        if not found:
            return at
        self._add(genres_of(found[0]))
        return found.end()

    def _read_link(self, text: str, at: int) -> int:
        for words in (OR, AND):
            if found := words.match(text, at):
                if found[0] in ",，" and self._is_not and not _lists_on(text, found.end()):
                    self._is_not = False
                elif words is OR and not self._is_not and self._lately == "genre":
                    self._lately = "or"
                return found.end()
        return at

    def _add(self, names: tuple[str, ...]) -> None:
        if self._lately == "or" and not self._is_not:
            self.is_either = True
        self.genres.append(_Genre(names, not self._is_not))
        self._lately = "genre"
        if self._is_not_one:
            self._is_not = self._is_not_one = False

    def _turn_away(self) -> None:
        """Take the genre said last, and those linked with it, for unwanted."""
        self.genres[-1].is_wanted = False

    def _filters(self) -> tuple[Filters, bool]:
        """Return what is asked for, and whether there can be such films."""
        out = {name for genre in self.genres if not genre.is_wanted for name in genre.names}
        wanted = {name for genre in self.genres if genre.is_wanted for name in genre.names} - out
        first, last = _narrow(self.years)
        if first is not None and last is not None and first > last:
            return _NOTHING, False
        together = len(wanted) > 1 and not self.is_either
        filters = Filters(
            genres_in=frozenset() if together else frozenset(wanted),
            genres_out=frozenset(out),
            year_from=first,
            year_to=last,
            genres_all=frozenset(wanted) if together else frozenset(),
        )
        return filters, True


def _pieces(text: str, reading: _Reading) -> Iterator[tuple[str, int, int]]:
    """Yield what means nothing, word by word."""
    at = 0
    while at < len(text):
        if (end := reading.read(text, at)) > at:
            at = end
        elif blank := BLANK.match(text, at):
            at = blank.end()
        elif word := WORD.match(text, at):
            yield word[0], at, word.end()
            at = word.end()


def _lists_on(text: str, at: int) -> bool:
    """Tell whether a comma stands in a list that ends in or, nor, and: "no horror, war or crime"."""
    found = GENRE.match(text, at + (text[at : at + 1] == " "))
    return bool(found and LISTS_ON.match(text, found.end()))


def _narrow(years: list[Years]) -> tuple[int | None, int | None]:
    """Return the first and last year: periods add up, bounds narrow."""
    periods = [one for one in years if not one.is_bound]
    firsts = [one.first for one in periods]
    lasts = [one.last for one in periods]
    first = None if not firsts or None in firsts else min(one for one in firsts if one is not None)
    last = None if not lasts or None in lasts else max(one for one in lasts if one is not None)
    bounds = [one for one in years if one.is_bound]
    return (
        max([one for one in (first, *(bound.first for bound in bounds)) if one is not None], default=None),
        min([one for one in (last, *(bound.last for bound in bounds)) if one is not None], default=None),
    )


def _joined(text: str, left: list[tuple[str, int, int]]) -> Iterator[str]:
    """Yield words that stand side by side as one."""
    start = end = -1
    for _, at, behind in left:
        if start >= 0 and not text[end:at].strip():
            end = behind
            continue
        if start >= 0:
            yield text[start:end]
        start, end = at, behind
    if start >= 0:
        yield text[start:end]
