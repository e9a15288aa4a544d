"""What two films share is told only where the bot knows it of both, in words of the person's language."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.catalogue.film_content import features_of
from bot.catalogue.starter import load_starter_films
from bot.messages.lists import Shared
from bot.messages.words import LANGUAGES, load_words
from bot.service.sharing import shared_by
from recommender.data.content import KIND_END
from recommender.domain import Movie

WORDS = load_words()


@cache
def by_title() -> dict[str, Movie]:
    return {film.movie.title: film.movie for film in load_starter_films()}


def told(language: str, title: str, liked: str, feature: str | None) -> Shared | None:
    return shared_by(WORDS[language], by_title()[title], by_title()[liked], feature)


def test_a_person_has_their_name_in_the_language_where_it_is_certain() -> None:
    feature = "director:Akira Kurosawa"
    assert told("en", "Seven Samurai", "Ran", feature) == Shared("director", "Akira Kurosawa")
    assert told("zh", "Seven Samurai", "Ran", feature) == Shared("director", "黑泽明")


def test_a_tag_and_a_country_are_translated() -> None:
    assert told("zh", "Seven Samurai", "Ran", "country:JP") == Shared("country", "日本")
    assert told("en", "Seven Samurai", "Ran", "country:JP") == Shared("country", "Japan")
    assert told("zh", "Seven Samurai", "Ran", "tag:feudal Japan") == Shared("tag", "日本古代")


@pytest.mark.parametrize("feature", [None, "director:Michael Mann", "tag:in my queue", "language:ja", "age:teen"])
def test_nothing_is_told_that_the_bot_does_not_know_of_both_or_cannot_name(feature: str | None) -> None:
    assert told("en", "Seven Samurai", "Ran", feature) is None


def test_nothing_is_told_of_a_film_that_is_no_starter_film() -> None:
    other = replace(by_title()["Ran"], year=1999)
    assert shared_by(WORDS["en"], by_title()["Seven Samurai"], other, "director:Akira Kurosawa") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_starter_film_bears_has_a_name(language: str) -> None:
    for film in load_starter_films():
        for feature in features_of(film):
            kind, _, _ = feature.partition(KIND_END)
            found = shared_by(WORDS[language], film.movie, film.movie, feature)
            assert (found is None) == (kind in ("language", "age")), feature
            assert found is None or (found.name and not found.name.startswith("country.")), feature
