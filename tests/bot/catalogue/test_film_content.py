"""What the starter knows of films, told to the recommender."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue.film_content import content_of, content_of_release, features_of
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.starter import load_starter, load_starter_films
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import Movie, MovieId


def test_features_say_what_a_film_is_about_who_made_it_and_for_whom() -> None:
    redemption = features_of(load_starter_films()[0])
    assert {"tag:prison", "director:Frank Darabont", "cast:Morgan Freeman", "country:US", "language:en"} <= {
        *redemption
    }
    assert "age:teen" in redemption
    assert not [name for name in redemption if name.startswith("series:")]
    assert features_of(None) == []


def test_acclaim_and_popularity_are_no_content() -> None:
    film = load_starter_films()[0]
    assert features_of(replace(film, acclaim=1, popularity=1)) == features_of(film)


def test_content_stands_in_the_order_of_the_movies() -> None:
    movies = load_starter()[:3]
    stranger = Movie(MovieId(100_001), "Never Written Down", 1990, ())
    content = content_of([movies[2], stranger, movies[0]])
    assert content.is_known.tolist() == [True, False, True]
    assert [content.names[place] for place in content.of(2)] == sorted(features_of(load_starter_films()[0]))


def test_another_film_under_a_starter_films_number_is_not_known() -> None:
    movie = load_starter()[0]
    assert not content_of([replace(movie, title="Another")]).is_known.any()


def test_a_releases_films_are_known_by_title_and_year_whatever_their_numbers() -> None:
    movie = load_starter()[0]
    near, far, other = (
        FilmRow(Movie(MovieId(number), movie.title, year, ()), ())
        for number, year in ((318, movie.year), (319, (movie.year or 0) + 30), (320, None))
    )
    assert content_of_release([near, far, other]).is_known.tolist() == [True, False, False]


FOUND = FilmFacts("Q1", directors=("Akira Kurosawa",), cast=("Toshiro Mifune", "Ada New"), countries=("JP",))


def test_what_was_found_out_of_a_film_that_the_starter_lacks_is_told_in_the_same_words() -> None:
    stranger, movie = Movie(MovieId(100_001), "Never Written Down", 1990, ()), load_starter()[0]
    content = content_of([stranger, movie], found={stranger.id: FOUND, movie.id: FOUND})
    told = [content.names[place] for place in content.of(0)]
    assert told == ["cast:Ada New", "cast:Toshiro Mifune", "country:JP", "director:Akira Kurosawa"]
    ours = [content.names[place] for place in content.of(1)]
    assert ours == sorted(features_of(load_starter_films()[0])), "the starter's own facts stand alone"
    borne = {name for film in load_starter_films() for name in features_of(film)}
    assert {"director:Akira Kurosawa", "country:JP"} <= borne


def test_where_nothing_was_found_out_content_is_as_it_was() -> None:
    movies = [*load_starter()[:20], Movie(MovieId(100_001), "Never Written Down", 1990, ())]
    plain, told = content_of(movies), content_of(movies, found={MovieId(7): NO_FACTS, movies[-1].id: NO_FACTS})
    assert plain.names == told.names
    assert plain.starts.tolist() == told.starts.tolist()
    assert plain.features.tolist() == told.features.tolist()
