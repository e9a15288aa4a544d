"""Misspelt words of a query, put right by the words that titles are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

# Three letters with one of them wrong may be any word.
SHORTEST: Final = 4
# From this length on a word may have two slips.
LONG: Final = 8
# How much less sure a search is for a word put right: a short one may well be another word.
_COST_SHORT: Final = 0.2
_COST: Final = 0.06


class Spelling:
    """The words of all titles and names, and how well known each is."""

    def __init__(self, titles: Iterable[tuple[str, float]], names: Iterable[tuple[str, float]] = ()) -> None:
        """Take the words.

        Args:
            titles: each word of a title with the fame of a film that bears it.
            names: the same of names; of two words equally near the one of a title is meant.
        """
        fame: dict[str, float] = {}
        for word, known in titles:
            fame[word] = fame.get(word, 0.0) + known
        self._of_titles = frozenset(fame)
        for word, known in names:
            fame[word] = fame.get(word, 0.0) + known
        self._fame = fame
        self._long_words = [word for word in fame if len(word) >= SHORTEST - 1]

    def correct(self, query: str) -> tuple[str, float]:
        """Return the query in words that titles have, and what that costs in certainty; 0 where nothing was wrong."""
        words, cost = list[str](), 0.0
        for word in query.split():
            right = self._nearest(word) if self._is_doubtful(word) else word
            words.append(right)
            if right != word:
                cost += _COST_SHORT if len(word) <= SHORTEST else _COST
        return " ".join(words), cost

    def _is_doubtful(self, word: str) -> bool:
        return len(word) >= SHORTEST and word.isalpha() and word not in self._fame

    def _nearest(self, word: str) -> str:
        """Return the nearest known word, the best known of equally near ones; the word itself where none is near."""
        if not self._long_words:
            return word
        slips = 2 if len(word) >= LONG else 1
        far = process.cdist([word], self._long_words, scorer=OSA.distance, score_cutoff=slips)[0]  # (words,)
        near = np.flatnonzero(far <= slips).tolist()
        if not near:
            return word
        return min(
            (self._long_words[at] for at in near),
            key=lambda one: (OSA.distance(word, one), one not in self._of_titles, -self._fame[one]),
        )
