"""Ratings as parallel columns in file order, and the fast reader of delimited rating files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.errors import SourceError
from recommender.data.corpus import LATEST_TIME, Corpus, build_corpus, off_calendar, off_scale
from recommender.domain import Movie

if TYPE_CHECKING:
    from bot.catalogue.archive import Archive

BLOCK_BYTES: Final = 8 * 1024**2
COLUMNS: Final = ("userId", "movieId", "rating", "timestamp")
HEADER: Final = ",".join(COLUMNS)


@dataclass(frozen=True, slots=True, eq=False)
class RatingRows:
    """Ratings in file order, which the measuring protocol's tie order depends on.

    Attributes:
        user_ids: external ids.  (ratings,)
        movie_ids: ids of whatever catalogue they came with.  (ratings,)
        stars: 0.5 to 5.0.  (ratings,)
        times: seconds since 1970 UTC.  (ratings,)
    """

    user_ids: NDArray[np.int32]
    movie_ids: NDArray[np.int32]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.user_ids)

    def build(self, movies: tuple[Movie, ...]) -> Corpus:
        """Build the corpus of these ratings over these movies."""
        return build_corpus(movies, self.user_ids, self.movie_ids, self.stars, self.times)


@dataclass(frozen=True, slots=True)
class RatingFile:
    """How a rating file is written: `delimiter` as a text, `header` when its first line names the columns."""

    name: str
    delimiter: str
    header: bool


def read_rating_rows(archive: Archive, file: RatingFile) -> RatingRows:
    """Read a rating file block by block.

    Raises:
        SourceError: a line is broken, or holds a value off its scale; the error names it.
    """
    import pyarrow as pa

    if file.header:
        _check_header(archive, file)
    try:
        with archive.open(file.name) as stream:
            rows = _concatenate(_read_batches(stream, file))
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        _explain(archive, file, str(error))
    if len(rows) == 0:
        raise SourceError("a rating file needs at least one rating", file=file.name)
    if off_scale(rows.stars).any() or off_calendar(rows.times).any():
        _explain(archive, file, "a value is off its scale")
    return rows


def _check_header(archive: Archive, file: RatingFile) -> None:
    with archive.open(file.name) as stream:
        received = stream.readline(1000).decode("utf-8-sig", "replace").strip()
    if received.replace('"', "").lower() != HEADER.lower():
        raise SourceError(f"expected the header {HEADER}. Received: {received[:80]!r}", file=file.name, line=1)


def _read_batches(stream: IO[bytes], file: RatingFile) -> list[tuple[NDArray[Any], ...]]:
    import pyarrow as pa
    from pyarrow import csv

    types = dict(zip(COLUMNS, (pa.int32(), pa.int32(), pa.float32(), pa.int64()), strict=True))
    reader = csv.open_csv(
        stream,
        read_options=csv.ReadOptions(
            column_names=_column_names(file), skip_rows=int(file.header), block_size=BLOCK_BYTES, use_threads=False
        ),
        parse_options=csv.ParseOptions(delimiter=file.delimiter[0]),
        convert_options=csv.ConvertOptions(column_types=types, include_columns=list(COLUMNS), null_values=[]),
    )
    return [tuple(batch.column(name).to_numpy() for name in COLUMNS) for batch in reader]


def _column_names(file: RatingFile) -> list[str]:
    """Name the columns as Arrow sees them: it splits at one character, so "::" leaves an empty column between."""
    if len(file.delimiter) == 1:
        return list(COLUMNS)
    return [name for place, column in enumerate(COLUMNS) for name in (f"gap{place}", column)][1:]


def _concatenate(batches: list[tuple[NDArray[Any], ...]]) -> RatingRows:
    columns = [np.concatenate([batch[place] for batch in batches] or [np.empty(0)]) for place in range(len(COLUMNS))]
    users, movies, stars, times = columns
    return RatingRows(
        users.astype(np.int32, copy=False),
        movies.astype(np.int32, copy=False),
        stars.astype(np.float32, copy=False),
        times.astype(np.int64, copy=False),
    )


def _explain(archive: Archive, file: RatingFile, reason: str) -> NoReturn:
    """Walk the file slowly to name the line that the fast reader refused."""
    with archive.open(file.name) as stream:
        for number, raw in enumerate(stream, start=1):
            fault = "" if number == 1 and file.header else _fault_of(raw, file)
            if fault:
                raise SourceError(fault, file=file.name, line=number)
    raise SourceError(reason.splitlines()[0], file=file.name)


def _fault_of(raw: bytes, file: RatingFile) -> str:
    """Say what is wrong with one line; empty when it is sound or blank."""
    try:
        fields = raw.decode("utf-8-sig").strip("\r\n").split(file.delimiter)
    except UnicodeDecodeError:
        return "the line is not text"
    if fields == [""]:
        return ""
    if len(fields) != len(COLUMNS):
        return f"expected {len(COLUMNS)} fields. Received: {len(fields)}"
    return _fault_of_fields([text.strip('"') for text in fields])


def _fault_of_fields(fields: list[str]) -> str:
    for column, text in zip(COLUMNS, fields, strict=True):
        if not _is_number(text, whole=column != "rating"):
            return f"{column} must be a number. Received: {text[:40]!r}"
    if any(abs(int(text)) >= 2**31 for text in fields[:2]):
        return f"ids must be below 2147483648. Received: {fields[0][:40]}, {fields[1][:40]}"
    if off_scale(np.array([float(fields[2])])).any():
        return f"stars must be 0.5 to 5.0 in steps of 0.5. Received: {fields[2][:40]}"
    if not 0 <= int(fields[3]) <= LATEST_TIME:
        return f"timestamp must be seconds since 1970, before the year 2100. Received: {fields[3][:40]}"
    return ""


def _is_number(text: str, *, whole: bool) -> bool:
    try:
        return abs(int(text) if whole else float(text)) < 2**63
    except ValueError:
        return False
