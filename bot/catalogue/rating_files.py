"""The rating files of each layout, read block by block: quickly, and line by line only to name what is wrong."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite, nan
from typing import IO, Final, NoReturn
from warnings import catch_warnings

import numpy as np
import pandas as pd

from bot.catalogue.archive import Archive
from bot.catalogue.bearable import end_of_lines, refuse_line
from bot.catalogue.csv_header import LONGEST_HEADER, SHORTENED, names_the_delimiter, read_header
from bot.catalogue.errors import SourceError
from bot.catalogue.rating_rows import RatingRows
from recommender.data.corpus import LATEST_TIME, off_calendar, off_scale

# So much of a file is held as text at once, whatever its size.
BLOCK_BYTES: Final = 8 * 1024**2
COLUMNS: Final = {"userId": "int32", "movieId": "int32", "rating": "float32", "timestamp": "int64"}
_STARS: Final = 5
# What stands between fields while pandas reads them: it is quick with one sign alone, and no file has this one.
_ONE_SIGN: Final = "\x1f"
# A header is read in pieces.
_PIECE: Final = 64
# "2005-04-02 23:53:47", as Kaggle's copy of the 20m release writes times, in UTC unless an offset stands behind.
_DATE: Final = r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?".replace(r"\d", "[0-9]")
# "12.0": a whole number after a spreadsheet, or pandas, had a gap in its column.
_WHOLE: Final = r"(?<=[0-9])\.0+$"
# "02/04/2005 23:53" and the like: day or month first, nobody knows.
_REWRITTEN: Final = r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}.*|[0-9]{1,2}[- ][A-Za-z]{3}.*|[0-9]{4}[/.年].*"


@dataclass(frozen=True, slots=True)
class RatingFile:
    """How a rating file is written.

    Attributes:
        delimiter: a text of one sign or two.
        header: its first line names the columns.
        highest: the best rating; where it is 10, ratings are whole numbers from 0 on, and 0 counts as half a star.
    """

    name: str
    delimiter: str
    header: bool
    highest: int = _STARS


def read_rating_rows(archive: Archive, file: RatingFile, block_bytes: int = BLOCK_BYTES) -> RatingRows:
    """Read a rating file, about `block_bytes` of it at a time.

    Raises:
        SourceError: a line is broken, or holds a value off its scale; the error names it.
    """
    with archive.open(file.name) as stream:
        form, start = _read_form(stream, file)
        blocks = [_read_block(block, line, form) for line, block in _blocks(stream, file.name, start, block_bytes)]
    if not blocks:
        raise SourceError("a rating file needs at least one rating", file=file.name)
    return RatingRows(*(np.concatenate([block[name] for block in blocks]) for name in COLUMNS))


def find_line(archive: Archive, file: RatingFile, movie_id: int, block_bytes: int = BLOCK_BYTES) -> int:
    """Return the number of the first line that rates this film of the release."""
    with archive.open(file.name) as stream:
        form, start = _read_form(stream, file)
        for line, block in _blocks(stream, file.name, start, block_bytes):
            if (_read_block(block, line, form)["movieId"] == movie_id).any():
                lines = enumerate(block.removeprefix(BOM_UTF8).splitlines(), start=line)
                return next(number for number, raw in lines if _rates(form, raw, movie_id))
    raise SourceError(f"expected a rating of film {movie_id}", file=file.name)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the lines of one file are written: what stands between fields, how many there are, and where ours are."""

    name: str
    delimiter: str
    width: int
    places: tuple[int, ...]
    highest: int = _STARS

    def split(self, raw: bytes) -> list[str]:
        """Return all fields of a line."""
        text = raw.decode("utf-8", "replace")
        texts = text.split(self.delimiter)
        if len(texts) != self.width and len(self.delimiter) == 1:
            with suppress(csv.Error):  # a field longer than any reader takes
                texts = next(csv.reader([text], delimiter=self.delimiter), [])
        return texts

    def ours(self, texts: list[str]) -> list[str]:
        """Return those of a line's fields that COLUMNS names, in its order."""
        chosen = [texts[place].strip() for place in self.places]
        return [field[1:-1] if len(field) > 1 and field[0] == '"' == field[-1] else field for field in chosen]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the ratings of a file begin: the number of their first line, and what was read of them already."""

    line: int
    content: bytes


def _read_form(stream: IO[bytes], file: RatingFile) -> tuple[_Form, _Start]:
    """Read the header, where there is one."""
    start = _Start(1, stream.read(_PIECE))
    if not file.header:
        return _Form(file.name, file.delimiter, len(COLUMNS), tuple(range(len(COLUMNS))), file.highest), start
    raw, start = _next_line(stream, start)
    while names_the_delimiter(raw):
        raw, start = _next_line(stream, start)
    header = read_header(raw, [*COLUMNS], file.name, line_number=start.line - 1)
    return _Form(file.name, header.delimiter, header.width, header.places, file.highest), start


def _next_line(stream: IO[bytes], start: _Start) -> tuple[str, _Start]:
    """Return the first line, and where the next one begins; a line longer than a header may be is cut."""
    content = start.content
    while not re.search(b"[\r\n].", content, re.DOTALL) and len(content) < LONGEST_HEADER:
        piece = stream.read(_PIECE)
        if not piece:
            break
        content += piece
    line, rest = (*re.split(b"\r\n|\r|\n", content, maxsplit=1), b"")[:2]
    return line[:LONGEST_HEADER].decode("utf-8-sig", "replace"), _Start(start.line + 1, rest)


def _rates(form: _Form, raw: bytes, movie_id: int) -> bool:
    texts = form.split(raw)
    return len(texts) == form.width and form.ours(texts)[1].lstrip("0") == str(movie_id).lstrip("0")


def _blocks(stream: IO[bytes], file: str, start: _Start, block_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Yield blocks of whole lines that are not all blank, each with the number of its first line."""
    line, rest = start.line, start.content
    while chunk := stream.read(block_bytes):
        block = rest + chunk
        end = end_of_lines(block)
        refuse_line(len(block) - end, file, line + block.count(b"\n", 0, end))
        block, rest = block[:end], block[end:]
        if block and not block.isspace():
            yield line, block
        line += block.count(b"\n") or block.count(b"\r")
    if rest.strip():
        yield line, rest


