"""What can be wrong with the line of one film."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Final

from babel import Locale

from bot.catalogue.starter.reading import NO_TITLE
from bot.catalogue.starter.rows import Row
from bot.catalogue.titles import fold
from recommender.domain import GENRES

FIRST_YEAR: Final = 1888
AGES: Final = ("family", "teen", "adult")
TAGS_PER_FILM: Final = (5, 12)
MOST: Final = {"other_titles": 4, "cast": 5, "countries": 3, "languages": 2}
LONGEST: Final = {"plot": 140, "plot_zh": 60}
RANGES: Final = {"runtime": (10, 600), "popularity": (0, 100), "acclaim": (0, 100)}
# Countries that are no more; languages that babel does not name; the language of films without speech.
_GONE: Final = ("SU", "CS", "YU", "DD")
_RARE: Final = ("aus", "nwi", "yua")
_SILENT: Final = "xx"
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3041-\u30fa]")
_LISTS: Final = ("genres", "other_titles", "directors", "cast", "countries", "languages", "tags")
# A title shorter than this is a word that any sentence may need: Up, It, M, Ran.
_SHORTEST_NAMED: Final = 4

_ENGLISH: Final = Locale("en")
COUNTRIES: Final = frozenset(str(code) for code in _ENGLISH.territories if len(str(code)) == 2) | set(_GONE)
LANGUAGES: Final = frozenset(map(str, _ENGLISH.languages)) | {*_RARE, _SILENT}


def find_film_faults(row: Row, tags: Set[str], this_year: int) -> Iterator[str]:
    """Yield one line per fault that the film's own fields show."""
    for find in (_find_text_faults, _find_list_faults, _find_number_faults, _find_plot_faults, _find_chinese_faults):
        yield from find(row)
    yield from _find_year_faults(row, this_year)
    yield from _find_unknown(row, "tags", tags.__contains__, "a tag must be of tags.csv: mend it, or add it there")
    yield from _find_unknown(row, "genres", GENRES.__contains__, f"a genre must be one of {', '.join(GENRES)}")
    yield from _find_unknown(row, "countries", COUNTRIES.__contains__, "a country is its ISO 3166 code, such as US")
    yield from _find_unknown(row, "languages", LANGUAGES.__contains__, "a language is its ISO 639 code, such as en")


def _find_text_faults(row: Row) -> Iterator[str]:
    for column, text in row.fields.items():
        if text != " ".join(text.split()) or any(part != part.strip() for part in text.split("|")):
            yield row.fault(f"{column} must have no spaces at its ends and none twice", text)
    for column in ("title", "directors", "countries", "languages", "genres", "zh_title"):
        if not row[column]:
            hint = f"; {NO_TITLE} where none is in use" if column == "zh_title" else ""
            yield row.fault(f"{column} must not be empty{hint}", "")
    if row["age"] not in AGES:
        yield row.fault(f"age must be one of {', '.join(AGES)}", row["age"])
    if bool(row["series"]) != bool(row["part"]):
        yield row.fault("series and part are both given, or neither", f"{row['series']}, {row['part']}")


def _find_list_faults(row: Row) -> Iterator[str]:
    for column in _LISTS:
        parts = row.parts(column)
        if len(set(parts)) < len(parts) or "" in parts:
            yield row.fault(f"{column} must name each once, with | between two", row[column])
    for column, most in MOST.items():
        if len(row.parts(column)) > most:
            yield row.fault(f"{column} has at most {most}: leave out the least important", row[column])
    least, most = TAGS_PER_FILM
    if not least <= len(row.parts("tags")) <= most:
        yield row.fault(f"a film has {least} to {most} tags", row["tags"])


def _find_number_faults(row: Row) -> Iterator[str]:
    for column, (least, most) in RANGES.items():
        if not (row[column].isdecimal() and least <= int(row[column]) <= most):
            yield row.fault(f"{column} must be a whole number from {least} to {most}", row[column])
    if row["part"] and not (row["part"].isdecimal() and int(row["part"]) > 0):
        yield row.fault("part must be a whole number from 1", row["part"])


def _find_plot_faults(row: Row) -> Iterator[str]:
    for column, longest in LONGEST.items():
        if not 0 < len(row[column]) <= longest:
            yield row.fault(f"{column} has 1 to {longest} characters: it has {len(row[column])}", row[column])
    title = fold(row["title"])
    if len(title) >= _SHORTEST_NAMED and f" {title} " in f" {fold(row['plot'])} ":
        yield row.fault("plot must not name the title: say it in other words", row["plot"])
    if len(row["zh_title"]) > 1 and row["zh_title"] in row["plot_zh"]:
        yield row.fault(f"plot_zh must not name the title {row['zh_title']}: say it in other words", row["plot_zh"])


def _find_chinese_faults(row: Row) -> Iterator[str]:
    for column in ("zh_title", "plot_zh"):
        text = row[column]
        if text == row["title"] and text.isdecimal():
            continue  # 2046 is called so in every language
        if text not in ("", NO_TITLE) and (not _HAN.search(text) or _KANA.search(text)):
            hint = f"; {NO_TITLE} where none is in use" if column == "zh_title" else ""
            yield row.fault(f"{column} must be in Chinese characters{hint}", text)


def _find_year_faults(row: Row, this_year: int) -> Iterator[str]:
    if not (row["year"].isdecimal() and FIRST_YEAR <= int(row["year"]) <= this_year):
        yield row.fault(f"year must be from {FIRST_YEAR} to {this_year}", row["year"])
    elif row.file != f"films/{int(row['year']) // 10 * 10}s.csv":
        yield row.fault(f"the film must be in its decade's file, films/{int(row['year']) // 10 * 10}s.csv", row.file)


def _find_unknown(row: Row, column: str, is_known: Callable[[str], bool], expected: str) -> Iterator[str]:
    unknown = [part for part in row.parts(column) if not is_known(part)]
    if unknown:
        yield row.fault(expected, "|".join(unknown))
