"""A person's data as files: everything as JSON, and the ratings as a CSV that Letterboxd imports."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any, Final

from bot.storage.movies import CatalogueMovie
from bot.storage.tx import Tx
from recommender.domain import Rating, UserId

# Letterboxd's own import format (letterboxd.com/about/importing-data).
LETTERBOXD_COLUMNS: Final = (
    "tmdbID", "imdbID", "Title", "Year", "Rating", "Rating10", "WatchedDate", "Tags", "Review",
)  # fmt: skip
# A spreadsheet runs a cell that starts with one of these (OWASP, CSV Injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def everything_as_json(tx: Tx, person: UserId) -> bytes:
    """Return every row that names the person, by table, with the films' titles beside their numbers."""
    tables = tx.erasure.export(person)
    wanted = {row["movie_id"] for rows in tables.values() for row in rows if row.get("movie_id") is not None}
    titles = {movie_id: movie.label for movie_id, movie in tx.movies.many(wanted).items()}
    for rows in tables.values():
        for row in rows:
            if not row.get("payload", "kept"):
                del row["payload"]  # sent, and forgotten: its number alone is left
            if row.get("movie_id") in titles:
                row["title"] = titles[row["movie_id"]]
    return json.dumps(tables, default=_as_text, ensure_ascii=False, indent=2).encode()


def ratings_as_letterboxd(tx: Tx, person: UserId) -> bytes:
    """Return the ratings as CSV, oldest first; films gone from the catalogue have no title and are left out."""
    ratings = tx.ratings.all(person)
    entries = {entry.movie.id: entry for entry in tx.movies.entries(rating.movie_id for rating in ratings)}
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(LETTERBOXD_COLUMNS)
    writer.writerows(_row(entries[rating.movie_id], rating) for rating in ratings if rating.movie_id in entries)
    return sheet.getvalue().encode()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _row(entry: CatalogueMovie, rating: Rating) -> tuple[str, ...]:
    movie, stars = entry.movie, rating.stars
    return (
        str(entry.tmdb_id or ""),
        harmless(entry.imdb_id or ""),
        harmless(movie.title),
        str(movie.year or ""),
        f"{stars.value:g}",
        str(stars.half_stars),
        "",  # a date would be a day in the diary; when it was rated says nothing of when it was watched
        "",
        "",
    )


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"an exported value must be text, a number or a time. Received: {type(value).__name__}")