def _read_block(block: bytes, line: int, form: _Form) -> pd.DataFrame:
    """Return the ratings of a block, in the columns that COLUMNS tells."""
    first = re.split(rb"[\r\n]", block.removeprefix(BOM_UTF8).lstrip(), maxsplit=1)[0]
    if first.count(form.delimiter.encode()) >= 2 * form.width and len(form.split(first)) != form.width:
        _explain(block, line, form)  # all lines would be made as wide
    separator = form.delimiter if len(form.delimiter) == 1 else _ONE_SIGN
    packed = block.replace(form.delimiter.encode(), separator.encode())
    try:
        with catch_warnings(action="ignore", category=pd.errors.DtypeWarning):  # types that differ are no numbers
            table = pd.read_csv(io.BytesIO(packed), sep=separator, header=None, na_filter=False)
        ratings = _scaled(_ours(table, block, line, form), form)
        if not _is_sound(ratings):
            texts = pd.read_csv(io.BytesIO(packed), sep=separator, header=None, na_filter=False, dtype=str)
            ratings = _scaled(_as_numbers(_ours(texts, block, line, form)), form)
    except ValueError:  # parser errors and what is no UTF-8 are kinds of it
        _explain(block, line, form)
    if not _is_sound(ratings):
        _explain(block, line, form)
    return ratings.set_axis([*COLUMNS], axis=1).astype(COLUMNS)


def _ours(table: pd.DataFrame, block: bytes, line: int, form: _Form) -> pd.DataFrame:
    """Return the columns that COLUMNS names, numbered in its order."""
    if table.shape[1] != form.width:
        _explain(block, line, form)
    return table.iloc[:, list(form.places)].set_axis(range(len(COLUMNS)), axis=1)


def _scaled(ratings: pd.DataFrame, form: _Form) -> pd.DataFrame:
    """Return the ratings in stars, whatever their scale; what is no whole number from 0 to 10 stays off the scale."""
    if form.highest == _STARS or ratings[2].dtype.kind not in "if":
        return ratings
    tens = ratings[2]
    stars = (tens / 2).where(tens != 0, 0.5)
    return pd.DataFrame({0: ratings[0], 1: ratings[1], 2: stars.where(tens % 1 == 0, -1), 3: ratings[3]})


def _as_numbers(texts: pd.DataFrame) -> pd.DataFrame:
    """Read numbers as spreadsheets and Kaggle write them: 4,5 for 4.5, dates (UTC) for times, rows of nothing.

    Raises:
        ValueError: a text is no number.
    """
    texts = texts.apply(lambda column: column.str.strip())
    texts = texts[(texts != "").any(axis=1)]
    people, films, times = (texts[at].str.replace(_WHOLE, "", regex=True) for at in (0, 1, 3))
    stars, is_date = texts[2].str.replace(",", "."), times.str.fullmatch(_DATE)
    forms = (
        (people, "-?[0-9]+"),
        (films, "-?[0-9]+"),
        (stars, r"[0-9]+(?:\.[0-9]*)?"),
        (times[~is_date], "[0-9]{1,15}"),
    )
    if not all(column.str.fullmatch(form).all() for column, form in forms):
        raise ValueError("a text is no number")
    dates = pd.to_datetime(times[is_date], format="ISO8601", utc=True).astype("datetime64[s, UTC]")
    seconds = pd.concat([times[~is_date].astype("int64"), dates.astype("int64")]).reindex(texts.index)
    whole = {0: people.astype("int64"), 1: films.astype("int64")}
    return pd.DataFrame({**whole, 2: stars.astype("float64"), 3: seconds})


