"""Films by what they are about, who made them, where they are from and how long they are; and people by their names."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogue.content_index import AREAS, TONES, ContentIndex
from bot.catalogue.starter import load_starter, load_starter_films, load_tags
from bot.facts import FilmFacts
from bot.reading.origin_words import AREA_WORDS
from bot.wanted import read_part
from recommender.domain import Movie, MovieId

STRANGER = Movie(MovieId(900_001), "Nobody Wrote This Down", 2001, ("Drama",))
FILMS = {film.movie.id: film for film in load_starter_films()}


@cache
def index() -> ContentIndex:
    facts = FilmFacts(directors=("Jane Q. Public",), countries=("NO",), runtime_min=77)
    return ContentIndex([*load_starter(), STRANGER], {STRANGER.id: facts})


def test_films_have_every_part_that_is_wanted() -> None:
    found = index().among(map(read_part, ("tag:heist", "tag:tense", "runtime:-120")))
    assert found
    assert all({"heist", "tense"} <= {*FILMS[one].tags} and FILMS[one].runtime_min <= 120 for one in found)


def test_films_of_a_house_of_a_series_of_years_and_of_genres_at_once_are_known() -> None:
    ghibli = index().among([read_part("studio:Studio Ghibli")]) or frozenset()
    assert {"Spirited Away", "Grave of the Fireflies"} <= {FILMS[one].movie.title for one in ghibli}
    bond = index().apart([read_part("-series:James Bond")])
    assert {"Dr. No", "Skyfall"} <= {FILMS[one].movie.title for one in bond}
    batman = {FILMS[one].movie.year for one in index().apart([read_part("-series:Batman")])}
    assert {1989, 2005, 2022} <= batman
    eighties = index().apart([read_part("-years:1980-1989")])
    assert {FILMS[one].movie.year for one in eighties} == set(range(1980, 1990))
    blends = index().apart([read_part("-genres:Comedy|Romance")])
    assert blends == {one for one, film in FILMS.items() if {"Comedy", "Romance"} <= {*film.movie.genres}}


def test_one_of_several_values_is_enough() -> None:
    found = index().among([read_part("tag:vampires|zombies")])
    assert found == frozenset(one for one, film in FILMS.items() if {"vampires", "zombies"} & {*film.tags})


def test_what_is_not_wanted_is_apart_and_narrows_nothing() -> None:
    parts = [read_part("-tag:brutal"), read_part("-country:US")]
    assert index().among(parts) is None
    assert index().apart(parts) == {
        one for one, film in FILMS.items() if "brutal" in film.tags or "US" in film.countries
    }


@pytest.mark.parametrize("code", ["like:7", "order:hidden"])
def test_what_is_no_filter_narrows_nothing(code: str) -> None:
    assert index().among([read_part(code)]) is None


@pytest.mark.parametrize("code", ["director:Jane Q. Public", "person:Jane Q. Public", "country:NO", "runtime:70-80"])
def test_facts_from_elsewhere_count(code: str) -> None:
    found = index().among([read_part(code)])
    assert found is not None
    assert STRANGER.id in found


def test_tones_are_tags_and_areas_have_words() -> None:
    assert {tag for tags in TONES.values() for tag in tags} <= {tag.name for tag in load_tags()}
    assert AREAS.keys() == AREA_WORDS.keys()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("tom hanks", "Tom Hanks"),
        ("kurosawa's films", "Akira Kurosawa"),
        ("tarantino", "Quentin Tarantino"),
        ("周星驰的喜剧", "Stephen Chow"),
        ("诺兰", "Christopher Nolan"),
        ("penelope cruz", "Penélope Cruz"),
    ],
)
def test_a_person_is_found_by_the_full_name_the_last_one_or_the_chinese_one(text: str, person: str) -> None:
    found = index().people.at(text, 0)
    assert found is not None
    assert found[0] == person


@pytest.mark.parametrize("text", ["young love", "heist", "time travel", "stone", "爱情"])
def test_words_are_no_people(text: str) -> None:
    assert index().people.at(text, 0) is None


@pytest.mark.parametrize(
    ("title", "alike"),
    [
        ("Arrival", {"Contact", "Solaris"}),
        ("Toy Story", {"Toy Story 2", "Finding Nemo"}),
        ("Heat", {"Collateral", "The Usual Suspects"}),
        ("Before Sunrise", {"Before Sunset", "Annie Hall"}),
    ],
)
def test_films_alike_share_what_they_are_about_before_who_plays_in_them(title: str, alike: set[str]) -> None:
    film = next(film.movie for film in FILMS.values() if film.movie.title == title)
    found = index().alike(film.id, 40)
    assert len(found) == 40
    assert film.id not in found
    assert alike <= {FILMS[one].movie.title for one in found}


def test_nothing_is_like_a_film_of_which_only_genres_are_known() -> None:
    assert ContentIndex([*load_starter(), STRANGER]).alike(STRANGER.id, 40) == frozenset()


@pytest.mark.parametrize(
    ("light", "heavy"),
    [
        ("Guardians of the Galaxy", "Eternal Sunshine of the Spotless Mind"),
        ("Amelie", "The Shawshank Redemption"),
        ("Finding Dory", "Fargo"),
    ],
)
def test_what_is_light_is_neither_sad_nor_dark_nor_only_won_by_effort(light: str, heavy: str) -> None:
    found = index().among([read_part("tone:light")])
    assert found is not None
    titles = {film.movie.title for film in load_starter_films() if film.movie.id in found}
    assert light in titles
    assert heavy not in titles


def test_films_alike_are_the_nearest_of_those_that_come_into_question() -> None:
    arrival = next(film.movie.id for film in load_starter_films() if film.movie.title == "Arrival")
    light = index().among([read_part("tone:light")])
    assert light is not None
    near = index().alike(arrival, 25, light)
    assert len(near) == 25
    assert near <= light
    assert index().alike(arrival, 25) - light, "not all that is like it is light"
