"""Ten characters are interviewed over HTTP, and get films of the kind they came for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from typing import Final

import numpy as np
import pytest

from bot.catalogue.known_movies import rating_share
from bot.catalogue.starter import load_starter_films
from bot.commands.models.live import CROWD
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store, Tx
from recommender.data.statistics import assume_statistics
from recommender.domain import GENRES, Movie, MovieId, UserId
from recommender.ranking.popularity import PopularInGenres
from tests.databases import migrated_url
from tests.e2e.characters import CHARACTERS, Character
from tests.e2e.conftest import LivingBot, Person, codes
from tests.sim import Json, Sim

pytestmark = pytest.mark.long("the starter catalogue, and whole interviews on it")

FILMS: Final = load_starter_films()
MOVIES: Final[dict[MovieId, Movie]] = {film.movie.id: film.movie for film in FILMS}
CARDS: Final = 10
# Whoever has not chosen these does not want them.
UNWANTED: Final = frozenset({"Animation", "War"})
# Of the first ten films, the share that must bear a genre of the character's.
LEAST_SHARE: Final = 0.8


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A migrated database with the starter catalogue."""
    entries = [CatalogueMovie(film.movie, popularity=rating_share(film.popularity)) for film in FILMS]
    with Store(migrated_url(settings.data_dir, entries)) as store:
        yield store


@pytest.fixture
def bot(settings: Settings, store: Store) -> Iterator[LivingBot]:
    """The bot as a new installation has it: by popularity, no model yet."""
    statistics = assume_statistics(np.array([CROWD * rating_share(film.popularity) for film in FILMS]))
    recommender = PopularInGenres([film.movie for film in FILMS], statistics, follows_likes=True)
    living = LivingBot(settings, store, recommender)
    living.start()
    yield living
    living.stop()


def test_the_liked_films_are_in_the_starter() -> None:
    titles = {movie.title for movie in MOVIES.values()}
    assert [title for character in CHARACTERS for title in character.liked if title not in titles] == []


def test_a_chinese_reader_meets_chinese_titles_in_every_sentence(bot: LivingBot, sim: Sim) -> None:
    reader = Person(sim, 300, "zh-hans")
    reader.say("/rate 肖申克的救赎")
    card = reader.sees("弗兰克·德拉邦特")
    rated = reader.tap(card, "5★")
    toast = reader.toast_of(rated)
    assert toast is not None
    assert toast["text"] == "肖申克的救赎 (1994)：★★★★★"
    reader.say("/ratings")
    reader.sees("1. 肖申克的救赎 (1994) ★★★★★")
    reader.tap(reader.sees_button("≈ 类似的"), "≈ 类似的")
    reader.sees("和《肖申克的救赎 (1994)》相似的电影")


def test_ten_characters_are_asked_about_what_they_chose_and_get_it(bot: LivingBot, sim: Sim, store: Store) -> None:
    shares = {}
    for number, character in enumerate(CHARACTERS):
        person = Person(sim, 100 + number, "zh-hans" if number % 2 else "en")
        _choose(store, person, character)
        asked = _interview(person, partial(_seen, character))
        borne = set[str]().union(*(MOVIES[movie_id].genres for movie_id in asked[:3]))
        assert set(character.genres) <= borne, character.name
        assert all(set(MOVIES[movie_id].genres) & set(character.genres) for movie_id in asked), character.name
        assert not any((UNWANTED - {*character.genres}) & {*MOVIES[movie_id].genres} for movie_id in asked), (
            character.name
        )
        shares[character.name] = _share(_first_ten(person, store), {*character.genres})
    assert {name: share for name, share in shares.items() if share < LEAST_SHARE} == {}


def test_who_chooses_broad_genres_or_none_is_asked_what_they_are_after_and_gets_it(
    bot: LivingBot, sim: Sim, store: Store
) -> None:
    shares = {}
    for number, character in enumerate(CHARACTERS):
        person = Person(sim, 200 + number, "zh-hans" if number % 2 else "en")
        store.write(partial(_choose_broadly, person=UserId(person.id), character=character)).result()
        asked = _interview(person, partial(_judge, character))
        broad = {*character.broad} or {*GENRES}
        assert all(broad & {*MOVIES[movie_id].genres} for movie_id in asked), character.name
        shares[character.name] = _share(_first_ten(person, store), character.unsaid)
    assert {name: share for name, share in shares.items() if share < LEAST_SHARE} == {}


def _choose_broadly(tx: Tx, *, person: UserId, character: Character) -> None:
    tx.people.ensure(person)
    for genre in character.broad:
        tx.people.set_genre(person, genre, "chosen")


def _seen(character: Character, movie: Movie) -> int:
    """Return half stars for what a character would like; they have not seen the rest."""
    return 10 if movie.title in character.liked else 0


def _judge(character: Character, movie: Movie) -> int:
    """Return the half stars that a character gives to any film, by their taste."""
    return _seen(character, movie) or (8 if {*movie.genres} & character.unsaid else 4)


def _choose(store: Store, person: Person, character: Character) -> None:
    """Choose the character's genres, and never what they do not want."""

    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for genre in character.genres:
            tx.people.set_genre(UserId(person.id), genre, "chosen")
        for genre in UNWANTED - {*character.genres}:
            tx.people.set_genre(UserId(person.id), genre, "excluded")

    store.write(effect).result()


def _interview(person: Person, rate: Callable[[Movie], int]) -> list[MovieId]:
    """Answer some cards with half stars, 0 for not seen; returns what was asked."""
    asked: list[MovieId] = []
    person.say("/rate")
    for _ in range(CARDS):
        card = _next_card(person, asked)
        movie_id = _film_of(codes(card))
        assert movie_id is not None
        asked.append(movie_id)
        half_stars = rate(MOVIES[movie_id])
        unseen = next(code for code in codes(card) if code.startswith(f"1:nj:{movie_id}:"))
        person.tap(card, data=f"1:a:{movie_id}:{half_stars}:0" if half_stars else unseen)
    return asked


def _next_card(person: Person, asked: Sequence[MovieId]) -> Json:
    """Return a card that asks about another film; an interview that has had enough is told to go on."""

    def asks(each: Json) -> bool:
        return _film_of(codes(each)) not in (None, *asked)

    shown = person.sim.until_message(person.id, lambda each: asks(each) or "1:q" in codes(each))
    if "1:q" in codes(shown):
        person.tap(shown, data="1:q")
    return person.sim.until_message(person.id, asks)


def _film_of(buttons: list[str]) -> MovieId | None:
    return next((MovieId(int(code.split(":")[2])) for code in buttons if code.startswith("1:a:")), None)


def _first_ten(person: Person, store: Store) -> frozenset[MovieId]:
    person.say("/recommend")
    page = person.sim.until_message(person.id, lambda each: any(code.startswith("1:t:") for code in codes(each)))
    more = next(code for code in codes(page) if code.startswith("1:p:"))
    person.tap(page, data=more)
    return store.read(lambda tx: tx.impressions.shown(UserId(person.id), int(more.split(":")[3])))


def _share(shown: frozenset[MovieId], genres: Set[str]) -> float:
    assert len(shown) == 10
    return sum(bool(genres & {*MOVIES[movie_id].genres}) for movie_id in shown) / len(shown)
