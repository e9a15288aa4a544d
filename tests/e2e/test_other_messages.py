"""Whatever Telegram lets people send is understood, or answered once."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim

FILE: Final = {"file_id": "f", "file_unique_id": "u"}
PICTURE: Final = {**FILE, "width": 90, "height": 90}
PLACE: Final = {"latitude": 51.5, "longitude": -0.1}
KINDS: Final[dict[str, Any]] = {
    "photo": [PICTURE],
    "animation": {**PICTURE, "duration": 2},
    "audio": {**FILE, "duration": 200},
    "document": FILE,
    "sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"},
    "story": {"chat": {"id": 5, "type": "private"}, "id": 7},
    "video": {**PICTURE, "duration": 2},
    "video_note": {**FILE, "length": 90, "duration": 2},
    "voice": {**FILE, "duration": 2},
    "paid_media": {"star_count": 1, "paid_media": []},
    "contact": {"phone_number": "+1", "first_name": "Bo"},
    "dice": {"emoji": "🎲", "value": 6},
    "game": {"title": "Snake", "description": "It eats.", "photo": [PICTURE]},
    "poll": {
        **{"id": "p", "question": "Which?", "options": [], "total_voter_count": 0, "is_closed": False},
        **{"is_anonymous": True, "type": "regular", "allows_multiple_answers": False},
        **{"allows_revoting": False, "members_only": False},
    },
    "venue": {"location": PLACE, "title": "The Rio", "address": "Kingsland"},
    "location": PLACE,
    "checklist": {"title": "To watch", "tasks": []},
    "giveaway": {"chats": [], "winners_selection_date": 1, "winner_count": 1},
    "invoice": {"title": "t", "description": "d", "start_parameter": "s", "currency": "XTR", "total_amount": 1},
    "of_a_kind_yet_to_come": {"anything": 1},
}
SENTENCES: Final = {"en": "I can only read text", "zh-hans": "我只看得懂文字"}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_kind_of_message_is_answered_once(bot: LivingBot, sim: Sim, code: str) -> None:
    person = Person(sim, 8, code)
    contents = [*({kind: content} for kind, content in KINDS.items()), {"poll": {"question": "as none was ever sent"}}]
    for content in contents:
        sim.other(person.user, content)
    sim.until(lambda: len(person.messages()) >= len(contents), what="an answer to each kind")
    person.settle()
    assert [SENTENCES[code] in message["text"] for message in person.messages()[:-1]] == [True] * len(contents)


def test_an_album_is_answered_once_and_another_one_again(person: Person) -> None:
    for album in ("77", "78"):
        for _ in range(10):
            person.sim.other(person.user, {"photo": [PICTURE], "media_group_id": album})
    person.settle()
    assert len([each for each in person.messages() if "I can only read text" in each["text"]]) == 2


def test_of_an_album_with_a_caption_the_caption_is_answered(person: Person) -> None:
    person.sim.other(person.user, {"photo": [PICTURE], "media_group_id": "77", "caption": "heat"})
    for _ in range(9):
        person.sim.other(person.user, {"photo": [PICTURE], "media_group_id": "77"})
    person.settle()
    assert [each["text"].partition("\n")[0] for each in person.messages()[:-1]] == ["Heat (1991)"]


def test_a_caption_is_read_as_a_title(person: Person) -> None:
    person.sim.other(person.user, {"photo": [PICTURE], "caption": "heat"})
    assert person.sees("Heat (1991)")["text"].startswith("Heat (1991)")


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "  \n "])
def test_any_blank_stands_between_a_command_and_its_argument(person: Person, blank: str) -> None:
    person.say(f"/rate{blank}ronin")
    assert person.sees("Seen it? Tap your stars.")["text"].startswith("Ronin (1992)")


COMMANDS: Final = {
    "later": "Your watchlist is empty",
    "ratings": "You haven’t rated a film yet",
    "genres": "Your genres",
    "import": "Bring your films along",
    "privacy": "Training for everyone",
    "export": "Everything I know about you",
    "deleteme": "Erase everything?",
    "language": "Which language shall I speak?",
    "help": "Send me a title to rate it",
    "start": "Which genres",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_argument_that_a_command_does_not_take_is_answered(person: Person, command: str) -> None:
    person.say("/rate")  # makes them known
    person.sees("How did you like it?")
    person.say(f"/{command} <b>please")
    person.sees(COMMANDS[command])
    told = person.sees("I don’t know what to do with “<b>please” there")
    assert [each["message_id"] for each in person.messages()].index(told["message_id"]) == 1


def test_such_an_answer_is_chinese_too(bot: LivingBot, sim: Sim) -> None:
    person = Person(sim, 8, "zh-hans")
    person.say("/help 谢谢")
    person.sees("“谢谢”用在这里我看不懂")
    person.sees("把片名发给我就能打分")


WORDS: Final = {
    "Settings": "What I send by myself",
    "stop!": "What I send by myself",
    "my watchlist": "Your watchlist is empty",
    "设置": "What I send by myself",
    "géneros": "Your genres",
    "START": "Which genres",
    "show me more": "Films for you",
    "换一批": "Films for you",
    "I’ve seen them all": "Films for you",
    "daily digest": "digest",
}


@pytest.mark.parametrize("word", WORDS)
def test_a_command_may_be_written_as_a_plain_word(person: Person, word: str) -> None:
    person.say("/rate")  # makes them known
    person.sees("How did you like it?")
    person.say(word)
    person.sees(WORDS[word])
    person.settle()
    assert not any("I don’t know what to do" in each["text"] for each in person.messages())


def _said(person: Person, text: str) -> int:
    number: int = next(each["message_id"] for each in person.sim.messages(person.id) if each["text"] == text)
    return number


def test_who_corrects_a_text_is_answered_anew_and_who_changes_no_word_is_not(person: Person) -> None:
    person.say("qwrtz")
    person.sees("I couldn’t find")
    person.sim.edit(person.id, _said(person, "qwrtz"), "ronin")
    assert person.sees("Seen it? Tap your stars.")["text"].startswith("Ronin (1992)")
    person.settle()
    before = len(person.messages())
    person.sim.edit(person.id, _said(person, "ronin"), "ronin")  # as when a link gets its preview
    person.settle()
    assert len(person.messages()) == before + 1  # the answer to /help
    person.sim.edit(person.id, _said(person, "ronin"), "/later")
    person.sees("Your watchlist is empty")


@pytest.mark.parametrize(("name", "answer"), [("中文", "现在我会说中文"), ("English", "I speak English now")])
def test_a_language_can_be_named_behind_its_command(person: Person, name: str, answer: str) -> None:
    person.say(f"/language {name}")
    person.sees(answer)
