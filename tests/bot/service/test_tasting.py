"""What ratings say of a taste."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.starter import load_starter_films
from bot.facts import FilmFacts
from bot.service.tasting import RatedFilm, fame_of, taste_of
from recommender.domain import GENRES, Movie, MovieId, Stars

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def rated(
    number: int, stars: float, *genres: str, year: int | None = 1995, directors: Iterable[str] = (), fame: float = 0.5
) -> RatedFilm:
    movie = Movie(MovieId(number), f"Film {number}", year, genres)
    return RatedFilm(movie, Stars(float(stars)), NOW, FilmFacts(directors=tuple(directors)), None, fame)


def test_what_is_rated_best_comes_first_and_one_film_alone_says_nothing() -> None:
    taste = taste_of(
        [rated(1, 5, "Crime"), rated(2, 4.5, "Crime"), rated(3, 2, "War"), rated(4, 1, "War"), rated(5, 5, "Drama")]
    )
    assert [(one.name, one.films, one.mean) for one in taste.genres] == [("Crime", 2, 4.75), ("War", 2, 1.5)]


def test_two_lucky_films_are_not_better_than_twenty_good_ones() -> None:
    many = [rated(number, 4.5, "Crime") for number in range(20)]
    few = [rated(number, 5, "War") for number in range(20, 22)]
    poor = [rated(number, 1, "Drama") for number in range(22, 40)]
    assert taste_of([*many, *few, *poor]).genres[0].name == "Crime"


def test_tags_are_those_of_films_rated_better_than_usual() -> None:
    films = load_starter_films()
    loved = [film for film in films if "heist" in film.tags][:4]
    other = [film for film in films if "heist" not in film.tags][:6]
    stars = {film.movie.id: 5.0 for film in loved}
    taste = taste_of(
        [
            RatedFilm(film.movie, Stars(stars.get(film.movie.id, 1.0)), NOW, FilmFacts(), film)
            for film in (*loved, *other)
        ]
    )
    assert taste.tags[0].name == "heist"
    assert all(tag.score >= taste.mean for tag in taste.tags)


def test_people_are_those_met_again_and_liked() -> None:
    taste = taste_of(
        [
            rated(1, 5, directors=("Mann",)),
            rated(2, 4, directors=("Mann",)),
            rated(3, 1, directors=("Poor",)),
            rated(4, 1, directors=("Poor",)),
            rated(5, 5, directors=("Once",)),
        ]
    )
    assert [(one.name, one.films) for one in taste.people] == [("Mann", 2)]


def test_decades_have_no_gap() -> None:
    taste = taste_of([rated(1, 3, year=1989), rated(2, 3, year=2001), rated(3, 3, year=2009), rated(4, 3, year=None)])
    assert taste.decades == {1980: 1, 1990: 0, 2000: 2}


def test_films_that_say_it_are_the_best_in_what_is_rated_best() -> None:
    crime = [rated(number, 4.5, "Crime") for number in range(1, 9)]
    taste = taste_of([*crime, rated(9, 5, "War"), rated(10, 5, "Crime"), rated(11, 1, "War")])
    assert [film.movie.id for film in taste.films] == [10, 9, 1, 2, 3]


def test_of_a_series_one_film_is_told() -> None:
    parts = [film for film in load_starter_films() if film.series == "The Lord of the Rings"]
    assert len(parts) >= 3
    taste = taste_of([RatedFilm(film.movie, Stars(5.0), NOW, FilmFacts(), film) for film in parts])
    assert len(taste.films) == 1


def test_a_film_as_known_as_what_most_people_watch_is_in_the_middle() -> None:
    fame = fame_of([0.5, 0.3, 0.1, 0.1])
    assert [fame(value) for value in (0.1, 0.3, 0.5)] == pytest.approx([0, 0.2, 0.5])
    assert fame(None) is None
    assert fame_of([])(0.5) is None


@given(
    st.lists(
        st.builds(
            rated,
            st.integers(1, 10**6),
            st.integers(1, 10).map(lambda half: half / 2),
            st.sampled_from(GENRES),
            year=st.none() | st.integers(1900, 2030),
            directors=st.lists(st.sampled_from("ABC"), unique=True),
            fame=st.floats(0, 1),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_ratings_make_a_taste(films: list[RatedFilm]) -> None:
    taste = taste_of(films)
    assert taste.rated == len(films)
    assert all(0.5 <= one.score <= 5 and one.films >= 2 for one in (*taste.genres, *taste.people))
    assert [one.score for one in taste.genres] == sorted((one.score for one in taste.genres), reverse=True)
    assert 1 <= len(taste.films) <= 5
