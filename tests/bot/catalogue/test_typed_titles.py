"""Titles as people type them in three languages find the film they mean, with all names of the starter known."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogue.film_names import FilmNames
from bot.catalogue.search import EXACT, TitleIndex
from bot.catalogue.starter import load_spanish_titles, load_starter, load_starter_films

MOVIES = load_starter()
TITLES = {movie.id: movie.title for movie in MOVIES}


@cache
def index() -> TitleIndex:
    names = FilmNames(MOVIES)
    popularity = {film.movie.id: float(film.popularity) for film in load_starter_films()}
    return TitleIndex(MOVIES, popularity, titles=names.titles(), names=names.names(), parts=names.parts())


def found(query: str, limit: int = 5) -> list[str]:
    return [TITLES[match.movie_id] for match in index().meant(query, limit)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("martix", "The Matrix"),
        ("harvy", "Harvey"),
        ("rockey", "Rocky"),
        ("idntity", "Identity"),
        ("cold ar", "Cold War"),
        ("el padrino 2", "The Godfather: Part II"),
        ("el club de la pelea", "Fight Club"),
        ("el señor de los anillos", "The Lord of the Rings: The Fellowship of the Ring"),
        ("la guerra de las galaxias", "Star Wars: Episode IV - A New Hope"),
        ("tiburon", "Jaws"),
        ("los siete samurais", "Seven Samurai"),
        ("shrek dos", "Shrek 2"),
        ("You must see Inception!", "Inception"),
        ("quiero ver el padrino", "The Godfather"),
        ("mi pobre angelito", "Home Alone"),
        ("复联4", "Avengers: Endgame"),
        ("骇客任务", "The Matrix"),
        ("盜夢空間", "Inception"),
        ("讓子彈飛", "Let the Bullets Fly"),
    ],
)
def test_the_film_meant_comes_first(query: str, expected: str) -> None:
    assert found(query)[0] == expected


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("lord of the rings", ["The Fellowship of the Ring", "The Two Towers", "The Return of the King"]),
        ("lotr", ["The Fellowship of the Ring", "The Two Towers", "The Return of the King"]),
        ("harry potter", ["Sorcerer's Stone", "Chamber of Secrets", "Prisoner of Azkaban"]),
        ("大话西游", ["Pandora's Box", "Cinderella"]),
    ],
)
def test_a_series_comes_in_its_order(query: str, first: list[str]) -> None:
    titles = found(query)
    assert [part for part, title in zip(first, titles, strict=False) if part in title] == first


@pytest.mark.long("hundreds of titles are searched for")
def test_every_spanish_title_finds_its_film() -> None:
    for movie_id, titles in load_spanish_titles().items():
        for title in titles:
            best = [match.movie_id for match in index().search(title, 3) if match.score >= EXACT]
            assert movie_id in best, title
