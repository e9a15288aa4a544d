"""The film files of each layout, read as tables of texts whose index is the number of the line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NoReturn

import pandas as pd

from bot.catalogue.archive import Archive
from bot.catalogue.bearable import read_bearable
from bot.catalogue.csv_header import LONGEST_HEADER, SHORTENED, Header, names_the_delimiter, read_header
from bot.catalogue.errors import SourceError
from bot.catalogue.film_rows import FilmRow, parse_genres, parse_title
from bot.catalogue.text_files import decode
from recommender.domain import GENRES, Movie, MovieId

FILM_COLUMNS: Final = ("movieid", "title", "genres")
LINK_COLUMNS: Final = ("movieid", "imdbid", "tmdbid")
# What u.item has before its flags, and their order (GroupLens, ml-100k README); the first flag is "unknown".
_ITEM_FIELDS: Final = ("movieid", "title", "date", "video date", "url")
_ITEM_FLAGS: Final = ("", *GENRES)
# What the catalogue stores.
MAX_TITLE: Final = 400


def read_csv_films(archive: Archive) -> list[FilmRow]:
    """Read movies.csv, and links.csv where there is one."""
    films = _clean(_read_csv(archive, "movies.csv", FILM_COLUMNS), "movies.csv")
    if "links.csv" in archive:
        films = films.merge(_read_links(archive), on="movieid", how="left")
    return _as_rows(films)


def read_dat_films(archive: Archive) -> list[FilmRow]:
    """Read movies.dat: `id::title::genres`, UTF-8 in the newer release and Latin-1 in the older."""
    return _dat_films(_read_lines(archive, "movies.dat"))


def _dat_films(lines: pd.Series[str]) -> list[FilmRow]:
    counts = lines.str.count("::") + 1
    _refuse(counts[counts < len(FILM_COLUMNS)], f"expected {len(FILM_COLUMNS)} fields", "movies.dat")
    films = lines.str.extract("(?P<movieid>.*?)::(?P<title>.*)::(?P<genres>.*)")
    return _as_rows(_clean(films, "movies.dat"))


def read_tweeted_films(archive: Archive) -> list[FilmRow]:
    """Read movies.dat of MovieTweetings: its film ids are IMDb's numbers, and its Family is Children here."""
    lines = _read_lines(archive, "movies.dat").str.replace(r"\bFamily\b(?=[^:]*$)", "Children", regex=True)
    return [replace(film, imdb_id=f"tt{film.movie.id:07d}") for film in _dat_films(lines)]


def read_item_films(archive: Archive) -> list[FilmRow]:
    """Read u.item: `id|title|date|video date|url|` and 19 flags, Latin-1."""
    lines, columns = _read_lines(archive, "u.item"), [*_ITEM_FIELDS, *_ITEM_FLAGS]
    counts = lines.str.count("[|]") + 1
    _refuse(counts[counts != len(columns)], f"expected {len(columns)} fields", "u.item")
    films = pd.DataFrame(lines.str.split("|").tolist(), lines.index, columns)
    flags = films[[*_ITEM_FLAGS]] == "1"
    films["genres"] = ["|".join(flags.columns[row]) for row in flags.to_numpy()]
    return _as_rows(_clean(films, "u.item"))


def _clean(films: pd.DataFrame, file: str) -> pd.DataFrame:
    """Return the films under their ids as numbers; the first line that is no film is refused."""
    if films.empty:
        raise SourceError("a film file needs at least one film", file=file)
    ids, lengths = _numbers(films["movieid"], "the film's id", file), films["title"].str.strip().str.len()
    wrong = (lengths == 0) | (films["title"].str.len() > MAX_TITLE)
    _refuse(lengths[wrong], f"a title must have 1 to {MAX_TITLE} characters", file)
    _refuse(ids[ids.duplicated()].astype(str) + " again", "a film's id must be unique", file)
    _refuse_future(films["title"], file)
    return films.assign(movieid=ids)


def _refuse_future(titles: pd.Series[str], file: str) -> None:
    """Refuse the first film of a year that has not begun, but for films of next year, which are announced."""
    latest = datetime.now(UTC).year + 1
    years = pd.to_numeric(titles.str.extract(r"\(([0-9]{4})\)\s*$", expand=False), errors="coerce")
    _refuse(titles[years.between(latest, 2099, inclusive="right")], f"a film's year must be {latest} at most", file)


