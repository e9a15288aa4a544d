"""Following directors and actors over HTTP: their films first, who is followed, new films in the digest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.callbacks import number_of
from bot.facts import FilmFacts
from bot.storage import CatalogueMovie, Store, Tx
from recommender.domain import Movie, MovieId, UserId
from tests.bot.pupil import CATALOGUE
from tests.e2e.conftest import Clock, LivingBot, Person, labels
from tests.sim import Sim

MANN, PACINO = "Michael Mann", "Al Pacino"
NEW = MovieId(900)


def _facts(number: int, *, director: str = "", actor: str = "") -> FilmFacts:
    directors, cast = ((name,) if name else () for name in (director, actor))
    return FilmFacts(wikidata_id=f"Q{number}", directors=directors, cast=cast)


@pytest.fixture(autouse=True)
def _credits(store: Store) -> None:
    """Put credits into the database before the bot reads it."""
    facts = {
        MovieId(1): _facts(1, director=MANN, actor=PACINO),
        MovieId(20): _facts(20, director=MANN),
        MovieId(21): _facts(21, director=MANN),
        MovieId(30): _facts(30, actor=PACINO),
    }
    store.write(lambda tx: tx.facts.put(facts)).result()


def _follow(person: Person, name: str) -> None:
    person.say("heat")
    person.tap(person.sees_button("⋯ More"), "⋯ More")
    person.tap(person.sees_button(f"➕ {name}"), f"➕ {name}")
    person.sees_button(f"✅ {name}")


def test_films_of_who_is_followed_come_first_and_say_so(person: Person) -> None:
    _follow(person, MANN)
    person.say("/recommend")
    page = person.sees("Films for you")
    heads = [line for line in page["text"].splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert heads == ["1. Heat (1991)", "2. Film 20 (2010)", "3. Ronin (1992)"]
    assert page["text"].count("by Michael Mann, whom you follow") == 2
    person.tap(page, "More ›")
    more = person.sees("1. Film 21 (2011)")
    assert "by Michael Mann, whom you follow" in more["text"]


def test_who_was_shown_and_left_alone_does_not_come_first_again(person: Person) -> None:
    _follow(person, PACINO)
    person.say("/recommend")
    first = person.sees("with Al Pacino, whom you follow")
    person.say("/recommend")
    person.sim.until(lambda: len([one for one in person.messages() if "Films for you" in one["text"]]) == 2)
    assert "whom you follow" in first["text"]
    assert "whom you follow" not in person.messages()[-1]["text"]


def test_what_is_not_wanted_does_not_come_for_a_name(person: Person, store: Store) -> None:
    _follow(person, MANN)

    def refuse(tx: Tx) -> None:
        for film in (1, 20, 21):
            tx.marks.put(UserId(person.id), MovieId(film), "never")

    store.write(refuse).result()
    person.say("/recommend")
    assert "whom you follow" not in person.sees("Films for you")["text"]


def test_who_is_followed_is_listed_left_and_followed_again(person: Person) -> None:
    person.say("/following")
    person.sees("You follow nobody yet")
    _follow(person, MANN)
    _follow(person, PACINO)
    person.say("/following")
    page = person.sees("You follow 2 people")
    assert "Michael Mann · 3 films" in page["text"]
    assert labels(page) == ["✖ Al Pacino", "✖ Michael Mann"]
    person.tap(page, "✖ Al Pacino")
    left = person.sees("You follow 1 person")
    assert labels(left) == ["✖ Michael Mann", "➕ Al Pacino"]
    person.tap(left, "➕ Al Pacino")
    assert labels(person.sees("You follow 2 people")) == ["✖ Al Pacino", "✖ Michael Mann"]


def test_a_name_that_nobody_bears_has_expired(person: Person) -> None:
    person.say("/following")
    page = person.sees("You follow nobody yet")
    person.tap(page, data=f"1:fp:{number_of('Nobody At All')}:1")
    person.sees("That button is too old")


def _release(bot: LivingBot, store: Store) -> None:
    """Bring a new film of a followed director into the catalogue."""
    film = CatalogueMovie(Movie(NEW, "Ferrari", 2023, ("Drama",)))
    store.write(lambda tx: tx.movies.upsert_all([film])).result()
    store.write(lambda tx: tx.facts.put({NEW: _facts(900, director=MANN)})).result()
    bot.refresh()


def _ask_for_a_digest(person: Person) -> None:
    person.say("/digest daily")
    person.tap(person.sees_button("19:00"), "19:00")
    person.tap(
        person.sim.until_message(person.id, lambda one: any("London" in label for label in labels(one))),
        data="1:dz:1:19:0",
    )


def test_the_digest_tells_once_of_new_films_of_who_is_followed(
    bot: LivingBot, person: Person, store: Store, clock: Clock
) -> None:
    _follow(person, MANN)
    _ask_for_a_digest(person)
    _release(bot, store)
    clock.advance(timedelta(days=1))
    bot.send_digests()
    digest = person.sees("🆕 New with people you follow: Ferrari (2023)")
    person.tap(digest, "🆕 Ferrari")
    card = person.sim.until_message(person.id, lambda one: one["text"].startswith("Ferrari (2023)"))
    assert card["message_id"] == digest["message_id"]
    person.tap(card, "‹ Back")
    clock.advance(timedelta(days=2))
    bot.send_digests()
    person.sim.until(lambda: person.messages()[-1]["message_id"] > digest["message_id"])
    assert "🆕" not in person.messages()[-1]["text"]


def test_a_digest_of_nothing_else_names_new_films_of_who_is_followed(
    bot: LivingBot, person: Person, store: Store, clock: Clock
) -> None:
    _follow(person, MANN)
    _ask_for_a_digest(person)

    def exhaust(tx: Tx) -> None:
        for one in CATALOGUE:
            tx.marks.put(UserId(person.id), one.id, "never")

    store.write(exhaust).result()
    clock.advance(timedelta(days=1))
    bot.send_digests()
    _release(bot, store)
    clock.advance(timedelta(days=2))
    bot.send_digests()
    digest = person.sees("1. Ferrari (2023)")
    assert "by Michael Mann, whom you follow" in digest["text"]
    assert "%" not in digest["text"]
    assert "🆕" not in digest["text"]
    assert digest["text"].count("Ferrari") == 1


def test_following_speaks_chinese(bot: LivingBot, sim: Sim) -> None:
    reader = Person(sim, 7_000_008, "zh-hans")
    reader.say("heat")
    reader.tap(reader.sees("Heat (1991)"), "⋯ 更多")
    reader.tap(reader.sees_button("➕ 迈克尔·曼"), "➕ 迈克尔·曼")
    reader.sees_button("✅ 迈克尔·曼")
    reader.say("/following")
    reader.sees("迈克尔·曼 · 3 部电影")
    reader.say("/recommend")
    reader.sees("你关注的迈克尔·曼执导")
