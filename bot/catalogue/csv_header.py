"""The first line of a CSV file: where the columns stand that a reader needs, and what stands between fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue.errors import SourceError

# A header longer than this names no columns of anybody.
LONGEST_HEADER: Final = 1_000
# What spreadsheets write between fields: the semicolon in countries that write 4,5.
_DELIMITERS: Final = (",", ";", "\t")
# "1,1E+09": what a spreadsheet makes of a number that is long.
SHORTENED: Final = r"[0-9]+(?:[.,][0-9]+)?[eE][+]?[0-9]+"


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand.

    Attributes:
        width: how many columns there are.
        places: of the columns asked for, in the order in which they were.
    """

    delimiter: str
    width: int
    places: tuple[int, ...]


def names_the_delimiter(line: str) -> bool:
    """Tell the line that some spreadsheets put before the header: sep=;"""
    return re.fullmatch(r"\ufeff?\"?sep=.{1,2}", line.rstrip(), re.IGNORECASE) is not None


def read_header(line: str, columns: Sequence[str], file: str, *, line_number: int = 1) -> Header:
    """Find columns by their names, in any order, others beside; case and underscores do not count.

    Raises:
        SourceError: one is missing, or stands there twice.
    """
    wanted = [_plain(column) for column in columns]
    line = re.split("[\r\n]", line.lstrip("\r\n"), maxsplit=1)[0]  # a Mac's old files end lines with the former alone
    for delimiter in _DELIMITERS:
        fields = next(csv.reader([line], delimiter=delimiter), [])
        names = [_plain(name) for name in fields]
        if all(names.count(name) == 1 for name in wanted):
            return Header(delimiter, len(names), tuple(names.index(name) for name in wanted))
    reason = f"expected the header {','.join(columns)}. Received: {line.strip()[:80]!r}"
    raise SourceError(reason, file=file, line=line_number)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "")
