"""The sender on the local Telegram: nothing lost, nothing doubled, nobody held up by another."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.delivery.gallery import key_of
from bot.delivery.posting import Verdict, judge, pause_s, silence_retry_after
from bot.delivery.requests import SendingRequest
from bot.delivery.sender import Sender, _append
from bot.drawings import TitleCard
from bot.outgoing import Button, Document, Outgoing
from bot.sandbox import RunningSandbox
from bot.storage import MOST_WAITING, Letter, Store
from recommender.domain import UserId
from tests.sim import AsyncSim, Sim

ADA, BOB = 7, 8


@pytest.fixture(autouse=True)
def acquainted(sim: Sim, real_time_store: Store) -> None:
    """Both have written to the bot, so that it may write to them."""
    for person in (ADA, BOB):
        sim.message(person, "/start")
    real_time_store.write(lambda tx: [tx.people.ensure(UserId(person)) for person in (ADA, BOB)]).result()


def unhurried() -> float:
    """Count time so that the limits on sending are never met: other tests here are about them."""
    return time.monotonic() * 1000


@asynccontextmanager
async def sending(
    store: Store,
    telegram: RunningSandbox,
    kind: type[Bot] = Bot,
    *,
    on_dead: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Sender]:
    bot = kind(telegram.token, f"{telegram.url}/bot", f"{telegram.url}/file/bot", request=SendingRequest())
    async with bot:
        sender = Sender(store, bot, apology=lambda _tx, _letter: Outgoing("sorry"), on_dead=on_dead, clock=clock)
        sender.start()
        yield sender
        await sender.stop()


async def add(store: Store, chat_id: int, message: Outgoing) -> int:
    return await asyncio.wrap_future(store.write(lambda tx: tx.outbox.add(chat_id, message)))


async def until_sent(store: Store, asim: AsyncSim, count: int) -> None:
    await asim.until(lambda: store.read(lambda tx: tx.outbox.count("sent")) == count, what=f"{count} sent")


async def test_a_message_arrives_and_its_number_is_kept(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram):
        letter = await add(real_time_store, ADA, Outgoing("<b>Heat</b> &amp; more", ((Button("5", "1:r:1:10"),),)))
        message = await asim.until_text(ADA, "Heat & more")
        await until_sent(real_time_store, asim, 1)
    assert message["keyboard"] == [[{"text": "5", "data": "1:r:1:10"}]]
    assert real_time_store.read(lambda tx: tx.outbox.message_id(letter)) == message["message_id"]


async def test_what_waited_from_before_the_start_is_sent(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    await add(real_time_store, ADA, Outgoing("first"))
    await add(real_time_store, ADA, Outgoing("second"))
    async with sending(real_time_store, telegram):
        await until_sent(real_time_store, asim, 2)
    assert [message["text"] for message in await asim.from_bot(ADA)] == ["first", "second"]


async def test_a_document_arrives_with_its_text(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("your data", document=Document("ratings.csv", b"a,b")))
        await until_sent(real_time_store, asim, 1)
    (message,) = await asim.from_bot(ADA)
    assert (message["text"], message["document"]["name"]) == ("your data", "ratings.csv")


async def _sent_photos(asim: AsyncSim) -> list[bool]:
    """Return of each photo that was sent whether it was uploaded."""
    calls = await asyncio.to_thread(asim.sim.calls, method="sendPhoto")
    return [not isinstance(call["parameters"].get("photo"), str) for call in calls]


async def test_a_picture_is_uploaded_once_and_then_sent_by_its_id(
    sqlite_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(sqlite_store, telegram):
        for person in (ADA, BOB):
            await add(sqlite_store, person, Outgoing("Heat", picture=TitleCard("Heat", "1995")))
            await until_sent(sqlite_store, asim, person - ADA + 1)
            await asim.until(lambda: sqlite_store.read(lambda tx: tx.pictures.find(key_of(TitleCard("Heat", "1995")))))
    for person in (ADA, BOB):
        (message,) = await asim.from_bot(person)
        assert message["text"] == "Heat"
        assert message["photo"]
    assert await _sent_photos(asim) == [True, False]


async def test_an_id_that_telegram_does_not_know_is_drawn_again(
    sqlite_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    key = key_of(TitleCard("Heat"))
    sqlite_store.write(lambda tx: tx.pictures.keep(key, "of-another-bot")).result()
    async with sending(sqlite_store, telegram):
        await add(sqlite_store, ADA, Outgoing("Heat", picture=TitleCard("Heat")))
        await until_sent(sqlite_store, asim, 1)
    (message,) = await asim.from_bot(ADA)
    assert message["photo"]
    assert sqlite_store.read(lambda tx: tx.pictures.find(key)) != "of-another-bot"


async def test_a_title_in_letters_that_no_font_has_comes_as_words_that_can_be_edited(
    sqlite_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(sqlite_store, telegram):
        await add(sqlite_store, ADA, Outgoing("G clef", picture=TitleCard("\U0001d11e")))
        message = await asim.until_text(ADA, "G clef")
        assert message["photo"] is None
        await add(sqlite_store, ADA, Outgoing("F clef", edits=message["message_id"], is_caption=True))
        await asim.until_text(ADA, "F clef")


@pytest.mark.parametrize("status", [500, 502])
async def test_a_failing_telegram_gets_the_message_later(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim, status: int
) -> None:
    asim.sim.fault("sendMessage", status=status, times=2)
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("hello"))
        await until_sent(real_time_store, asim, 1)
    assert len(await asim.from_bot(ADA)) == 1


async def test_a_dropped_socket_is_no_loss(real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim) -> None:
    asim.sim.fault("sendMessage", drop=True, times=1)
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("hello"))
        await until_sent(real_time_store, asim, 1)
    assert len(await asim.from_bot(ADA)) == 1


async def test_retry_after_holds_one_chat_and_not_the_other(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    asim.sim.fault("sendMessage", status=429, retry_after=2, times=1)
    async with sending(real_time_store, telegram):
        loop = asyncio.get_running_loop()
        began = loop.time()
        await add(real_time_store, ADA, Outgoing("held"))
        await asim.until(lambda: asim.sim.calls(method="sendMessage"))
        await add(real_time_store, BOB, Outgoing("free"))
        await asim.until_text(BOB, "free")
        assert loop.time() - began < 2
        await asim.until_text(ADA, "held")
        assert loop.time() - began >= 2


async def test_an_edit_is_never_sent_as_a_new_message(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("card"))
        number = (await asim.until_text(ADA, "card"))["message_id"]
        asim.sim.fault("editMessageText", drop="after", times=1)
        await add(real_time_store, ADA, Outgoing("card, turned", edits=number))
        await until_sent(real_time_store, asim, 2)
        await add(real_time_store, ADA, Outgoing("card, turned", edits=number))
        await until_sent(real_time_store, asim, 3)
        await add(real_time_store, ADA, Outgoing("too late", edits=number + 1000))
        await asim.until(lambda: real_time_store.read(lambda tx: tx.outbox.count("dropped")) == 1)
    assert [message["text"] for message in await asim.from_bot(ADA)] == ["card, turned"]


async def test_who_blocked_the_bot_is_remembered_and_left_alone(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    asim.sim.block(ADA)
    await add(real_time_store, ADA, Outgoing("one"))
    await add(real_time_store, ADA, Outgoing("two"))
    async with sending(real_time_store, telegram):
        await asim.until(lambda: real_time_store.read(lambda tx: tx.outbox.count("waiting")) == 0)
    ada = real_time_store.read(lambda tx: tx.people.get(UserId(ADA)))
    assert ada is not None
    assert ada.blocked


async def test_a_message_that_telegram_refuses_is_kept_as_dead_and_holds_up_nothing(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("<b>unclosed"))
        await add(real_time_store, ADA, Outgoing("fine"))
        await asim.until_text(ADA, "fine")
    assert real_time_store.read(lambda tx: tx.outbox.count("dead")) == 1


class Picky(Bot):
    """Telegram takes all of its messages but one."""

    async def send_message(self, chat_id: int | str, text: str, *args: Any, **options: Any) -> Message:
        if text == "broken":
            raise NetworkError("Internal Server Error")
        return await super().send_message(chat_id, text, *args, **options)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try at once what is tried within 15 minutes."""
    monkeypatch.setattr("bot.delivery.sender.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("bot.delivery.sender.ASIDE_PAUSES_S", (0.001,) * 5)


async def test_a_message_too_large_is_dead_at_once_and_its_person_is_told(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    dead: list[int] = []
    asim.sim.fault("sendMessage", status=413, times=1)
    async with sending(real_time_store, telegram, on_dead=lambda: dead.append(1)):
        await add(real_time_store, ADA, Outgoing("huge"))
        await add(real_time_store, ADA, Outgoing("fine"))
        await asim.until_text(ADA, "sorry")
    assert [message["text"] for message in await asim.from_bot(ADA)] == ["fine", "sorry"]
    assert (real_time_store.read(lambda tx: tx.outbox.count("dead")), dead) == (1, [1])


@pytest.mark.usefixtures("quick")
async def test_a_message_that_alone_fails_lets_its_chat_go_on_and_is_dead_in_the_end(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram, Picky, clock=unhurried):
        await add(real_time_store, ADA, Outgoing("broken"))
        for at in range(3):
            await add(real_time_store, ADA, Outgoing(f"next {at}"))
        await asim.until_text(ADA, "next 2")
        await bury_among_others(real_time_store, asim)
        await asim.until_text(ADA, "sorry")
    texts = [message["text"] for message in await asim.from_bot(ADA)]
    assert texts == ["next 0", "next 1", "next 2", "sorry"]


async def bury_among_others(store: Store, asim: AsyncSim) -> None:
    """Let others get through until the message that fails is dead."""

    async def is_dead() -> bool:
        await add(store, BOB, Outgoing("hello"))
        return store.read(lambda tx: tx.outbox.count("dead")) == 1

    while not await is_dead():
        await asim.until(lambda: store.read(lambda tx: tx.outbox.count("waiting")) <= 1)


@pytest.mark.usefixtures("quick")
async def test_an_outage_of_telegram_gives_no_message_up_and_keeps_their_order(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    asim.sim.fault("sendMessage", status=500, times=9)
    async with sending(real_time_store, telegram, clock=unhurried):
        for at in range(4):
            await add(real_time_store, ADA, Outgoing(str(at)))
        await until_sent(real_time_store, asim, 4)
    assert [message["text"] for message in await asim.from_bot(ADA)] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("error", "status", "verdict"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), 403, Verdict.BLOCKED),
        (Forbidden("Forbidden (403). Parsing the server response b'<html>' failed"), 403, Verdict.LATER),
        (BadRequest("Bad Request (400). Parsing the server response b'<html>' failed"), 400, Verdict.LATER),
        (NetworkError("Request Entity Too Large"), 413, Verdict.REFUSED),
        (NetworkError("Request Entity Too Large (413). Parsing the server response b'' failed"), 413, Verdict.REFUSED),
        (NetworkError("Bad Gateway (502)"), 502, Verdict.LATER),
        (BadRequest("can't parse entities"), 400, Verdict.REFUSED),
    ],
)
def test_a_page_is_not_telegrams_word(error: TelegramError, status: int, verdict: Verdict) -> None:
    assert judge(error, status) is verdict


