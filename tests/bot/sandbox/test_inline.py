"""Inline mode and guest mode: asked anywhere, answered strictly, edited by the id of the message."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api, picture
from tests.sim import RefusedError, Sim

Json = dict[str, Any]

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
FRIENDS = {"id": -55, "type": "group", "title": "Friends"}
BUTTONS = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


def article(result_id: str = "1", **more: Any) -> Json:
    content = {"message_text": "<b>Heat</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Heat", "input_message_content": content, **more}


def answered(api: Api, sim: Sim, *results: Json, **more: Any) -> int:
    """Ask inline, answer with these results, and return the update of the question."""
    update_id = sim.inline(7, "heat", offset="5", chat_type="group")
    query = api.result("getUpdates")[-1]["inline_query"]
    api.result("answerInlineQuery", inline_query_id=query["id"], results=results, **more)
    assert update_id is not None
    return update_id


def test_a_query_arrives_and_its_answer_is_seen(api: Api, sim: Sim) -> None:
    update_id = sim.inline(7, "heat", offset="5", chat_type="group")
    query = api.result("getUpdates")[-1]["inline_query"]
    assert (query["query"], query["offset"], query["chat_type"], query["from"]["id"]) == ("heat", "5", "group", 7)
    assert sim.inline_answer(update_id) is None
    button = {"text": "Rate films", "start_parameter": "rate"}
    more: Json = {"cache_time": 5, "is_personal": True, "next_offset": "10", "button": button}
    api.result("answerInlineQuery", inline_query_id=query["id"], results=[article()], **more)
    assert sim.inline_answer(update_id) == {"results": [article()], **more}
    assert api.refusal("answerInlineQuery", inline_query_id=query["id"], results=[]) == TOO_OLD


def test_a_chosen_result_stands_in_the_chat_via_the_bot_and_is_edited_from_afar(api: Api, sim: Sim) -> None:
    update_id = answered(api, sim, article(reply_markup=BUTTONS))
    sim.choose(update_id, "1", FRIENDS)
    chosen = api.result("getUpdates")[-1]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"], chosen["from"]["id"]) == ("1", "heat", 7)
    card = sim.messages(-55)[0]
    assert (card["text"], card["via_bot"], card["inline_message_id"]) == ("Heat", True, chosen["inline_message_id"])
    sim.tap(7, card["message_id"], "More")
    tap = api.result("getUpdates")[-1]["callback_query"]
    assert (tap["inline_message_id"], "message" in tap) == (card["inline_message_id"], False)
    api.result("answerCallbackQuery", callback_query_id=tap["id"])
    assert api.result("editMessageText", inline_message_id=tap["inline_message_id"], text="Seen") is True
    assert (sim.messages(-55)[0]["text"], sim.messages(-55)[0]["edited"]) == ("Seen", True)


def test_a_result_without_buttons_is_out_of_reach(api: Api, sim: Sim) -> None:
    sim.choose(answered(api, sim, article()), "1", FRIENDS)
    assert "inline_message_id" not in api.result("getUpdates")[-1]["chosen_inline_result"]


def test_in_a_chat_with_the_bot_it_sees_the_message_too(api: Api, sim: Sim) -> None:
    sim.choose(answered(api, sim, article()), "1")
    message, chosen = api.result("getUpdates")[-2:]
    assert (message["message"]["via_bot"]["is_bot"], message["message"]["text"]) == (True, "Heat")
    assert "chosen_inline_result" in chosen


def test_results_of_other_kinds_stand_in_the_chat(api: Api, sim: Sim) -> None:
    photo = api.result("sendPhoto", {"photo": ("x.png", picture())}, chat_id="7")["photo"][0]["file_id"]
    place: Json = {"type": "venue", "id": "v", "latitude": 1.5, "longitude": 2.5, "title": "Odeon", "address": "Here"}
    remote = {"type": "gif", "id": "g", "gif_url": "https://example.org/g.gif", "thumbnail_url": "https://example.org"}
    cached = {"type": "photo", "id": "p", "photo_file_id": photo, "caption": "<i>x</i>", "parse_mode": "HTML"}
    update_id = answered(api, sim, place, remote, cached)
    for result_id in "vgp":
        sim.choose(update_id, result_id)
    venue, gif, shown = sim.messages(7)[-3:]
    assert venue["other"]["venue"]["title"] == "Odeon"
    assert gif["other"]["animation"]["file_id"] == "https://example.org/g.gif"
    assert (shown["text"], shown["photo"]) == ("x", f"/sim/file/{photo}")
    assert api.result("getUpdates")[-2]["message"]["caption"] == "x"


@pytest.mark.parametrize(
    ("more", "description"),
    [
        ({"results": [article(str(place)) for place in range(51)]}, "too many inline query results specified"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("é" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [{"type": "pigeon", "id": "1"}]}, "can't parse InlineQueryResult: type 'pigeon' is unsupported"),
        ({"results": [{"type": "article", "id": "1"}]}, "can't parse InlineQueryResult: Can't find field \"title\""),
        ({"results": [7]}, "can't parse InlineQueryResult: Inline query result must be an object"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
        ({"results": [article()], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        (
            {"results": [], "button": {"text": "Go", "start_parameter": "a b"}},
            "unallowed characters in start_parameter",
        ),
        ({"results": [], "button": {"text": "Go", "start_parameter": "a" * 65}}, "too long start_parameter specified"),
        ({"results": [], "button": {"text": "Go"}}, "can't use empty start_parameter"),
        ({"results": [], "button": {"start_parameter": "a"}}, "can't parse inline query results button"),
    ],
)
def test_an_answer_that_telegram_would_not_take(api: Api, sim: Sim, more: Json, description: str) -> None:
    update_id = sim.inline(7, "x")
    query = api.result("getUpdates")[-1]["inline_query"]["id"]
    assert api.refusal("answerInlineQuery", inline_query_id=query, **more).startswith(f"Bad Request: {description}")
    assert sim.inline_answer(update_id) is None


def test_fifty_results_and_sixty_four_bytes_pass(api: Api, sim: Sim) -> None:
    results = [article("é" * 31 + f"{place:02}") for place in range(50)]
    update_id = answered(api, sim, *results, next_offset="é" * 32)
    assert len((sim.inline_answer(update_id) or {})["results"]) == 50


@pytest.mark.parametrize(
    ("inline_id", "description"),
    [
        ("forged", "invalid inline message identifier specified"),
        ("bG9jYWwAAAAAAAAAAAAAAAAAAAA", "MESSAGE_ID_INVALID"),
    ],
)
def test_a_forged_inline_id_is_refused(api: Api, inline_id: str, description: str) -> None:
    refused = api.refusal("editMessageText", inline_message_id=inline_id, text="x")
    assert refused == f"Bad Request: {description}"


def test_a_script_can_choose_only_what_was_answered(api: Api, sim: Sim) -> None:
    update_id = answered(api, sim, article())
    for query, result_id in ((1, "1"), (update_id, "2")):
        with pytest.raises(RefusedError):
            sim.choose(query, result_id)
    with pytest.raises(RefusedError, match="chat_type must be one of"):
        sim.inline(7, "x", chat_type="moon")
    with pytest.raises(RefusedError, match="query must be at most 256"):
        sim.inline(7, "x" * 257)


def test_a_guest_answers_once_in_a_chat_it_is_not_in(api: Api, sim: Sim) -> None:
    sim.guest(7, "@reelmate_bot what to watch?", FRIENDS)
    message = api.result("getUpdates")[-1]["guest_message"]
    assert (message["chat"]["id"], message["from"]["id"], message["text"][:13]) == (-55, 7, "@reelmate_bot")
    asked = {"guest_query_id": message["guest_query_id"], "result": article(reply_markup=BUTTONS)}
    inline_id = api.result("answerGuestQuery", **asked)["inline_message_id"]
    said = sim.from_bot(-55)[0]
    assert (said["text"], said["caller_id"], said["reply_to"]) == ("Heat", 7, message["message_id"])
    assert api.refusal("answerGuestQuery", **asked) == TOO_OLD
    sim.tap(7, said["message_id"], "More")
    assert api.result("getUpdates")[-1]["callback_query"]["inline_message_id"] == inline_id
    assert api.result("editMessageText", inline_message_id=inline_id, text="Seen") is True
    assert api.refusal("sendMessage", chat_id=-55, text="x") == "Bad Request: chat not found"


def test_a_guest_is_called_by_name_and_only_where_it_is_no_member(api: Api, sim: Sim) -> None:
    with pytest.raises(RefusedError, match="text must mention @reelmate_bot"):
        sim.guest(7, "what to watch?", FRIENDS)
    sim.message(7, "hi", {"id": -56, "type": "group"})
    with pytest.raises(RefusedError, match="chat must be one that the bot is not in"):
        sim.guest(7, "@reelmate_bot?", {"id": -56, "type": "group"})
