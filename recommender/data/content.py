"""What is known of films besides title, year and genres: tags, people, countries and the like, as plain names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# What parts the kind of a feature from its name: "tag:heist", "director:Akira Kurosawa".
KIND_END = ":"


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """Which features each film bears; a film without any is one of which nothing is known.

    Attributes:
        names: of all features, ascending.
        starts: features of movie row m are starts[m]:starts[m+1].  (movies + 1,)
        features: places in `names`, ascending within a film.  (features borne,)
    """

    names: tuple[str, ...]
    starts: NDArray[np.int64]
    features: NDArray[np.int32]

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Return which films anything is known of.  (movies,)"""
        return np.asarray(np.diff(self.starts) > 0)

    def of(self, movie_row: int) -> NDArray[np.int32]:
        """Return the features of one film, ascending."""
        return self.features[self.starts[movie_row] : self.starts[movie_row + 1]]

    def matrix(self) -> Any:
        """Return ones where a film bears a feature: scipy CSR.  (movies, features)"""
        from scipy.sparse import csr_matrix

        shape = (len(self.starts) - 1, len(self.names))
        return csr_matrix((np.ones(len(self.features)), self.features, self.starts), shape=shape)

    def shared(self, fewest: int) -> Content:
        """Return what at least so many films bear."""
        counts = np.bincount(self.features, minlength=len(self.names))
        kept = counts >= fewest
        places = np.cumsum(kept, dtype=np.int32) - 1
        stays = kept[self.features]
        starts = np.concatenate(([0], np.cumsum(stays)))[self.starts]
        names = tuple(name for name, stay in zip(self.names, kept.tolist(), strict=True) if stay)
        return Content(names, starts, places[self.features[stays]])


def build_content(features_of: Sequence[Iterable[str]]) -> Content:
    """Build from the features of each film, in the order of the films; a feature named twice counts once."""
    named = [sorted(set(features)) for features in features_of]
    names = tuple(sorted(set().union(*named)))
    place: Mapping[str, int] = {name: number for number, name in enumerate(names)}
    starts = np.concatenate(([0], np.cumsum([len(features) for features in named], dtype=np.int64)))
    features = np.array([place[name] for films in named for name in films], dtype=np.int32)
    return Content(names, starts.astype(np.int64), features)
