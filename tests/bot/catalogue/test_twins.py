"""Films that stand twice are found by item, else by title, year and director; those that only look alike are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.known_movies import KnownMovie
from bot.catalogue.starter import load_starter
from bot.catalogue.twins import find_twin_pairs
from bot.facts import FilmFacts
from recommender.domain import Movie, MovieId

MANN = FilmFacts(directors=("Michael Mann",))
ONE, OTHER, THIRD = MovieId(100_001), MovieId(100_002), MovieId(100_003)


def film(movie_id: MovieId, title: str = "Heat", year: int | None = 1995, imdb_id: str | None = None) -> KnownMovie:
    return KnownMovie(Movie(movie_id, title, year, ()), imdb_id)


def pairs(*films: KnownMovie, **found: FilmFacts) -> list[tuple[int, int, str]]:
    facts = {
        movie_id: found[name] for name, movie_id in (("one", ONE), ("other", OTHER), ("third", THIRD)) if name in found
    }
    return [(pair.gone.movie.id, pair.kept.movie.id, pair.reason) for pair in find_twin_pairs(films, facts)]


def test_one_item_is_one_film_whatever_it_is_called() -> None:
    item = FilmFacts("Q1")
    assert pairs(film(OTHER, "Hitze", 1990), film(ONE), one=item, other=item) == [(OTHER, ONE, "wikidata")]


@pytest.mark.parametrize("title", ["Heat", "HEAT", "The Heat", "盗火线"])
@pytest.mark.parametrize("year", [1994, 1995, 1996])
def test_title_year_and_director_make_one_film(title: str, year: int) -> None:
    known = replace(MANN, zh_title="盗火线", other_titles=("The Heat",))
    found = pairs(film(ONE), film(OTHER, title, year), one=known, other=replace(MANN, directors=("Michael MANN", "X")))
    assert found == [(OTHER, ONE, "title")]


@pytest.mark.parametrize(
    ("other", "facts"),
    [
        (film(OTHER, year=1997), MANN),
        (film(OTHER, year=None), MANN),
        (film(OTHER), FilmFacts(directors=("Paul Feig",))),
        (film(OTHER), FilmFacts()),
        (film(OTHER, "Heath"), MANN),
        (film(OTHER, imdb_id="tt0000002"), MANN),
        (film(OTHER), replace(MANN, wikidata_id="Q2")),
    ],
    ids=["two years", "no year", "another director", "no director", "another title", "another id", "another item"],
)
def test_films_that_only_look_alike_stay_two(other: KnownMovie, facts: FilmFacts) -> None:
    first = film(ONE, imdb_id="tt0113277")
    assert pairs(first, other, one=replace(MANN, wikidata_id="Q1"), other=facts) == []


def test_a_starter_film_stays_and_its_own_director_counts() -> None:
    heat = next(movie for movie in load_starter() if movie.label == "Heat (1995)")
    assert pairs(KnownMovie(heat), film(OTHER, year=1996), other=MANN) == [(OTHER, heat.id, "title")]


def test_of_three_all_become_one() -> None:
    item = FilmFacts("Q1")
    assert pairs(film(ONE), film(OTHER), film(THIRD), one=item, other=item, third=item) == [
        (THIRD, ONE, "wikidata"),
        (OTHER, ONE, "wikidata"),
    ]


def test_a_chain_comes_in_an_order_in_which_it_can_be_joined() -> None:
    found = pairs(
        film(ONE),
        film(OTHER),
        film(THIRD, "Hitze"),
        one=MANN,
        other=replace(MANN, wikidata_id="Q1"),
        third=FilmFacts("Q1"),
    )
    assert found == [(THIRD, OTHER, "wikidata"), (OTHER, ONE, "title")]


def test_who_was_told_apart_stays_apart() -> None:
    facts = {ONE: FilmFacts("Q1"), OTHER: FilmFacts("Q1")}
    assert find_twin_pairs([film(ONE), film(OTHER)], facts, {frozenset({ONE, OTHER})}) == []
