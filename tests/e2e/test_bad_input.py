"""Whatever people send over HTTP gets a clear sentence and loses nothing."""

from datetime import timedelta

import pytest

from bot.outgoing import Outgoing
from bot.service.timed import TimedRecommender
from bot.storage import Store, Tx
from recommender.domain import UserId
from tests.e2e.conftest import Clock, LivingBot, Person, codes, labels
from tests.sim import Json, Sim

FORGED = (
    *("1:a:603", "1:a:603:11:0", "1:r:1:8", "1:a:-1:8:0", "1:p:1:1:99999999999999999999", "1:x:"),
    *("2:q", "nonsense", "x" * 64, "🙂"),
)
GONE = (
    *("1:r:999:8:1:0:0:0", "1:o:999:1:1:0", "1:m:999:0:1:0:0:0"),
    *("1:a:999:8:0", "1:u:999:0", "1:n:999", "1:aa:999:8:0:1"),
)


@pytest.mark.parametrize("data", FORGED)
def test_a_forged_or_truncated_tap_has_expired_and_offers_a_fresh_list(person: Person, data: str) -> None:
    page = person.onboard()
    update_id = person.tap(page, data=data)
    toast = person.toast_of(update_id)
    assert toast is not None
    assert toast["text"] == "This button has expired."
    assert labels(person.sees("That button is too old")) == ["🎬 Fresh list"]


@pytest.mark.parametrize("data", GONE)
def test_a_film_that_is_gone_is_answered(person: Person, store: Store, data: str) -> None:
    page = person.onboard()
    person.tap(page, data=data)
    person.settle()
    assert store.read(lambda tx: tx.ratings.all(UserId(person.id))) == ()
    assert store.read(lambda tx: tx.inbox.count("dead")) == 0


def test_a_film_that_is_gone_from_a_list_says_what_to_do(person: Person) -> None:
    page = person.onboard()
    person.tap(page, data="1:r:999:8:1:0:0:0")
    person.sees("That film is no longer in my catalogue")


def test_an_unknown_command_points_to_help(person: Person) -> None:
    person.say("/frobnicate now")
    person.sees("/help lists what I can do")


@pytest.mark.parametrize(
    ("language", "typed", "answer"),
    [
        ("en", "/recomend", "Did you mean /recommend?"),
        ("es", "/Ratngs 5", "¿Querías decir /ratings?"),
        ("zh-hans", "/watchlst", "你是想发送 /watchlist 吗"),
        ("en", "/search heat", "Heat (1991)"),
        ("es", "/buscar ronin", "Ronin (1992)"),
    ],
)
def test_a_command_with_a_slip_names_its_like_and_one_for_searching_searches(
    person: Person, language: str, typed: str, answer: str
) -> None:
    person.language = language
    person.say(typed)
    person.sees(answer)


def test_a_file_is_answered(person: Person) -> None:
    person.sim.document(person.user, "holiday.jpg", b"\xff\xd8")
    person.sees("I can only read text")


def test_a_tap_of_someone_unknown_says_how_to_begin(bot: LivingBot, person: Person, store: Store) -> None:
    person.say("/help")
    help_text = person.sees("Send me a title to rate it")
    person.tap(help_text, data="1:a:1:8:0")
    person.sees("send /start to begin")
    assert store.read(lambda tx: tx.people.get(UserId(person.id))) is None


def test_in_a_group_commands_are_answered_politely_and_chatter_is_not(bot: LivingBot, sim: Sim) -> None:
    group = {"id": -100200, "type": "group"}
    user = {"id": 7, "first_name": "Ada", "language_code": "en"}
    sim.message(user, "hello everyone", group)
    sim.message(user, "/weather", group)  # of another bot that is there
    sim.message(user, "/weather@other_bot", group)
    sim.message(user, "/recommend", group)
    sim.until_text(-100200, "In groups I do /movienight and /match")
    assert len(sim.from_bot(-100200)) == 1


