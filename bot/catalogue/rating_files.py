"""The rating files of each layout, read block by block: quickly, and line by line only to name what is wrong."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, nan
from typing import IO, Final, NoReturn
from warnings import catch_warnings

import numpy as np
import pandas as pd

from bot.catalogue.archive import Archive
from bot.catalogue.errors import SourceError
from bot.catalogue.rating_rows import RatingRows
from recommender.data.corpus import LATEST_TIME, off_calendar, off_scale

# So much of a file is held as text at once, whatever its size.
BLOCK_BYTES: Final = 8 * 1024**2
COLUMNS: Final = {"userId": "int32", "movieId": "int32", "rating": "float32", "timestamp": "int64"}
HEADER: Final = ",".join(COLUMNS)
# What stands between fields while pandas reads them: it is quick with one sign alone, and no file has this one.
_ONE_SIGN: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class RatingFile:
    """How a rating file is written: `delimiter` as a text, `header` when its first line names the columns."""

    name: str
    delimiter: str
    header: bool


def read_rating_rows(archive: Archive, file: RatingFile, block_bytes: int = BLOCK_BYTES) -> RatingRows:
    """Read a rating file, about `block_bytes` of it at a time.

    Raises:
        SourceError: a line is broken, or holds a value off its scale; the error names it.
    """
    with archive.open(file.name) as stream:
        if file.header:
            _check_header(stream, file)
        blocks = [_read_block(block, line, file) for line, block in _blocks(stream, 1 + file.header, block_bytes)]
    if not blocks:
        raise SourceError("a rating file needs at least one rating", file=file.name)
    return RatingRows(*(np.concatenate([block[name] for block in blocks]) for name in COLUMNS))


def _check_header(stream: IO[bytes], file: RatingFile) -> None:
    received = stream.readline(1000).decode("utf-8-sig", "replace").strip()
    if received.replace('"', "").lower() != HEADER.lower():
        raise SourceError(f"expected the header {HEADER}. Received: {received[:80]!r}", file=file.name, line=1)


def _blocks(stream: IO[bytes], line: int, block_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Yield blocks of whole lines that are not all blank, each with the number of its first line."""
    rest = b""
    while chunk := stream.read(block_bytes):
        block = rest + chunk
        end = 1 + max(block.rfind(b"\n"), block.rfind(b"\r")) or len(block)  # a line longer than that is a fault
        block, rest = block[:end], block[end:]
        if not block.isspace():
            yield line, block
        line += block.count(b"\n") or block.count(b"\r")
    if rest.strip():
        yield line, rest


def _read_block(block: bytes, line: int, file: RatingFile) -> pd.DataFrame:
    """Return the ratings of a block, in the columns that COLUMNS tells."""
    separator = file.delimiter if len(file.delimiter) == 1 else _ONE_SIGN
    packed = io.BytesIO(block.replace(file.delimiter.encode(), separator.encode()))
    try:
        with catch_warnings(action="ignore", category=pd.errors.DtypeWarning):  # types that differ are no numbers
            ratings = pd.read_csv(packed, sep=separator, header=None, na_filter=False)
    except ValueError:  # parser errors and what is no UTF-8 are kinds of it
        _explain(block, line, file)
    if not _is_sound(ratings):
        _explain(block, line, file)
    return ratings.set_axis([*COLUMNS], axis=1).astype(COLUMNS)


def _is_sound(ratings: pd.DataFrame) -> bool:
    """Tell that there are four columns of numbers, whole ones but for the stars, and each on its scale."""
    if "".join(dtype.kind for dtype in ratings.dtypes) not in ("iifi", "iiii"):
        return False
    ids, stars, times = ratings[[0, 1]], ratings[2].to_numpy(), ratings[3].to_numpy()
    return bool((ids.abs() < 2**31).all(axis=None)) and not (off_scale(stars).any() or off_calendar(times).any())


def _explain(block: bytes, line: int, file: RatingFile) -> NoReturn:
    """Go through the lines slowly to name the one that is wrong."""
    for number, raw in enumerate(block.removeprefix(BOM_UTF8).splitlines(), start=line):
        if fault := _fault_of(raw, file):
            raise SourceError(fault, file=file.name, line=number)
    raise SourceError("this line or one of those that follow is no rating", file=file.name, line=line)


def _fault_of(raw: bytes, file: RatingFile) -> str:
    """Say what is wrong with one line; empty when it is sound or blank."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return "the line is not text"
    if not text.strip(" "):
        return ""
    if (count := text.count(file.delimiter) + 1) != len(COLUMNS):
        return f"expected {len(COLUMNS)} fields. Received: {count}"
    fields = [field[1:-1] if field[:1] == '"' == field[-1:] else field for field in text.split(file.delimiter)]
    return _fault_of_fields(fields)


def _fault_of_fields(fields: list[str]) -> str:
    numbers = [_number(text, whole=column != "rating") for column, text in zip(COLUMNS, fields, strict=True)]
    for column, text, number in zip(COLUMNS, fields, numbers, strict=True):
        if not isfinite(number):
            return f"{column} must be a number. Received: {text[:40]!r}"
    user_id, movie_id, stars, time = numbers
    if max(abs(user_id), abs(movie_id)) >= 2**31:
        return f"ids must be below 2147483648. Received: {fields[0][:40]}, {fields[1][:40]}"
    if off_scale(np.array(stars)).any():
        return f"stars must be 0.5 to 5.0 in steps of 0.5. Received: {fields[2][:40]}"
    if not 0 <= time <= LATEST_TIME:
        return f"timestamp must be seconds since 1970, before the year 2100. Received: {fields[3][:40]}"
    return ""


def _number(text: str, *, whole: bool) -> float:
    """Return a number written in digits; anything else is not finite."""
    try:
        return float(int(text) if whole else text) if text.isascii() and "_" not in text else nan
    except (ValueError, OverflowError):
        return nan
