"""Small files of every site, as the sites write them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

LETTERBOXD_RATINGS: Final = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2023-03-20,The Matrix,1999,https://boxd.it/2a,4.5\n"
    '2023-03-21,"Godfather, The",1972,https://boxd.it/2b,5\n'
)
LETTERBOXD_FILMS: Final = "Date,Name,Year,Letterboxd URI\n2023-03-20,Heat,1995,https://boxd.it/2c\n"
LETTERBOXD_DIARY: Final = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    "2022-01-02,The Matrix,1999,https://boxd.it/2d,3,,,2022-01-01\n"
    "2022-01-05,Alien,1979,https://boxd.it/2e,,Yes,,2022-01-04\n"
)
LETTERBOXD_REVIEWS: Final = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2022-01-02,Up,2009,https://boxd.it/2f,4,,"Two lines,\nand a ""quote"".",,2022-01-01\n'
)
IMDB_HEADER: Final = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
)
IMDB_RATINGS: Final = IMDB_HEADER + (
    'tt0133093,9,2024-01-05,The Matrix,The Matrix,https://x,Movie,8.7,136,1999,"Action, Sci-Fi",1,1999-03-31,W\n'
    "tt0903747,10,2024-01-06,Breaking Bad,Breaking Bad,https://x,TV Series,9.5,45,2008,Crime,1,2008-01-20,\n"
    "tt0959621,8,2024-01-07,Pilot,Pilot,https://x,TV Episode,9,58,2008,Crime,1,2008-01-20,\n"
)
IMDB_WATCHLIST: Final = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
    "1,tt0113277,2024-01-05,2024-01-05,,Heat,Heat,https://x,Movie,8.3,170,1995,Crime,1,1995-12-15,M,,\n"
    "2,tt0133093,2024-01-05,2024-01-05,,The Matrix,The Matrix,https://x,Movie,8.7,136,1999,x,1,1,W,8,2024-02-01\n"
)
IMDB_OF_OLD: Final = (
    '"position","const","created","modified","description","Title","Title type","Directors","You rated","IMDb Rating",'
    '"Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"\n'
    '"1","tt0113277","Mon Mar 20 00:00:00 2017","","","Heat","Feature Film","M","8","8.2","170","1995","crime","1",'
    '"1995-12-15","http://x"\n'
)
TRAKT_RATINGS: Final = (
    "rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,tvdb_id,url,released,season_number,episode_number,"
    "genres,rating\n"
    "2021-03-22T06:33:00Z,movie,Heat,1995,8.1,1,tt0113277,949,,https://x,1995-12-15,,,crime,8\n"
    "2021-03-22T06:34:00Z,show,The Wire,2002,9.1,2,tt0306414,1438,,https://x,2002-06-02,,,crime,10\n"
    "2021-03-22T06:35:00Z,episode,The Wire,2002,9.1,2,tt0306414,1438,,https://x,2002-06-02,1,2,crime,10\n"
)
TRAKT_WATCHED: Final = (
    "watched_at,action,type,title,year,trakt_id,imdb_id,tmdb_id\n2021-03-22T06:33:00Z,watch,movie,Heat,1995,1,,\n"
)
TMDB_HEADER: Final = (
    "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"
)
TMDB_RATINGS: Final = TMDB_HEADER + (
    "603,tt0133093,movie,The Matrix,1999-03-31T00:00:00Z,,,8.2,7.0,2022-09-20T00:00:00Z\n"
    "1438,tt0306414,tv,The Wire,2002-06-02T00:00:00Z,,,8.6,9.0,2022-09-20T00:00:00Z\n"
)
TMDB_WATCHLIST: Final = TMDB_HEADER + "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,7.9,,\n"
MOVIELENS_RATINGS: Final = (
    "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n"
    '2571,0133093,603,4.5,4.2,"Matrix, The (1999)"\n'
    "6,0113277,949,-1,3.8,Heat (1995)\n"
)
MOVIELENS_WISHES: Final = "movie_id,imdb_id,tmdb_id,average_rating,title\n6,0113277,949,3.8,Heat (1995)\n"
SIMKL: Final = (
    "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n"
    "53,The Matrix,movie,1999,completed,,2021-05-01,8,,,603,tt0133093\n"
    "54,Heat,movie,1995,plantowatch,,,,,,949,tt0113277\n"
    "55,Alien,movie,1979,completed,,2021-05-02,,,,348,tt0078748\n"
    "56,The Wire,tv,2002,watching,s1e2,2021-05-01,,,,1438,tt0306414\n"
)
FOR_LETTERBOXD: Final = (
    "tmdbID,imdbID,Title,Year,Rating,Rating10,WatchedDate,Tags,Review\n603,tt0133093,The Matrix,1999,4.5,9,,,\n"
)
TRAKT_JSON: Final = json.dumps(
    [
        {
            "rated_at": "2021-03-22T06:33:00.000Z",
            "rating": 8,
            "type": "movie",
            "movie": {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277", "tmdb": 949}},
        },
        {"watched_at": "2021-03-23T06:33:00.000Z", "movie": {"title": "Alien", "year": 1979, "ids": {}}},
        {"listed_at": "2021-03-24T06:33:00.000Z", "movie": {"title": "Up", "year": 2009, "ids": None}},
        {"rated_at": "2021-03-22T06:33:00.000Z", "rating": 9, "type": "show", "show": {"title": "The Wire"}},
    ]
)
SIMKL_JSON: Final = json.dumps(
    {
        "movies": [
            {
                "last_watched_at": "2021-03-22T06:33:00Z",
                "status": "completed",
                "user_rating": 8,
                "movie": {"title": "Heat", "year": 1995, "ids": {"simkl": 1, "imdb": "tt0113277", "tmdb": "949"}},
            },
            {"status": "plantowatch", "user_rating": None, "movie": {"title": "Up", "year": 2009, "ids": {}}},
        ],
        "shows": [{"status": "watching", "show": {"title": "The Wire", "year": 2002, "ids": {}}}],
    }
)
MATRIX: Final = "The Matrix (1999)"
OURS: Final = json.dumps(
    {
        "people": [{"id": 7, "consent_at": None, "language": None}],
        "batches": [{"id": 1, "person_id": 7, "state": "imported"}],
        "ratings": [
            {
                "movie_id": 6,
                "half_stars": 9,
                "rated_at": "2026-03-02T12:00:00.000001+00:00",
                "title": "The Matrix (1999)",
            },
            {"movie_id": 7, "half_stars": 0, "rated_at": "2026-03-02T12:00:00+00:00", "title": "Heat (1995)"},
        ],
        "marks": [
            {"movie_id": 8, "kind": "later", "marked_at": "2026-03-02T12:00:00+00:00", "title": "Up (2009)"},
            {"movie_id": 9, "kind": "not_now", "marked_at": "2026-03-02T12:00:00+00:00", "title": "Alien (1979)"},
        ],
    }
)


def packed(files: Mapping[str, Any]) -> bytes:
    """Return a zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return content.getvalue()
