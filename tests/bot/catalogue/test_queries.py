"""What people type, and the film of the starter catalogue that they mean; in English, in Chinese and in between."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogue.film_names import FilmNames
from bot.catalogue.search import SURE, TitleIndex
from bot.catalogue.starter import load_starter, load_starter_films
from recommender.domain import Movie, MovieId

MOVIES = load_starter()
LABELS = {movie.id: movie.label for movie in MOVIES}
QUERIES = [
    # as titles are written, and nearly so
    ("the matrix", "The Matrix (1999)"),
    ("MATRIX", "The Matrix (1999)"),
    ("Matrix, The (1999)", "The Matrix (1999)"),
    ("good bad ugly", "The Good, the Bad and the Ugly (1966)"),
    ("amélie", "Amelie (2001)"),
    ("leon", "Léon: The Professional (1994)"),
    ("walle", "WALL·E (2008)"),
    ("oceans eleven", "Ocean's Eleven (2001)"),
    ("ocean's 11", "Ocean's Eleven (2001)"),
    ("twelve angry men", "12 Angry Men (1957)"),
    ("seven", "Se7en (1995)"),
    ("megan", "M3GAN (2022)"),
    ("starwars", "Star Wars: Episode IV - A New Hope (1977)"),
    ("spider man", "Spider-Man (2002)"),
    ("lotr", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
    ("return of the jedi", "Star Wars: Episode VI - Return of the Jedi (1983)"),
    ("harry pot", "Harry Potter and the Sorcerer's Stone (2001)"),
    ("azkaban", "Harry Potter and the Prisoner of Azkaban (2004)"),
    ("les fabuleux destin d'amelie poulain", "Amelie (2001)"),
    # with what people say around a title: stars, questions, lists
    ("alien 4/5", "Alien (1979)"),
    ("alien 5 stars", "Alien (1979)"),
    ("i give alien 4 stars", "Alien (1979)"),
    ("给异形打5分", "Alien (1979)"),
    ("add alien to my watchlist", "Alien (1979)"),
    ("异形加入想看", "Alien (1979)"),
    ("añade alien a mi lista", "Alien (1979)"),
    ("is casablanca good?", "Casablanca (1942)"),
    ("what do you think of casablanca", "Casablanca (1942)"),
    ("casablanca trailer", "Casablanca (1942)"),
    ("casablanca movie 1942", "Casablanca (1942)"),
    ("matrix the", "The Matrix (1999)"),
    ("教父Ⅱ", "The Godfather: Part II (1974)"),
    ("教父II", "The Godfather: Part II (1974)"),
    # years
    ("the matrix '99", "The Matrix (1999)"),
    ("the matrix {1999}", "The Matrix (1999)"),
    ("dune 2021", "Dune: Part One (2021)"),
    ("dune (1984)", "Dune (1984)"),
    ("1984 dune", "Dune (1984)"),
    ("dune [2024]", "Dune: Part Two (2024)"),
    ("heat, 1995", "Heat (1995)"),
    ("heat 1996", "Heat (1995)"),
    ("heat 9999", "Heat (1995)"),
    ("沙丘2021", "Dune: Part One (2021)"),
    ("沙丘（2024）", "Dune: Part Two (2024)"),
    ("2012", "2012 (2009)"),
    ("1917", "1917 (2019)"),
    ("blade runner 2049", "Blade Runner 2049 (2017)"),
    # numbers of sequels
    ("godfather 2", "The Godfather: Part II (1974)"),
    ("godfather II", "The Godfather: Part II (1974)"),
    ("godfather two", "The Godfather: Part II (1974)"),
    ("godfather pt. 2", "The Godfather: Part II (1974)"),
    ("godfather 2 1974", "The Godfather: Part II (1974)"),
    ("back to the future 2", "Back to the Future Part II (1989)"),
    ("star wars 5", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
    ("star wars episode v", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
    ("kill bill 2", "Kill Bill: Vol. 2 (2004)"),
    ("terminator 2", "Terminator 2: Judgment Day (1991)"),
    ("terminator 1", "The Terminator (1984)"),
    ("toy story 1", "Toy Story (1995)"),
    ("toy story 3", "Toy Story 3 (2010)"),
    ("lord of the rings 2", "The Lord of the Rings: The Two Towers (2002)"),
    ("harry potter 3", "Harry Potter and the Prisoner of Azkaban (2004)"),
    ("alien 2", "Aliens (1986)"),
    ("教父第二部", "The Godfather: Part II (1974)"),
    ("教父2", "The Godfather: Part II (1974)"),
    ("教父 二", "The Godfather: Part II (1974)"),
    ("沙丘第二部", "Dune: Part Two (2024)"),
    ("指环王3", "The Lord of the Rings: The Return of the King (2003)"),
    # typos
    ("godfahter", "The Godfather (1972)"),
    ("inceptoin", "Inception (2010)"),
    ("pulp ficton", "Pulp Fiction (1994)"),
    ("shawshank redemtion", "The Shawshank Redemption (1994)"),
    ("die hart", "Die Hard (1988)"),
    ("apolo 13", "Apollo 13 (1995)"),
    ("ocean's leven", "Ocean's Eleven (2001)"),
    ("the hateful eigth", "The Hateful Eight (2015)"),
    ("ratatoille", "Ratatouille (2007)"),
    # said around the title
    ("do you have heat?", "Heat (1995)"),
    ("the movie inception", "Inception (2010)"),
    ("I just watched Parasite", "Parasite (2019)"),
    ("《盗梦空间》", "Inception (2010)"),
    ("电影 盗梦空间", "Inception (2010)"),
    ("有没有黑客帝国", "The Matrix (1999)"),
    ("我想看肖申克的救赎", "The Shawshank Redemption (1994)"),
    ("七宗罪", "Se7en (1995)"),
    ("哈利波特", "Harry Potter and the Sorcerer's Stone (2001)"),
]


@cache
def index() -> TitleIndex:
    popularity = {film.movie.id: float(film.popularity) for film in load_starter_films()}
    known = FilmNames(MOVIES)
    return TitleIndex(MOVIES, popularity, titles=known.titles(), names=known.names(), parts=known.parts())


def found(query: str) -> list[str]:
    """Return the films that may be meant, best first."""
    return [LABELS[match.movie_id] for match in index().meant(query, 50)]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_film_meant_comes_first_and_is_sure(query: str, expected: str) -> None:
    first = index().search(query, 1)[0]
    assert LABELS[first.movie_id] == expected
    assert first.score >= SURE


@pytest.mark.parametrize(
    "query", ["godfather 2", "dune 2021", "toy story 3", "star wars 5", "heat", "heat 1995", "教父第二部"]
)
def test_what_is_said_exactly_is_one_film(query: str) -> None:
    assert len(found(query)) == 1


@pytest.mark.parametrize(
    ("query", "films"),
    [
        ("dune", ["Dune (1984)", "Dune: Part One (2021)", "Dune: Part Two (2024)"]),
        ("godfather", ["The Godfather (1972)", "The Godfather: Part II (1974)"]),
    ],
)
def test_all_films_of_a_name_and_series_are_meant(query: str, films: list[str]) -> None:
    assert found(query) == films


@pytest.mark.parametrize(
    ("query", "count"), [("harry potter", 8), ("哈利波特", 8), ("lord of the rings", 3), ("指环王", 3)]
)
def test_a_series_is_found_whole(query: str, count: int) -> None:
    assert len(found(query)) == count


@pytest.mark.parametrize(
    "query", ["godfather 3", "toy story 9", "mission impossible 2", "Mission: Impossible II", "碟中谍2", "haet"]
)
def test_another_part_or_a_short_typo_is_a_guess(query: str) -> None:
    matches = index().search(query, 5)
    assert matches
    assert matches[0].score < SURE


@pytest.mark.parametrize("query", ["qwrtz", "asdfgh", "zzzz 2021"])
def test_what_is_like_no_title_finds_nothing(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    ("query", "films"),
    [
        ("indiana jones", {"Raiders of the Lost Ark (1981)", "Indiana Jones and the Temple of Doom (1984)"}),
        ("batman", {"Batman (1989)", "The Batman (2022)", "Batman Begins (2005)"}),
        ("christopher nolan", {"Inception (2010)", "The Dark Knight (2008)"}),
        ("something with tom hanks", {"Forrest Gump (1994)"}),
        ("诺兰", {"Inception (2010)", "The Dark Knight (2008)"}),
        ("克里斯托弗·诺兰", {"Inception (2010)", "The Dark Knight (2008)"}),
        ("黑泽明的电影", {"Seven Samurai (1954)", "Rashomon (1950)"}),
        ("黑泽明", {"Seven Samurai (1954)", "Rashomon (1950)"}),
        ("宫崎骏", {"Spirited Away (2001)", "My Neighbor Totoro (1988)"}),
        ("周星驰", {"Kung Fu Hustle (2004)"}),
        ("汤姆·汉克斯", {"Forrest Gump (1994)"}),
        ("监狱", {"The Shawshank Redemption (1994)"}),
    ],
)
def test_series_people_and_tags_find_their_films(query: str, films: set[str]) -> None:
    assert films <= set(found(query))


def test_a_title_goes_before_people_and_tags() -> None:
    index = TitleIndex(
        [Movie(MovieId(1), "Chaplin", 1992, ()), Movie(MovieId(2), "Modern Times", 1936, ())],
        names=[("Charles Chaplin", MovieId(2))],
    )
    assert [match.movie_id for match in index.search("chaplin")] == [1, 2]
    assert index.search("charles chaplin")[0].movie_id == 2


def test_what_is_known_of_a_film_is_not_said_of_another_under_its_number() -> None:
    another = Movie(MOVIES[0].id, "Another", 1999, ())
    assert list(FilmNames([another]).titles()) == []
    assert list(FilmNames([MOVIES[0]]).titles()) != []


def test_a_source_may_name_films_that_are_not_here() -> None:
    assert TitleIndex(MOVIES[:1], titles=[("Elsewhere", MovieId(9_999_999))]).search("elsewhere") == []


@pytest.mark.parametrize(
    "query", ["Seven Samurai 1954", "sven samuri", "the movie gladiator", "godfater", "alien", "toy stori"]
)
def test_what_is_meant_is_what_a_whole_search_leaves(query: str) -> None:
    whole, meant = index().search(query, 50), index().meant(query, 50)
    assert meant == whole[: len(meant)]
    assert all(match.score < meant[-1].score for match in whole[len(meant) :])
