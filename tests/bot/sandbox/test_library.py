"""The local Telegram is good enough for the real python-telegram-bot."""

from __future__ import annotations

from tests.bot.sandbox.echo import polling
from tests.sim import AsyncSim, Sim


async def test_echoes_what_a_person_says(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token):
        await asim.message(7, "Hello & <goodbye>")
        found = await asim.until_text(7, "Hello")
    assert found["text"] == "Hello & <goodbye>"


async def test_edits_in_place_and_shows_a_toast_on_a_tap(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token):
        await asim.message(7, "/start m_603")
        card = await asim.until_text(7, "Welcome m_603")
        tap = await asim.tap(7, card["message_id"], "Two")
        edited = await asim.until_text(7, "Chosen: 2")
    assert (edited["message_id"], edited["edited"], edited["keyboard"]) == (card["message_id"], True, [])
    assert sim.toasts(7) == [{"update_id": tap, "text": "You chose 2", "alert": False}]


async def test_takes_a_document_and_sends_one_back(sim: Sim, asim: AsyncSim) -> None:
    async with polling(sim.url, sim.token):
        await asim.document(7, "ratings.csv", b"Date,Name\n")
        found = await asim.until_text(7, "10 bytes")
    assert found["document"] == {"name": "back.bin", "content_base64": "RGF0ZSxOYW1lCg=="}
