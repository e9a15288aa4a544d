"""The watch: every vital sign of a running bot, looked at anew whenever somebody asks."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from bot.vitals.probe import Probe
from bot.vitals.sign import Report, Sign

# A long poll lasts 10 s and backs off up to 30 s; beyond this Telegram is out of reach.
TELEGRAM_S: Final = 60.0
# Longer than a probe takes that waits for a lock in vain and then names it; with a beat less than 15 s.
WRITE_S: Final = 12.0
# The smaller of both: a small disk of its own is not full because a large one would be.
LOW_DISK_BYTES, LOW_DISK_SHARE = 100_000_000, 0.05
# An update whose handler fails four times takes 10 s; a flood of 5,000 taps by one person about a minute.
INBOX_S: Final = 120.0
# 200 messages to one chat take 200 s; one that is set aside is tried for a quarter of an hour.
OUTBOX_S: Final = 1_200.0
# While messages wait, Telegram takes one in this time, or something is wrong.
SENT_S: Final = 120.0


class Usage(Protocol):
    """The size of a disk and the room on it, in bytes."""

    @property
    def total(self) -> float: ...
    @property
    def free(self) -> float: ...


class Telegram(Protocol):
    """What is known of Telegram: how long it has been silent, and why it will not talk to us any more."""

    fatal: str | None
    trouble: str | None

    @property
    def age_s(self) -> float: ...


@dataclass(slots=True)
class Watch:
    """Looks at the vital signs.

    Attributes:
        refusal: why the published model is not the one that serves; None when it is, or none is published.
        sent_at: when Telegram last took a message, by `clock`; None for never.
    """

    data_dir: Path
    telegram: Telegram
    probe: Probe
    refusal: Callable[[], str | None] = lambda: None
    sent_at: Callable[[], float | None] = lambda: None
    clock: Callable[[], float] = time.monotonic
    disk_usage: Callable[[Path], Usage] = shutil.disk_usage
    _began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._began_at = self.clock()

    def look(self) -> Report:
        """Return how the bot is now."""
        return Report(
            (
                Sign("telegram", self._judge_telegram(), is_vital=True),
                Sign("webhook", self.telegram.trouble or ""),
                Sign("database", self._judge_database()),
                Sign("disk", self._judge_disk()),
                Sign("model", self._judge_model()),
                Sign("inbox", self._judge_inbox()),
                Sign("outbox", self._judge_outbox()),
            )
        )

    def free_bytes(self) -> float | None:
        """Return the room on the disk of the data directory; None where it cannot be looked at."""
        try:
            return self.disk_usage(self.data_dir).free
        except OSError:
            return None

    def _judge_telegram(self) -> str:
        if self.telegram.fatal is not None:
            return self.telegram.fatal
        age_s = self.telegram.age_s
        if age_s < TELEGRAM_S:
            return ""
        return (
            f"Telegram must answer within {TELEGRAM_S:.0f} s; check the network, a proxy and "
            f"REELMATE_TELEGRAM_API_URL. Received: nothing for {age_s:.0f} s"
        )

    def _judge_database(self) -> str:
        if self.probe.refusal is not None:
            return self.probe.refusal
        if self.probe.age_s < WRITE_S:
            return ""
        return (
            f"the database must take a write within {WRITE_S:.0f} s; look at its server, its disk and who holds it. "
            f"Received: none for {self.probe.age_s:.0f} s"
        )

    def _judge_disk(self) -> str:
        try:
            usage = self.disk_usage(self.data_dir)
        except OSError as error:
            return f"the data directory must be there; check REELMATE_DATA_DIR. Received: {error.strerror}"
        least = min(LOW_DISK_BYTES, LOW_DISK_SHARE * usage.total)
        if usage.free >= least:
            return ""
        return (
            f"the disk of the data directory must have {least / 1e6:.1f} MB free; free some room. "
            f"Received: {usage.free / 1e6:.1f} MB"
        )

    def _judge_model(self) -> str:
        refusal = self.refusal()
        if refusal is None:
            return ""
        return (
            "the published model must load; run `reelmate bundles rollback` or `reelmate retrain`. Received: " + refusal
        )

    def _judge_inbox(self) -> str:
        waited_s = self.probe.waiting.inbox_s
        if waited_s < INBOX_S:
            return ""
        return (
            f"updates must be handled within {INBOX_S:.0f} s; look for their errors in the log. "
            f"Received: {self.probe.waiting.inbox} waiting, one for {waited_s:.0f} s"
        )

    def _judge_outbox(self) -> str:
        waited_s, quiet_s = self.probe.waiting.outbox_s, self._quiet_s()
        if waited_s < SENT_S or (waited_s < OUTBOX_S and quiet_s < SENT_S):
            return ""
        return (
            "messages must reach Telegram; look for their errors in the log. "
            f"Received: {self.probe.waiting.outbox} waiting, one for {waited_s:.0f} s"
        )

    def _quiet_s(self) -> float:
        sent_at = self.sent_at()
        return self.clock() - (self._began_at if sent_at is None else max(sent_at, self._began_at))
