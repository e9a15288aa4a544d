"""Which sites' tables are known: their columns, and what a row without stars says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.histories.entry import Says

Names = tuple[str, ...]
# What a row without stars says, by the table's columns and the file's name; None where it should have some.
Unrated = Callable[[frozenset[str], str], Says | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of table. Columns are named as `plain_name` returns them; of several the first that is there counts.

    Attributes:
        needs: columns that are there; of `any_of`, where it names some, at least one.
        lacks: columns that are not there.
        out_of: what the best rating is, in stars of five or points of ten; stars above five are points all the same.
        log: the column that tells a diary from what holds today.
        season: columns that are filled for episodes.
    """

    site: str
    needs: Names
    unrated: Unrated
    out_of: int = 10
    any_of: Names = ()
    title: Names = ("title",)
    original: Names = ()
    year: Names = ("year",)
    stars: Names = ("rating",)
    said_at: Names = ()
    imdb: Names = ()
    tmdb: Names = ()
    movielens: Names = ()
    kind: Names = ()
    status: Names = ()
    person: Names = ()
    season: Names = ()
    log: str = ""
    lacks: Names = ()

    def fits(self, columns: frozenset[str]) -> bool:
        """Say whether a table with these columns is of this kind."""
        is_there = columns.issuperset(self.needs) and columns.isdisjoint(self.lacks)
        return is_there and (not self.any_of or not columns.isdisjoint(self.any_of))


def plain_name(column: str) -> str:
    """Return a column's name in lower case, its letters and digits alone."""
    return "".join(letter for letter in column.casefold() if letter.isalnum())


def find_layout(columns: frozenset[str]) -> Layout | None:
    """Return the kind of table that has these columns, the surest first."""
    return next((layout for layout in LAYOUTS if layout.fits(columns)), None)


def is_named(file: str, *parts: str) -> bool:
    """Say whether a file's own name has one of these parts."""
    name = PurePosixPath(file.casefold()).name
    return any(part in name for part in parts)


def _seen_or_later(columns: frozenset[str], file: str) -> Says:
    """Letterboxd writes films seen, liked and to be seen in one form: the file's name tells."""
    return "later" if is_named(file, "watchlist") else "seen"


def _of_imdb(columns: frozenset[str], file: str) -> Says | None:
    return "later" if columns & {"position", "created"} or is_named(file, "watchlist") else None


def _of_trakt(columns: frozenset[str], file: str) -> Says | None:
    if "listedat" in columns:
        return "later"
    return "seen" if columns & {"watchedat", "lastwatchedat", "plays"} else None


def _of_tmdb(columns: frozenset[str], file: str) -> Says:
    return "seen" if is_named(file, "favo") else "later"


def _of_movielens(columns: frozenset[str], file: str) -> Says | None:
    return None if "rating" in columns else "later"


def _seen(columns: frozenset[str], file: str) -> Says:
    return "seen"


def _of_a_release(columns: frozenset[str], file: str) -> None:
    return None


# What Letterboxd's importer reads, and so what /export writes (letterboxd.com/about/importing-data).
_FOR_LETTERBOXD: Final = ("tmdbid", "imdbid", "letterboxduri", "watcheddate")
# A list of somebody's own, of no site.
OWN_LIST: Final = "CSV"
# What its columns may be called, in every language.
_TITLES: Final = (
    *("title", "name", "movie", "film", "movietitle", "filmtitle", "moviename", "filmname"),
    *(
        "片名",
        "电影",
        "电影名",
        "电影名称",
        "标题",
        "名称",
        "影片",
        "título",
        "titulo",
        "película",
        "pelicula",
        "nombre",
    ),
)
_STARS: Final = (
    *("rating", "yourrating", "myrating", "stars", "score", "myscore", "grade"),
    *(
        "评分",
        "我的评分",
        "个人评分",
        "打分",
        "分数",
        "星级",
        "nota",
        "minota",
        "puntuación",
        "puntuacion",
        "calificación",
    ),
)
_YEARS: Final = ("year", "releaseyear", "年份", "年", "上映年份", "上映日期", "año", "ano")
_SAID_AT: Final = ("date", "daterated", "watcheddate", "日期", "打分日期", "标记日期", "创建时间", "fecha")
# What lists of books and of records have.
_NO_FILMS: Final = ("author", "isbn", "isbn13", "artist", "album", "作者")


def _own_list(title: str) -> Layout:
    return Layout(
        OWN_LIST,
        (title,),
        _of_a_release,
        out_of=5,
        any_of=_STARS,
        title=(title,),
        year=_YEARS,
        stars=_STARS,
        said_at=_SAID_AT,
        imdb=("imdb", "imdbid", "const"),
        tmdb=("tmdb", "tmdbid"),
        kind=("type", "titletype"),
        lacks=_NO_FILMS,
    )


LAYOUTS: Final = (
    Layout(
        "Letterboxd",
        ("name", "year", "letterboxduri"),
        _seen_or_later,
        out_of=5,
        title=("name",),
        said_at=("date", "watcheddate"),
        log="watcheddate",
    ),
    Layout(
        "IMDb",
        ("const",),
        _of_imdb,
        any_of=("title", "yourrating", "yourated", "position", "created"),
        original=("originaltitle",),
        stars=("yourrating", "yourated"),
        said_at=("daterated", "created"),
        imdb=("const",),
        kind=("titletype",),
    ),
    Layout(
        "TMDB",
        ("tmdbid", "type", "name"),
        _of_tmdb,
        title=("name",),
        year=("releasedate", "firstairdate", "year"),
        stars=("yourrating",),
        said_at=("daterated", "dateadded"),
        imdb=("imdbid",),
        tmdb=("tmdbid",),
        kind=("type",),
        season=("seasonnumber", "episodenumber"),
    ),
    Layout(
        "Simkl",
        ("title", "type"),
        _seen,
        any_of=("simklid", "lastepwatched"),
        said_at=("watcheddate",),
        imdb=("imdb", "imdbid"),
        tmdb=("tmdb", "tmdbid"),
        kind=("type",),
        status=("watchlist",),
    ),
    Layout(
        "Trakt",
        ("type", "title"),
        _of_trakt,
        any_of=("traktid", "traktrating", "ratedat", "watchedat", "lastwatchedat", "listedat"),
        said_at=("ratedat", "watchedat", "lastwatchedat", "listedat"),
        imdb=("imdbid", "imdb"),
        tmdb=("tmdbid", "tmdb"),
        kind=("type",),
        season=("seasonnumber", "episodenumber"),
    ),
    Layout(
        "MovieLens",
        ("userid", "movieid", "rating"),
        _of_a_release,
        out_of=5,
        said_at=("timestamp", "tstamp"),
        movielens=("movieid",),
        person=("userid",),
    ),
    Layout(
        "MovieLens",
        ("movieid", "title"),
        _of_movielens,
        out_of=5,
        any_of=("rating", "averagerating"),
        said_at=("timestamp", "tstamp", "date"),
        imdb=("imdbid",),
        tmdb=("tmdbid",),
        movielens=("movieid",),
    ),
    Layout(
        "Letterboxd",
        ("title", "rating"),
        _seen,
        out_of=5,
        any_of=_FOR_LETTERBOXD,
        said_at=("watcheddate",),
        imdb=("imdbid",),
        tmdb=("tmdbid",),
    ),
    Layout(
        "Letterboxd",
        ("title", "rating10"),
        _seen,
        stars=("rating10",),
        said_at=("watcheddate",),
        imdb=("imdbid",),
        tmdb=("tmdbid",),
    ),
    *map(_own_list, _TITLES),
)
