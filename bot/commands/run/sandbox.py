"""`reelmate sandbox`: the local Telegram alone."""

from __future__ import annotations

import signal
import threading

from bot.commands.invocation import Invocation
from bot.commands.output import say
from bot.sandbox import running


def run_sandbox(invocation: Invocation, *, port: int, token: str, name: str, username: str) -> None:
    """Serve the local Telegram until interrupted.

    Raises:
        PortInUseError: the port is taken.
    """
    with running(port=port, token=token, name=name, username=username) as server:
        say(f"A Telegram on this machine, for any bot. Chat page: {server.url}/")
        say(f"Point this bot at it: REELMATE_TELEGRAM_API_URL={server.url} REELMATE_TELEGRAM_TOKEN={server.token}")
        say(f"Point another at it: base_url={server.url}/bot base_file_url={server.url}/file/bot (docs/sandbox.md)")
        _wait_for_signal()


def _wait_for_signal() -> None:
    """Block the main thread until SIGINT or SIGTERM, which both mean: end cleanly."""
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
