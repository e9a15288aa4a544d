"""Inline queries: what they are taken for, what they cost the database, and that they leave nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.messages import load_words
from bot.outgoing import InlineAnswer
from bot.service.inline import MOST, PAGE, InlineQuestion, offer_films
from bot.service.service import Service
from bot.service.titles import Titles
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.pupil import ENTRIES, Pupil
from tests.databases import Clock

ADA = UserId(7)
BOT = "https://t.me/reelmate_bot"


class Simulated(Pupil):
    is_simulated = True


@pytest.fixture
def service(store: Store) -> Service:
    store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    return Service(store, Pupil(), load_words(), Titles(store))


def ask(service: Service, text: str, offset: int = 0, language: str = "en") -> InlineAnswer:
    return offer_films(service, InlineQuestion(ADA, language, text, offset, BOT))


def ids(answer: InlineAnswer) -> list[int]:
    return [int(result.id) for result in answer.results]


def test_every_day_has_another_five_of_the_best_and_keeps_to_them(service: Service, clock: Clock) -> None:
    days = []
    for _ in range(3):
        days.append(ids(ask(service, "")))
        clock.pass_by(hours=6)
        assert ids(ask(service, "  ")) == days[-1]
        clock.now += timedelta(hours=18)
    assert sorted(one for day in days for one in day) == list(range(1, 16))


@pytest.mark.parametrize(
    ("text", "first"),
    [("heat", 1), ("Amelie", 3), ("https://www.imdb.com/title/tt0000004/", 4), ("Tom & Jerry", 7)],
)
def test_a_title_or_a_link_finds_its_film(service: Service, text: str, first: int) -> None:
    assert ids(ask(service, text))[0] == first


def test_pages_end(service: Service) -> None:
    seen: list[int] = []
    answer = ask(service, "film")
    while answer.next_offset:
        seen += ids(answer)
        answer = ask(service, "film", int(answer.next_offset))
    seen += ids(answer)
    assert len(seen) == len(set(seen)) <= MOST
    assert len(seen) > PAGE
    beyond = ask(service, "film", MOST)
    assert (beyond.results, beyond.opens_bot) == ((), "")


@pytest.mark.parametrize("text", ["x" * 500, "<>&", "🎬🎬", "‮", "no such film at all"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_finds_nothing_is_said_in_one_line(service: Service, text: str, language: str) -> None:
    answer = ask(service, text, language=language)
    assert answer.results == () or text == "‮"
    assert 0 < len(answer.opens_bot) <= 40


def test_a_title_with_markup_is_plain_in_the_choice_and_escaped_in_the_card(service: Service) -> None:
    [result] = [one for one in ask(service, "Tom & Jerry").results if one.id == "7"]
    assert result.title == "Tom & <Jerry> (1997)"
    assert "Tom &amp; &lt;Jerry&gt; (1997)" in result.message.text


def test_a_model_of_simulated_people_tells_a_stranger_no_percentage(store: Store, service: Service) -> None:
    told = offer_films(
        Service(store, Simulated(), service.words, service.titles), InlineQuestion(ADA, "en", "heat", 0, BOT)
    )
    assert told.results[0].about.startswith("a safe bet")


def test_nothing_is_stored(service: Service) -> None:
    for text in ("", "heat", "90s comedy", "???"):
        ask(service, text)
    assert not any(service.store.read(lambda tx: tx.erasure.export(ADA)).values())
    assert service.store.read(lambda tx: tx.people.get(ADA)) is None
