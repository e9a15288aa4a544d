"""The same bot on deliveries instead of polling."""

import socket

from pydantic import SecretStr

from bot.settings import Settings
from bot.storage import Store
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_bot_answers_deliveries(settings: Settings, store: Store, sim: Sim) -> None:
    port = _free_port()
    given = {
        "webhook_url": f"http://127.0.0.1:{port}/a%20hook",  # as an address writes a blank
        "webhook_secret": SecretStr("s3cret"),
        "webhook_port": port,
    }
    living = LivingBot(settings.model_copy(update=given), store)
    living.start()
    try:
        person = Person(sim, 7_000_007)
        person.onboard("Comedy")
        assert sim.calls(method="getUpdates") == []
    finally:
        living.stop()
