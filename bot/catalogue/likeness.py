"""How alike a query and titles are: typos, words and letters within, the beginning of a title."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.catalogue.letter_sets import LetterSets

# A title that begins with the query, has it in its middle, has its words among others, has its letters inside a word.
BEGINS: Final = 0.95
_PHRASE_WITHIN: Final = 0.92
_WORDS_WITHIN: Final = 0.90
_LETTERS_WITHIN: Final = 0.80
# A title equal or begun but for its blanks: "starwars".
_EQUAL_UNSPACED: Final = 0.96
_BEGINS_UNSPACED: Final = 0.93
# The most that a title may be alike which is none of the above.
_BEST_LIKENESS: Final = 0.94
# A title that stands whole among other words of the query is a guess: so much, and more by the share it has of them.
_TITLE_IN_QUERY: Final = 0.68
_SHARE_WEIGHT: Final = 0.1
_LEAST_SHARE: Final = 0.3
# One letter of few makes another word.
_SHORT: Final = 5
_SHORT_COST: Final = 0.05
_SHORTEST_WITHIN: Final = 4
_SHORTEST_UNSPACED: Final = 6
# What a ratio of a hundred may lose by rounding.
_ROUNDED: Final = 0.001
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

Scorer = Callable[..., float]


class Texts:
    """Normal forms prepared for comparison, one per entry.

    What several entries are called, as who made many films, is kept and compared once.
    """

    def __init__(self, normal: Sequence[str]) -> None:
        places = {text: place for place, text in enumerate(dict.fromkeys(normal))}
        self._normal, self._places = list(places), places
        self._place_by_row = np.array([places[text] for text in normal], dtype=np.int32)  # (entries,)
        self._rows = np.argsort(self._place_by_row, kind="stable").astype(np.int32)  # by place  (entries,)
        self._ends = np.cumsum(np.bincount(self._place_by_row, minlength=len(places)))  # in _rows  (texts,)
        self._lengths = np.array([len(text) for text in self._normal], dtype=np.int64)  # (texts,)
        self._spaced = _Lines([f" {text} " for text in self._normal])
        self._unspaced = _Lines([text.replace(" ", "") for text in self._normal])

    @cached_property
    def _sets(self) -> LetterSets:
        """Made with the first search: most inline queries need none."""
        return LetterSets(self._normal)

    def likeness(self, query: str, least: float, behind: float = 1.0) -> NDArray[np.float64]:
        """Return how alike each text is to a query in normal form, 0 to 1.

        Less than `least`, or than so far behind the most alike, may be anything less.
        Shape: (entries,)
        """
        return self._likeness(query, least, behind)[self._place_by_row]

    def begins(self, query: str) -> list[int]:
        """Return the entries that are the query, its plural, or begin with it as whole words."""
        return [row for place in self._begins(query) for row in self._entries(place)]

    def typed(self, query: str) -> dict[int, float]:
        """Return the entries in which a word begins with the query in normal form, and how well they answer to it."""
        found: dict[int, float] = {}
        for place in self._spaced.places_with(query if _IDEOGRAPH.match(query) else f" {query}"):
            text = self._normal[place]
            score = 1.0 if text == query else BEGINS if text.startswith(query) else _WORDS_WITHIN
            found |= dict.fromkeys(self._entries(place), score)
        return found

    def _entries(self, place: int) -> list[int]:
        first = self._ends[place - 1] if place else 0
        rows: list[int] = self._rows[first : self._ends[place]].tolist()
        return rows

    def _likeness(self, query: str, least: float, behind: float) -> NDArray[np.float64]:
        """Return how alike each text is.  (texts,)"""
        if not query or not self._normal:
            return np.zeros(len(self._normal))
        cost = _SHORT_COST if len(query) <= _SHORT else 0.0
        scores = np.zeros(len(self._normal))
        self._raise_held(scores, query)
        # What is very much alike is soon found, and leaves little else to be compared.
        high, compared = _BEST_LIKENESS - cost - behind, 1.0
        if least < high:
            self._raise_similar(scores, query, high, cost)
            least, compared = max(least, float(scores.max()) - behind), high
        if least < compared:
            self._raise_similar(scores, query, least, cost)
        self._raise_within(scores, query, least)
        self._raise_begun(scores, query)
        return scores

    def _raise_similar(self, scores: NDArray[np.float64], query: str, least: float, cost: float) -> None:
        """Raise texts that have the query's letters in its order."""
        places = self._sets.similar(query, least + cost)
        ratios = self._ratios(fuzz.ratio, query, places, least + cost)
        scores[places] = np.maximum(scores[places], np.minimum(ratios, _BEST_LIKENESS) - cost)

    def _begins(self, query: str) -> list[int]:
        behind = "" if _IDEOGRAPH.match(query[-1:]) else " "
        starts = [f"\n {query}{behind}"]
        if len(query) >= _SHORTEST_WITHIN:
            starts.append(f"\n {query}s ")
        return [place for start in starts for place in self._spaced.places_with(start)]

    def _raise_within(self, scores: NDArray[np.float64], query: str, least: float) -> None:
        """Raise longer texts that hold the query's words or letters."""
        longer = np.flatnonzero(self._lengths >= len(query))
        words, letters = least / _WORDS_WITHIN, least / _LETTERS_WITHIN
        places = self._sets.of_like_words(query, words, longer)
        ratios = self._ratios(fuzz.token_set_ratio, query, places, words)
        scores[places] = np.maximum(scores[places], _WORDS_WITHIN * ratios)
        if len(query) >= _SHORTEST_WITHIN and letters <= 1:
            places = self._sets.holding(query, letters, longer)
            ratios = self._ratios(fuzz.partial_ratio, query, places, letters)
            scores[places] = np.maximum(scores[places], _LETTERS_WITHIN * ratios)
        phrase = query if _IDEOGRAPH.search(query) else f" {query} "
        _raise(scores, self._spaced.places_with(phrase), _PHRASE_WITHIN)

    def _ratios(self, scorer: Scorer, query: str, places: NDArray[np.int64], least: float) -> NDArray[np.float64]:
        """Return how alike texts are, 0 to 1; 0 for what is less alike than that.  (places,)"""
        if not len(places) or least > 1:
            return np.zeros(len(places))
        texts = list(map(self._normal.__getitem__, places.tolist()))
        ratios = process.cdist([query], texts, scorer=scorer, score_cutoff=100 * least - _ROUNDED)[0]
        return np.asarray(ratios, dtype=np.float64) / 100

    def _raise_held(self, scores: NDArray[np.float64], query: str) -> None:
        """Raise titles that the query holds as whole words."""
        least = max(_SHORTEST_WITHIN, int(_LEAST_SHARE * len(query)))
        for part in _runs_of_words(query):
            if least <= len(part) < len(query) and part in self._places:
                share = len(part) / len(query)
                _raise(scores, [self._places[part]], _TITLE_IN_QUERY + _SHARE_WEIGHT * share)

    def _raise_begun(self, scores: NDArray[np.float64], query: str) -> None:
        _raise(scores, self._begins(query), BEGINS)
        unspaced = query.replace(" ", "")
        if len(unspaced) >= _SHORTEST_UNSPACED:
            _raise(scores, self._unspaced.places_with(f"\n{unspaced}"), _BEGINS_UNSPACED)
            _raise(scores, self._unspaced.places_with(f"\n{unspaced}\n"), _EQUAL_UNSPACED)


class _Lines:
    """Texts as lines of one string, which is searched at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "\n" + "\n".join(texts) + "\n"
        self._starts = array("I", [0, *accumulate(len(text) + 1 for text in texts)])

    def places_with(self, part: str) -> Iterator[int]:
        """Yield the place of each text that has a part; a line break in it is a text's beginning or end."""
        at = self._joined.find(part)
        while at >= 0:
            yield bisect_right(self._starts, at) - 1
            at = self._joined.find(part, at + 1)


def _raise(scores: NDArray[np.float64], places: Iterator[int] | Sequence[int], score: float) -> None:
    for place in places:
        scores[place] = max(scores[place], score)


def _runs_of_words(query: str) -> Iterator[str]:
    words = query.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])
