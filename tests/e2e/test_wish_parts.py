"""Wishes for tags, people, countries, lengths and films to be like, over HTTP: read, obeyed and taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count

import numpy as np
import pytest
from pydantic import SecretStr

from bot.catalogue.starter import StarterFilm, load_starter, load_starter_films
from bot.sandbox import RunningSandbox, running
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.data.statistics import assume_statistics
from recommender.domain import UserId
from recommender.ranking.popularity import PopularInGenres
from tests.databases import kept_url
from tests.e2e.conftest import Clock, LivingBot, Person, data_of, labels
from tests.sim import Json, Sim

FILMS = {film.movie.label: film for film in load_starter_films()}
BY_ZH_TITLE = {f"{film.zh_title} ({film.movie.year})": film for film in load_starter_films()}
NUMBERS = count(7_000_007)


@cache
def entries() -> tuple[CatalogueMovie, ...]:
    fame = {film.movie.id: film.popularity / 100 for film in load_starter_films()}
    return tuple(CatalogueMovie(movie, popularity=fame[movie.id]) for movie in load_starter())


@cache
def popular() -> PopularInGenres:
    fame = np.array([10.0 * film.popularity for film in load_starter_films()])
    return PopularInGenres(load_starter(), assume_statistics(fame))


@pytest.fixture(scope="module")
def telegram() -> Iterator[RunningSandbox]:
    """A local Telegram that all of these people use: the bot takes a while to read a thousand films."""
    with running(limits=False) as telegram:
        yield telegram


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A migrated database with the starter catalogue."""
    with kept_url(tmp_path_factory.mktemp("wishes"), entries()) as url, Store(url, clock=Clock()) as store:
        yield store


@pytest.fixture(scope="module", autouse=True)
def bot(telegram: RunningSandbox, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingBot]:
    """The bot with popularity in place of a model."""
    folder = tmp_path_factory.mktemp("bot")
    token, url = SecretStr(telegram.token), telegram.url
    living = LivingBot(Settings(telegram_token=token, telegram_api_url=url, data_dir=folder), store, popular())
    living.start()
    yield living
    living.stop()


@pytest.fixture
def person(sim: Sim) -> Person:
    """Someone whom the bot has not met, with an English app."""
    return Person(sim, next(NUMBERS))


@pytest.fixture
def reader(sim: Sim) -> Person:
    """Someone whom the bot has not met, with a Chinese app."""
    return Person(sim, next(NUMBERS), "zh-hans")


def films(page: Json) -> list[StarterFilm]:
    """Return the films of a page."""
    found = re.findall(r"^\d\. (.+? \(\d{4}\))", page["text"], re.MULTILINE)
    return [FILMS[label] if label in FILMS else BY_ZH_TITLE[label] for label in found]


def parts(page: Json) -> list[str]:
    """Return the buttons that take a part away."""
    return [label for label in labels(page) if label.startswith("✕")]


def test_every_film_is_as_all_parts_say(person: Person) -> None:
    person.say("a tense heist, not too long")
    page = person.sees("I understood: tense · heist · 120 min at most")
    assert len(films(page)) == 5
    assert all({"tense", "heist"} <= {*film.tags} and film.runtime_min <= 120 for film in films(page))
    assert parts(page) == ["✕ tense", "✕ heist", "✕ 120 min at most"]


def test_a_part_is_taken_away_by_its_button_in_the_same_message(person: Person) -> None:
    person.say("korean thriller I haven't seen")
    page = person.sees("I understood: Thriller · South Korea")
    person.tap(page, "✕ South Korea")
    less = person.sees("I understood: Thriller\n")
    assert less["message_id"] == page["message_id"]
    assert parts(less) == ["✕ Thriller"]
    person.tap(less, "✕ Thriller")
    usual = person.sim.until_message(person.id, lambda message: message["text"].startswith("🎬 Films for you"))
    assert usual["message_id"] == page["message_id"]
    assert parts(usual) == []


def test_the_same_button_twice_shows_the_same_list(person: Person, store: Store) -> None:
    person.say("funny movies about food")
    page = person.sees("I understood: Comedy · food")
    code = data_of(page, "✕ food")
    person.tap(page, data=code)
    once = person.sees("I understood: Comedy\n")
    person.tap(page, data=code)
    person.settle()
    assert person.sees("I understood: Comedy\n")["text"] == once["text"]
    assert len(store.read(lambda tx: tx.erasure.export(UserId(person.id)))["wishes"]) == 2


def test_more_stays_within_the_wish_and_says_where_only_the_nearest_are_left(person: Person) -> None:
    person.say("films by kurosawa with samurai")
    page = person.sees("I understood: Akira Kurosawa · feudal Japan")
    fitting = [film for film in FILMS.values() if "Akira Kurosawa" in film.directors and "feudal Japan" in film.tags]
    assert {film.movie.label for film in films(page)} <= {film.movie.label for film in fitting}
    person.tap(page, "More ›")
    second = person.sees("page 2")
    assert "Few films fit all of this" in second["text"] or "none left that fits" in second["text"]
    assert "I understood: Akira Kurosawa · feudal Japan" in second["text"]
    assert not {film.movie.id for film in films(page)} & {film.movie.id for film in films(second)}
    assert all("Akira Kurosawa" in film.directors for film in films(second))


