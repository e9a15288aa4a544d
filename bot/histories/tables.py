"""CSV files: a table of a site that is known, whatever a spreadsheet made of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final, TextIO

from bot.histories.caps import MAX_ROW, Pace
from bot.histories.cells import (
    UnreadableError,
    is_above,
    read_half_stars,
    read_id,
    read_imdb_id,
    read_title,
    read_year,
    split_label,
)
from bot.histories.dates import is_day_first, read_moment
from bot.histories.entry import Entry, Says
from bot.histories.errors import HistoryError, Refusal
from bot.histories.harvest import Harvest
from bot.histories.kinds import is_film, of_status
from bot.histories.layouts import OWN_LIST, Layout, Names, find_layout, plain_name

# What spreadsheets write between fields: the semicolon in countries that write 4,5.
_DELIMITERS: Final = (",", ";", "\t", "|")
_STARS: Final = 5
_POINTS: Final = 10
# Where no more ratings than this are above five, they are slips: 45 for 4.5.
_MISTYPED: Final = 0.1
# What may stand before the header: empty lines, and the "sep=;" of a spreadsheet.
_LINES_BEFORE: Final = 5
_LONGEST_HEADER: Final = 10_000


def read_table(content: bytes, encoding: str, name: str, harvest: Harvest, file: int = 0) -> bool:
    """Add the rows of a table to the harvest; False where it is none of those that are known.

    Raises:
        HistoryError: it breaks a cap, or holds what many people said.
    """
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, "replace", newline="")
    found = _find_header(stream)
    if found is None:
        return False
    layout, columns, delimiter = found
    table = _Table(layout, columns, name, file)
    rows = list(_rows(stream, delimiter, len(columns), harvest))
    harvest.sites[layout.site] = None
    table.look_over(rows, harvest.pace)
    for row in rows:
        harvest.pace.step()
        _add(table, row, harvest)
    return True


def _find_header(stream: TextIO) -> tuple[Layout, tuple[str, ...], str] | None:
    for _ in range(_LINES_BEFORE):
        line = stream.readline(_LONGEST_HEADER).strip("\r\n\ufeff")
        for delimiter in _DELIMITERS:
            columns = tuple(plain_name(column) for column in next(csv.reader([line], delimiter=delimiter), []))
            if layout := find_layout(frozenset(columns)):
                return layout, columns, delimiter
    return None


def _rows(stream: TextIO, delimiter: str, width: int, harvest: Harvest) -> Iterator[list[str]]:
    lines = _Lines(stream)
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            lines.length = 0
            if any(cell.strip() for cell in row):
                harvest.count_row()
                yield row[:width]
    except csv.Error as error:  # csv has one limit of its own, on the length of a cell
        raise HistoryError(Refusal.CELL_TOO_LONG) from error


class _Lines:
    """The lines of a file, of which no row may take too many: a row of 20 MB in small cells takes much more memory."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.length = 0  # of the lines since the last row

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.length += len(line)
            if self.length > MAX_ROW:
                raise HistoryError(Refusal.CELL_TOO_LONG)
            yield line


def _add(table: _Table, row: list[str], harvest: Harvest) -> None:
    if table.is_series(row):
        harvest.series += 1
        return
    try:
        harvest.entries.append(table.entry(row))
    except UnreadableError:
        harvest.unreadable += 1


class _Table:
    """Reads rows by where their columns stand."""

    def __init__(self, layout: Layout, columns: tuple[str, ...], name: str, file: int) -> None:
        self._layout, self._file = layout, file
        self._place = {column: at for at, column in reversed(list(enumerate(columns)))}
        self._unrated = layout.unrated(frozenset(columns), name)
        self._is_log = layout.log in self._place
        self._day_first = True
        self._out_of = layout.out_of

    def look_over(self, rows: list[list[str]], pace: Pace) -> None:
        """Learn from all rows how dates are written, and whose they are.

        Raises:
            HistoryError: they are of many people.
        """
        if self._layout.person and len({self._cell(row, self._layout.person) for row in rows}) > 1:
            raise HistoryError(Refusal.MANY_PEOPLE)
        self._day_first = is_day_first(self._dates(rows, pace))
        above = sum(is_above(self._cell(row, self._layout.stars), _STARS) for row in rows)
        if self._out_of == _STARS and above > _MISTYPED * len(rows):
            self._out_of = _POINTS

    def is_series(self, row: list[str]) -> bool:
        layout = self._layout
        return not is_film(self._cell(row, layout.kind)) or bool(self._cell(row, layout.season))

    def entry(self, row: list[str]) -> Entry:
        """Return what a row says.

        Raises:
            UnreadableError: it names no film, or its rating is none.
        """
        layout = self._layout
        title, year = read_title(self._cell(row, layout.title)), read_year(self._cell(row, layout.year))
        if year is None:
            title, year = split_label(title)
        original = read_title(self._cell(row, layout.original))
        if layout.site == OWN_LIST and not original and " / " in title:  # 异形 / Alien
            title, _, original = title.partition(" / ")
        half_stars = read_half_stars(self._cell(row, layout.stars), self._out_of)
        imdb_id, tmdb_id = read_imdb_id(self._cell(row, layout.imdb)), read_id(self._cell(row, layout.tmdb))
        movielens_id = read_id(self._cell(row, layout.movielens))
        if not (title or imdb_id or tmdb_id or movielens_id):
            raise UnreadableError
        return Entry(
            title,
            year,
            "rated" if half_stars else self._says(row),
            half_stars,
            read_moment(self._cell(row, layout.said_at), day_first=self._day_first),
            original,
            imdb_id,
            tmdb_id,
            movielens_id,
            is_log=self._is_log,
            file=self._file,
        )

    def _says(self, row: list[str]) -> Says:
        says = of_status(self._cell(row, self._layout.status)) or self._unrated
        if says is None:
            raise UnreadableError
        return says

    def _dates(self, rows: list[list[str]], pace: Pace) -> Iterator[str]:
        for row in rows:
            pace.step()
            yield self._cell(row, self._layout.said_at)

    def _cell(self, row: list[str], names: Names) -> str:
        """Return the first of these columns that is filled."""
        for name in names:
            place = self._place.get(name, len(row))
            if place < len(row) and row[place].strip():
                return row[place]
        return ""