def _is_sound(ratings: pd.DataFrame) -> bool:
    """Tell that there are four columns of numbers, whole ones but for the stars, and each on its scale."""
    if "".join(dtype.kind for dtype in ratings.dtypes) not in ("iifi", "iiii"):
        return False
    ids, stars, times = ratings[[0, 1]], ratings[2].to_numpy(), ratings[3].to_numpy()
    return bool((ids.abs() < 2**31).all(axis=None)) and not (off_scale(stars).any() or off_calendar(times).any())


def _explain(block: bytes, line: int, form: _Form) -> NoReturn:
    """Go through the lines slowly to name the one that is wrong."""
    for number, raw in enumerate(block.removeprefix(BOM_UTF8).splitlines(), start=line):
        if fault := _fault_of(raw, form):
            raise SourceError(fault, file=form.name, line=number)
    raise SourceError("this line or one of those that follow is no rating", file=form.name, line=line)


def _fault_of(raw: bytes, form: _Form) -> str:
    """Say what is wrong with one line; empty when it is sound or blank."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return "the line is not text"
    if not text.strip(" " + form.delimiter):
        return ""
    texts = form.split(raw)
    if len(texts) != form.width:
        comma = " (does a comma stand in 4,5? Write 4.5)" if len(texts) == form.width + 1 else ""
        return f"expected {form.width} fields. Received: {len(texts)}{comma}"
    return _fault_of_fields(form.ours(texts), form)


def _fault_of_fields(fields: list[str], form: _Form) -> str:
    if re.fullmatch(_DATE, fields[3]):
        fields = [*fields[:3], _seconds(fields[3])]
    fields = [*fields[:2], fields[2].replace(",", "."), fields[3]]
    wholes = [
        re.sub(_WHOLE, "", text) if column != "rating" else text for column, text in zip(COLUMNS, fields, strict=True)
    ]
    numbers = [_number(text, whole=column != "rating") for column, text in zip(COLUMNS, wholes, strict=True)]
    for column, text, number in zip(COLUMNS, fields, numbers, strict=True):
        if not isfinite(number) and re.fullmatch(SHORTENED, text):
            return f"a spreadsheet has shortened {column}: take the file as it was before. Received: {text[:40]!r}"
        if not isfinite(number) and column == "timestamp" and re.fullmatch(_REWRITTEN, text):
            return f"timestamp must be seconds, or a date as 2005-04-02 23:53:47. Received: {text[:40]!r}"
        if not isfinite(number):
            return f"{column} must be a number. Received: {text[:40]!r}"
    user_id, movie_id, stars, time = numbers
    if max(abs(user_id), abs(movie_id)) >= 2**31:
        return f"ids must be below 2147483648. Received: {fields[0][:40]}, {fields[1][:40]}"
    if form.highest == _STARS and off_scale(np.array(stars)).any():
        return f"stars must be 0.5 to 5.0 in steps of 0.5. Received: {fields[2][:40]}{_hint(form, stars)}"
    if form.highest != _STARS and stars not in range(form.highest + 1):
        return f"rating must be a whole number from 0 to {form.highest}. Received: {fields[2][:40]}"
    if not 0 <= time <= LATEST_TIME:
        return f"timestamp must be seconds since 1970, before the year 2100. Received: {fields[3][:40]}"
    return ""


def _hint(form: _Form, stars: float) -> str:
    is_of_ten = form.name == "ratings.dat" and _STARS < stars <= 2 * _STARS
    return " (MovieTweetings has its own command: `reelmate import movietweetings`)" if is_of_ten else ""


def _seconds(date: str) -> str:
    """Return seconds since 1970 of a date in UTC; the text as it is when there is no such day."""
    try:
        return str(int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()))
    except ValueError:
        return date


def _number(text: str, *, whole: bool) -> float:
    """Return a number written in digits; anything else is not finite."""
    try:
        return float(int(text) if whole else text) if text.isascii() and "_" not in text else nan
    except (ValueError, OverflowError):
        return nan
