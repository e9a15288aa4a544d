"""The taste and the year over HTTP: drawn, told in words below, light or dark, and shared without ratings."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image

from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import Clock, Person, labels
from tests.sim import Json, Sim

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _rate(store: Store, person: Person, films: range, *, at: datetime = NOW, half_stars: int = 9) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in map(MovieId, films):
            tx.ratings.put(UserId(person.id), number, half_stars, update_id=number, rated_at=at)

    store.write(effect).result()


def _photo(person: Person, message: Json) -> Image.Image:
    """Return the picture of a message, as a person would see it."""
    answer = httpx.get(person.sim.url + message["photo"])
    return Image.open(BytesIO(answer.content)).convert("RGB")


@pytest.mark.parametrize(
    ("code", "title", "genres", "dark", "light", "share", "shared"),
    [
        ("en", "Your taste", "Genres you rate best: ", "🌙 Dark", "☀️ Light", "📤 Card to share", "My taste in films"),
        ("zh-hans", "你的口味", "评分最高的类型：", "🌙 深色", "☀️ 浅色", "📤 分享卡片", "我的观影口味"),
    ],
)
def test_a_taste_is_drawn_and_told_light_and_dark_and_shared(
    person: Person,
    store: Store,
    sim: Sim,
    code: str,
    title: str,
    genres: str,
    dark: str,
    light: str,
    share: str,
    shared: str,
) -> None:
    ada = Person(sim, 41, code)
    _rate(store, ada, range(1, 13))
    ada.say("/taste")
    letter = ada.sees(title)
    assert genres in letter["text"]
    corner = _photo(ada, letter).getpixel((5, 200))
    assert isinstance(corner, tuple)
    assert min(corner) > 200
    ada.tap(letter, dark)
    turned = ada.sees_button(light)
    assert turned["message_id"] == letter["message_id"]
    corner = _photo(ada, turned).getpixel((5, 200))
    assert isinstance(corner, tuple)
    assert max(corner) < 60
    ada.tap(turned, share)
    card = ada.sees(shared)
    assert card["photo"]
    assert labels(card) == []
    assert "★" not in card["text"]


@pytest.mark.parametrize(
    ("code", "said", "rate"),
    [("en", "from 5 ratings on; so far you have given 4", "⭐ Rate films"), ("zh-hans", "目前评了 4 部", "⭐ 去打分")],
)
def test_too_few_ratings_are_one_sentence_and_what_to_do(
    person: Person, store: Store, sim: Sim, code: str, said: str, rate: str
) -> None:
    ada = Person(sim, 42, code)
    _rate(store, ada, range(1, 5))
    ada.say("/taste")
    assert labels(ada.sees(said)) == [rate]


def test_who_likes_nothing_is_told_so_kindly(person: Person, store: Store) -> None:
    _rate(store, person, range(1, 9), half_stars=3)
    person.say("/taste")
    assert person.sees("Nothing has four stars yet")["photo"]


@pytest.mark.parametrize(
    ("code", "so_far", "last", "best", "none"),
    [
        ("en", "Your 2026 so far", "Your 2025 in films", "Your best: ", "A year takes 10 ratings"),
        ("zh-hans", "你的 2026 年（至今）", "你的 2025 年", "年度最佳：", "一年里评满 10 部"),
    ],
)
def test_the_year_so_far_or_the_last_or_what_is_missing(
    person: Person, store: Store, sim: Sim, clock: Clock, code: str, so_far: str, last: str, best: str, none: str
) -> None:
    ada = Person(sim, 43, code)
    ada.say("/year")
    ada.sees(none)
    _rate(store, ada, range(1, 13), at=NOW - timedelta(days=100))
    ada.say("/year")
    letter = ada.sees(last)
    assert best in letter["text"]
    assert letter["photo"]
    _rate(store, ada, range(21, 33))
    ada.say("/year")
    letter = ada.sees(so_far)
    ada.tap(letter, "📅 2025")
    turned = sim.until_message(43, lambda one: last in one["text"] and "📅 2026" in labels(one))
    assert turned["message_id"] == letter["message_id"]


def test_a_year_ends_by_a_persons_own_clock(person: Person, store: Store, clock: Clock) -> None:
    person.say("/year")
    person.sees("A year takes 10 ratings")
    store.write(lambda tx: tx.people.set_clock(UserId(person.id), "Asia/Tokyo", utc_offset_minutes=540)).result()
    new_year = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)  # half past midnight in Tokyo
    _rate(store, person, range(1, 13), at=new_year)
    person.say("/year")
    person.sees("Your 2026 so far · 12 films rated")


def test_the_taste_leads_to_the_year_and_back(person: Person, store: Store) -> None:
    _rate(store, person, range(1, 13))
    person.say("/taste")
    person.tap(person.sees("Your taste"), "📅 My year")
    person.tap(person.sees("Your 2026 so far"), "🎨 My taste")
    person.sees("Your taste")
