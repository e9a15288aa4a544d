"""Child processes of a benchmark: a local Telegram, bots, and the data directory that they start from."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from benchmarks.figures import BUILD, progress
from bot.settings import sqlite_url
from bot.storage import migrate
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleStore

ROOT: Final = Path(__file__).parent.parent
END_S: Final = 15.0
TOKEN: Final = "1000000001:benchmark-benchmark-benchmark-ben"


def spawn(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    stdout: int | IO[str] | None = subprocess.DEVNULL,
    stderr: int | IO[str] | None = subprocess.DEVNULL,
) -> subprocess.Popen[str]:
    """Start this Python with arguments; no REELMATE_ setting of ours reaches it but the given ones.

    What Python compiles is kept, as on anybody's machine, even where the environment says otherwise.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REELMATE_")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        stdout=stdout,
        stderr=stderr,
        text=True,
    )


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> int:
    """Signal a process and wait for it, in the end by force; returns its exit code."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        return process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@contextmanager
def telegram() -> Iterator[str]:
    """Run a local Telegram without sending limits in a process of its own; yields its address."""
    process = spawn(["-m", "benchmarks.processes"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as said:
        try:
            address = said.readline().strip()
            if not address:
                raise RuntimeError("the local Telegram must start. Received: no address")
            yield address
        finally:
            end(process)


@contextmanager
def running(arguments: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a process while the block runs."""
    process = spawn(arguments, environment=environment)
    try:
        yield process
    finally:
        end(process)


def bot_environment(url: str, data_dir: Path) -> dict[str, str]:
    """Return the settings of a bot at a local Telegram."""
    return {
        "REELMATE_TELEGRAM_TOKEN": TOKEN,
        "REELMATE_TELEGRAM_API_URL": url,
        "REELMATE_DATA_DIR": str(data_dir),
    }


def copy_of_data_dir(target: Path) -> Path:
    """Copy the data directory of an operator who has imported the starter catalogue and trained on it.

    It is made once, in build/, by the very commands that an operator uses.
    """
    made = BUILD / "benchmark-data"
    if not _has_model(made):
        progress("making a data directory with a trained model, once ...")
        shutil.rmtree(made, ignore_errors=True)
        for command in (["import", "starter"], ["retrain"]):
            arguments = ["-m", "bot", "--data-dir", str(made), *command]
            code = spawn(arguments).wait()
            if code:
                raise RuntimeError(f"reelmate {' '.join(command)} must work. Received: exit code {code}")
    shutil.copytree(made, target, dirs_exist_ok=True)
    migrate(sqlite_url(target))  # it may have been made by an older version of the code
    return target


def _has_model(data_dir: Path) -> bool:
    """Tell whether a model is there that this version of the code can serve; an older one's is refused."""
    bundles = BundleStore(data_dir / "bundles")
    try:
        current = bundles.current()
        return current is not None and bool(bundles.load(current).version)
    except BundleError:
        return False


def _serve_telegram() -> None:
    from bot.sandbox import running as telegram_running

    with telegram_running(token=TOKEN, limits=False) as sandbox:
        print(sandbox.url, flush=True)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    # Blocked before any thread exists, so that every one of them leaves the signals to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    _serve_telegram()
