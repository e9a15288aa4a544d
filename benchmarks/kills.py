"""kill -9 at random moments, by polling and by webhook, on SQLite and on PostgreSQL: what was taken is applied once.

The real bot as in benchmarks/soak.py, killed again and again while people act.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.account import Account, reckon, settle
from benchmarks.acts import Acts
from benchmarks.crowd import SimClient
from benchmarks.figures import Figure, progress, publish
from benchmarks.living import LivingBot
from benchmarks.mischief import KILL, Mischief, Planned
from benchmarks.postgres import fresh_schema
from benchmarks.processes import bot_environment, copy_of_data_dir, telegram
from bot.settings import sqlite_url

SERVER: Final = "REELMATE_TEST_POSTGRES_URL"
MODES, DATABASES = ("polling", "webhook"), ("SQLite", "PostgreSQL")
FILMS: Final = range(1, 301)
# Between two kills, on average; a start takes part of it, and now and then the next one hits a bot just up.
BETWEEN_S: Final = 15.0
SECRET: Final = "a_secret-of-24-characters"


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one way in on one database."""

    name: str
    account: Account
    kills: int
    ready_s: float


def main(arguments: Sequence[str] = ()) -> None:
    """Kill the bot in every cell, and publish what differs."""
    options = _parse(arguments)
    if not os.environ.get(SERVER):
        sys.exit(f"{SERVER} must name an empty database, such as postgresql+psycopg://user@host/database")
    cells = []
    for mode in MODES:
        for database in DATABASES:
            progress(f"{options.kills} kills, {mode}, {database}")
            with TemporaryDirectory(prefix="reelmate-kills-") as room:
                cells.append(run_cell(mode, database, Path(room), options))
            progress(str(cells[-1]))
    publish("kills", arguments, figures(cells), as_json=options.as_json)


def run_cell(mode: str, database: str, room: Path, options: argparse.Namespace) -> Cell:
    """Let people act while the bot is killed, then settle and compare."""
    with ExitStack() as stack:
        url = stack.enter_context(telegram())
        data_dir = copy_of_data_dir(room)
        database_url = stack.enter_context(_database(database, data_dir))
        environment = bot_environment(url, data_dir) | _way_in(mode) | {"REELMATE_RETRAIN_EVERY": "off"}
        bot = LivingBot(environment | {"REELMATE_DATABASE_URL": database_url}, room / "bot.log")
        stack.callback(bot.end)
        bot.start()
        chance = random.Random(options.seed)
        acts = Acts(SimClient(url), range(1, 1 + options.people), FILMS, chance)
        planned = plan(options.kills, random.Random(options.seed))
        mischief = Mischief(planned, bot, SimClient(url), data_dir, environment)
        acts.open()
        mischief.start()
        acts.go_on(options.acts_per_second, lambda: mischief.is_over)
        mischief.stop()
        settle(acts, database_url)
        return Cell(f"{mode}, {database}", reckon(acts, database_url), len(mischief.done), max(mischief.ready_s))


def plan(kills: int, chance: random.Random) -> list[Planned]:
    """Return so many kills at random moments."""
    at, planned = 0.0, []
    for _ in range(kills):
        at += chance.expovariate(1 / BETWEEN_S)
        planned.append(Planned(at, KILL))
    return planned


def figures(cells: Sequence[Cell]) -> list[Figure]:
    """Return the account of every cell."""
    return [
        figure
        for cell in cells
        for figure in (
            Figure(f"{cell.name}: kills", (cell.kills,), ""),
            Figure(f"{cell.name}: ready again, the longest", (cell.ready_s,), "s"),
            *(Figure(f"{cell.name}: {one.name}", one.runs, one.unit, one.target) for one in cell.account.figures()),
        )
    ]


@contextmanager
def _database(name: str, data_dir: Path) -> Iterator[str]:
    if name == "SQLite":
        yield sqlite_url(data_dir)
        return
    with fresh_schema(os.environ[SERVER]) as url:
        yield url


def _way_in(mode: str) -> dict[str, str]:
    if mode == "polling":
        return {}
    port = _free_port()
    return {
        "REELMATE_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "REELMATE_WEBHOOK_SECRET": SECRET,
        "REELMATE_WEBHOOK_PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks kills", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=10, help="of each cell; default 10")
    parser.add_argument("--people", type=int, default=50, help="how many act; default 50")
    parser.add_argument("--acts-per-second", type=float, default=15.0, help="of all together; default 15")
    parser.add_argument("--seed", type=int, default=0, help="of people and kills")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    return parser.parse_args(arguments)
