"""Links to films, and bare IMDb numbers: what they say about which film is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

_IMDB: Final = re.compile(r"(?<![a-z0-9])tt0*([1-9][0-9]{0,8})(?![a-z0-9])", re.IGNORECASE)
_TMDB: Final = re.compile(r"themoviedb\.org/movie/([1-9][0-9]{0,8})(?:-([\w-]+))?", re.IGNORECASE)
_LETTERBOXD: Final = re.compile(r"letterboxd\.com/(?:[\w]+/)?film/([\w-]+)", re.IGNORECASE)
_WIKIPEDIA: Final = re.compile(r"wikipedia\.org/(?:wiki|zh[\w-]*)/([^\s?#]+)", re.IGNORECASE)
# Addresses of other sites that bear a title.
_OTHERS: Final = re.compile(
    r"(?:rottentomatoes\.com/m|trakt\.tv/movies|metacritic\.com/movie|simkl\.com/movies/\d+|"
    r"mubi\.com/(?:[a-z]{2}/)?(?:[a-z]{2}/)?films|justwatch\.com/[a-z]{2}/(?:movie|film|pelicula|filme)|"
    r"tv\.apple\.com/[a-z]{2}/movie|primevideo\.com/detail|"
    r"baike\.baidu\.com/item)/([^\s/?#]+)|(?:criterion\.com/films/\d+-|play\.google\.com/store/movies/details/)([\w-]+)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|cn|it|me)/\S*", re.IGNORECASE
)
# What sites put behind the title that they share with a link.
_SITE: Final = re.compile(
    r"[\s|–—·-]+(?:imdb|tmdb|the movie database.*|letterboxd|豆瓣.*|wikipedia)\s*$", re.IGNORECASE
)
# The address of who put a file there, in front of its name.
_STAMP: Final = re.compile(r"^\s*(?:[\[【][^\]】]*[\]】]|www\.\S+\s+-\s)")
_RATING: Final = re.compile(r"⭐.*$|★.*$", re.DOTALL)
_IN_BRACKETS: Final = re.compile(
    r"_\((?:(\d{4})(?:_|年))?(?:film|movie|película|pelicula|电影|電影)(?:_de_(\d{4}))?\)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FilmLink:
    """What a link tells: numbers at other sites, and a title where one stands in it or beside it.

    Attributes:
        is_whole: whether the title stands in the address, which has no more and no less than the film's.
    """

    imdb: int | None = None
    tmdb: int | None = None
    title: str = ""
    is_whole: bool = False


def read_link(text: str) -> FilmLink | None:
    """Return what a text with a link, or with an IMDb number, says; None where there is neither."""
    text = _STAMP.sub("", text)
    imdb, tmdb = _IMDB.search(text), _TMDB.search(text)
    if imdb is None and not _ADDRESS.search(text):
        return None
    beside = _RATING.sub("", _IMDB.sub(" ", _ADDRESS.sub(" ", text)))
    beside = _SITE.sub("", " ".join(beside.split())).strip(" -–—:|")
    within = _title_in(text)
    number, other = int(imdb[1]) if imdb else None, int(tmdb[1]) if tmdb else None
    return FilmLink(number, other, beside or within, is_whole=bool(within) and not beside)


def _title_in(text: str) -> str:
    """Return the title that an address itself bears."""
    if found := _TMDB.search(text):
        return _spaced(found[2] or "")
    if found := _LETTERBOXD.search(text):
        return _spaced(found[1])
    if found := _WIKIPEDIA.search(text):
        return _spaced(_IN_BRACKETS.sub(r" \1\2", unquote(found[1])))
    found = _OTHERS.search(text)
    slug = unquote(found[1] or found[2]) if found else ""
    return "" if slug.isdigit() else _spaced(slug)


def _spaced(slug: str) -> str:
    return re.sub(r"[-_]+", " ", slug).strip()
