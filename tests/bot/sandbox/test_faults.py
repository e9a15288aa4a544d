"""Failures on purpose: a bot meets them as if they came from Telegram."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.bot.sandbox.api import Api
from tests.sim import Sim


def test_a_status_is_answered_so_many_times_and_nothing_happens(api: Api, sim: Sim) -> None:
    sim.fault("sendMessage", status=500, times=2)
    assert api.call("getMe")[0] == 200
    answers = [api.call("sendMessage", chat_id=7, text="x")[0] for _ in range(3)]
    assert answers == [500, 500, 200]
    assert len(sim.from_bot(7)) == 1


def test_flood_control_names_the_seconds(api: Api, sim: Sim) -> None:
    sim.fault("sendMessage", status=429, retry_after=9)
    status, answer = api.call("sendMessage", chat_id=7, text="x")
    assert (status, answer["parameters"]) == (429, {"retry_after": 9})
    assert answer["description"] == "Too Many Requests: retry after 9"


def test_a_bad_gateway_answers_in_html(api: Api, sim: Sim) -> None:
    sim.fault(None, status=502)
    answer = api.get(api.path("getMe"))
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")


def test_a_delay_holds_the_answer_back(api: Api, sim: Sim) -> None:
    sim.fault("getMe", delay_s=0.3)
    begun = time.monotonic()
    assert api.call("getMe")[0] == 200
    assert time.monotonic() - begun >= 0.3


@pytest.mark.parametrize(("drop", "sent"), [(True, 0), ("before", 0), ("after", 1)])
def test_a_dropped_connection_leaves_the_message_unsent_or_unacknowledged(
    api: Api, sim: Sim, drop: bool | str, sent: int
) -> None:
    sim.fault("sendMessage", drop=drop)
    with pytest.raises(httpx.RemoteProtocolError):
        api.call("sendMessage", chat_id=7, text="x")
    assert len(sim.from_bot(7)) == sent
    assert sim.calls(method="sendMessage")[-1]["answer"] is None
    assert api.call("sendMessage", chat_id=7, text="y")[0] == 200


def test_a_fault_of_any_method_meets_the_next_call(api: Api, sim: Sim) -> None:
    sim.fault(status=503)
    assert api.get(api.path("getMe")).status_code == 503
    assert api.call("getMe")[0] == 200


def test_a_reset_cancels_planned_faults(api: Api, sim: Sim) -> None:
    sim.fault("getMe", status=500, times=5)
    sim.reset()
    assert api.call("getMe")[0] == 200
