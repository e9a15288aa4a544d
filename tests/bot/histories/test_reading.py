"""Files of every site are read by their content, as sites write them and as spreadsheets leave them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.histories import Entry, History, HistoryError, Pace, Refusal, StoppedError, read_history
from tests.bot.histories import files


def read(content: str | bytes, name: str = "export.csv") -> History:
    return read_history(name, content.encode() if isinstance(content, str) else content, Pace())


def told(history: History) -> list[tuple[str, int | None, str, int]]:
    """Return title, year, what is said and half stars of each row."""
    return [(one.title, one.year, one.says, one.half_stars) for one in history.entries]


MATRIX, HEAT = ("The Matrix", 1999), ("Heat", 1995)
GODFATHER = ("Godfather, The", 1972, "rated", 10)
ALIEN, UP = ("Alien", 1979, "seen", 0), ("Up", 2009, "later", 0)


@pytest.mark.parametrize(
    ("content", "name", "site", "rows", "series"),
    [
        (
            files.LETTERBOXD_RATINGS,
            "r.csv",
            "Letterboxd",
            [(*MATRIX, "rated", 9), ("Godfather, The", 1972, "rated", 10)],
            0,
        ),
        (files.LETTERBOXD_FILMS, "watched.csv", "Letterboxd", [(*HEAT, "seen", 0)], 0),
        (files.LETTERBOXD_FILMS, "likes/films.csv", "Letterboxd", [(*HEAT, "seen", 0)], 0),
        (files.LETTERBOXD_FILMS, "Watchlist (1).csv", "Letterboxd", [(*HEAT, "later", 0)], 0),
        (files.LETTERBOXD_DIARY, "diary.csv", "Letterboxd", [(*MATRIX, "rated", 6), ("Alien", 1979, "seen", 0)], 0),
        (files.LETTERBOXD_REVIEWS, "reviews.csv", "Letterboxd", [("Up", 2009, "rated", 8)], 0),
        (files.FOR_LETTERBOXD, "reelmate-letterboxd.csv", "Letterboxd", [(*MATRIX, "rated", 9)], 0),
        (files.IMDB_RATINGS, "ratings.csv", "IMDb", [(*MATRIX, "rated", 9)], 2),
        (files.IMDB_WATCHLIST, "WATCHLIST.csv", "IMDb", [(*HEAT, "later", 0), (*MATRIX, "rated", 8)], 0),
        (files.IMDB_OF_OLD, "ratings.csv", "IMDb", [(*HEAT, "rated", 8)], 0),
        (files.TRAKT_RATINGS, "ratings.csv", "Trakt", [(*HEAT, "rated", 8)], 2),
        (files.TRAKT_WATCHED, "history.csv", "Trakt", [(*HEAT, "seen", 0)], 0),
        (
            files.TRAKT_JSON,
            "x.json",
            "Trakt",
            [(*HEAT, "rated", 8), ("Alien", 1979, "seen", 0), ("Up", 2009, "later", 0)],
            1,
        ),
        (files.TMDB_RATINGS, "ratings.csv", "TMDB", [(*MATRIX, "rated", 7)], 1),
        (files.TMDB_WATCHLIST, "watchlist.csv", "TMDB", [(*HEAT, "later", 0)], 0),
        (files.MOVIELENS_RATINGS, "movielens-ratings.csv", "MovieLens", [("Matrix, The", 1999, "rated", 9)], 0),
        (files.MOVIELENS_WISHES, "movielens-wishlist.csv", "MovieLens", [(*HEAT, "later", 0)], 0),
        (files.SIMKL, "s.csv", "Simkl", [(*MATRIX, "rated", 8), (*HEAT, "later", 0), ("Alien", 1979, "seen", 0)], 1),
        (files.SIMKL_JSON, "s.json", "Simkl", [(*HEAT, "rated", 8), ("Up", 2009, "later", 0)], 1),
        (files.OURS, "reelmate.json", "Reelmate", [(*MATRIX, "rated", 9), ("Up", 2009, "later", 0)], 0),
    ],
)
def test_every_site_is_known_by_its_columns(
    content: str, name: str, site: str, rows: list[tuple[str, int | None, str, int]], series: int
) -> None:
    history = read(content, name)
    assert history.sites == (site,)
    assert told(history) == rows
    assert history.series == series


def test_numbers_and_moments_are_read_too() -> None:
    (imdb,) = read(files.IMDB_RATINGS).entries
    assert (imdb.imdb_id, imdb.said_at) == ("tt0133093", datetime(2024, 1, 5, tzinfo=UTC))
    assert read(files.IMDB_OF_OLD).entries[0].said_at == datetime(2017, 3, 20, tzinfo=UTC)
    trakt = read(files.TRAKT_JSON).entries[0]
    assert (trakt.imdb_id, trakt.tmdb_id) == ("tt0113277", 949)
    assert trakt.said_at == datetime(2021, 3, 22, 6, 33, tzinfo=UTC)
    movielens = read(files.MOVIELENS_RATINGS).entries[0]
    assert (movielens.imdb_id, movielens.tmdb_id, movielens.movielens_id) == ("tt0133093", 603, 2571)
    assert read(files.OURS).entries[0].movie_id == 6
    assert read(files.MOVIELENS_RATINGS).unreadable == 1, "a film that was hidden is not rated"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_saved_again_by_a_spreadsheet_is_read(encoding: str, delimiter: str, end: str) -> None:
    rows = [("DATE", "name", "Year", "Letterboxd URI", "Rating"), ("20/03/2023", "Amélie", "2001", "x", "4,5")]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end
    (entry,) = read(text.encode(encoding)).entries
    assert entry == Entry("Amélie", 2001, "rated", 9, datetime(2023, 3, 20, tzinfo=UTC))


def test_a_torn_letter_spoils_no_other() -> None:
    text = files.LETTERBOXD_RATINGS + "2023-03-20,Amélie,2001,x,4\n2023-03-20,Léon,1994,x,4\n"
    for content in (text.encode() + "é".encode()[:1], b"\xef\xbb\xbf" + text.encode() + b"\xff,x\n"):
        assert [one.title for one in read(content).entries][2:4] == ["Amélie", "Léon"]


def test_numbers_of_imdb_alone_are_enough() -> None:
    assert [(one.name, one.half_stars) for one in read("const,your rating\ntt0133093,9\n").entries] == [
        ("tt0133093", 9)
    ]


def test_a_chinese_spreadsheet_is_read() -> None:
    text = "Date,Name,Year,Letterboxd URI,Rating\r\n2023/3/20,霸王别姬,1993,x,5\r\n2023/3/20,花样年华,2000,x,4\r\n"
    assert [one.title for one in read(text.encode("gb18030")).entries] == ["霸王别姬", "花样年华"]


def test_a_spreadsheet_of_taiwan_is_read() -> None:
    text = "Date,Name,Year,Letterboxd URI,Rating\r\n2023/3/20,臥虎藏龍,2000,x,5\r\n2023/3/20,花樣年華,2000,x,4\r\n"
    assert [one.title for one in read(text.encode("big5")).entries] == ["臥虎藏龍", "花樣年華"]


def test_capitals_with_accents_are_no_chinese() -> None:
    text = "Date,Name,Year,Letterboxd URI,Rating\r\n2023/3/20,Ärger in Österreich,2000,x,5\r\n"
    assert [one.title for one in read(text.encode("cp1252")).entries] == ["Ärger in Österreich"]


@pytest.mark.parametrize("before", ["sep=;\r\n", "\r\n", "\ufeff\r\nsep=;\r\n"])
def test_what_a_spreadsheet_writes_before_the_header_is_passed_over(before: str) -> None:
    assert len(read(before + "Date;Name;Year;Letterboxd URI;Rating\r\n2023-03-20;Up;2009;x;4\r\n").entries) == 1


def test_columns_may_stand_in_any_order_with_others_beside() -> None:
    content = "Rating,Mine,Letterboxd_URI,YEAR,name\n4,x,y,2009,Up\n"
    assert told(read(content)) == [("Up", 2009, "rated", 8)]


def test_a_row_that_is_cut_short_or_empty_loses_no_other() -> None:
    content = files.LETTERBOXD_RATINGS + "2023-03-22\n,,,,\n\n2023-03-22,Up,2009,x,4\n2023-03-22,Heat,1995,x,eleven\n"
    history = read(content)
    assert [one.title for one in history.entries] == ["The Matrix", "Godfather, The", "Up"]
    assert history.unreadable == 2


def test_ratings_of_one_person_of_a_release_are_known_by_their_numbers() -> None:
    history = read("userId,movieId,rating,timestamp\n7,2571,4.5,1679270400\n7,6,4,1679270400\n")
    assert [(one.name, one.movielens_id, one.half_stars) for one in history.entries] == [
        ("MovieLens 2571", 2571, 9),
        ("MovieLens 6", 6, 8),
    ]


def test_of_a_zip_of_trakt_lists_and_collections_are_passed_over() -> None:
    item = '[{"listed_at":"2021-01-01","type":"movie","movie":{"title":"%s","year":1995,"ids":{}}}]'
    names = ("lists-watchlist.json", "lists-list-12-best.json", "lists-favorites.json", "collection-movies.json")
    history = read(files.packed({f"ada/{name}": item % name for name in names}))
    assert [one.title for one in history.entries] == ["lists-watchlist.json"]


def test_a_cell_that_a_spreadsheet_would_run_is_only_text() -> None:
    content = "Title,Year,Rating,imdbID\n'=cmd|' /C calc'!A0,1999,4,\n=1+1,1998,4,\n"
    assert [one.title for one in read(content).entries] == ["=cmd|' /C calc'!A0", "=1+1"]


def test_signs_that_no_database_takes_are_left_out_of_titles() -> None:
    content = '[{"rated_at":"2021-01-01","rating":8,"movie":{"title":"He\\u0000at\\ud800 ","year":1995,"ids":{}}}]'
    assert [one.title for one in read(content).entries] == ["He at"]


def test_of_a_zip_what_holds_today_is_read_from_any_folder() -> None:
    content = files.packed(
        {
            "letterboxd-ada/ratings.csv": files.LETTERBOXD_RATINGS,
            "letterboxd-ada/watchlist.csv": files.LETTERBOXD_FILMS,
            "letterboxd-ada/profile.csv": "Date Joined,Username\n2020-01-01,ada\n",
            "letterboxd-ada/deleted/ratings.csv": files.LETTERBOXD_RATINGS,
            "letterboxd-ada/orphaned/diary.csv": files.LETTERBOXD_DIARY,
            "letterboxd-ada/lists/best.csv": files.LETTERBOXD_FILMS,
            "__MACOSX/letterboxd-ada/._ratings.csv": "\0\1",
            "letterboxd-ada/likes/films.csv": "",
        }
    )
    history = read(content, "letterboxd.zip")
    assert [(one.title, one.says, one.file) for one in history.entries] == [
        ("The Matrix", "rated", 0),
        ("Godfather, The", "rated", 0),
        ("Heat", "later", 1),
    ]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Refusal.EMPTY),
        (b" \r\n\n", Refusal.EMPTY),
        (b"x" * (20 * 1024 * 1024 + 1), Refusal.TOO_BIG),
        (bytes(range(256)) * 100, Refusal.UNKNOWN),
        (b"%PDF-1.7\n", Refusal.UNKNOWN),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", Refusal.UNKNOWN),
        (b"Book Id,Title,Author,My Rating\n1,Dune,Frank Herbert,5\n", Refusal.UNKNOWN),
        (b"hello there", Refusal.UNKNOWN),
        (b'{"a": [1, 2], "b": {"c": 3}}', Refusal.UNKNOWN),
        (b'[{"rated_at": ', Refusal.DAMAGED),
        (b"[" * 100_000, Refusal.DAMAGED),
        (b"userId,movieId,rating,timestamp\n1,6,4,978300760\n2,6,4,978300760\n", Refusal.MANY_PEOPLE),
        (b"Date,Name,Year,Letterboxd URI,Rating\n", Refusal.NO_FILMS),
        (b"Date,Name,Year,Letterboxd URI,Rating\n" + b"2023-03-20,Up,2009,x,4\n" * 50_001, Refusal.TOO_MANY_ROWS),
        (b'Date,Name,Year,Letterboxd URI,Rating\n2023-03-20,"Up' + b"x" * 150_000, Refusal.CELL_TOO_LONG),
        (b"Date,Name,Year,Letterboxd URI,Rating\n" + b"ab," * 100_000, Refusal.CELL_TOO_LONG),
        (b'Date,Name,Year,Letterboxd URI,Rating\nab,"\n' + b'",ab,ab,"\n' * 50_000, Refusal.CELL_TOO_LONG),
        (files.packed({"a.zip": files.packed({"ratings.csv": files.LETTERBOXD_RATINGS})}), Refusal.ZIP_IN_ZIP),
        (files.packed({"a.csv": files.packed({"ratings.csv": files.LETTERBOXD_RATINGS})}), Refusal.ZIP_IN_ZIP),
        (files.packed({"ratings.csv": files.LETTERBOXD_RATINGS})[:-30], Refusal.DAMAGED),
        # Packed in the test: each takes a while, which every collection would wait for.
        (lambda: files.packed({f"folder/{at}.csv": "" for at in range(10_000)}), Refusal.TOO_MANY_FILES),
        (lambda: files.packed({"ratings.csv": "0" * 10_000_000}), Refusal.UNPACKS_TOO_FAR),
        (files.packed({"readme.md": "hello"}), Refusal.UNKNOWN),
        (files.packed({}), Refusal.UNKNOWN),
    ],
)
def test_what_is_not_taken_says_why(content: bytes | Callable[[], bytes], refusal: Refusal) -> None:
    content = content if isinstance(content, bytes) else content()
    with pytest.raises(HistoryError) as raised:
        read(content)
    assert raised.value.refusal == refusal


def test_a_zip_that_lies_about_its_sizes_or_hides_its_directory_is_refused() -> None:
    honest = files.packed({"ratings.csv": files.LETTERBOXD_RATINGS})
    lying, directory = bytearray(honest), honest.index(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    end = honest.index(b"PK\x05\x06")
    hiding = honest[:end] + b"PK\x06\x07" + bytes(16) + honest[end:]
    for content, refusal in ((bytes(lying), Refusal.DAMAGED), (hiding, Refusal.TOO_MANY_FILES)):
        with pytest.raises(HistoryError) as raised:
            read(content)
        assert raised.value.refusal == refusal


def test_a_zip_with_a_password_says_so() -> None:
    content = bytearray(files.packed({"ratings.csv": files.LETTERBOXD_RATINGS}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(HistoryError) as raised:
        read(bytes(content))
    assert raised.value.refusal == Refusal.LOCKED


def test_reading_stops_when_the_bot_does() -> None:
    content = b"Date,Name,Year,Letterboxd URI,Rating\n" + b"2023-03-20,Up,2009,x,4\n" * 100
    with pytest.raises(StoppedError):
        read_history("r.csv", content, Pace(is_stopping=lambda: True))


def test_reading_stops_when_its_time_is_over() -> None:
    passing = iter(range(10_000))
    pace = Pace(60, clock=lambda: float(next(passing)))
    content = b"Date,Name,Year,Letterboxd URI,Rating\n" + b"2023-03-20,Up,2009,x,4\n" * 5_000
    with pytest.raises(HistoryError) as raised:
        read_history("r.csv", content, pace)
    assert raised.value.refusal == Refusal.TOO_SLOW


@pytest.mark.parametrize(
    "content",
    [
        "Title,Year,Rating\nAlien,1979,4.5\nJaws,1975,3\n",
        "title;my rating;year\nAlien;9/10;1979\nJaws;6/10;1975\n",
        "Name,Score\nAlien (1979),9\nJaws (1975),6\n",
        "片名,年份,评分\nAlien,1979,9\nJaws,1975,6\n",
        "Película\tNota\tAño\nAlien\t4,5\t1979\nJaws\t3\t1975\n",
        "标题,个人评分,打分日期,上映日期\nAlien / 异形,4.5,2020-01-01,1979-05-25\nJaws,3,2020-01-01,1975-06-20\n",
    ],
)
def test_a_list_of_ones_own_is_read_in_stars_or_points(content: str) -> None:
    found = read_history("films.csv", content.encode(), Pace())
    assert [(one.title, one.year, one.half_stars) for one in found.entries] == [("Alien", 1979, 9), ("Jaws", 1975, 6)]


def test_a_list_of_books_is_none_of_films() -> None:
    with pytest.raises(HistoryError):
        read_history("books.csv", b"Title,Author,My Rating\nDune,Frank Herbert,5\n", Pace())


def test_ratings_of_ten_under_the_columns_of_five_are_points_and_a_slip_is_none() -> None:
    head = "Date,Name,Year,Letterboxd URI,Rating\n"
    tens = "".join(f"2023-01-0{at},Film {at},1990,x,{at}\n" for at in range(1, 10))
    found = read_history("ratings.csv", (head + tens).encode(), Pace())
    assert [one.half_stars for one in found.entries] == list(range(1, 10))
    fives = "".join(f"2023-01-02,Film {at},1990,x,4\n" for at in range(20)) + "2023-01-02,Heat,1995,x,45\n"
    slip = read_history("ratings.csv", (head + fives).encode(), Pace())
    assert ({one.half_stars for one in slip.entries}, slip.unreadable) == ({8}, 1)
