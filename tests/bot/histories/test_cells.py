"""Cells as sites write them and as spreadsheets leave them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.histories.cells import UnreadableError, read_half_stars, read_id, read_imdb_id, read_year
from bot.histories.dates import is_day_first, read_moment

DAY = datetime(2023, 3, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "out_of", "half_stars"),
    [
        *(("4.5", 5, 9), ("4,5", 5, 9), ("4.0", 5, 8), ("4", 5, 8), (" 0.5 ", 5, 1), ("5/5", 5, 10), ("★★★★½", 5, 9)),
        *(("7.00E+00", 10, 7), ("7,0", 10, 7), ("10", 10, 10), ("8.5", 10, 9), ("1", 10, 1), ("8/10", 10, 8)),
        *(("4. Mai", 5, 9), ("04.May", 5, 9), ("3-May", 5, 7), ("5月4日", 5, 9), ("4月5日", 5, 9)),
        *(("", 5, 0), ("0", 5, 0), ("-", 10, 0), ("-1", 5, 0), ("null", 10, 0)),
    ],
)
def test_a_rating_is_read(text: str, out_of: int, half_stars: int) -> None:
    assert read_half_stars(text, out_of) == half_stars


@pytest.mark.parametrize(
    ("text", "out_of"), [("eleven", 10), ("11", 10), ("6", 5), ("=1+1", 5), ("4.5.6", 5), ("0.1", 5)]
)
def test_what_is_no_rating_is_not_guessed(text: str, out_of: int) -> None:
    with pytest.raises(UnreadableError):
        read_half_stars(text, out_of)


@pytest.mark.parametrize(
    ("text", "day_first", "moment"),
    [
        *((text, True, DAY) for text in ("2023-03-20", "20/03/2023", "20.03.2023", "20-03-2023", "2023/3/20")),
        *(
            (text, True, DAY)
            for text in ("45005", "2023年3月20日", "20 Mar 2023", "20-Mar-23", "Mar 20, 2023", "20. März 2023")
        ),
        *((text, True, DAY) for text in ("20 de marzo de 2023", "20-mar-23", "20 mar. 2023", "20 março 2023")),
        ("4 de enero de 2024", True, datetime(2024, 1, 4, tzinfo=UTC)),
        ("4-dic-23", True, datetime(2023, 12, 4, tzinfo=UTC)),
        ("1 ago 2023", True, datetime(2023, 8, 1, tzinfo=UTC)),
        *((text, False, DAY) for text in ("3/20/23", "3/20/2023", "03/20/2023", "2023-03-20 00:00:00", "'2023-03-20")),
        ("2023-03-20T06:33:05.250Z", True, datetime(2023, 3, 20, 6, 33, 5, 250_000, tzinfo=UTC)),
        ("2023-03-20T08:33:05+02:00", True, datetime(2023, 3, 20, 6, 33, 5, tzinfo=UTC)),
        ("3/20/23 6:33 PM", False, datetime(2023, 3, 20, 18, 33, tzinfo=UTC)),
        ("Mon Mar 20 06:33:00 2023", True, datetime(2023, 3, 20, 6, 33, tzinfo=UTC)),
        ("Mon, 20 Mar 2023 06:33:00 GMT", True, datetime(2023, 3, 20, 6, 33, tzinfo=UTC)),
        ("1679270400", True, DAY),
        ("1679270400000", True, DAY),
        ("1.6792704E+09", True, DAY),
        ("45005,5", True, datetime(2023, 3, 20, 12, tzinfo=UTC)),
    ],
)
def test_a_date_is_read(text: str, day_first: bool, moment: datetime) -> None:
    assert read_moment(text, day_first=day_first) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2023-13-40", "31/31/2023", "2023", "0000-00-00", "9" * 30, "1 Foo 2023"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("dates", "day_first"),
    [
        (["03/04/2023", "20/04/2023"], True),
        (["03/04/2023", "03/20/2023"], False),
        (["3/4/23", "5/6/23"], False),
        (["03/04/2023"], True),
        (["3.4.2023"], True),
        (["2023-03-20"], False),
    ],
)
def test_a_column_tells_which_number_is_the_day(dates: list[str], day_first: bool) -> None:
    assert is_day_first(dates) is day_first


@given(st.text(max_size=40))
def test_no_text_breaks_a_cell(text: str) -> None:
    read_moment(text, day_first=False)
    read_year(text)
    read_id(text)
    read_imdb_id(text)
    with contextlib.suppress(UnreadableError):
        assert 0 <= read_half_stars(text, 5) <= 10


@pytest.mark.parametrize(
    ("text", "imdb_id"),
    [
        *(("tt0133093", "tt0133093"), ("0133093", "tt0133093"), ("133093.0", "tt0133093"), ("TT133093", "tt0133093")),
        *(("https://www.imdb.com/title/tt0133093/", "tt0133093"), ("nm0000206", None), ("", None), ("tt", None)),
    ],
)
def test_a_number_of_imdb_is_read(text: str, imdb_id: str | None) -> None:
    assert read_imdb_id(text) == imdb_id


def test_a_number_that_a_spreadsheet_wrote_is_read() -> None:
    assert [read_id(text) for text in ("603", "603.0", "6.03E+02", "603,0", "6.5", "-3", "x", "9" * 20)] == [
        *(603, 603, 603, 603),
        *(None, None, None, None),
    ]