def test_films_like_one_that_is_named_are_moved_where_it_is_asked(person: Person, reader: Person) -> None:
    person.say("like Arrival but newer")
    page = person.sees("I understood: 2017 and later · like Arrival (2016)")
    assert "Films like Arrival (2016)" in page["text"]
    assert all(film.movie.year is not None and film.movie.year > 2016 for film in films(page))
    reader.say("像《降临》那样但是短一点")
    short = reader.sees("我的理解：像《降临 (2016)》 · 115 分钟以内")
    assert all(film.runtime_min <= 115 for film in films(short))


def test_films_like_one_are_asked_for_by_its_title_alone(person: Person, reader: Person) -> None:
    person.say("movies like Parasite")
    person.sees("I understood: like Parasite (2019)")
    reader.say("有没有类似盗梦空间的电影")
    reader.sees("我的理解：像《盗梦空间 (2010)》")


def test_films_may_be_like_several_and_one_may_be_left_out(person: Person) -> None:
    person.say("like The Matrix or Blade Runner")
    page = person.sees("I understood: like The Matrix (1999) or Blade Runner (1982)")
    assert "Films like The Matrix (1999) or Blade Runner (1982)" in page["text"]
    assert not {"The Matrix", "Blade Runner"} & {film.movie.title for film in films(page)}
    person.say("heist movie but not ocean's eleven")
    page = person.sees("I understood: heist · not Ocean's Eleven (2001)")
    assert "Ocean's Eleven" not in {film.movie.title for film in films(page)}
    assert parts(page) == ["✕ heist", "✕ not Ocean's Eleven (2001)"]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("i'm 14, any horror", "I understood: Horror · fine for teenagers"),
        ("animated movie for grown ups", "I understood: Animation · for grown-ups"),
        ("by the guy who made parasite", "I understood: Bong Joon-ho"),
        ("una de terror coreana", "I understood: Horror · South Korea"),
        ("no gore, something scary", "I understood: Horror · not brutal"),
        ("an underrated japanese film for the whole family", "I understood: little known · Japan · for the family"),
        ("vampires or zombies", "I understood: vampires or zombies"),
        ("the best westerns with Clint Eastwood", "I understood: Western · best rated · Clint Eastwood"),
        ("周星驰的喜剧", "I understood: Comedy · Stephen Chow"),
    ],
)
def test_a_wish_is_read_in_any_language(person: Person, text: str, understood: str) -> None:
    person.say(text)
    assert len(films(person.sees(understood))) == 5


@pytest.mark.parametrize(
    ("text", "understood", "buttons"),
    [
        ("给孩子看的动画", "我的理解：动画 · 适合全家", ["✕ 动画", "✕ 适合全家"]),
        ("周星驰的喜剧", "我的理解：喜剧 · 周星驰", ["✕ 喜剧", "✕ 周星驰"]),
        ("想看轻松的韩国片，不要太长", "我的理解：轻松 · 韩国 · 120 分钟以内", ["✕ 轻松", "✕ 韩国", "✕ 120 分钟以内"]),
        ("sad films, no war", "我的理解：悲伤 · 不要战争", ["✕ 悲伤", "✕ 不要战争"]),
    ],
)
def test_a_chinese_reader_sees_what_was_understood(
    reader: Person, text: str, understood: str, buttons: list[str]
) -> None:
    reader.say(text)
    page = reader.sees(understood)
    assert parts(page) == buttons
    reader.tap(page, buttons[-1])
    less = reader.sim.until_message(reader.id, lambda message: parts(message) == buttons[:-1])
    assert less["message_id"] == page["message_id"]


def test_what_is_for_children_stays_so_where_films_run_out(person: Person) -> None:
    person.say("silent animation for kids from Japan")
    page = person.sees("fits all of this")
    assert all(film.age == "family" for film in films(page))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a short film over three hours", "No film can be all of “a short film over three hours”"),
        ("vampires but no vampires", "No film can be all of “vampires but no vampires”"),
        ("/recommend " + "vampires " * 440, "I understood: vampires"),
    ],
)
def test_a_wish_that_makes_no_sense_gets_one_clear_sentence(person: Person, text: str, answer: str) -> None:
    person.say(text)
    person.sees(answer)
    person.settle()
    assert len(person.messages()) == 2


def test_the_button_of_a_wish_that_is_forgotten_has_expired(person: Person) -> None:
    person.say("heist")
    page = person.sees("I understood: heist")
    person.tap(page, data="1:wx:999:0")
    person.sees("too old")


def test_a_title_and_a_name_stay_what_they_are(person: Person) -> None:
    person.say("space jam")
    person.sees("Space Jam")
    person.say("Tom Hanks")
    assert "I understood" not in person.sees("Forrest Gump")["text"]
