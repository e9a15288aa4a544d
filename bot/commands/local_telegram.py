"""`reelmate sandbox`: the local Telegram alone."""

from __future__ import annotations

from bot.commands.invocation import Invocation
from bot.commands.output import say
from bot.commands.waiting import wait_for_signal
from bot.sandbox import running


def run_sandbox(invocation: Invocation, *, port: int, token: str) -> None:
    """Serve the local Telegram until interrupted.

    Raises:
        PortInUseError: the port is taken.
    """
    with running(port=port, token=token) as server:
        say(f"Chat page: {server.url}/")
        say(f"Point a bot at it: REELMATE_TELEGRAM_API_URL={server.url} REELMATE_TELEGRAM_TOKEN={server.token}")
        wait_for_signal()
