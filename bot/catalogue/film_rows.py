"""Films as MovieLens' releases write them: raw titles and genre names turned into domain movies."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.catalogue.archive import Archive
from bot.catalogue.errors import SourceError
from recommender.domain import GENRES, Movie, MovieId

# The articles that MovieLens moves behind the title, in the languages its films have.
_ARTICLES: Final = (
    "The|A|An|Le|La|Les|L'|Un|Une|Der|Die|Das|Ein|Eine|El|Los|Las|Una|Il|Lo|Gli|I|O|Os|As|Um|Uma|Det|Den|De|Het|En|Et"
)
_TRAILING_ARTICLE: Final = re.compile(rf"^(?P<rest>.+), (?P<article>{_ARTICLES})$", re.IGNORECASE)
_YEAR: Final = re.compile(r"\s*\((?P<year>(?:18|19|20)\d\d)(?:\s*[-–]\s*(?:\d{2,4})?)?\)?\s*$")
# "Birdman: Or (The Unexpected Virtue of Ignorance)" is one title.
_OTHER_TITLE: Final = re.compile(r"(?<!\bOr)\s+\((?P<other>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
# "Aladdin (1995) (V)": what the Internet Movie Database marks as made for video or television.
_MEDIUM: Final = re.compile(r"(?<=\))\s+\((?:V|TV|VG)\)\s*$")
_RENAMED: Final = {"children's": "Children"}
_NO_GENRES: Final = frozenset({"", "(no genres listed)", "imax", "unknown"})
_BY_NAME: Final = {genre.lower(): genre for genre in GENRES}
# The order of u.item's 19 flags (GroupLens, ml-100k README); the first is "unknown".
_ITEM_FLAGS: Final = ("", *GENRES)
# What the catalogue stores.
MAX_TITLE: Final = 400


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film of a release.

    Attributes:
        movie: under the release's own id, the title in natural order.
        other_titles: alternative titles the release gives in parentheses, in natural order.
        imdb_id: "tt" and at least seven digits, or empty.
        tmdb_id: None when unknown.
        unknown_genres: names outside MovieLens' 18, left out of the movie.
    """

    movie: Movie
    other_titles: tuple[str, ...] = ()
    imdb_id: str = ""
    tmdb_id: int | None = None
    unknown_genres: tuple[str, ...] = ()


def parse_title(raw: str) -> tuple[str, tuple[str, ...], int | None]:
    """Split "Matrix, The (a.k.a. Other) (1999)" into the title, the other titles and the year."""
    text = _MEDIUM.sub("", " ".join(raw.split()))
    found = _YEAR.search(text)
    year = int(found["year"]) if found and found.start() > 0 else None
    text = text[: found.start()] if found and year is not None else text
    others: list[str] = []
    while (other := _OTHER_TITLE.search(text)) and other.start() > 0:
        others.insert(0, natural_title(re.sub(r"^a\.?k\.?a\.?:? ", "", other["other"], flags=re.IGNORECASE)))
        text = text[: other.start()]
    return natural_title(text), tuple(title for title in others if title), year


