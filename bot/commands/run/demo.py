"""`reelmate demo`: a local Telegram, the starter catalogue, a first model and the bot, from one command."""

from __future__ import annotations

import logging
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bot.commands.invocation import Invocation
from bot.commands.output import say
from bot.commands.run.first_minute import FirstMinute
from bot.commands.run.offer import RealRatingsOffer
from bot.sandbox import Beside, RunningSandbox, running
from bot.settings import PREFIX, Settings, load_settings, sqlite_url

# The demo's own data lies apart, so that trying the bot never touches a real one's.
FOLDER: Final = "demo"
# What may be set outside: where data lie, and where films and ratings come from.
KEPT: Final = ("data_dir", "movielens_url", "wikidata_url")
# What httpx reads, in small and in capital letters (HTTPX, "Environment Variables").
PROXIES: Final = ("http_proxy", "https_proxy", "all_proxy")


def run_demo(invocation: Invocation, *, port: int, opens_browser: bool) -> None:
    """Run everything in one process tree until SIGINT or SIGTERM.

    Raises:
        PortInUseError: the port is taken.
        LockHeldError: another demo runs on this data directory.
    """
    outside = dict(os.environ)
    _forget_outside()
    folder = invocation.settings().data_dir / FOLDER
    offer, guide = RealRatingsOffer(folder), FirstMinute()
    with running(port=port, beside=Beside(offer, guide)) as server:
        say(f"\n  Chat with Reelmate:  {server.url}/\n\n  It answers in a few seconds. Ctrl-C ends it.\n")
        if opens_browser and _has_screen():
            webbrowser.open(server.url)

        def is_up() -> None:
            offer.is_ready = guide.is_ready = True

        _run_bot(_settle(folder, server), _to_the_network(outside), is_up, debug=invocation.debug)
    say("Bye. What you told the bot is kept for the next demo.")


def _forget_outside() -> None:
    """Drop every setting from outside but where data lies: what is set for a real bot must not reach or stop a demo.

    Proxies go with them: all of a demo is on this machine but where ratings are fetched.
    """
    for name in [name for name in os.environ if name.lower() in PROXIES]:
        del os.environ[name]
    for name in Settings.model_fields:
        if name not in KEPT:
            os.environ.pop(f"{PREFIX}{name.upper()}", None)


def _settle(folder: Path, server: RunningSandbox) -> Settings:
    """Make the demo's settings the ones of this process and of the trainings it starts."""
    given = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": sqlite_url(folder),
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_TOKEN": server.token,
        "DEMO": "true",
    }
    os.environ.update({f"{PREFIX}{name}": value for name, value in given.items()})
    return load_settings()


def _to_the_network(outside: Mapping[str, str]) -> dict[str, str]:
    """Return the demo's environment with the proxies that were set outside."""
    return {**os.environ, **{name: value for name, value in outside.items() if name.lower() in PROXIES}}


def _run_bot(settings: Settings, outside: Mapping[str, str], is_up: Callable[[], None], *, debug: bool) -> None:
    # Imported here: the page is up before the bot's own imports have begun.
    from bot.commands.run.first_training import FirstTraining
    from bot.commands.run.run import run_bot

    training = FirstTraining(settings)

    def begin() -> None:
        training.start()
        is_up()

    try:
        level = logging.DEBUG if debug else logging.WARNING
        run_bot(settings, level=level, on_ready=begin, outside=outside)
    finally:
        training.stop()


def _has_screen() -> bool:
    """Tell whether a browser window can open; without one, webbrowser would start a text browser in the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
