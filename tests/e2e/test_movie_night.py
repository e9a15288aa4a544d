"""A movie night over HTTP: from /movienight to the film, in both languages, and whatever may come between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox import RunningSandbox
from recommender.domain import UserId
from tests.bot.sandbox.api import Api
from tests.e2e.conftest import Clock, LivingBot, Person, data_of, labels
from tests.sim import Json, Sim

GROUP: Json = {"id": -55, "type": "group", "title": "Film night"}
FORUM: Json = {"id": -1_000_000_000_056, "type": "supergroup", "title": "Forum", "is_forum": True}
JOIN, SHOW, COUNT, END = "🙋 I’m in", "🎬 Show films", "🏁 Count the votes", "✖️ Call it off"


class Group:
    """A group with the bot, and people in it."""

    def __init__(self, sim: Sim, bot: LivingBot, chat: Json = GROUP) -> None:
        self.sim, self.bot, self.chat = sim, bot, chat

    @property
    def id(self) -> int:
        return int(self.chat["id"])

    def say(self, person: Person, text: str) -> None:
        assert self.sim.message(person.user, text, self.chat) is not None

    def sees(self, part: str) -> Json:
        return self.sim.until_text(self.id, part)

    def lobby(self, said: str) -> Json:
        """Wait for a lobby that is open and says so."""
        return self.sim.until_message(
            self.id, lambda message: said in message["text"] and bool(labels(message)), what=f"a lobby: {said}"
        )

    def sees_button(self, label: str) -> Json:
        return self.sim.until_message(self.id, lambda message: label in labels(message), what=f"a button {label}")

    def tap(self, person: Person, message: Json, label: str | None = None, *, data: str | None = None) -> Json:
        """Tap in the group; returns the toast."""
        update_id = self.sim.tap(person.id, message["message_id"], label, data=data)
        toasts = lambda: [one for one in self.sim.toasts(self.id) if one["update_id"] == update_id]  # noqa: E731
        return self.sim.until(toasts, what=f"an answer to the tap on {label or data}")[0]

    def poll(self, count: int = 1) -> Json:
        """Return the newest poll once there are so many."""
        polls = self.sim.until(lambda: self._polls(count), what=f"{count} polls")
        self.sim.until(lambda: self._is_noted(polls[-1]), what="the poll's number")
        return polls[-1]

    def night(self) -> int:
        """Return the number of the newest night."""
        return int(data_of(self.sees_button(JOIN), JOIN).split(":")[2])

    def _polls(self, count: int) -> list[Json]:
        found = [message for message in self.sim.from_bot(self.id) if message.get("poll")]
        return found if len(found) >= count else []

    def _is_noted(self, message: Json) -> bool:
        label = next(one for one in labels(message) if one.startswith("🏁"))
        number = int(data_of(message, label).split(":")[2])
        night = self.bot.store.read(lambda tx: tx.nights.get(number))  # type: ignore[arg-type]
        return night is not None and night.poll_id is not None


@pytest.fixture
def group(sim: Sim, bot: LivingBot) -> Group:
    return Group(sim, bot)


@pytest.fixture
def ada(person: Person) -> Person:
    return _known(person)


@pytest.fixture
def bob(bot: LivingBot, sim: Sim) -> Person:
    return _known(Person(sim, 8))


def _known(person: Person) -> Person:
    person.say("/rate")
    person.sees("How did you like it?")
    return person


def _started(group: Group, ada: Person, bob: Person) -> Json:
    """Bring two into a night; returns the lobby."""
    group.say(ada, "/movienight")
    lobby = group.lobby("1 is in.")
    assert group.tap(bob, lobby, JOIN)["text"] == "🙋 You’re in."
    return group.lobby("2 are in.")


def _voting(group: Group, ada: Person, bob: Person) -> Json:
    """Show the films of a night of two; returns the poll."""
    group.tap(ada, _started(group, ada, bob), SHOW)
    return group.poll()


def test_a_group_finds_its_film(group: Group, ada: Person, bob: Person) -> None:
    poll = _voting(group, ada, bob)
    listed = group.sees("Films for the 2 of you")
    assert "1. Heat (1991)\n80% fit" in listed["text"]
    assert "lot no." in listed["text"]
    options = [option["text"] for option in poll["poll"]["options"]]
    assert (len(options), options[1]) == (10, "2. Ronin (1992)")
    assert (poll["poll"]["is_anonymous"], poll["poll"]["allows_multiple_answers"]) == (True, True)
    group.sim.vote(ada.user, poll["message_id"], 1, 3)
    group.sim.vote(bob.user, poll["message_id"], 1, 2, 3)
    assert sum(option["voter_count"] for option in group.poll()["poll"]["options"]) == 0, "results are hidden"
    group.tap(bob, poll, COUNT)
    final = group.poll(2)
    assert {option["text"] for option in final["poll"]["options"]} == {"🎬 Ronin (1992)", "🎬 Alien (1994)"}
    for person in (ada, bob):
        group.sim.vote(person.user, final["message_id"], _place(final, "🎬 Alien (1994)"))
    group.tap(ada, final, COUNT)
    won = group.sees("🏆 Tonight: Alien (1994)")
    assert "With 2 votes." in won["text"]
    assert "Waiting for the next night: Ronin (1992) · Amélie (1993)" in won["text"]
    group.say(ada, "/movienight")
    again = group.lobby("1 is in.")
    group.tap(bob, again, JOIN)
    group.tap(ada, group.lobby("2 are in."), SHOW)
    texts = [option["text"] for option in group.poll(3)["poll"]["options"]]
    assert [text.split(". ")[1] for text in texts[:2]] == ["Ronin (1992)", "Amélie (1993)"]
    assert "1. ↩️ Ronin (1992)" in group.sees("Films for the 2 of you")["text"]


def test_a_group_speaks_the_language_of_who_called(bot: LivingBot, sim: Sim, ada: Person) -> None:
    group, mei = Group(sim, bot), Person(sim, 9, "zh-hans")
    mei.say("/rate")
    sim.until(mei.messages)
    group.say(mei, "/movienight")
    lobby = group.sees("已有 1 人参加")
    assert group.tap(ada, lobby, "🙋 我参加")["text"] == "🙋 You’re in.", "a toast speaks the tapper's"
    group.tap(mei, group.lobby("已有 2 人参加"), "🎬 看片单")
    poll = group.poll()
    assert poll["poll"]["question"] == "🍿 想看哪些？可以多选。"
    group.sim.vote(mei.user, poll["message_id"], 0)
    group.tap(mei, poll, "🏁 计票")
    group.sees("🏆 今晚看：《Heat (1991)》")


def test_a_tie_goes_by_the_lot_that_was_told_before(group: Group, ada: Person, bob: Person) -> None:
    poll = _voting(group, ada, bob)
    for person in (ada, bob):
        group.sim.vote(person.user, poll["message_id"], 0, 1, 2)
    group.tap(ada, poll, COUNT)
    drawn = group.sees("A tie for the last two")
    lot = drawn["text"].split("lot no. ")[1].split(" ")[0]
    assert f"lot no. {lot}," in group.sees("Films for the 2 of you")["text"]
    final = group.poll(2)
    group.sim.vote(ada.user, final["message_id"], 0)
    group.sim.vote(bob.user, final["message_id"], 1)
    group.tap(ada, final, COUNT)
    assert f"A tie, decided by lot no. {lot}." in group.sees("🏆 Tonight")["text"]


def test_a_stranger_joins_by_the_link_and_costs_nothing_before(group: Group, ada: Person, bob: Person) -> None:
    group.say(ada, "/movienight")
    lobby, stranger = group.lobby("1 is in."), Person(group.sim, 77)
    group.say(stranger, "what is this?")
    told = group.tap(stranger, lobby, JOIN)
    assert told["url"].startswith("https://t.me/reelmate_bot?start=night_")
    assert group.tap(stranger, lobby, SHOW)["text"].startswith("Only those who are in")
    assert group.bot.store.read(lambda tx: tx.people.get(UserId(77))) is None
    stranger.say(f"/start {told['url'].split('=')[1]}")
    stranger.sees("You’re in")
    stranger.sees("Which genres")
    group.lobby("2 are in.")
    stranger.say("/start night_0123456789abcdef")
    stranger.sees("takes nobody in any more")


def test_one_alone_is_told_that_a_night_takes_two(group: Group, ada: Person) -> None:
    group.say(ada, "/movienight")
    lobby = group.lobby("1 is in.")
    assert "takes two" in group.tap(ada, lobby, SHOW)["text"]
    group.tap(ada, lobby, "Not me")
    group.lobby("0 are in.")


def test_what_anybody_has_seen_is_left_out_on_demand(group: Group, ada: Person, bob: Person) -> None:
    group.bot.store.write(lambda tx: tx.ratings.put(UserId(bob.id), 1, 10, update_id=1)).result()  # type: ignore[arg-type]
    lobby = _started(group, ada, bob)
    group.tap(ada, lobby, "👀 Leave out seen films")
    group.tap(ada, group.lobby("What any of you has seen is left out"), SHOW)
    assert "Heat" not in str(group.poll()["poll"]["options"])
    group.tap(ada, group.poll(), END)
    group.sees("called off")
    group.tap(ada, _started(group, ada, bob), SHOW)
    assert "Heat" in str(group.poll(2)["poll"]["options"])


def test_two_nights_at_once_are_one(group: Group, ada: Person, bob: Person) -> None:
    _started(group, ada, bob)
    group.say(bob, "/movienight")
    group.sim.until(lambda: len([one for one in group.sim.from_bot(group.id) if "2 are in." in one["text"]]) == 2)
    group.tap(ada, group.lobby("2 are in."), SHOW)
    group.poll()
    group.say(bob, "/movienight")
    assert COUNT in labels(group.sees("The vote is on"))


def test_nobody_voted_and_the_films_wait(group: Group, ada: Person, bob: Person) -> None:
    group.tap(ada, _voting(group, ada, bob), COUNT)
    group.sees("Nobody voted")


def test_whoever_erases_everything_is_out_and_the_vote_goes_on(group: Group, ada: Person, bob: Person) -> None:
    poll = _voting(group, ada, bob)
    bob.say("/deleteme")
    bob.tap(bob.sees_button("🗑 Yes, erase everything"), "🗑 Yes, erase everything")
    group.sim.until(lambda: group.bot.store.read(lambda tx: tx.erasure.export(UserId(bob.id))) == {})
    group.sim.vote(bob.user, poll["message_id"], 0)
    assert group.tap(bob, poll, COUNT)["text"].startswith("Only those who are in")
    group.tap(ada, poll, COUNT)
    group.sees("🏆 Tonight: Heat (1991)")


def test_a_group_that_becomes_a_supergroup_votes_again(group: Group, ada: Person, bob: Person) -> None:
    poll = _voting(group, ada, bob)
    group.sim.vote(ada.user, poll["message_id"], 0)
    moved = Group(group.sim, group.bot, {**GROUP, "id": group.sim.migrate(ada.user, group.id), "type": "supergroup"})
    moved.sees("vote once more")
    again = moved.poll()
    assert again["poll"]["options"][0]["text"] == poll["poll"]["options"][0]["text"]
    moved.sim.vote(bob.user, again["message_id"], 1)
    moved.tap(bob, again, COUNT)
    moved.sees("🏆 Tonight: Ronin (1992)")


def test_a_group_that_puts_the_bot_out_ends_its_night(group: Group, ada: Person, bob: Person, clock: Clock) -> None:
    _voting(group, ada, bob)
    group.sim.set_member(ada.user, group.id, "kicked")
    ada.settle()
    assert group.bot.store.read(lambda tx: tx.nights.going_on(group.id)) is None
    group.sim.set_member(ada.user, group.id, "member")
    group.sees("In groups I do /movienight")
    clock.advance(timedelta(hours=1))
    group.say(ada, "/movienight")
    group.lobby("1 is in.")


def test_everything_of_a_night_stays_in_its_topic(
    telegram: RunningSandbox, bot: LivingBot, sim: Sim, ada: Person, bob: Person
) -> None:
    forum, api = Group(sim, bot, FORUM), Api(telegram.url, telegram.token)
    sim.group(ada.user, FORUM, bob.user)
    sim.set_member(ada.user, forum.id, "administrator")
    topic = api.result("createForumTopic", chat_id=forum.id, name="Horror")["message_thread_id"]
    api.close()
    sim.message(ada.user, "/movienight", FORUM, thread_id=topic)
    forum.tap(bob, forum.lobby("1 is in."), JOIN)
    forum.tap(ada, forum.lobby("2 are in."), SHOW)
    sim.vote(bob.user, forum.poll()["message_id"], 0)
    forum.tap(ada, forum.poll(), COUNT)
    forum.sees("🏆 Tonight")
    sent = [call["parameters"] for name in ("sendMessage", "sendPoll") for call in sim.calls(method=name)]
    inside = [one for one in sent if int(one["chat_id"]) == forum.id and "In groups" not in one.get("text", "")]
    assert len(inside) == 4
    assert all(int(one["message_thread_id"]) == topic for one in inside)


def test_a_command_for_another_bot_begins_nothing(group: Group, ada: Person) -> None:
    group.say(ada, "/movienight@other_bot")
    group.say(ada, "/recommend")
    group.sees("In groups I do /movienight")
    assert len(group.sim.from_bot(group.id)) == 1


def test_in_private_it_says_that_it_is_for_groups(ada: Person, group: Group) -> None:
    ada.say("/movienight")
    assert "➕ Add me to a group" in labels(ada.sees("A movie night is for a group"))
    group.say(ada, "/start@reelmate_bot night")
    group.lobby("1 is in.")


def test_a_button_of_another_groups_night_has_expired(group: Group, ada: Person, bob: Person) -> None:
    _started(group, ada, bob)
    other = Group(group.sim, group.bot, {**GROUP, "id": -66})
    other.say(ada, "/movienight")
    lobby = other.lobby("1 is in.")
    assert "expired" in other.tap(ada, lobby, data=f"1:vf:{group.night()}")["text"]


def _place(poll: Json, text: str) -> int:
    return [option["text"] for option in poll["poll"]["options"]].index(text)
