"""A disk that is really full: known within 15 s everywhere, people are told once, the log stays short."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import empty, fill, small_disk
from tests.faults.real_bot import free_port, health_of, real_bot, until
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

ADA, BOB = 7, 8
KNOWN_WITHIN_S, MENDED_WITHIN_S = 15.0, 30.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


class Manager:
    """What systemd would hear."""

    def __init__(self, folder: Path) -> None:
        self.address, self.heard = folder / "notify", ""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.address))
        self._socket.setblocking(False)

    def status(self) -> str:
        """Return the newest STATUS."""
        try:
            while True:
                self.heard += self._socket.recv(65_536).decode() + "\n"
        except BlockingIOError:
            newest: str = re.findall(r"^STATUS=(.*)$", self.heard, flags=re.MULTILINE)[-1]
            return newest

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    manager = Manager(tmp_path)
    yield manager
    manager.close()


def taps_told(sim: Sim, person: int) -> int:
    return sum("cannot save" in str(toast) for toast in sim.toasts(person))


def test_a_full_disk_is_known_told_and_outlived(sim: Sim, tmp_path: Path, disk: Path, manager: Manager) -> None:
    port = free_port()
    with real_bot(sim, disk, HEALTH_PORT=port) as bot:
        bot.log = tmp_path / "bot.log"
        bot.environment["NOTIFY_SOCKET"] = str(manager.address)
        bot.start()
        until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a bot that started is well")
        cards = {person: _open(sim, person) for person in (ADA, BOB)}

        fill(disk)
        before = len(bot.said.splitlines())
        until(lambda: health_of(port)[1].get("status") == "degraded", KNOWN_WITHIN_S, "/healthz says so")
        assert any("free some room" in reason for reason in health_of(port)[1]["reasons"])
        until(lambda: manager.status().startswith("degraded: "), KNOWN_WITHIN_S, "systemd hears it")
        code, said = bot.ask("doctor", "--running")
        assert code == 1
        assert "degraded: " in said
        for _ in range(3):
            for person, card in cards.items():
                sim.tap(person, card, data="1:l:0")
        until(lambda: all(taps_told(sim, person) for person in cards), MENDED_WITHIN_S, "who taps is told")
        sim.message(ADA, "/help")

        empty(disk)
        until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a disk with room is well")
        sim.until_text(ADA, "/recommend", within_s=MENDED_WITHIN_S)
        until(lambda: manager.status() == "ok", MENDED_WITHIN_S, "systemd hears that, too")
        assert {person: taps_told(sim, person) for person in cards} == {ADA: 1, BOB: 1}
        assert len(bot.said.splitlines()) - before < 20, bot.said
        assert "Traceback" not in bot.said
        assert bot.ask("doctor", "--running")[0] == 0
        assert bot.end() == 0


def _open(sim: Sim, person: int) -> int:
    """Return a message with buttons."""
    sim.message(person, "/start")
    found = sim.until_message(person, lambda message: bool(message.get("keyboard") or message.get("buttons")))
    number: int = found["message_id"]
    return number
