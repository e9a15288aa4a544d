"""Which letters and pairs of letters stand in each text: what tells in no time that most texts cannot be alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Texts whose sets are made at once, so that making them takes little memory beside.
_AT_ONCE: Final = 1_024
# Words of 64 bits: there are few letters, and many pairs of them.
_FOR_LETTERS: Final = 1
_FOR_PAIRS: Final = 2
# Fibonacci hashing (Knuth 1998, volume 3, section 6.4): the upper bits of a product choose the place.
_GOLDEN: Final = np.uint32(2_654_435_769)
_PAIR: Final = np.uint32(31)

Codes = NDArray[np.uint32]
# Of many texts: one array for each word of their sets.  (texts,) each
Sets = tuple[NDArray[np.uint64], ...]


class LetterSets:
    """Sets of bits: for each text one of its letters, and one of its pairs of letters side by side.

    Different letters may share a bit. So a set may seem to hold what it does not, and each answer holds at least the
    texts that it says; which are alike is left to who compares them. Two texts are similar by twice what they have in
    common, in its order, to all of both: 1 for equal ones.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._lengths = np.array([len(text) for text in texts], dtype=np.int32)  # (texts,)
        parts = [_sets_of(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
        self._letters = _joined([letters for letters, _ in parts])
        self._pairs = _joined([pairs for _, pairs in parts])
        # As many letters as there must be at least in a text's different words: the pairs with line ends are no words'.
        held = sum((np.bitwise_count(word).astype(np.int32) for word in self._pairs), start=np.int32(0))
        self._fewest = np.asarray(held, dtype=np.int32) - 3  # (texts,)

    def similar(self, query: str, least: float) -> NDArray[np.int64]:
        """Return the texts that may be so similar to a query."""
        return self._sharing(query, least, self._lengths, np.arange(len(self._lengths)))

    def of_like_words(self, query: str, least: float, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which rows' texts may be so similar, whatever the order of the words, or hold so much of the words."""
        words = dict.fromkeys(query.split())
        text = " ".join(words)
        near = self._sharing(text, least, self._fewest, rows)
        # A letter left out parts two pairs, one put in parts one.
        other = self._fewest[near]
        left_out = (1 - least) * (len(text) + self._lengths[near])
        pairs = len(text) - 1 - 1.5 * left_out - 0.5 * np.maximum(len(text) - other, 0)
        near = near[self._count_pairs(text, near) >= pairs]
        return np.union1d(rows[self._holds_words(text, least, rows)], near)

    def holding(self, query: str, least: float, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which rows' texts may have a part that is so similar to the whole query."""
        # A part of w letters shares c of l: 2c >= least (l + w), and w >= c.
        common = least / (2 - least) * len(query)
        rows = rows[_count_lacking(_of(self._letters, rows), _letters(query)) <= len(query) - common]
        # A letter left out parts two pairs of the query: the worst that is still similar enough.
        return rows[self._count_pairs(query, rows) >= len(query) - 1 - 2 * (len(query) - common)]

    def _sharing(
        self, query: str, least: float, lengths: NDArray[np.int32], rows: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return which rows' texts may share enough letters with a query, were they only so long.

        Args:
            lengths: of all texts.  (texts,)
        """
        needed = least / 2 * (len(query) + lengths[rows])  # (rows,)
        foreign = np.bitwise_count(self._letters[0][rows] & ~_set(_letters(f" {query} \n"), _FOR_LETTERS)[0])
        near = (len(query) >= needed) & (self._lengths[rows] - foreign >= needed)
        rows, needed = rows[near], needed[near]
        shared: NDArray[np.bool_] = len(query) - _count_lacking(_of(self._letters, rows), _letters(query)) >= needed
        return rows[shared]

    def _holds_words(self, text: str, least: float, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell whether each row's text may hold so much of the words: s letters of n are similar by 2s / (s + n)."""
        held, pairs = np.full(len(rows), -1), _of(self._pairs, rows)
        for word in text.split():
            wanted = _set(_pairs(f" {word} "), _FOR_PAIRS)
            has_all = [(have & want) == want for have, want in zip(pairs, wanted, strict=True) if want]
            held[np.logical_and.reduce(has_all)] += len(word) + 1
        enough: NDArray[np.bool_] = held >= least / (2 - least) * np.minimum(len(text), self._fewest[rows])
        return enough

    def _count_pairs(self, query: str, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return how many of a query's pairs each row's text may hold.  (rows,)"""
        return len(query) - 1 - _count_lacking(_of(self._pairs, rows), _pairs(query))


def _joined(parts: Sequence[Sets]) -> Sets:
    return tuple(np.concatenate(words) for words in zip(*parts, strict=True))


def _of(sets: Sets, rows: NDArray[np.int64]) -> Sets:
    """Return the sets of some texts."""
    return tuple(word[rows] for word in sets)


def _sets_of(texts: Sequence[str]) -> tuple[Sets, Sets]:
    """Return the sets of letters and of pairs of texts, a blank before and behind each."""
    text = "".join(f" {text} \n" for text in texts)
    ends = np.cumsum([len(text) + 3 for text in texts])
    starts = ends - [len(text) + 3 for text in texts]
    pairs = np.append(_pairs(text), np.uint32(0))
    return _sets_at(_letters(text), _FOR_LETTERS, starts), _sets_at(pairs, _FOR_PAIRS, starts)


def _letters(text: str) -> Codes:
    """Return the bit of each letter: one of 64."""
    return _code_points(text) * _GOLDEN >> np.uint32(26)


def _pairs(text: str) -> Codes:
    """Return the bit of each pair of letters: one of 128."""
    codes = _code_points(text)
    return (codes[:-1] * _PAIR + codes[1:]) * _GOLDEN >> np.uint32(25)


def _code_points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _set(codes: Codes, size: int) -> NDArray[np.uint64]:
    """Return the set of all codes.  (size,)"""
    return np.array([np.bitwise_or.reduce(word) for word in _words(codes, size)], dtype=np.uint64)


def _sets_at(codes: Codes, size: int, starts: NDArray[np.int64]) -> Sets:
    """Return the sets of the stretches of codes that begin somewhere."""
    return tuple(np.bitwise_or.reduceat(word, starts) for word in _words(codes, size))


def _words(codes: Codes, size: int) -> list[NDArray[np.uint64]]:
    """Return each code's bit, or none, in each word of a set.  (codes,) each"""
    bits = np.uint64(1) << (codes & np.uint32(63)).astype(np.uint64)
    return [np.where(codes >> np.uint32(6) == word, bits, np.uint64(0)) for word in range(size)]


def _count_lacking(sets: Sets, codes: Codes) -> NDArray[np.int32]:
    """Return how many codes each set lacks, one as often as it is there.  (sets,)"""
    lacking = np.zeros(len(sets[0]), dtype=np.int32)
    for code, times in zip(*np.unique(codes, return_counts=True), strict=True):
        lacks = sets[int(code) >> 6] & (np.uint64(1) << np.uint64(code & 63)) == 0
        lacking += lacks if times == 1 else lacks * np.int32(times)
    return lacking
