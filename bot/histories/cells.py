"""Cells of a table: stars, years and numbers of films, as sites write them and as spreadsheets leave them."""

from __future__ import annotations

import re
from typing import Final

from bot.histories.caps import MAX_TITLE
from bot.messages.clipping import clean

_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_OF: Final = re.compile(r"(\S+)\s*/\s*(?:5|10)(?:[.,]0)?")
_STARS: Final = re.compile(r"(★*)(½?)☆*")
# Where people write 4,5 a spreadsheet takes 4.5 for the fourth of May.
_FOURTH_OF_MAY: Final = re.compile(r"0?(\d)[.\s-]+(?:mai|may|maj)\b\.?|(\d)月5日|5月(\d)日", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_LABEL: Final = re.compile(r"(?P<title>.*\S)\s*\((?P<year>1[89]\d\d|20\d\d)\)")
_IMDB: Final = re.compile(r"(?:.*/)?(?:tt)?0*([1-9]\d{0,9})/?", re.IGNORECASE)
# What an export writes before a cell that a spreadsheet would run (OWASP, CSV Injection).
_QUOTED_FORMULA: Final = re.compile(r"'(?=[=+\-@\t\r])")


class UnreadableError(Exception):
    """A cell holds what it must not; its row is counted and left out."""


def read_half_stars(text: str, out_of: int) -> int:
    """Return 1 to 10 half stars, or 0 where nothing was given: stars of five, or points of ten.

    Raises:
        UnreadableError: it is no rating.
    """
    value = _read_value(text)
    if value is None or value <= 0:
        return 0
    half_stars = int(value * (2 if out_of == 5 else 1) + 0.5)
    if value > out_of or half_stars < 1:
        raise UnreadableError
    return half_stars


def is_above(text: str, most: int) -> bool:
    """Tell whether a cell holds a rating above this; not where it holds none."""
    try:
        return (_read_value(text) or 0) > most
    except UnreadableError:
        return False


def read_year(text: str) -> int | None:
    """Return the year in a cell, a date included."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def split_label(title: str) -> tuple[str, int | None]:
    """Split "Heat (1995)"; the numbers of "Death Race 2000" and "2001" are part of the title."""
    found = _LABEL.fullmatch(title)
    return (found["title"], int(found["year"])) if found else (title, None)


def read_id(text: str) -> int | None:
    """Return another site's number of a film, which a spreadsheet may have written as 603.0 or 6.03E+02."""
    text = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return int(number) if 0 < number < 2**31 and number.is_integer() else None


def read_imdb_id(text: str) -> str | None:
    """Return "tt0133093", from that, from a link to it or from its bare number; None for a person's or a list's."""
    found = _IMDB.fullmatch(text.strip().removesuffix(".0"))
    return f"tt{int(found[1]):07}" if found else None


def read_title(text: str) -> str:
    """Return a title on one line.

    Raises:
        UnreadableError: no title is that long.
    """
    title = " ".join(clean(_QUOTED_FORMULA.sub("", text.strip(), count=1)).split())
    if len(title) > MAX_TITLE:
        raise UnreadableError
    return title


def _read_value(text: str) -> float | None:
    text = text.strip().lstrip("'")
    if not text or text in ("-", "–", "—") or text.casefold() in ("null", "none", "n/a", "nan"):
        return None
    if found := _OF.fullmatch(text):
        text = found[1]
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if (found := _STARS.fullmatch(text)) and (found[1] or found[2]):
        return len(found[1]) + (0.5 if found[2] else 0)
    if found := _FOURTH_OF_MAY.fullmatch(text):
        return int(next(digit for digit in found.groups() if digit)) + 0.5
    raise UnreadableError
