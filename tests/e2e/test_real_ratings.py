"""/movielens in the chat: an operator's command, and in a demo everybody's; to others it is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.storage import Store
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim

pytestmark = pytest.mark.processes

NO_NETWORK = "reelmate: the download broke off 6 times (no route): check the network and try again"
OPERATOR, STRANGER = 7_000_001, 7_000_002


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"operator_chat": OPERATOR})


@pytest.fixture
def bot(settings: Settings, store: Store) -> Iterator[LivingBot]:
    """A bot whose fetching finds no network."""
    living = LivingBot(settings, store)
    living.start()
    assert living.chat_bot is not None
    living.chat_bot.real_ratings.fetch = [sys.executable, "-c", f"import sys; sys.exit({NO_NETWORK!r})"]
    living.chat_bot.real_ratings.train = [sys.executable, "-c", ""]
    yield living
    living.stop()


@pytest.mark.parametrize(
    ("code", "begun", "licence", "failed"),
    [
        ("en", "I am fetching", "Not for commercial use", "I could not fetch the ratings; nothing has changed."),
        ("zh-hans", "我正在从 MovieLens 下载", "不得用于商业用途", "没能下载评分，一切保持原样。"),
    ],
)
def test_the_operator_is_told_what_happens_and_what_became_of_it(
    bot: LivingBot, sim: Sim, code: str, begun: str, licence: str, failed: str
) -> None:
    operator = Person(sim, OPERATOR, code)
    operator.say("/movielens")
    assert licence in operator.sees(begun)["text"]
    assert "the download broke off 6 times (no route)" in operator.sees(failed)["text"]


def test_to_others_it_is_no_command(bot: LivingBot, sim: Sim) -> None:
    stranger = Person(sim, STRANGER)
    stranger.say("/movielens")
    assert "MovieLens" not in stranger.sees("/help")["text"]
