"""Native polls: asked, voted in, taken back, hidden, ended; and what Telegram refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import RefusedError, Sim

Json = dict[str, Any]

ASKED: Json = {"chat_id": 7, "question": "Which film?", "options": ["Heat", {"text": "<b>Alien</b>"}, "Up"]}


def ask(api: Api, **more: Any) -> int:
    return int(api.result("sendPoll", **ASKED, **more)["message_id"])


def votes(sim: Sim) -> list[int]:
    return [option["voter_count"] for option in sim.messages(7)[-1]["poll"]["options"]]


def test_votes_reach_the_bot_and_the_chat(api: Api, sim: Sim) -> None:
    poll = api.result("sendPoll", **ASKED, is_anonymous=False)["poll"]
    assert [option["text"] for option in poll["options"]] == ["Heat", "<b>Alien</b>", "Up"]
    assert (poll["type"], poll["is_anonymous"], poll["is_closed"]) == ("regular", False, False)
    update_id = sim.vote(7, sim.messages(7)[-1]["message_id"], 2)
    answer, stands = api.result("getUpdates")[-2:]
    assert answer["update_id"] == update_id
    assert (answer["poll_answer"]["option_ids"], answer["poll_answer"]["user"]["id"]) == ([2], 7)
    assert answer["poll_answer"]["option_persistent_ids"] == [poll["options"][2]["persistent_id"]]
    assert [option["voter_count"] for option in stands["poll"]["options"]] == [0, 0, 1]
    assert votes(sim) == [0, 0, 1]


def test_a_vote_is_changed_and_taken_back(api: Api, sim: Sim) -> None:
    asked = ask(api, is_anonymous=False)
    sim.vote(7, asked, 0)
    sim.vote(7, asked, 1)
    assert votes(sim) == [0, 1, 0]
    sim.vote(7, asked)
    assert votes(sim) == [0, 0, 0]
    assert api.result("getUpdates")[-2]["poll_answer"]["option_ids"] == []
    assert sim.vote(7, asked) is None  # nothing changed, so nothing is told


def test_an_anonymous_poll_tells_counts_and_no_names(api: Api, sim: Sim) -> None:
    sim.vote(7, ask(api), 1)
    assert [next(iter(update.keys() - {"update_id"})) for update in api.result("getUpdates")] == ["message", "poll"]


def test_several_answers_only_where_they_are_allowed(api: Api, sim: Sim) -> None:
    one, several = ask(api), ask(api, allows_multiple_answers=True)
    with pytest.raises(RefusedError, match="this poll takes one option"):
        sim.vote(7, one, 0, 1)
    with pytest.raises(RefusedError, match="options must be places from 0 to 2"):
        sim.vote(7, one, 3)
    sim.vote(7, several, 2, 0)
    assert votes(sim) == [1, 0, 1]


def test_a_quiz_knows_the_answer_and_takes_one_vote(api: Api, sim: Sim) -> None:
    quiz = api.result("sendPoll", **ASKED, type="quiz", correct_option_id=1, explanation="Of 1979")["poll"]
    assert (quiz["correct_option_id"], quiz["correct_option_ids"], quiz["explanation"]) == (1, [1], "Of 1979")
    asked = sim.messages(7)[-1]["message_id"]
    sim.vote(7, asked, 0)
    with pytest.raises(RefusedError, match="one vote from each person"):
        sim.vote(7, asked, 1)


def test_hidden_results_show_when_the_poll_is_stopped(api: Api, sim: Sim) -> None:
    asked = ask(api, hide_results_until_closes=True)
    sim.vote(7, asked, 1)
    assert votes(sim) == [0, 0, 0]
    stopped = api.result("stopPoll", chat_id=7, message_id=asked)
    assert (stopped["is_closed"], stopped["options"][1]["voter_count"]) == (True, 1)
    assert api.result("getUpdates")[-1]["poll"]["is_closed"] is True
    with pytest.raises(RefusedError, match="the poll must be open"):
        sim.vote(7, asked, 0)
    assert api.refusal("stopPoll", chat_id=7, message_id=asked) == "Bad Request: poll has already been closed"


def test_a_poll_ends_when_its_time_is_up(api: Api, sim: Sim) -> None:
    asked = ask(api, open_period=600)
    sim.post("poll/end", user={"id": 7, "first_name": "Ada"}, message_id=asked)
    assert sim.messages(7)[-1]["poll"]["is_closed"] is True
    assert api.result("getUpdates")[-1]["poll"]["open_period"] == 600


def test_a_poll_ends_by_itself(api: Api, sim: Sim) -> None:
    ask(api, close_date=1)  # long ago
    assert sim.messages(7)[-1]["poll"]["is_closed"] is False
    ask(api, open_period=1)
    assert sim.until(lambda: sim.messages(7)[-1]["poll"]["is_closed"])


def test_a_forward_shows_the_same_poll_and_a_copy_asks_anew(api: Api, sim: Sim) -> None:
    asked = ask(api)
    sim.vote(7, asked, 1)
    source = {"chat_id": 7, "from_chat_id": 7, "message_id": asked}
    forwarded = api.result("forwardMessage", None, **source)
    assert forwarded["poll"]["options"][1]["voter_count"] == 1
    refused = api.refusal("stopPoll", chat_id=7, message_id=forwarded["message_id"])
    assert refused == "Bad Request: poll can't be stopped"
    api.result("copyMessage", None, **source)
    assert votes(sim) == [0, 0, 0]
    refused = api.refusal("editMessageMedia", chat_id=7, message_id=asked, media={"type": "photo", "media": "x"})
    assert refused == "Bad Request: message media can't be edited"


def test_only_a_poll_of_the_bot_is_stopped(api: Api, sim: Sim) -> None:
    text = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    assert api.refusal("stopPoll", chat_id=7, message_id=text) == "Bad Request: message is not a poll"
    assert api.refusal("stopPoll", chat_id=7, message_id=1) == "Bad Request: message with poll to stop not found"
    with pytest.raises(RefusedError, match="the message must be a poll"):
        sim.vote(7, text, 0)
    asked = ask(api)
    refused = api.refusal("editMessageText", chat_id=7, message_id=asked, text="y")
    assert refused == "Bad Request: there is no text in the message to edit"


@pytest.mark.parametrize(
    ("change", "description"),
    [
        ({"question": ""}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x", " "]}, "text must be non-empty"),
        ({"options": ["x", "y" * 101]}, "poll options length must not exceed 100"),
        ({"options": "x"}, "can't parse options JSON object"),
        ({"options": {}}, "expected an Array of String as options"),
        ({"type": "test"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_id": 3}, "wrong correct option ID specified"),
        ({"chat_id": 99}, "chat not found"),
    ],
)
def test_a_poll_that_telegram_would_not_send(api: Api, change: Json, description: str) -> None:
    assert api.refusal("sendPoll", **(ASKED | change)) == f"Bad Request: {description}"


def test_twelve_options_and_one_option_pass(api: Api) -> None:
    for count in (1, 12):
        sent = api.result("sendPoll", chat_id=7, question="x", options=[str(place) for place in range(count)])
        assert len(sent["poll"]["options"]) == count
