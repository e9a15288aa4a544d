"""Films by what they are called, to the letter of the normal form: what a search does without likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from bot.catalogue.parts import Part, part_asked
from bot.catalogue.titles import search_forms, split_year

K = TypeVar("K")
_HEAD: Final = re.compile(r"^(.{2,}?)\s*(?::|\s[-–—]\s)")
# A second title behind the first, as MovieLens writes it: "Seven Samurai (Shichinin no samurai)".
_IN_BRACKETS: Final = re.compile(
    r"^(?P<first>.+?)\s*[(（](?:a\.?k\.?a\.?\s+)?(?P<second>[^()（）]+)[)）]\s*$", re.IGNORECASE
)

Entry = tuple[str, tuple[str, ...], Part | None, int]  # as written, its normal forms, the part it says it is, its row


class CalledFilms:
    """The rows of films by their titles, by their numbers in series, and by what stands before a colon."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_form: dict[str, list[int]] = {}
        self._by_part: dict[Part, list[int]] = {}
        self._by_told_part: dict[Part, list[int]] = {}
        self._by_head: dict[str, list[int]] = {}
        for written, forms, part, row in entries:
            _note(self._by_form, forms, row)
            if part:
                _note(self._by_part, (part,), row)
            if found := _HEAD.match(written):
                _note(self._by_head, search_forms(found[1]), row)

    def tell_parts(self, told: Iterable[tuple[Part, int]]) -> None:
        """Learn numbers that titles do not say."""
        for part, row in told:
            _note(self._by_told_part, (part,), row)

    def rows(self, title: str) -> list[int]:
        """Return the rows of the films that bear a title; where none does, of the part it ends with."""
        for read in _readings(title):
            found = _of(self._by_form, search_forms(read))
            if found:
                return found
        part = part_asked(title)  # what more a title says may make it another film
        return list(dict.fromkeys((*self._by_part.get(part, ()), *self._by_told_part.get(part, ())))) if part else []

    def says_part(self, title: str) -> bool:
        """Tell whether a film bears a title, or its own title says that it is the part that this one ends with."""
        part = part_asked(title)
        return bool(_of(self._by_form, search_forms(title))) or part in self._by_part

    def headed(self, title: str) -> list[int]:
        """Return the rows of the films whose title has this one before its colon."""
        return _of(self._by_head, search_forms(title))


def _readings(title: str) -> list[str]:
    """Return a title, and what is left of it without a year and without a second title behind it."""
    bare = split_year(title)[0]
    found = _IN_BRACKETS.match(bare)
    return list(dict.fromkeys((title, bare, *((found["first"], found["second"]) if found else ()))))


def _note(rows_by_key: dict[K, list[int]], keys: Iterable[K], row: int) -> None:
    for key in keys:
        rows = rows_by_key.setdefault(key, [])
        if row not in rows:
            rows.append(row)


def _of(rows_by_key: dict[K, list[int]], keys: Iterable[K]) -> list[int]:
    return list(dict.fromkeys(row for key in keys if key for row in rows_by_key.get(key, ())))
