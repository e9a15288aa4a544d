"""systemd hears what it understands; where it is not there, nothing happens."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.settings import notify_socket
from bot.vitals.systemd import Notifier


def test_fields_are_told_a_line_each_and_a_status_is_one_line(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        Notifier(str(tmp_path / "notify")).tell(READY="1", STATUS="degraded:\nfull")
        assert manager.recv(1000) == b"READY=1\nSTATUS=degraded: full"


def test_an_abstract_socket_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0reelmate-test-notify")
        Notifier("@reelmate-test-notify").tell(WATCHDOG="1")
        assert manager.recv(1000) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", [None, "/gone/notify"])
def test_nobody_who_listens_is_no_error(address: str | None) -> None:
    Notifier(address).tell(WATCHDOG="1")


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert notify_socket() is None
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/notify")
    assert notify_socket() == "/run/notify"
