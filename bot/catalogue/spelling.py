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

    def correct(self, query: str) -> tuple[list[str], float]:
        """Return the query in words that titles have, and what that costs in certainty; 0 where nothing was wrong.

        Where one word was wrong, what it says with each other word that is as near comes behind.
        """
        words, wrong, cost = query.split(), dict[int, list[str]](), 0.0
        for at, word in enumerate(words):
            if self._is_doubtful(word) and (near := self._near(word)):
                wrong[at] = near
                cost += _COST_SHORT if len(word) <= SHORTEST else _COST
        others = next(iter(wrong.values()))[1:] if len(wrong) == 1 else []
        right = [wrong[at][0] if at in wrong else word for at, word in enumerate(words)]
        said = [right, *([*right[:at], other, *right[at + 1 :]] for at in wrong for other in others)]
        return [" ".join(each) for each in said], cost

    def _is_doubtful(self, word: str) -> bool:
        return len(word) >= SHORTEST and word.isalpha() and word not in self._fame

    def _near(self, word: str) -> list[str]:
        """Return the known words that are nearest, all as near, the best known first; none where none is near."""
        if not self._long_words:
            return []
        slips = 2 if len(word) >= LONG else 1
        far = process.cdist([word], self._long_words, scorer=OSA.distance, score_cutoff=slips)[0]  # (words,)
        if (least := far.min()) > slips:
            return []
        near = (self._long_words[at] for at in np.flatnonzero(far == least).tolist())
        return sorted(near, key=lambda one: (one not in self._of_titles, -self._fame[one]))
