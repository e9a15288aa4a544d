"""Lists asked for in words, and small talk, over HTTP in both languages."""

from __future__ import annotations

import re

import pytest

from bot.storage import Store
from recommender.domain import UserId
from tests.bot.pupil import CATALOGUE
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim

GENRES = {movie.label: movie.genres for movie in CATALOGUE}


@pytest.fixture
def reader(bot: LivingBot, sim: Sim) -> Person:
    """Someone with a Chinese app."""
    return Person(sim, 7_000_008, "zh-hans")


def films(page: Json) -> list[str]:
    """Return the labels of a page's films."""
    found: list[str] = re.findall(r"^\d\. (.+ \(\d{4}\))$", page["text"], re.MULTILINE)
    return found


def round_of(store: Store, person: Person) -> int:
    """Return the person's newest round."""
    [row] = store.read(lambda tx: tx.erasure.export(UserId(person.id)))["people"]
    number: int = row["round"]
    return number


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("/recommend 90s comedy", "I understood: Comedy · 1990–1999"),
        ("/recommend\ncomedy 1990s", "I understood: Comedy · 1990–1999"),
        ("something funny from the 90s", "I understood: Comedy · 1990–1999"),
        ("comedies before 2000, no horror", "I understood: Comedy · 1999 and before · no Horror"),
    ],
)
def test_a_wish_is_a_list_that_says_how_it_was_understood(person: Person, text: str, understood: str) -> None:
    person.say(text)
    page = person.sees(understood)
    assert "Films for you" in page["text"]
    assert len(films(page)) == 5
    assert all("Comedy" in GENRES[film] and re.search(r"\(199\d\)$", film) for film in films(page))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("90年代的喜剧", "我的理解：喜剧 · 1990–1999 年"),
        ("/recommend 2000年以前的喜剧", "我的理解：喜剧 · 1999 年及以前"),
        ("想看喜剧，不要爱情片", "我的理解：喜剧 · 不要爱情"),
    ],
)
def test_a_chinese_wish_is_understood(reader: Person, text: str, understood: str) -> None:
    reader.say(text)
    page = reader.sees(understood)
    assert "为你推荐" in page["text"]
    assert all("Comedy" in GENRES[film] for film in films(page))


def test_more_keeps_to_the_wish_and_so_does_the_way_back(person: Person, store: Store) -> None:
    person.say("comedy or sci-fi from the 90s")
    first = person.sees("I understood: Comedy or Sci‑Fi · 1990–1999")
    number = round_of(store, person)
    person.tap(first, data=f"1:p:1:{number}:1")
    second = person.sim.until_message(person.id, lambda message: bool({*films(message)} - {*films(first)}))
    assert "I understood: Comedy or Sci‑Fi · 1990–1999" in second["text"]
    assert len({*films(first), *films(second)}) == 10
    assert all({"Comedy", "Sci-Fi"} & {*GENRES[film]} for film in films(second))
    person.tap(second, data=f"1:p:1:{number}:0")
    person.sim.until_message(person.id, lambda message: films(message) == films(first))
    person.sees("I understood: Comedy or Sci‑Fi · 1990–1999")


def test_unwanted_genres_stay_out(person: Person) -> None:
    person.say("no comedy")
    assert not any("Comedy" in GENRES[film] for film in films(person.sees("I understood: no Comedy")))


def test_what_was_not_understood_is_said(person: Person, reader: Person) -> None:
    person.say("/recommend comedy with gnomes from 9999")
    page = person.sees("I understood: Comedy\nI left out “gnomes, 9999”, which I don’t understand.")
    assert len(films(page)) == 5
    person.say("/recommend qwrtz")
    usual = person.sees("I don’t understand “qwrtz”. I know genres, years, moods")
    assert len(films(usual)) == 5
    person.say("/recommend a funny tv series")
    person.sees(
        "I understood: Comedy\nI left out “tv series”, which I don’t understand.\n📺 I know films only, no series."
    )
    person.say("animated series")
    person.sees("I know films only, no series")
    reader.say("韩剧")
    reader.sees("我只认识电影，不认识剧集")
    reader.say("/recommend 韩剧")
    reader.sees("我只认识电影，不认识剧集")
    reader.say("/recommend 算盘喜剧")
    reader.sees("我的理解：喜剧\n“算盘”我没看懂")
    reader.say("/recommend 啦啦啦")
    reader.sees("我没看懂“啦啦啦”")


def test_a_wish_that_no_film_fits_is_said_to_be_one(person: Person, reader: Person) -> None:
    person.say("western before 1970")
    none = person.sees("I understood: Western · 1969 and before")
    assert "I have no such film left" in none["text"]
    assert labels(none) == ["✕ Western", "✕ 1969 and before", "🎬 Fresh list"]
    person.tap(none, "🎬 Fresh list")
    person.sees("Films for you")
    reader.say("1970年以前的西部片")
    reader.sees("我的理解：西部 · 1969 年及以前\n\n😶 没有符合的电影了")


