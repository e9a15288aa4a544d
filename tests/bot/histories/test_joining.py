"""Of all that a file says of one film, one thing holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.histories import Entry, Joined, Pace, join
from recommender.domain import MovieId


def _day(number: int) -> datetime:
    return datetime(2023, 3, number, tzinfo=UTC)


def _rated(half_stars: int, day: int | None, *, is_log: bool = False, file: int = 0) -> Entry:
    return Entry("Heat", 1995, "rated", half_stars, None if day is None else _day(day), is_log=is_log, file=file)


SEEN, LATER, NEVER = (Entry("Heat", 1995, says) for says in ("seen", "later", "never"))


def _join(*entries: Entry) -> Joined:
    return join(entries, [MovieId(1)] * len(entries), Pace())


@pytest.mark.parametrize(
    ("entries", "half_stars"),
    [
        ([_rated(6, 1), _rated(8, 2)], 8),
        ([_rated(8, 2), _rated(6, 1)], 8),
        ([_rated(6, 1), _rated(8, 1)], 8),
        ([_rated(6, None), _rated(8, None)], 8),
        ([_rated(6, 1), _rated(8, None)], 6),
        ([_rated(6, 1), _rated(8, 2, is_log=True)], 6),
        ([_rated(6, 1, is_log=True), _rated(8, 2, is_log=True)], 8),
    ],
)
def test_the_newest_rating_holds_and_a_list_of_ratings_before_a_diary(entries: list[Entry], half_stars: int) -> None:
    assert [one.half_stars for one in _join(*entries).wanted] == [half_stars]


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([LATER, SEEN, _rated(6, 1)], "rated"),
        ([LATER, SEEN], "seen"),
        ([SEEN, NEVER], "never"),
        ([LATER, LATER], "later"),
    ],
)
def test_a_rating_says_most_and_what_is_seen_is_not_kept_for_later(entries: list[Entry], says: str) -> None:
    assert [one.says for one in _join(*entries).wanted] == [says]


def test_rows_that_repeat_others_of_their_file_are_counted() -> None:
    assert _join(_rated(6, 1), _rated(6, 1), _rated(8, 2)).twice == 2
    assert _join(_rated(6, 1), _rated(6, 1, file=1)).twice == 0, "a zip says of a film in several files"
    assert _join(_rated(6, 1, is_log=True), _rated(8, 2, is_log=True)).twice == 0, "a diary has a film each time"


def test_films_that_are_not_known_are_joined_by_name_and_year() -> None:
    entries = [Entry("Qwrtz", 1999, "seen"), Entry("The Qwrtz", 1999, "later"), Entry("Qwrtz", 2000, "seen")]
    joined = join(entries, [None] * 3, Pace())
    assert [(one.title, one.year, one.says) for one in joined.wanted] == [
        ("Qwrtz", 1999, "seen"),
        ("Qwrtz", 2000, "seen"),
    ]
    assert (joined.rows, joined.matched) == (3, 0)
