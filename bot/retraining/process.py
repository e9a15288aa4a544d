"""A training in a process of its own: the command that starts it, and the one that runs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final

from bot.settings import Settings

# The lowest priority that still gets time on a busy machine (nice(1)): chat latency must not notice a training.
NICENESS: Final = 15
# A training ends itself when its time is over; one that cannot is ended from outside so much later.
GRACE_S: Final = 30.0
# A first model is waited for: below the bot beside it, and above idle work.
FIRST_NICENESS: Final = 5

# By SIGTERM or SIGINT, as the system tells it and as a shell and our own command line do.
STOPPED: Final = frozenset({-signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGINT})


def can_train(*, find: Callable[[str], object | None] = find_spec) -> bool:
    """Return whether the train extra is installed, which `find` looks for."""
    return all(find(package) is not None for package in ("tensorflow", "keras"))


def retrain_command(settings: Settings, *, find: Callable[[str], object | None] = find_spec) -> list[str] | None:
    """Return the command that trains once and prints its report as JSON; None without the train extra, or if off."""
    if settings.retrain_every is None or not can_train(find=find):
        return None
    return [sys.executable, "-m", "bot", "--data-dir", str(settings.data_dir), "retrain", "--json"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, what it printed, what it complained of, and whether we ended it."""

    code: int | None
    output: bytes
    errors: bytes
    stopped: bool = False

    @property
    def was_killed(self) -> bool:
        """Return whether the system killed it, as it does when memory runs out."""
        return self.code == -signal.SIGKILL and not self.stopped

    @property
    def was_stopped(self) -> bool:
        """Say whether it was asked to end: by the bot's own end, or with the bot by whoever ended that."""
        return self.code in STOPPED

    @property
    def complaint(self) -> str:
        """Return its last line on stderr; its exit code where there is none."""
        lines = self.errors.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"exit code {self.code}"


@dataclass(slots=True)
class TrainingProcess:
    """Runs a command that trains, below everything else on the machine."""

    _process: asyncio.subprocess.Process | None = field(default=None, init=False)
    _stopped: bool = field(default=False, init=False)

    @property
    def is_running(self) -> bool:
        return self._process is not None

    async def run(
        self,
        command: Sequence[str],
        most_s: float | None = None,
        *,
        niceness: int = NICENESS,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run the command to its end, or for so many seconds and the grace that its own watch has.

        Args:
            environment: None for that of this process.
        """
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            *command, stdout=pipe, stderr=pipe, env=environment
        )
        self._stopped = False
        try:
            # Not every system lets a process change another's priority; the training is worth having anyway.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
            async with asyncio.timeout(None if most_s is None else most_s + GRACE_S):
                output, errors = await process.communicate()
        except TimeoutError:
            process.kill()
            await process.wait()
            late = f"a training must end within {most_s:.0f} s. Received: one that is still at it".encode()
            return Ended(process.returncode, b"", late, stopped=True)
        finally:
            self._process = None
        return Ended(process.returncode, output, errors, self._stopped)

    def stop(self) -> None:
        """End what is under way: a training publishes as its last step, so nothing is left half done."""
        if self._process is not None and self._process.returncode is None:
            self._stopped = True
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
