"""JSON files: exports of Trakt and Simkl, and our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.histories.cells import (
    UnreadableError,
    read_half_stars,
    read_id,
    read_imdb_id,
    read_title,
    read_year,
    split_label,
)
from bot.histories.dates import read_moment
from bot.histories.entry import Entry, Says
from bot.histories.harvest import Harvest
from bot.histories.json_items import read_items
from bot.histories.kinds import of_status
from bot.histories.layouts import is_named
from recommender.domain import MovieId

Item = Mapping[str, Any]
OURS: Final = "Reelmate"
# Of Trakt's zip: what is listed there says neither that it was seen nor that it will be.
_LISTS: Final = ("lists-list", "favorites", "collection", "hidden")
_SHOWS: Final = ("show", "episode", "season", "anime")
_OUR_MARKS: Final[Mapping[str, Says]] = {"seen": "seen", "later": "later", "never": "never"}


def read_json(text: str, name: str, harvest: Harvest, file: int = 0) -> bool:
    """Add the items of a file to the harvest; False where none is of a kind that is known.

    Raises:
        HistoryError: it is no JSON, or breaks a cap.
    """
    if is_named(name, *_LISTS):
        return False
    known = False
    for section, item in read_items(text):
        harvest.pace.step()
        site = _site_of(section, item)
        if site is None:
            continue
        known = True
        harvest.sites[site] = None
        if site != OURS or _stands(section, item):
            harvest.count_row()
            _add(site, item, name, harvest, file)
    return known


def _site_of(section: str, item: Any) -> str | None:
    if not isinstance(item, Mapping):
        return None
    if ("movie_id" in item and section in ("ratings", "marks")) or (section == "people" and "consent_at" in item):
        return OURS
    if not any(isinstance(item.get(kind), Mapping) for kind in ("movie", *_SHOWS)):
        return None
    if "user_rating" in item or "status" in item or section in ("movies", "shows", "anime"):
        return "Simkl"
    dated = ("rated_at", "watched_at", "last_watched_at", "listed_at", "plays")
    return "Trakt" if any(name in item for name in dated) else None


def _stands(section: str, item: Item) -> bool:
    """Say whether a row of ours says something that lasts: no rating taken back, no mark that passes."""
    return bool(item.get("half_stars")) if section == "ratings" else _text(item, "kind") in _OUR_MARKS


def _add(site: str, item: Item, name: str, harvest: Harvest, file: int) -> None:
    if site != OURS and not isinstance(item.get("movie"), Mapping):
        harvest.series += 1
        return
    try:
        harvest.entries.append(_ours(item, file) if site == OURS else _theirs(item, name, file))
    except UnreadableError:
        harvest.unreadable += 1


def _ours(item: Item, file: int) -> Entry:
    movie_id, half_stars = read_id(_text(item, "movie_id")), read_id(_text(item, "half_stars")) or 0
    says = "rated" if half_stars else _OUR_MARKS.get(_text(item, "kind"))
    if movie_id is None or half_stars > 10 or says is None:
        raise UnreadableError
    title, year = split_label(read_title(_text(item, "title")))
    moment = read_moment(_text(item, "rated_at") or _text(item, "marked_at"))
    return Entry(title, year, says, half_stars, moment, movie_id=MovieId(movie_id), file=file)


def _theirs(item: Item, name: str, file: int) -> Entry:
    movie: Item = item["movie"]
    ids = movie.get("ids")
    ids = ids if isinstance(ids, Mapping) else {}
    half_stars = read_half_stars(_text(item, "rating") or _text(item, "user_rating"), 10)
    entry = Entry(
        read_title(_text(movie, "title")),
        read_year(_text(movie, "year")),
        "rated" if half_stars else _unrated(item, name),
        half_stars,
        read_moment(next((_text(item, key) for key in _MOMENTS if _text(item, key)), "")),
        imdb_id=read_imdb_id(_text(ids, "imdb")),
        tmdb_id=read_id(_text(ids, "tmdb")),
        file=file,
    )
    if not (entry.title or entry.imdb_id or entry.tmdb_id):
        raise UnreadableError
    return entry


_MOMENTS: Final = ("rated_at", "user_rated_at", "watched_at", "last_watched_at", "listed_at", "added_to_watchlist_at")


def _unrated(item: Item, name: str) -> Says:
    if status := of_status(_text(item, "status")):
        return status
    if "listed_at" in item:
        return "later"
    if "watched_at" in item or "last_watched_at" in item or "plays" in item or is_named(name, "watched", "history"):
        return "seen"
    raise UnreadableError


def _text(item: Item, key: str) -> str:
    """Return a value as a cell of a table would hold it."""
    value = item.get(key)
    return "" if value is None or isinstance(value, (bool, dict, list)) else str(value)
