"""Lines and files that are too long are refused before they take memory."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import IO, cast

import pytest

from bot.catalogue.archive import open_archive
from bot.catalogue.bearable import MAX_FILE_BYTES, MAX_LINE_BYTES, read_bearable
from bot.catalogue.errors import SourceError
from bot.catalogue.film_files import read_csv_films, read_dat_films, read_item_films
from bot.catalogue.layouts import LAYOUTS
from bot.catalogue.rating_files import RatingFile, read_rating_rows

GIGABYTE = 1 << 30
BEARABLE = 64 << 20
RATING_FILES = [layout.rating_file for layout in LAYOUTS]


class Endless(io.RawIOBase):
    """A gigabyte of one sign behind some first lines; none of it is there before it is read."""

    def __init__(self, first: bytes, sign: bytes) -> None:
        self._first, self._sign, self._left = first, sign, GIGABYTE

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "nobody reads it whole"
        if self._first:
            first, self._first = self._first, b""
            return first
        length = min(size, self._left)
        self._left -= length
        return self._sign * length


def test_what_is_short_enough_is_read_as_it_is() -> None:
    content = b"a\r\nbc\rd\n" * 400_000 + b"x" * MAX_LINE_BYTES
    assert read_bearable(io.BytesIO(content), "movies.dat") == content


@pytest.mark.parametrize("sign", [b"x", b",", b"\0", b'"'])
def test_a_line_of_a_gigabyte_is_refused_with_its_number_and_takes_no_memory(sign: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match=r"movies\.csv, line 3: a line may have 65,536 bytes at most"):
            read_bearable(cast("IO[bytes]", Endless(b"movieId,title,genres\r\n1,Heat,Action\r\n", sign)), "movies.csv")
        assert tracemalloc.get_traced_memory()[1] < BEARABLE
    finally:
        tracemalloc.stop()


def test_a_line_that_grows_over_several_pieces_is_seen(tmp_path: Path) -> None:
    content = b"1\n" * 500_000 + b"x" * 40_000
    with pytest.raises(SourceError, match="line 500001"):
        read_bearable(io.BytesIO(content + b"x" * 40_000), "movies.dat")


@pytest.mark.long("as many bytes as are too many")
def test_a_film_file_larger_than_any_is_refused() -> None:
    lines = cast("IO[bytes]", Endless(b"", b"x\n"))
    with pytest.raises(SourceError, match=f"may have {MAX_FILE_BYTES:,} bytes at most"):
        read_bearable(lines, "movies.dat")


def write_hole(folder: Path, name: str, first: bytes) -> None:
    """Write a file whose second line is a gigabyte of zeros that take no room."""
    with (folder / name).open("wb") as file:
        file.write(first)
        file.truncate(GIGABYTE)


@pytest.mark.parametrize("file", RATING_FILES, ids=lambda file: file.name)
def test_a_rating_file_of_one_line_is_refused_after_a_block(tmp_path: Path, file: RatingFile) -> None:
    write_hole(tmp_path, file.name, b"userId,movieId,rating,timestamp\n" if file.header else b"")
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="a line may have 65,536 bytes at most"):
            read_rating_rows(open_archive(tmp_path), file)
        assert tracemalloc.get_traced_memory()[1] < BEARABLE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "first", "read"),
    [
        ("movies.csv", b"movieId,title,genres\n", read_csv_films),
        ("movies.dat", b"", read_dat_films),
        ("u.item", b"", read_item_films),
    ],
)
def test_a_film_file_of_one_line_is_refused(tmp_path: Path, name: str, first: bytes, read: object) -> None:
    write_hole(tmp_path, name, first)
    with pytest.raises(SourceError, match="a line may have 65,536 bytes at most"):
        read(open_archive(tmp_path))  # type: ignore[operator]  # three readers of one kind


@pytest.mark.parametrize("rows", [10, 200_000])
def test_a_first_line_of_many_fields_makes_no_wide_table(tmp_path: Path, rows: int) -> None:
    (tmp_path / "ratings.csv").write_bytes(b"userId,movieId,rating,timestamp\n" + b"," * 60_000 + b"\n" + b"1\n" * rows)
    (tmp_path / "movies.csv").write_bytes(b"movieId,title,genres" + b"," * 60_000 + b"\n" + b"1\n" * rows)
    ratings = next(file for file in RATING_FILES if file.name == "ratings.csv")
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="expected 4 fields"):
            read_rating_rows(open_archive(tmp_path), ratings)
        with pytest.raises(SourceError, match="a header may have 1000 letters"):
            read_csv_films(open_archive(tmp_path))
        assert tracemalloc.get_traced_memory()[1] < BEARABLE
    finally:
        tracemalloc.stop()