def test_a_pause_asked_for_is_never_below_a_second() -> None:
    silence_retry_after()
    assert [pause_s(RetryAfter(seconds)) for seconds in (-5, 0, 3)] == [1, 1, 3]


async def test_a_burst_of_edits_ends_with_the_last_within_the_limits(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("card"))
        number = (await asim.until_text(ADA, "card"))["message_id"]
        for at in range(60):
            await add(real_time_store, ADA, Outgoing(f"card {at}", edits=number))
        await asim.until_text(ADA, "card 59")
    assert len(await asim.calls(method="editMessageText")) < 12


async def test_messages_of_a_deleted_person_are_not_sent(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    asim.sim.fault("sendMessage", status=500, times=1)
    async with sending(real_time_store, telegram):
        await add(real_time_store, ADA, Outgoing("you asked for this"))
        await asim.until(lambda: asim.sim.calls(method="sendMessage"))
        await asyncio.wrap_future(real_time_store.write(lambda tx: tx.erasure.delete_person(UserId(ADA))))
        await add(real_time_store, ADA, Outgoing("goodbye"))
        await asim.until_text(ADA, "goodbye")
    assert [message["text"] for message in await asim.from_bot(ADA)] == ["goodbye"]


def test_a_lane_forgets_what_the_outbox_dropped_and_nothing_else() -> None:
    lane: deque[Letter] = deque()
    for at in range(MOST_WAITING):
        _append(lane, Letter(at, ADA, Outgoing(str(at), edits=5 if at < 50 else None)))
    for at in range(MOST_WAITING, MOST_WAITING + 60):
        _append(lane, Letter(at, ADA, Outgoing(str(at))))
    assert [letter.id for letter in lane] == list(range(60, MOST_WAITING + 60))
