"""How alike films are in what they are about and who made them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import KIND_END

# What two films may be said to share; that they speak one language or are for one age brings nobody anything.
CITED_KINDS: Final = ("director", "cast", "series", "tag", "country")
# What more films than that bear tells no two of them from others: pictures to look at, the United States.
COMMONEST: Final = 0.1


class Likeness:
    """Cosines between films, by the features that few others share; a film of which nothing is known is like none."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        """Take the tables that recommender/training/likeness.py learns; without them no film is like another."""
        self._is_known = "content_starts" in tables
        if self._is_known:
            self._starts, self._features = tables["content_starts"].astype(np.int64), tables["content_features"]
            self._weights, self._names = tables["content_weights"], tables["content_names"]
            self._lengths = np.diff(self._starts)
            self._count = int(self._features.max(initial=-1)) + 1

    def sums(
        self, history: NDArray[np.integer], weights: NDArray[np.floating], rows: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """Return how like each film is to those of a history, summed by weights.  (n, films)

        Args:
            history: movie rows.  (history,)
            weights: of each film of the history, one row for each sum.  (n, history)
        """
        if not self._is_known:
            return np.zeros((len(weights), len(rows)), dtype=np.float32)
        if len(rows) < len(weights):  # the same the other way round, in fewer steps
            return np.asarray(weights @ self.sums(rows, np.eye(len(rows)), history).T, dtype=np.float32)
        borne, lengths = self._borne(history)
        features, rarity = self._features[borne], self._weights[borne]  # (features borne,) each
        person = [np.bincount(features, np.repeat(each, lengths) * rarity, self._count) for each in weights]
        asked, lengths = self._borne(rows)
        films, features, rarity = np.repeat(np.arange(len(rows)), lengths), self._features[asked], self._weights[asked]
        found = [np.bincount(films, taste[features] * rarity, len(rows)) for taste in person]
        return np.array(found, dtype=np.float32).reshape(len(weights), len(rows))

    def shared(self, row: int, other: int) -> str | None:
        """Return what of CITED_KINDS weighs most in the likeness of two films, by kind and name; None for nothing."""
        if not self._is_known:
            return None
        one, two = (slice(self._starts[film], self._starts[film + 1]) for film in (row, other))
        features, in_one, in_two = np.intersect1d(
            self._features[one], self._features[two], assume_unique=True, return_indices=True
        )
        weights = self._weights[one][in_one] * self._weights[two][in_two]  # (features shared,)
        for place in np.argsort(-weights, kind="stable"):
            if self._is_citable[features[place]]:
                return self._feature_names[int(features[place])]
        return None

    def weigh(self, names: Collection[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return those of a film's features that are known, ascending, and their weights as learned films have them.

        (features borne,) each
        """
        places = np.array(sorted(self._places[name] for name in set(names) & self._places.keys()), dtype=np.int32)
        rarity = np.log((2 + (self._lengths > 0).sum()) / (1 + self._films[places]))  # as training/likeness.py has it
        return places, (rarity / np.sqrt(max(1e-9, (rarity**2).sum()))).astype(np.float32)

    @cached_property
    def _films(self) -> NDArray[np.int64]:
        """Return how many films bear each feature.  (features,)"""
        return np.bincount(self._features, minlength=len(self._feature_names))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._feature_names)}

    @cached_property
    def _feature_names(self) -> list[str]:
        return self._names.tobytes().decode().split("\n")

    @cached_property
    def _is_citable(self) -> NDArray[np.bool_]:
        """Return which features may be cited.  (features,)"""
        of_kind = [name.partition(KIND_END)[0] in CITED_KINDS for name in self._feature_names]
        return np.asarray(of_kind & (self._films <= COMMONEST * (self._lengths > 0).sum()))

    def _borne(self, rows: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the places of all features of these films, film by film, and how many each has."""
        starts, lengths = self._starts[:-1][rows], self._lengths[rows]
        firsts = np.cumsum(lengths) - lengths
        return np.repeat(starts - firsts, lengths) + np.arange(lengths.sum()), lengths