@pytest.mark.parametrize("text", ["comedies from this year", "/recommend comedy this year"])
def test_where_this_year_has_no_film_yet_the_newest_year_is_meant(person: Person, store: Store, text: str) -> None:
    newest = max(movie.year for movie in CATALOGUE if movie.year)
    assert newest < store.read(lambda tx: tx.now.year)
    person.say(text)
    person.sees(f"I understood: Comedy · {newest}")


def test_a_year_written_in_figures_is_that_year(person: Person, store: Store) -> None:
    year = store.read(lambda tx: tx.now.year)
    person.say(f"comedies from {year}")
    person.sees(f"I understood: Comedy · {year}")


def test_genres_that_no_film_has_together_are_given_one_by_one(person: Person) -> None:
    person.say("sci-fi romance")
    page = person.sees("I understood: Romance or Sci‑Fi\nToo few films have all these genres")
    assert all({"Romance", "Sci-Fi"} & {*GENRES[film]} for film in films(page))


def test_a_genre_asked_for_now_comes_though_it_is_excluded_for_good(person: Person) -> None:
    page = person.onboard()
    person.tap(page, data="1:gx:4:1:0")
    person.say("comedy")
    assert all("Comedy" in GENRES[film] for film in films(person.sees("I understood: Comedy")))
    person.say("/recommend")
    fresh = person.sim.until_message(person.id, lambda message: message["text"].startswith("🎬 Films for you"))
    assert not any("Comedy" in GENRES[film] for film in films(fresh))


@pytest.mark.parametrize("text", ["what should I watch tonight?", "recommend me something", "/recommend please"])
def test_asking_for_a_film_is_a_usual_list(person: Person, text: str) -> None:
    person.say(text)
    assert person.sees("Films for you")["text"].startswith("🎬")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("thanks", "You’re welcome!"),
        ("Thank you so much!!", "You’re welcome!"),
        ("hi", "👋 Hello!"),
        ("good morning", "👋 Hello!"),
        ("bye", "👋 See you!"),
        ("ok", "👌 Good."),
        ("谢谢", "You’re welcome!"),
        ("what can you do?", "/deleteme"),
        ("not interested", "👆 Tap a film’s number"),
        ("I’ve seen it", "👆 Tap a film’s number"),
    ],
)
def test_small_talk_gets_a_short_answer(person: Person, text: str, answer: str) -> None:
    person.say(text)
    assert answer in person.sees(answer)["text"]
    person.settle()
    assert len(person.messages()) == 2


@pytest.mark.parametrize("text", ["more", "Another one, please", "next"])
def test_who_wants_more_gets_the_next_films(person: Person, text: str) -> None:
    person.say("/recommend")
    first = films(person.sees("Films for you"))
    person.say(text)
    person.settle()
    then = films(person.messages()[-2])  # before the help that ends the wait
    assert len(then) == 5
    assert not set(first) & set(then)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("谢谢你！", "不客气"), ("你好", "👋 你好！"), ("晚安", "👋 再见！"), ("好的", "👌 好的。"), ("hi", "👋 你好！")],
)
def test_small_talk_is_answered_in_chinese(reader: Person, text: str, answer: str) -> None:
    reader.say(text)
    reader.sees(answer)


def test_a_title_behind_recommend_opens_the_film(person: Person) -> None:
    person.say("/recommend the matrix")
    person.sees("The Matrix (1995)\n")


def test_a_wish_of_which_nothing_is_understood_is_no_title(person: Person) -> None:
    person.say("show me something with zxcvb qwrtz")
    person.sees("I don’t understand “zxcvb qwrtz”")


def test_a_title_stays_a_title(person: Person) -> None:
    person.say("Heat")
    person.sees("Heat (1991)")
    person.say("/rate comedy")
    person.sees("I couldn’t find “comedy”")


@pytest.mark.parametrize("text", ["...", "!!!", "🦖🌋", "※※"])
def test_signs_alone_are_no_title(person: Person, text: str) -> None:
    person.say(text)
    person.sees("I need some letters")


@pytest.mark.parametrize(
    "text", ["comedy " * 580, "/recommend " + "no horror " * 400, "/recommend " + "🦖" * 2000, "/recommend !!!"]
)
def test_long_and_odd_wishes_are_answered_once(person: Person, text: str) -> None:
    person.say(text)
    person.sim.until(lambda: len(person.messages()) == 1)
    person.settle()
    assert len(person.messages()) == 2
