"""Tags that people gave films, as parallel columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Who gave the tags of a genome, which a model of GroupLens' gave.
NOBODY: Final = 0


@dataclass(frozen=True, slots=True, eq=False)
class TagRows:
    """Tags in file order.

    Attributes:
        user_ids: external ids, as in RatingRows; NOBODY for tags that no person gave.  (tags,)
        movie_ids: ids of whatever catalogue they came with.  (tags,)
        names: in small letters.  (tags,)
    """

    user_ids: NDArray[np.int64]
    movie_ids: NDArray[np.int64]
    names: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.names)

    def keeping(self, kept: NDArray[np.bool_]) -> TagRows:
        """Return these tags alone.  kept: (tags,)"""
        return TagRows(self.user_ids[kept], self.movie_ids[kept], self.names[kept])

    def of_movies(self, id_of: Mapping[int, int]) -> TagRows:
        """Return the tags under other movie ids, those of movies that have none left out."""
        ids = np.array([id_of.get(movie_id, -1) for movie_id in self.movie_ids.tolist()], dtype=np.int64)
        return TagRows(self.user_ids, ids, self.names).keeping(ids >= 0)


def no_tags() -> TagRows:
    """Return no tags."""
    return TagRows(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.str_))


def join_tags(parts: Sequence[TagRows]) -> TagRows:
    """Return tags one after another."""
    return TagRows(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(TagRows)))


def write_tags(file: Path, tags: TagRows) -> None:
    """Write tags as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({field.name: pa.array(getattr(tags, field.name).tolist()) for field in fields(TagRows)})
    parquet.write_table(table, file, compression="zstd")


def read_tags(file: Path) -> TagRows:
    """Read what write_tags wrote."""
    from pyarrow import parquet

    columns = parquet.read_table(file)
    users, movies, names = (columns[field.name].to_pylist() for field in fields(TagRows))
    return TagRows(np.array(users, np.int64), np.array(movies, np.int64), np.array(names, np.str_))
