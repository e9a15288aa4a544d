"""Where films of people who are followed stand on a page."""

from __future__ import annotations

from bot.service.followed import seat_first
from recommender.domain import MovieId, Recommendation, Slot


def line(movie: int, slot: Slot = "top") -> Recommendation:
    return Recommendation(MovieId(movie), 1.0, 0.5, slot=slot)


def seated(*found: Recommendation) -> list[int]:
    first = [line(8, "followed"), line(9, "followed")]
    return [one.movie_id for one in seat_first(first, found, 5)]


def test_they_come_first_and_the_page_is_no_longer() -> None:
    assert seated(*map(line, range(1, 6))) == [8, 9, 1, 2, 3]


def test_none_stands_there_twice() -> None:
    assert seated(line(1), line(9), line(2), line(3), line(4)) == [8, 9, 1, 2, 3]


def test_a_wildcard_keeps_the_last_place() -> None:
    assert seated(line(1), line(2), line(3), line(4), line(5, "wildcard")) == [8, 9, 1, 2, 5]


def test_a_page_of_nothing_else_is_theirs() -> None:
    assert seated() == [8, 9]