def natural_title(title: str) -> str:
    """Move a trailing article to the front: "Matrix, The" becomes "The Matrix"."""
    found = _TRAILING_ARTICLE.match(title.strip())
    if not found:
        return title.strip()
    article, rest = found["article"], found["rest"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{rest}"


def parse_genres(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the known genres in GENRES' order, and the unknown names."""
    cleaned = [name.strip() for name in names]
    wanted = [_RENAMED.get(name.lower(), name) for name in cleaned if name.lower() not in _NO_GENRES]
    known = {_BY_NAME[name.lower()] for name in wanted if name.lower() in _BY_NAME}
    unknown = tuple(name for name in wanted if name.lower() not in _BY_NAME)
    return tuple(genre for genre in GENRES if genre in known), unknown


def read_csv_films(archive: Archive) -> list[FilmRow]:
    """Read movies.csv, and links.csv where there is one."""
    links = dict(_read_links(archive)) if "links.csv" in archive else {}
    films = []
    for line, fields in _csv_lines(archive, "movies.csv", ["movieid", "title", "genres"]):
        film = _film(fields[0], fields[1], fields[2].split("|"), file="movies.csv", line=line)
        imdb_id, tmdb_id = links.get(film.movie.id, ("", None))
        films.append((line, replace(film, imdb_id=imdb_id, tmdb_id=tmdb_id)))
    return _unique(films, "movies.csv")


def read_dat_films(archive: Archive) -> list[FilmRow]:
    """Read movies.dat: `id::title::genres`, UTF-8 in the newer release and Latin-1 in the older."""
    films = []
    for line, fields in _split_lines(archive, "movies.dat", "::"):
        if len(fields) < 3:
            raise SourceError(f"expected 3 fields. Received: {len(fields)}", file="movies.dat", line=line)
        title = "::".join(fields[1:-1])
        films.append((line, _film(fields[0], title, fields[-1].split("|"), file="movies.dat", line=line)))
    return _unique(films, "movies.dat")


def read_item_films(archive: Archive) -> list[FilmRow]:
    """Read u.item: `id|title|date|video date|url|` and 19 flags, Latin-1."""
    films = []
    for line, fields in _split_lines(archive, "u.item", "|"):
        if len(fields) != 5 + len(_ITEM_FLAGS):
            raise SourceError(f"expected 24 fields. Received: {len(fields)}", file="u.item", line=line)
        names = [name for name, flag in zip(_ITEM_FLAGS, fields[5:], strict=True) if flag == "1"]
        films.append((line, _film(fields[0], fields[1], names, file="u.item", line=line)))
    return _unique(films, "u.item")


def _film(movie_id: str, raw_title: str, names: Iterable[str], *, file: str, line: int) -> FilmRow:
    number = _whole(movie_id, "the film's id", file=file, line=line)
    if not raw_title.strip() or len(raw_title) > MAX_TITLE:
        reason = f"a title must have 1 to {MAX_TITLE} characters. Received: {len(raw_title.strip())}"
        raise SourceError(reason, file=file, line=line)
    title, other_titles, year = parse_title(raw_title)
    genres, unknown = parse_genres(names)
    return FilmRow(Movie(MovieId(number), title, year, genres), other_titles, unknown_genres=unknown)


def _whole(text: str, noun: str, *, file: str, line: int) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:20]) >= 2**31:
        raise SourceError(f"{noun} must be a whole number. Received: {text[:40]!r}", file=file, line=line)
    return int(text)


def _unique(films: list[tuple[int, FilmRow]], file: str) -> list[FilmRow]:
    seen: set[MovieId] = set()
    for line, film in films:
        if film.movie.id in seen:
            raise SourceError(f"a film's id must be unique. Received: {film.movie.id} again", file=file, line=line)
        seen.add(film.movie.id)
    if not films:
        raise SourceError("a film file needs at least one film", file=file)
    return [film for _, film in films]


def _read_links(archive: Archive) -> Iterator[tuple[int, tuple[str, int | None]]]:
    for line, fields in _csv_lines(archive, "links.csv", ["movieid", "imdbid", "tmdbid"]):
        movie_id = _whole(fields[0], "the film's id", file="links.csv", line=line)
        imdb_id, tmdb_id = fields[1].strip().removeprefix("tt"), fields[2].strip()
        imdb = f"tt{_whole(imdb_id, 'the IMDb id', file='links.csv', line=line):07d}" if imdb_id else ""
        tmdb = _whole(tmdb_id.removesuffix(".0"), "the TMDB id", file="links.csv", line=line) if tmdb_id else None
        yield movie_id, (imdb, tmdb)


def _csv_lines(archive: Archive, file: str, header: list[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_text(archive, file), newline=""), strict=True)
    try:
        received = [name.strip().lower() for name in next(reader, [])]
        if received != header:
            reason = f"expected the header {','.join(header)}. Received: {','.join(received)[:80]!r}"
            raise SourceError(reason, file=file, line=1)
        for fields in reader:
            if fields and len(fields) != len(header):
                reason = f"expected {len(header)} fields. Received: {len(fields)}"
                raise SourceError(reason, file=file, line=reader.line_num)
            if fields:
                yield reader.line_num, fields
    except csv.Error as error:
        raise SourceError(f"the CSV is broken ({error})", file=file, line=reader.line_num) from error


def _split_lines(archive: Archive, file: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    for line, text in enumerate(_text(archive, file).split("\n"), start=1):
        if text.strip():
            yield line, text.rstrip("\r").split(delimiter)


def _text(archive: Archive, file: str) -> str:
    """Read a film file whole: UTF-8, or Latin-1 as the releases before 2009 are."""
    with archive.open(file) as stream:
        content = stream.read()
    if b"\0" in content:
        raise SourceError("the file is not text", file=file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
