"""`reelmate sandbox`: the local Telegram alone."""

from __future__ import annotations

import pytest

from bot.__main__ import invoke
from bot.sandbox import running
from tests.bot.commands.complaint import complaint


def test_a_port_in_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with running() as server:
        port = server.url.rpartition(":")[2]
        assert invoke(["sandbox", "--port", port]) == 1
    assert complaint(capsys).endswith("). Choose another with --port.")