@pytest.mark.parametrize(
    ("said_in", "content"), [(-200, {"migrate_to_chat_id": -100200}), (-100200, {"migrate_from_chat_id": -200})]
)
def test_a_group_that_becomes_a_supergroup_is_followed(
    bot: LivingBot, sim: Sim, store: Store, said_in: int, content: Json
) -> None:
    user = {"id": 7, "first_name": "Ada", "language_code": "en"}
    sim.message(user, "hello", {"id": -100200, "type": "supergroup"})
    sim.fault("sendMessage", status=500, times=2)
    store.write(lambda tx: tx.outbox.add(-200, Outgoing("a report"))).result()
    kind = "group" if said_in == -200 else "supergroup"
    sim.post("other", user=user, content=content, chat={"id": said_in, "type": kind})
    sim.until_text(-100200, "a report")
    assert sim.from_bot(-200) == []


def test_every_callback_query_is_answered_exactly_once(person: Person) -> None:
    page = person.onboard("Comedy")
    for label in ("More ›", "🎛 Tune"):
        person.tap(page, label)
    person.tap(page, data="nonsense")
    person.settle()
    answered = [call["parameters"]["callback_query_id"] for call in person.sim.calls(method="answerCallbackQuery")]
    assert len(answered) == len(set(answered)) >= 6


def _faces(person: Person) -> list[tuple[Json, list[str]]]:
    """Return messages of every kind that has buttons, with what these carry: list, card, knobs, grid, interview."""
    page = person.onboard("Comedy")
    person.say("/genres")
    grid = person.sees("Your genres\nTap once")
    person.say("/rate")
    card = person.sees("How did you like it?")
    faces = [(page, codes(page)), (grid, codes(grid)), (card, codes(card))]
    for label in ("🎛 Tune", "🗓 Any year"):
        person.tap(page, label)
        shown = person.sees("Films from when?" if label.endswith("year") else "Tune your list")
        faces.append((shown, codes(shown)))
    person.tap(shown, "✓ Any year")
    person.tap(person.sees("Tune your list"), "‹ Back")
    opened = person.open(person.sees("Films for you"), 1)
    return [*faces, (opened, codes(opened))]


def _answers(person: Person) -> int:
    return len(person.sim.calls(method="answerCallbackQuery"))


@pytest.mark.long("a conversation for every button")
def test_ten_taps_at_once_on_one_button_or_on_ten_break_nothing(person: Person, store: Store) -> None:
    faces = _faces(person)
    before, taps = _answers(person), 0
    for message, buttons in faces:
        for code in [*buttons[:10], *buttons[-1:] * 10]:
            person.sim.tap(person.id, message["message_id"], data=code)
            taps += 1
    # Telegram tells of every call since its start: it is asked once there is little left to wait for.
    person.sim.until(lambda: store.read(lambda tx: tx.inbox.count("pending")) == 0, within_s=60)
    person.sim.until(lambda: _answers(person) == before + taps, what="an answer to every tap", within_s=60)
    assert store.read(lambda tx: tx.inbox.count("dead")) == 0
    person.settle()


@pytest.mark.long("every button there is")
def test_buttons_of_yesterday_work_or_say_that_they_have_expired(person: Person, store: Store, clock: Clock) -> None:
    faces = _faces(person)
    clock.advance(timedelta(days=60))
    store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    for message, buttons in faces:
        for code in buttons:
            person.tap(message, data=code)
    person.settle()
    assert store.read(lambda tx: tx.inbox.count("dead")) == 0
    person.sees("That button is too old")  # More, whose list is forgotten


def test_a_failing_update_is_apologised_for_and_the_tap_ends(
    bot: LivingBot, person: Person, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.processor.BACKOFF_S", (0.001,) * 3)
    page = person.onboard("Comedy")

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    assert bot.chat_bot is not None
    timed = bot.chat_bot.service.recommender
    assert isinstance(timed, TimedRecommender)
    timed.inner.questions = fail  # type: ignore[method-assign,assignment]  # a recommender that breaks
    person.tap(page, data="1:q")
    person.sees("Something went wrong on my side")
    assert store.read(lambda tx: tx.inbox.count("dead")) == 1


def test_an_empty_catalogue_is_no_failure(person: Person, store: Store) -> None:
    def erase(tx: Tx) -> None:
        tx.movies.connection.exec_driver_sql("DELETE FROM movies")

    store.write(erase).result()
    person.say("/recommend")
    person.sees("Nothing is left to suggest")
    person.say("/rate")
    person.sees("That is all I wanted to ask for now")
    person.say("heat")
    person.sees("Check the spelling")
