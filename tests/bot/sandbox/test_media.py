"""Files of every kind, albums, places, contacts and dice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bot.sandbox.api import Api, picture
from tests.sim import Sim

Json = dict[str, Any]

KINDS = {
    "Animation": "animation",
    "Audio": "audio",
    "Video": "video",
    "Voice": "voice",
    "VideoNote": "video_note",
    "Sticker": "sticker",
}


@pytest.mark.parametrize(("method", "kind"), KINDS.items())
def test_a_file_of_any_kind_travels(api: Api, sim: Sim, method: str, kind: str) -> None:
    sent = api.result(f"send{method}", {kind: ("x.bin", b"bytes")}, chat_id="7", duration="5")
    assert (sent[kind]["file_size"], sent[kind].get("duration", 5)) == (5, 5)
    assert (sim.messages(7)[-1]["kind"], sim.messages(7)[-1]["document"]["name"]) == (kind, "x.bin")
    again = api.result(f"send{method}", chat_id=7, **{kind: sent[kind]["file_id"]})
    assert again[kind]["file_unique_id"] == sent[kind]["file_unique_id"]


def test_an_address_is_not_fetched(api: Api) -> None:
    refused = api.refusal("sendVideo", chat_id=7, video="https://example.org/x.mp4")
    assert refused == "Bad Request: failed to get HTTP URL content"
    assert api.refusal("sendVoice", chat_id=7) == "Bad Request: there is no voice in the request"


def test_an_album_is_one_group(api: Api, sim: Sim) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "One"}, {"type": "photo", "media": "attach://b"}]
    files = {"a": ("a.png", picture()), "b": ("b.png", picture(30, 30))}
    sent = api.result("sendMediaGroup", files, chat_id="7", media=json.dumps(media))
    assert (sent[0]["caption"], sent[0]["media_group_id"]) == ("One", sent[1]["media_group_id"])
    assert [one["text"] for one in sim.messages(7)[-2:]] == ["One", ""]


@pytest.mark.parametrize(
    ("media", "description"),
    [
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        (
            [{"type": "photo", "media": "x"}, {"type": "audio", "media": "y"}],
            "audio can't be mixed with other media types",
        ),
        ([{"type": "photo", "media": "x"}], "wrong file identifier/HTTP URL specified"),
        ("x", "can't parse media JSON object"),
    ],
)
def test_an_album_that_telegram_would_not_send(api: Api, media: Any, description: str) -> None:
    assert api.refusal("sendMediaGroup", chat_id=7, media=media) == f"Bad Request: {description}"


def test_a_picture_takes_the_place_of_another(api: Api, sim: Sim) -> None:
    sent = api.result("sendPhoto", {"photo": ("x.png", picture())}, chat_id="7", caption="Old")
    media = {"type": "photo", "media": "attach://new", "caption": "New"}
    target = {"chat_id": "7", "message_id": str(sent["message_id"]), "media": json.dumps(media)}
    edited = api.result("editMessageMedia", {"new": ("y.png", picture(20, 20))}, **target)
    assert (edited["caption"], edited["photo"][0]["width"]) == ("New", 20)
    again: Json = target | {"media": json.dumps(media | {"media": edited["photo"][0]["file_id"]})}
    assert api.refusal("editMessageMedia", **again).startswith("Bad Request: message is not modified")


def test_places_contacts_and_dice_travel(api: Api, sim: Sim) -> None:
    place: Json = {"latitude": 52.5, "longitude": 13.4}
    assert api.result("sendLocation", chat_id=7, **place)["location"] == place
    venue = api.result("sendVenue", chat_id=7, **place, title="Odeon", address="Here")["venue"]
    assert venue == {"location": place, "title": "Odeon", "address": "Here"}
    contact = api.result("sendContact", chat_id=7, phone_number="+1555", first_name="Ada")["contact"]
    assert contact == {"phone_number": "+1555", "first_name": "Ada"}
    assert 1 <= api.result("sendDice", chat_id=7, emoji="🏀")["dice"]["value"] <= 5
    assert [next(iter(one["other"])) for one in sim.from_bot(7)] == ["location", "venue", "contact", "dice"]


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendLocation", {"longitude": 1}, "latitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location specified"),
        ("sendLocation", {"latitude": "x", "longitude": 1}, "wrong location specified"),
        ("sendDice", {"emoji": "🍌"}, "wrong dice emoji specified"),
    ],
)
def test_a_place_or_dice_that_is_none(api: Api, method: str, parameters: Json, description: str) -> None:
    assert api.refusal(method, chat_id=7, **parameters) == f"Bad Request: {description}"


def test_a_live_place_moves_and_stops(api: Api, sim: Sim) -> None:
    sent = api.result("sendLocation", chat_id=7, latitude=1, longitude=2, live_period=600)
    target = {"chat_id": 7, "message_id": sent["message_id"]}
    moved = api.result("editMessageLiveLocation", **target, latitude=3, longitude=4)["location"]
    assert (moved["latitude"], moved["live_period"]) == (3, 600)
    assert "live_period" not in api.result("stopMessageLiveLocation", **target)["location"]
    assert api.refusal("stopMessageLiveLocation", **target) == "Bad Request: message can't be edited"


def test_people_here_have_no_pictures(api: Api) -> None:
    assert api.result("getUserProfilePhotos", user_id=7) == {"total_count": 0, "photos": []}
