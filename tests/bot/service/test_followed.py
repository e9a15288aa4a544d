"""Where films of people who are followed stand on a page."""

from __future__ import annotations

import pytest

from bot.service.finding import LONG_AGO
from bot.service.followed import is_likely, least_chance, seat_first
from recommender.domain import MovieId, Profile, Rating, Recommendation, Slot, Stars


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


def rater(likes: int, others: int) -> Profile:
    stars = [Stars(4.5)] * likes + [Stars(2.0)] * others
    return Profile(ratings=tuple(Rating(MovieId(film), one, LONG_AGO) for film, one in enumerate(stars, 1)))


def chance(value: float) -> Recommendation:
    return Recommendation(MovieId(1), 1.0, value)


def test_a_film_fits_from_a_half_on_and_who_likes_little_from_less_on() -> None:
    assert least_chance(Profile()) == 0.5
    assert least_chance(rater(60, 0)) == 0.5
    assert least_chance(rater(10, 50)) == pytest.approx(15 / 70)
    assert is_likely(chance(0.3), rater(10, 50))
    assert not is_likely(chance(0.3), rater(30, 30))


def test_who_likes_nothing_is_not_content_with_anything() -> None:
    assert not is_likely(chance(0.1), rater(0, 30))
    assert not is_likely(chance(0.4), rater(0, 1))
