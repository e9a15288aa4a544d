"""The file of retrieval tables: its headers are looked at before any of its contents takes memory."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from math import prod
from typing import IO, Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from recommender.domain import GENRES

MOVIES_AXIS: Final = "movies"
# Where the features of each film start in one row of them, and where the last ends.
STARTS_AXIS: Final = "movies and one"
# What each axis of each table counts (recommender/training/tables.py); other tables are never opened.
AXES: Final[Mapping[str, tuple[str, ...]]] = {
    "until": (),
    **dict.fromkeys(
        ("year", "log_like_rate", "log_rating_rate", "log_count", "mean_stars", "star_deviation", "like_odds"),
        (MOVIES_AXIS,),
    ),
    "genre_prior": ("genres", MOVIES_AXIS),
    **{f"{name}_centres": (name,) for name in ("era", "newest_year", "mean_year")},
    **{f"{name}_prior": (name, MOVIES_AXIS) for name in ("era", "newest_year", "mean_year")},
    "ease_rows": ("covered",),
    "ease_places": (MOVIES_AXIS,),
    **dict.fromkeys(("ease_likes", "ease_ratings"), ("covered", "covered")),
    **dict.fromkeys(("taste_in", "taste_out"), (MOVIES_AXIS, "tastes")),
    "content_starts": (STARTS_AXIS,),
    **dict.fromkeys(("content_features", "content_weights"), ("features_borne",)),
    "content_names": ("letters",),
}
# Above any axis that training makes: half years since films are made, tastes, some hundred features of a film each.
LONGEST_AXES: Final = {
    "era": 1_000,
    "newest_year": 1_000,
    "mean_year": 1_000,
    "tastes": 1_024,
    "features_borne": 20_000_000,
    "letters": 20_000_000,
}
_KINDS: Final = "biuf"  # truth values, whole numbers and floats: nothing that could be unpickled
_READERS: Final = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def check_headers(file: IO[bytes], movies: int) -> None:
    """Make sure that a file's tables are as large as these films make them, and stored as they are.

    Raises:
        ValueError: they are not; nothing but headers was read.
        BadZipFile: it is no such file.
    """
    lengths = {MOVIES_AXIS: movies, STARTS_AXIS: movies + 1, "genres": len(GENRES)}
    with zipfile.ZipFile(file) as archive:
        for name in AXES:
            member = archive.NameToInfo.get(f"{name}.npy")
            if member is not None:
                _check(archive, member, name, lengths)


def read_tables(file: IO[bytes], movies: int) -> dict[str, NDArray[Any]]:
    """Return the tables by name.

    Raises:
        ValueError: a size is wrong, or a number is not finite.
        BadZipFile: it is no such file.
    """
    check_headers(file, movies)
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        tables = {name: arrays[name] for name in AXES if name in arrays.files}
    for name, table in tables.items():
        if table.dtype.kind == "f" and not np.isfinite(table).all():
            raise ValueError(f"NaN or infinity in the table {name}")
    return tables


def _check(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, lengths: dict[str, int]) -> None:
    """Check one table's header; an axis is as long in all tables as in the first that has it."""
    if member.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"a table {name} that is compressed")
    with archive.open(member) as stored:
        reader = _READERS.get(npy.read_magic(stored))
        if reader is None:
            raise ValueError(f"a table {name} of an unknown format")
        shape, _, dtype = reader(stored)
        contents = member.file_size - stored.tell()
    axes = AXES[name]
    if dtype.kind not in _KINDS or len(shape) != len(axes) or prod(shape) * dtype.itemsize != contents:
        raise ValueError(f"a table {name} of {shape} {dtype} in {member.file_size} bytes")
    for axis, length in zip(axes, shape, strict=True):
        longest = LONGEST_AXES.get(axis, max(lengths[STARTS_AXIS], len(GENRES)))
        if length != lengths.setdefault(axis, length) or length > longest:
            raise ValueError(f"a table {name} of {shape} beside {lengths[axis]} {axis}, {longest} at most")
