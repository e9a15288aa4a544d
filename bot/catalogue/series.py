"""The films of a series and their numbers, as their titles and years tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.catalogue.likeness import Texts
from bot.catalogue.parts import Part, part_asked

# The title says that it is this part of this series; of a series whose name ends, or begins, with the query.
_SAYS_SO: Final = 0.97
_SAYS_SO_ENDING: Final = 0.965
_SAYS_SO_BEGINNING: Final = 0.93
# The film is the so manieth of its series by year, and its title has no number; any other film of that series.
_BY_YEAR: Final = 0.96
_OF_SERIES: Final = 0.90
# A film of the series where the part asked for is not there: a guess.
OTHER_PART: Final = 0.78
# What a film of another name has at most beside those.
_OTHER_NAME: Final = 0.70
# What a misspelt name of a series takes off.
_MISSPELT: Final = 0.07
_ALIKE: Final = 88


class SeriesParts:
    """Answers to "godfather 2": which film has the number."""

    def __init__(
        self,
        entries: Sequence[tuple[str, Part | None, int]],
        told: Sequence[tuple[Part, int]],
        years: NDArray[np.int64],
    ) -> None:
        """Prepare the numbers of all films.

        Args:
            entries: each title in normal form, the part that it says it is, and the row of its movie.
            told: parts that are known without being in the title, and the rows of their movies.
            years: (movies,)
        """
        self._years = years
        self._told: dict[Part, list[int]] = {}
        self._members: dict[str, list[int]] = {}
        self._told_number = {row: known.number for known, row in told}
        for known, row in told:
            self._told.setdefault(known, []).append(row)
            self._members.setdefault(known.name, []).append(row)
        self._by_number: dict[int, list[tuple[str, int]]] = {}
        self._series_of: dict[int, set[str]] = {}
        self._whole: dict[str, list[int]] = {}
        for normal, part, row in entries:
            if part:
                self._by_number.setdefault(part.number, []).append((part.name, row))
                self._series_of.setdefault(row, set()).add(part.name)
            else:
                self._whole.setdefault(normal, []).append(row)

    def members(self, name: str) -> Sequence[int]:
        """Return the rows of the films of a series, whatever their titles are."""
        return self._members.get(name, ())

    def names(self) -> dict[int, str]:
        """Return the series of films by row: as told, as a title says, or as the first of a series is called."""
        named = {row: min(names) for row, names in self._series_of.items()}
        first = {row: name for name in set(named.values()) for row in self._whole.get(name, ())}
        told = {row: name for name, rows in self._members.items() for row in rows}
        return first | named | told

    def heed(
        self, query: str, scores: NDArray[np.float64], texts: Texts, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return the scores with the part heeded that a query asks for; as they are where it asks for none.  (movies,)

        Args:
            scores: how alike each film is to the query.  (movies,)
            texts, rows: the titles' forms, and the row of each one's movie.
        """
        asked = part_asked(query)
        if asked is None:
            return scores
        of_part = np.zeros(len(self._years))
        begun = rows[np.array(texts.begins(asked.name), dtype=np.int64)]
        members = np.unique([*begun, *self.members(asked.name)]).astype(np.int64)
        if (
            self._says_so(of_part, asked)
            or self._is_told(of_part, asked, members)
            or self._counts(of_part, asked, members)
        ):
            return np.maximum(scores, of_part)
        of_part[members] = OTHER_PART
        most = _OTHER_NAME if len(members) else OTHER_PART
        return np.maximum(np.minimum(scores, most), of_part)  # another number is another film

    def _says_so(self, of_part: NDArray[np.float64], asked: Part) -> bool:
        """Raise the films whose titles have the number; tells whether one is of this very series."""
        found = False
        for name, row in self._by_number.get(asked.number, ()):
            score = _score_name(name, asked.name)
            of_part[row] = max(of_part[row], score)
            found = found or (score > 0 and score != _SAYS_SO_BEGINNING)
        if asked.number == 1:  # the first of a series seldom has a number
            of_part[self._whole.get(asked.name, [])] = _SAYS_SO
        return found or bool(of_part.max(initial=0.0) == _SAYS_SO)

    def _is_told(self, of_part: NDArray[np.float64], asked: Part, members: NDArray[np.int64]) -> bool:
        """Raise the film that is known to be this part, whatever the series is called in the query's language."""
        rows = [row for row in members.tolist() if self._told_number.get(row) == asked.number]
        rows = self._told.get(asked, rows)
        of_part[rows] = _SAYS_SO
        return bool(rows)

    def _counts(self, of_part: NDArray[np.float64], asked: Part, members: NDArray[np.int64]) -> bool:
        """Raise the so manieth film of the series by year, unless its title says that it has another number."""
        by_year = sorted((row for row in members.tolist() if self._years[row]), key=lambda row: int(self._years[row]))
        if asked.number > len(by_year):
            return False
        row = by_year[asked.number - 1]
        if asked.name in self._series_of.get(row, ()) or self._told_number.get(row, asked.number) != asked.number:
            return False
        of_part[members] = np.maximum(of_part[members], _OF_SERIES)
        of_part[row] = _BY_YEAR
        return True


def _score_name(name: str, asked: str) -> float:
    if name == asked:
        return _SAYS_SO
    if name.endswith(f" {asked}"):
        return _SAYS_SO_ENDING
    if name.startswith(f"{asked} "):
        return _SAYS_SO_BEGINNING
    return _SAYS_SO - _MISSPELT if fuzz.ratio(name, asked) >= _ALIKE else 0.0
