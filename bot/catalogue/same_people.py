"""People known under two corpora: who gave the same films the same stars at the same times is the same person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# So many ratings at least, and so large a share of the shorter history: one alone may agree by chance.
_FEWEST_SHARED: Final = 2
_SHARE: Final = 0.5
# A rating that more people than this have in common, its second included, tells nobody apart.
_MOST_HOLDERS: Final = 50
# Odd constants of MurmurHash3's 64-bit finaliser (Appleby 2011) and of Steele et al. 2014, SplitMix.
_MIX: Final = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(0x9E3779B97F4A7C15))


class Ratings(Protocol):
    """Ratings as parallel columns, under film ids of the catalogue.  (ratings,) each"""

    @property
    def user_ids(self) -> NDArray[np.integer[Any]]: ...
    @property
    def movie_ids(self) -> NDArray[np.integer[Any]]: ...
    @property
    def stars(self) -> NDArray[np.floating[Any]]: ...
    @property
    def times(self) -> NDArray[np.integer[Any]]: ...


def find_same_people(one: Ratings, other: Ratings) -> list[tuple[int, int]]:
    """Return the ids, in one and in the other, of people who are in both; everybody at most once."""
    keys_of_one, keys_of_other = _keys(one), _keys(other)
    left = _telling(one, keys_of_one, np.isin(keys_of_one, keys_of_other))
    right = _telling(other, keys_of_other, np.isin(keys_of_other, keys_of_one))
    pairs = left.merge(right, on="key", suffixes=("", "_other"))
    shared = pairs.groupby(["user", "user_other"]).size().rename("shared").reset_index()
    shorter = np.minimum(_lengths(one, shared["user"]), _lengths(other, shared["user_other"]))
    same = shared[(shared["shared"] >= _FEWEST_SHARED) & (shared["shared"] >= _SHARE * shorter)]
    same = same.sort_values(["shared", "user", "user_other"], ascending=[False, True, True])
    same = same.drop_duplicates("user").drop_duplicates("user_other").sort_values("user")
    return list(zip(same["user"].tolist(), same["user_other"].tolist(), strict=True))


def join_identities(pairs: Sequence[tuple[int, int]]) -> list[frozenset[int]]:
    """Return the ids of each person who has several, given ids that are the same person's by twos."""
    ids_of: dict[int, frozenset[int]] = {}
    for one, other in pairs:
        joined = ids_of.get(one, frozenset({one})) | ids_of.get(other, frozenset({other}))
        ids_of |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(ids_of.values()))


def _keys(ratings: Ratings) -> NDArray[np.uint64]:
    """Return a hash of each rating without its person.  (ratings,)"""
    keys = ratings.movie_ids.astype(np.uint64)
    for mix, column in zip(_MIX, (2 * ratings.stars, ratings.times, np.zeros_like(ratings.times)), strict=True):
        keys = (keys ^ (keys >> np.uint64(33))) * mix + column.astype(np.uint64)
    return keys


def _telling(ratings: Ratings, keys: NDArray[np.uint64], kept: NDArray[np.bool_]) -> pd.DataFrame:
    """Return key and person of each of these ratings that few people have in common."""
    frame = pd.DataFrame({"key": keys[kept], "user": ratings.user_ids[kept].astype(np.int64)}).drop_duplicates()
    return frame[frame.groupby("key")["user"].transform("size") <= _MOST_HOLDERS]


def _lengths(ratings: Ratings, users: pd.Series[int]) -> NDArray[np.int64]:
    """Return how many ratings each of these people gave."""
    unique, counts = np.unique(ratings.user_ids, return_counts=True)
    return np.asarray(counts[np.searchsorted(unique, users.to_numpy())], dtype=np.int64)
