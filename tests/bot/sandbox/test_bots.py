"""Bots as people write them, with python-telegram-bot, behave on the local Telegram."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from telegram.ext import PicklePersistence

from tests.bot.sandbox.bots import asking, chats, conversations
from tests.bot.sandbox.bots.polling import polling
from tests.sim import AsyncSim, Sim

Json = dict[str, Any]

NIGHT = {"id": -55, "type": "group", "title": "Film night"}


async def test_a_timer(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_timer):
        await asim.message(7, "/set tea")
        await asim.until_text(7, "Timer set")
        await asim.until_text(7, "Time is up: tea")


async def test_a_conversation_with_reply_keyboards(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, conversations.install):
        await asim.message(7, "/start")
        await asim.until_text(7, "What mood?")
        assert sim.chat(7)["reply_keyboard"]["keyboard"] == [[{"text": "Light"}, {"text": "Dark"}]]
        sim.press(7, "Dark")
        await asim.until_text(7, "And a film you like?")
        assert "reply_keyboard" not in sim.chat(7)
        await asim.message(7, "Heat")
        await asim.until_text(7, "Dark, like Heat")
        await asim.message(7, "/start")
        await asim.message(7, "/cancel")
        await asim.until_text(7, "Never mind.")


async def test_a_conversation_goes_on_after_a_restart(sim: Sim, asim: AsyncSim, tmp_path: Path) -> None:
    def remembering(builder: Any) -> Any:
        return builder.persistence(PicklePersistence(tmp_path / "memory"))

    async with polling(sim.url, sim.token, conversations.install, remembering):
        await asim.message(7, "/start")
        await asim.until_text(7, "What mood?")
    async with polling(sim.url, sim.token, conversations.install, remembering):
        await asim.message(7, "Light")
        await asim.until_text(7, "And a film you like?")
        await asim.message(7, "Up")
        await asim.until_text(7, "Light, like Up")


async def test_a_conversation_inside_another(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, conversations.install_nested):
        answers: list[str] = []
        for text in ("/start", "more", "back", "more"):
            await asim.message(7, text)
            await asim.until(lambda: len(sim.from_bot(7)) > len(answers))
            answers.append(sim.from_bot(7)[-1]["text"][:10])
        assert answers == ["Say more t", "You are in", "You are ou", "You are in"]


async def test_inline_mode_and_guest_mode(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, asking.install_inline) as app:
        update_id = sim.inline(7, "heat")
        answer = await asim.until(lambda: sim.inline_answer(update_id))
        assert answer
        assert ([one["title"] for one in answer["results"]], answer["is_personal"]) == (["HEAT", "Heat"], True)
        sim.choose(update_id, answer["results"][1]["id"], NIGHT)
        await asim.until(lambda: app.bot_data.get("chosen") == 1)
        assert (sim.messages(-55)[0]["text"], sim.messages(-55)[0]["via_bot"]) == ("Heat", True)
        sim.guest(7, "@reelmate_bot a film?", NIGHT)
        await asim.until_text(-55, "Alien")


async def test_polls_and_quizzes(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, asking.install_polls):
        await asim.message(7, "/poll", NIGHT)
        poll = await asim.until_message(-55, lambda message: "poll" in message)
        sim.vote(7, poll["message_id"], 0, 2)
        await asim.until_text(-55, "Ada 7 wants Heat and Up")
        sim.vote(8, poll["message_id"], 2)
        await asim.until_text(-55, "Ada 8 wants Up")
        closed = await asim.until_message(-55, lambda message: message.get("poll", {}).get("is_closed"))
        assert [option["voter_count"] for option in closed["poll"]["options"]] == [1, 0, 2]
        await asim.message(7, "/quiz")
        quiz = await asim.until_message(7, lambda message: "poll" in message)
        assert (quiz["poll"]["type"], quiz["poll"]["correct_option_ids"]) == ("quiz", [1])


async def test_deep_links(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_links):
        await asim.message(7, "/link", NIGHT)
        shown = await asim.until_text(-55, "https://t.me/reelmate_bot?start=ada")
        payload = shown["keyboard"][0][0]["url"].partition("?start=")[2]
        await asim.message(7, f"/start {payload}")
        await asim.until_text(7, "Invited by ada")


async def test_members_come_and_go(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_members) as app:
        sim.group(7, NIGHT)
        sim.set_member(7, -55, "administrator")
        await asim.until(lambda: app.bot_data.get("groups") == {-55})
        sim.set_member(7, -55, "member", 8)
        await asim.until_text(-55, "Ada 7 let Ada 8 in")
        sim.set_member(7, -55, "kicked")
        await asim.until(lambda: app.bot_data.get("groups") == set())


async def test_a_context_of_ones_own(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_taps, chats.with_taps):
        await asim.message(7, "/start")
        card = await asim.until_text(7, "Tapped 0 times")
        for count in (1, 2):
            await asim.tap(7, card["message_id"], "Tap")
            await asim.until_text(7, f"Tapped {count} times")


async def test_errors_are_told(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_errors):
        await asim.message(7, "/bad")
        found = await asim.until_text(7, "It failed")
    assert found["text"] == "It failed: Can't parse entities: can't find end tag corresponding to start tag \"b\""


async def test_the_library_reads_every_kind_of_update(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token, chats.install_watch) as app:
        sim.message(7, "hello")
        await asim.until(lambda: app.bot_data.get("kinds") == ["message"])  # by now it has asked for every kind
        sim.group(7, NIGHT, 8)
        sim.set_member(7, -55, "administrator", allowed={"can_pin_messages": True})
        sent = await app.bot.send_poll(-55, "Which?", ["a", "b"])
        sim.vote(8, sent.message_id, 1)
        sim.react(8, sent.message_id, "👍")
        new_id = sim.migrate(7, -55)
        await asim.until(lambda: {"my_chat_member", "poll", "message_reaction"} <= set(app.bot_data["kinds"]))
        place = await app.bot.send_venue(new_id, 1.0, 2.0, "Odeon", "Here")
        assert (await place.copy(7)).message_id
        assert (await place.forward(7)).forward_origin
        assert {admin.status for admin in await app.bot.get_chat_administrators(new_id)} == {"creator", "administrator"}
        assert (await app.bot.get_chat(new_id)).permissions
