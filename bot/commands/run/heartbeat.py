"""A file that says how the bot is: written every few seconds, read by health checks from outside."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, say
from bot.vitals.sign import Report, read_report

FILE: Final = "alive"
EVERY_S: Final = 2.0
# Seven beats that were missed: a bot that is stuck, or cannot even write over what it wrote before.
STALE_S: Final = 15.0
# Always so many bytes, written over the ones before: a full disk has no room for more, and for these it had.
FILE_BYTES: Final = 8192


def write_beat(data_dir: Path, report: Report) -> None:
    """Write how the bot is; where that fails the file grows old, and the check says so."""
    content = report.to_json().encode()[:FILE_BYTES].ljust(FILE_BYTES - 1) + b"\n"
    with contextlib.suppress(OSError):
        descriptor = os.open(data_dir / FILE, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.pwrite(descriptor, content, 0)
            os.utime(descriptor)
        finally:
            os.close(descriptor)


def end_beat(data_dir: Path) -> None:
    """Leave no sign of a bot that ended."""
    with contextlib.suppress(OSError):
        (data_dir / FILE).unlink()


def examine_heartbeat(invocation: Invocation, *, as_json: bool = False) -> None:
    """Say how the bot is: quick enough for a health check.

    Raises:
        CommandError: it is not well; the text says why and what to do.
    """
    data_dir = invocation.settings().data_dir
    if as_json:
        report = read_beat(data_dir)
        print_json({"status": report.state, "reasons": [sign.complaint for sign in report.bad]})
    check_alive(data_dir)
    if not as_json:
        say("The bot runs, and all is well.")


def check_alive(data_dir: Path, *, now: Callable[[], float] = time.time) -> None:
    """Make sure that a bot on this data directory is well.

    Raises:
        CommandError: there is no sign of one, the last one is old, or the bot is not well.
    """
    report = read_beat(data_dir, now=now)
    if report.bad:
        raise CommandError(report.sentence)


def read_beat(data_dir: Path, *, now: Callable[[], float] = time.time) -> Report:
    """Return how a bot on this data directory is.

    Raises:
        CommandError: there is no sign of one, or the last one is old.
    """
    path = data_dir / FILE
    try:
        age_s, report = now() - path.stat().st_mtime, read_report(path.read_text("utf-8", "replace"))
    except OSError:
        report = None
    if report is None:
        raise CommandError(f"a bot must run on this data directory. Received: no sign of one in {data_dir}")
    if age_s > STALE_S:
        raise CommandError(
            f"unhealthy: the bot must give a sign every {STALE_S:.0f} s; look at its log and restart it. "
            f"Received: the last one {age_s:.0f} s ago"
        )
    return report
