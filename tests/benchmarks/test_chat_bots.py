"""The bot without inbox and outbox, which the real one is measured beside, is built of what the real one is."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr

from benchmarks.chat import LABEL, SIDES
from benchmarks.chat_bots import DirectContext, DirectWays
from benchmarks.crowd import Crowd, Journal, SimClient
from benchmarks.processes import bot_environment, running, telegram
from bot.application import build_application
from bot.handlers import Context, Wiring, all_handlers
from bot.settings import Settings
from bot.storage import Store
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url


def test_the_bot_beside_has_the_same_handlers() -> None:
    settings = Settings(telegram_token=SecretStr("1000000001:" + "A" * 35), telegram_api_url="http://127.0.0.1:9")
    application = build_application(settings, DirectWays(), cast(Wiring, None), context=DirectContext)
    assert len(application.handlers[0]) == len(all_handlers())


def test_every_answer_of_it_is_sent_from_the_handler() -> None:
    assert DirectContext.serve is Context.serve
    assert DirectContext.serve_turn is not Context.serve_turn  # all that a handler serves comes by here


@pytest.mark.processes
@pytest.mark.parametrize("side", SIDES)
def test_each_side_answers_what_people_write_and_tap(side: str, tmp_path: Path) -> None:
    with Store(migrated_url(tmp_path)) as store:
        store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    with telegram() as url, running(["-m", "benchmarks.chat_bots", side], bot_environment(url, tmp_path)):
        client = SimClient(url)
        crowd = Crowd(client, Journal(client))
        crowd.open_cards([1001, 1002])
        crowd.tap_in_turn(LABEL, 4)
        assert len(crowd.latencies_s) == 4
        client.close()
