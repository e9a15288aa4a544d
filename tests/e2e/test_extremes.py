"""Catalogues, tastes and words at their ends, over HTTP: one clear sentence, and the best list there can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import numpy as np
import pytest

from bot.settings import Settings
from bot.storage import Store, Tx
from recommender.data.statistics import assume_statistics
from recommender.domain import GENRES, UserId
from recommender.ranking.popularity import PopularInGenres
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url
from tests.e2e.conftest import Clock, LivingBot, Person, codes, labels
from tests.sim import Sim

SPOKEN = pytest.mark.parametrize("code", ["en", "zh-hans"])


@pytest.fixture
def films() -> int:
    """Return how many films the catalogue holds."""
    return 3


@pytest.fixture
def store(settings: Settings, clock: Clock, films: int) -> Iterator[Store]:
    with Store(migrated_url(settings.data_dir), clock=clock) as store:
        store.write(lambda tx: tx.movies.upsert_all(ENTRIES[:films])).result()
        yield store


@pytest.fixture
def bot(settings: Settings, store: Store, films: int) -> Iterator[LivingBot]:
    """The bot before it has a model."""
    fame = assume_statistics(np.linspace(900, 100, films))
    living = LivingBot(
        settings, store, PopularInGenres([one.movie for one in ENTRIES[:films]], fame, follows_likes=True)
    )
    living.start()
    yield living
    living.stop()


@pytest.fixture
def reader(bot: LivingBot, sim: Sim) -> Person:
    """Someone with a Chinese app."""
    return Person(sim, 7_000_008, "zh-hans")


def _wish_all(store: Store, person: Person, wish: str) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for genre in GENRES:
            tx.people.set_genre(UserId(person.id), genre, "chosen" if wish == "chosen" else "excluded")

    store.write(effect).result()


def _rate_all(store: Store, person: Person, films: int) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for entry in ENTRIES[:films]:
            tx.ratings.put(UserId(person.id), entry.movie.id, 8, update_id=entry.movie.id)

    store.write(effect).result()


def _is_past(person: Person, asked: str) -> bool:
    return all(asked not in codes(message) for message in person.messages())


def _has_said(person: Person, count: int) -> bool:
    return len(person.messages()) >= count


@SPOKEN
def test_of_three_films_all_are_shown_and_no_more_is_offered(bot: LivingBot, sim: Sim, code: str) -> None:
    person = Person(sim, 8, code)
    person.say("/recommend")
    page = sim.until_text(person.id, "3. ")
    assert labels(page)[:3] == ["1", "2", "3"]
    assert not any(each.startswith("1:p:") for each in codes(page))


@pytest.mark.parametrize(("code", "over"), [("en", "That is all I wanted to ask"), ("zh-hans", "暂时问完了")])
def test_of_three_films_three_are_asked_about(bot: LivingBot, sim: Sim, code: str, over: str) -> None:
    person = Person(sim, 8, code)
    person.say("/rate")
    for number in range(1, 4):
        card = sim.until_message(person.id, lambda each: any(one.startswith("1:a:") for one in codes(each)))
        asked = next(one for one in codes(card) if one.startswith("1:a:"))
        person.tap(card, data=asked)
        sim.until(partial(_is_past, person, asked), what=f"what follows card {number}")
    person.sees(over)


def test_who_rated_everything_is_told_so_and_no_digest_comes(
    bot: LivingBot, person: Person, reader: Person, store: Store, films: int, clock: Clock
) -> None:
    for one, said, wish, none in (
        (person, "Nothing is left to suggest", "/recommend comedy", "I have no such film left"),
        (reader, "暂时没有可推荐的了", "/recommend 喜剧", "没有符合的电影了"),
    ):
        _rate_all(store, one, films)
        one.say("/recommend")
        one.sees(said)
        one.say(wish)
        one.sees(none)
    person.say("/digest daily")
    person.tap(person.sees("At what hour?"), "19:00")
    person.tap(person.sees("Where are you?"), "London 12:00")
    person.sees("every day at 19:00")
    clock.advance(timedelta(days=1))
    bot.send_digests()
    person.settle()
    assert not any("Fresh films" in message["text"] for message in person.messages())


def test_who_chose_every_genre_gets_films_and_questions(person: Person, store: Store) -> None:
    _wish_all(store, person, "chosen")
    person.say("/recommend")
    person.sees("1. ")
    person.say("/rate")
    person.sees("How did you like it?")


@pytest.mark.parametrize(
    ("code", "said", "button"),
    [("en", "That leaves no genre", "🎭 Genres"), ("zh-hans", "所有类型都被排除了", "🎭 类型")],
)
def test_who_excluded_every_genre_is_told_how_to_allow_one(
    bot: LivingBot, sim: Sim, store: Store, code: str, said: str, button: str
) -> None:
    person = Person(sim, 8, code)
    _wish_all(store, person, "excluded")
    for words in ("/recommend", "/rate"):
        count = len(person.messages()) + 1
        person.say(words)
        sim.until(partial(_has_said, person, count), what=f"an answer to {words}")
        assert said in person.messages()[-1]["text"]
        assert labels(person.messages()[-1]) == [button]
    person.tap(person.messages()[-1], button)
    person.sees_button("🚫 Action" if code == "en" else "🚫 动作")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no horror horror", "I understood: no Horror"),
        ("/recommend comedy but no comedy", "No film can be all of “comedy but no comedy”"),
        ("/recommend before 1950 after 2000", "No film can be all of “before 1950 after 2000”"),
        ("/recommend comedy 9999", "left out “9999”"),
        ("/recommend 9999", "I don’t understand “9999”"),
        ("9999", "couldn’t find “9999”"),
        ("🎬🎬", "I need some letters"),
        ("!?…", "I need some letters"),
        ("/recommend !!!", "I don’t understand “!!!”"),
        ("x" * 4096, "too long for a title"),
        ("/rate " + "x" * 4000, "too long for a title"),
        ("/recommend " + "x" * 4000, "I don’t understand “xxx"),
        ("/digest " + "x" * 4000, "Send /digest off"),
        ("/later " + "x" * 4000, "so I left it aside"),
    ],
)
def test_words_that_contradict_or_mean_nothing_get_one_sentence(person: Person, text: str, said: str) -> None:
    person.say(text)
    person.sees(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不要喜剧 喜剧", "我的理解：不要喜剧"),
        ("/recommend 1950年以前 2000年以后", "没有哪部电影能同时符合"),
        ("喜剧 9999年", "“9999年”我没看懂"),
        ("🎬🎬", "请给我一些文字"),
        ("。。。", "请给我一些文字"),
        ("字" * 4096, "太长了"),
    ],
)
def test_so_they_do_in_chinese(reader: Person, text: str, said: str) -> None:
    reader.say(text)
    reader.sees(said)
