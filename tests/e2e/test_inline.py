"""Inline mode: films offered in any chat, over HTTP, to people known and unknown, in both languages."""

from __future__ import annotations

from typing import Final

import pytest

from bot.storage import Store
from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Json, Sim

STRANGER: Final = 7_000_099
FRIENDS: Final[Json] = {"id": -55, "type": "group", "title": "Friends"}


def ask(sim: Sim, user: int | Json, query: str, **more: str) -> tuple[int, Json]:
    """Type a query behind the bot's name; returns the update and the answer."""
    update_id = sim.inline(user, query, **more)
    assert update_id is not None
    return update_id, sim.until(lambda: sim.inline_answer(update_id), what=f"an answer to {query!r}") or {}


def titles(answer: Json) -> list[str]:
    return [result["title"] for result in answer["results"]]


def test_a_title_is_a_card_for_any_chat_and_leads_back_to_the_film(person: Person) -> None:
    person.onboard("Action")
    update_id, answer = ask(person.sim, person.user, "matrix")
    assert (answer["is_personal"], answer["cache_time"], titles(answer)[0]) == (True, 10, "The Matrix (1995)")
    assert answer["results"][0]["description"].startswith("87% match")
    person.sim.choose(update_id, answer["results"][0]["id"], FRIENDS)
    card = person.sim.messages(FRIENDS["id"])[0]
    assert card["text"].startswith("The Matrix (1995)")
    assert "match" not in card["text"], "what is sent says nothing of who sent it"
    [[rate]] = card["keyboard"]
    assert (rate["text"], rate["url"].partition("?")[2]) == ("⭐ Rate it", "start=m_5")
    person.say("/start m_5")
    assert "1★" in {button["text"] for row in person.sees("The Matrix")["keyboard"] for button in row}


def test_a_card_sent_into_the_bots_own_chat_opens_the_film(person: Person) -> None:
    person.onboard("Action")
    update_id, answer = ask(person.sim, person.user, "ronin")
    person.sim.choose(update_id, answer["results"][0]["id"])
    person.sees_button("1★")
    assert "Ronin" in person.messages()[-1]["text"]


def test_a_stranger_is_served_and_not_remembered(bot: LivingBot, sim: Sim, store: Store) -> None:
    before = store.read(lambda tx: tx.counts())
    _, answer = ask(sim, {"id": STRANGER, "first_name": "Bo", "language_code": "zh-hans"}, "")
    assert len(titles(answer)) == 5
    assert answer["button"] == {"text": "🎬 打开机器人", "start_parameter": "inline"}
    rows = store.read(lambda tx: tx.erasure.export(UserId(STRANGER)))
    assert {name: found for name, found in rows.items() if found} == {}
    assert store.read(lambda tx: tx.counts()) == before
    sim.message(STRANGER, "/start inline")
    sim.until_text(STRANGER, "Which genres")
    assert not [one for one in sim.from_bot(STRANGER) if "inline" in one["text"]]


def test_a_wish_is_answered_page_by_page(bot: LivingBot, sim: Sim) -> None:
    _, first = ask(sim, 8, "drama or comedy")
    _, second = ask(sim, 8, "drama or comedy", offset=first["next_offset"])
    assert (len(titles(first)), first["next_offset"]) == (10, "10")
    assert len(titles(second)) == 10
    assert not {*titles(first)} & {*titles(second)}
    _, nineties = ask(sim, 8, "90s comedy")
    assert titles(nineties)
    assert all("(199" in title for title in titles(nineties))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("???!!!", "🤔 Type a title or “90s comedy”"),
        ("x" * 250, "✂️ Too long: a title will do"),
        ("qqqqzzzzxx", "🔍 No such film: open the bot"),
    ],
)
def test_what_is_no_query_has_a_clear_answer(bot: LivingBot, sim: Sim, query: str, said: str) -> None:
    _, answer = ask(sim, 8, query)
    assert (answer["results"], answer["button"]["text"]) == ([], said)


def test_a_rated_film_shows_its_stars_and_no_match(person: Person) -> None:
    card = person.open(person.onboard("Action"), 1)
    person.tap(card, "5★")
    name = card["text"].splitlines()[0].partition(" (")[0]
    _, answer = ask(person.sim, person.user, name)
    assert answer["results"][0]["description"].startswith("★★★★★")
    assert answer["button"] is None
