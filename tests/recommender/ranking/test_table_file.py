"""Files of retrieval tables: what is too large for its films is refused by its headers."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import numpy as np
import pytest
from numpy.lib import format as npy

from recommender.domain import GENRES
from recommender.ranking.table_file import AXES, check_headers, read_tables

MOVIES = 40
BEARABLE = 4 << 20


def table_file(save: Callable[..., None] = np.savez, **changed: object) -> io.BytesIO:
    """Return a file with every table over forty films, but for these."""
    lengths = {
        "movies": MOVIES,
        "movies and one": MOVIES + 1,
        "features_borne": 7,
        "letters": 9,
        "genres": len(GENRES),
        "covered": 10,
        "tastes": 4,
        "era": 6,
        "newest_year": 6,
        "mean_year": 6,
    }
    tables: dict[str, object] = {
        name: np.zeros([lengths[axis] for axis in axes], dtype=np.float32) for name, axes in AXES.items()
    }
    file = io.BytesIO()
    save(file, **{**tables, **changed})
    file.seek(0)
    return file


def with_header(shape: tuple[int, ...], contents: bytes = b"", name: str = "year") -> io.BytesIO:
    """Return such a file whose table claims a shape that its contents may not have."""
    header, file = io.BytesIO(), table_file()
    npy.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": shape})
    forged = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(forged, "w") as archive:
        for member in before.namelist():
            archive.writestr(member, header.getvalue() + contents if member == f"{name}.npy" else before.read(member))
    forged.seek(0)
    return forged


def test_what_training_writes_is_read_back() -> None:
    tables = read_tables(table_file(year=np.arange(MOVIES, dtype=np.float32)), MOVIES)
    assert tables.keys() == AXES.keys()
    assert tables["year"].tolist() == list(range(MOVIES))


def test_tables_of_other_names_are_never_opened() -> None:
    assert "stranger" not in read_tables(table_file(stranger=np.zeros(3)), MOVIES)


@pytest.mark.parametrize(
    "forged",
    [
        lambda: with_header((600_000_000,)),
        lambda: with_header((600_000_000, 1, 1)),
        lambda: with_header((-1,)),
        lambda: with_header((MOVIES,), b"\0" * (1 << 24)),
        lambda: with_header((25_000, 25_000), name="ease_likes"),
        lambda: table_file(np.savez_compressed, year=np.zeros(1 << 26, dtype=np.float32)),
    ],
    ids=["long header", "more axes", "negative", "more contents", "wide header", "compressed"],
)
def test_a_forged_size_is_refused_before_it_takes_memory(forged: Callable[[], io.BytesIO]) -> None:
    file = forged()
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="a table"):
            read_tables(file, MOVIES)
        assert tracemalloc.get_traced_memory()[1] < BEARABLE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "changed",
    [
        {"year": np.zeros(MOVIES - 1)},
        {"genre_prior": np.zeros((len(GENRES) - 1, MOVIES))},
        {"ease_ratings": np.zeros((9, 9))},
        {"ease_rows": np.zeros(MOVIES + 1)},
        {"taste_out": np.zeros((MOVIES, 5))},
        {"era_centres": np.zeros(1_001), "era_prior": np.zeros((1_001, MOVIES))},
        {"year": np.array(["1999"] * MOVIES)},
    ],
)
def test_a_table_that_does_not_fit_the_films_or_the_others_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a table"):
        check_headers(table_file(np.savez, **changed), MOVIES)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    year = np.zeros(MOVIES, dtype=np.float32)
    year[-1] = number
    with pytest.raises(ValueError, match="NaN or infinity in the table year"):
        read_tables(table_file(year=year), MOVIES)
