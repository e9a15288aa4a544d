"""/match over HTTP: nothing is compared before both have agreed, and both hear their own side."""

from __future__ import annotations

import pytest

from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim

GROUP: Json = {"id": -55, "type": "group", "title": "Film night"}


class Named(Person):
    """Somebody with a name on Telegram."""

    @property
    def user(self) -> Json:
        return {**super().user, "username": f"Person_{self.id}"}


@pytest.fixture
def ada(bot: LivingBot, sim: Sim) -> Person:
    ada = Named(sim, 7_000_007)
    ada.onboard("Comedy", "War")
    return ada


@pytest.fixture
def mei(bot: LivingBot, sim: Sim) -> Person:
    return Named(sim, 9, "zh-hans")


def link_of(message: Json) -> str:
    """Return what follows /start behind the link in a message."""
    return str(message["text"].rsplit("start=", 1)[1])


def test_two_people_hear_how_alike_they_are_once_both_agree(ada: Person, mei: Person) -> None:
    ada.say("/match @Person_9")
    link = ada.sees("Send this link to @Person_9")
    assert labels(link) == ["📤 Send it"]
    mei.say(f"/start {link_of(link)}")
    asked = mei.sees("你同意的话")
    mei.sees("哪些类型")
    assert "alike</b>" not in str(ada.messages()), "nothing is said before"
    mei.tap(asked, "🤝 好，比较")
    told = ada.sees("You two are 75% alike")
    assert "You like more: Comedy · War" in told["text"]
    assert "1. Heat (1991)" in told["text"]
    own = mei.sees("你们俩的口味有 75% 相似")
    assert "对方更喜欢：喜剧 · 战争" in own["text"]
    mei.tap(own, data="1:va:1:1")
    mei.sees_button("🎬 新片单")
    assert len([one for one in ada.messages() if "75% alike" in one["text"]]) == 1


def test_who_declines_shows_nothing(ada: Person, mei: Person) -> None:
    ada.say("/match")
    mei.say(f"/start {link_of(ada.sees('Send this link to whom'))}")
    mei.tap(mei.sees("你同意的话"), "不用了")
    mei.sees("没有比较")
    ada.sees("Your match was declined")
    mei.say(f"/start {link_of(ada.sees('Send this link to whom'))}")
    mei.sees("这个链接已经失效")


def test_a_link_is_for_whom_it_names_and_for_nobody_else(ada: Person, mei: Person, sim: Sim) -> None:
    ada.say("/match person_9")
    link = link_of(ada.sees("Send this link to @person_9"))
    ada.say(f"/start {link}")
    ada.sees("That link is your own")
    stranger = Named(sim, 10)
    stranger.say(f"/start {link}")
    stranger.sees("That link is for somebody else")
    stranger.tap(stranger.sees("Which genres"), data="1:va:1:1")
    stranger.sees_button("🎬 Fresh list")
    mei.say(f"/start {link}")
    mei.sees("你同意的话")


def test_a_group_is_where_one_asks_and_private_is_where_one_hears(ada: Person, mei: Person, sim: Sim) -> None:
    sim.message(Named(sim, 11).user, "/match @person_9", GROUP)
    sim.until_text(-55, "I don’t know your taste yet")
    sim.message(ada.user, "/match @person_9", GROUP)
    asked = sim.until_text(-55, "@person_9, how alike are the two of you")
    url = asked["keyboard"][0][0]["url"]
    mei.say(f"/start {url.split('start=')[1]}")
    mei.tap(mei.sees("你同意的话"), "🤝 好，比较")
    ada.sees("You two are 75% alike")
    assert "alike</b>" not in str(sim.from_bot(-55))


def test_whoever_erases_everything_ends_their_matches(ada: Person, mei: Person, bot: LivingBot) -> None:
    ada.say("/match")
    mei.say(f"/start {link_of(ada.sees('Send this link to whom'))}")
    asked = mei.sees("你同意的话")
    ada.say("/deleteme")
    ada.tap(ada.sees_button("🗑 Yes, erase everything"), "🗑 Yes, erase everything")
    ada.sim.until(lambda: bot.store.read(lambda tx: tx.people.get(UserId(ada.id))) is None)
    mei.tap(asked, "🤝 好，比较")
    mei.sees_button("🎬 新片单")