def _as_rows(films: pd.DataFrame) -> list[FilmRow]:
    """Return clean films as rows; where there are no links, there are no other ids."""
    known = films.reindex(columns=[*FILM_COLUMNS, "imdbid", "tmdbid"]).astype(object)
    known = known.where(known.notna(), None)
    genres = {text: parse_genres(text.split("|")) for text in known["genres"].unique()}
    rows = []
    for number, raw_title, text, imdb_id, tmdb_id in known.itertuples(index=False, name=None):
        title, others, year = parse_title(raw_title)
        names, unknown = genres[text]
        movie = Movie(MovieId(number), title, year, names)
        rows.append(FilmRow(movie, others, imdb_id or "", tmdb_id, unknown))
    return rows


def _read_links(archive: Archive) -> pd.DataFrame:
    """Read links.csv: one line a film, the last where there are more."""
    links = _read_csv(archive, "links.csv", LINK_COLUMNS)
    imdb_ids, tmdb_ids = (links[column].str.strip().str.removeprefix("tt") for column in LINK_COLUMNS[1:])
    imdb_numbers = _numbers(imdb_ids[imdb_ids != ""], "the IMDb id", "links.csv")
    links = links.assign(
        movieid=_numbers(links["movieid"], "the film's id", "links.csv"),
        imdbid="tt" + imdb_numbers.astype(str).str.zfill(7),
        tmdbid=_numbers(tmdb_ids[tmdb_ids != ""], "the TMDB id", "links.csv").astype("Int64"),
    )
    return links.drop_duplicates("movieid", keep="last")


def _numbers(texts: pd.Series[str], noun: str, file: str) -> pd.Series[int]:
    """Return whole numbers below 2 ** 31, 12 where a spreadsheet wrote 12.0; the first line with no such is refused."""
    texts = texts.str.strip().str.removesuffix(".0")
    shortened = texts[texts.str.fullmatch(SHORTENED)]
    _refuse(shortened.map(repr), f"a spreadsheet has shortened {noun}: take the file as it was before", file)
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch("[0-9]+")), errors="coerce")
    _refuse(texts[~(numbers < 2**31)].str[:40].map(repr), f"{noun} must be a whole number", file)
    return numbers.astype("int64")


def _refuse(received: pd.Series[str] | pd.Series[int], expectation: str, file: str) -> None:
    """Refuse the first of what was received at wrong lines, if there is any."""
    if len(received):
        raise SourceError(f"{expectation}. Received: {received.iloc[0]}", file=file, line=int(received.index[0]))


def _read_csv(archive: Archive, file: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read the columns of these names, whatever stands beside, by the number of the line on which each row ends."""
    text, first_line = _text(archive, file), 1
    while names_the_delimiter(start := re.match("[^\r\n]*(?:\r\n|\r|\n)?", text)[0]):  # type: ignore[index]
        text, first_line = text[len(start) :], first_line + 1
    if len(start) > LONGEST_HEADER:  # every row would be made as wide
        reason = f"a header may have {LONGEST_HEADER} letters at most. Received: more"
        raise SourceError(reason, file=file, line=first_line)
    header = read_header(start, columns, file, line_number=first_line)
    try:  # of pandas' engines this one is strict about quotes, and tells a field that is missing from an empty one
        table = pd.read_csv(
            io.StringIO(text, newline=""),
            sep=header.delimiter,
            engine="python",
            header=None,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError:
        _explain(text, file, header, first_line)
    table.index = (first_line - 1) + (
        1 + table.apply(lambda column: column.str.count("\n")).sum(axis=1)
    ).cumsum().astype(int)
    table = table[table.fillna("").apply(lambda column: column.str.strip() != "").any(axis=1)]
    if table.isna().any(axis=None) or table.shape[1] != header.width:
        _explain(text, file, header, first_line)
    rows: pd.DataFrame = table.iloc[1:, list(header.places)]
    return rows.set_axis([*columns], axis=1)


def _explain(text: str, file: str, header: Header, first_line: int) -> NoReturn:
    """Read slowly to name the line that fits no table."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=header.delimiter)
    try:
        for row in rows:
            if row and len(row) != header.width:
                reason = f"expected {header.width} fields. Received: {len(row)}"
                raise SourceError(reason, file=file, line=first_line - 1 + rows.line_num)
    except csv.Error as error:
        line = first_line - 1 + rows.line_num
        raise SourceError(f"the CSV is broken ({error})", file=file, line=line) from error
    raise SourceError("the CSV is broken", file=file)


def _read_lines(archive: Archive, file: str) -> pd.Series[str]:
    """Return the lines that are not blank, by their numbers."""
    lines = pd.Series(re.split("\r\n|\r|\n", _text(archive, file)), dtype=str)
    lines.index += 1
    return lines[lines.str.strip() != ""]


def _text(archive: Archive, file: str) -> str:
    """Read a film file whole."""
    with archive.open(file) as stream:
        return decode(read_bearable(stream, file), file)
