"""What `reelmate doctor` sees around the bot: interpreter, settings, disk, the train extra, Telegram."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from bot.addresses import is_own_machine, proxy_fault, without_password
from bot.commands.data.database import make_data_dir
from bot.commands.errors import CommandError
from bot.commands.run.finding import Finding, State
from bot.quantities import as_written
from bot.retraining.process import can_train
from bot.settings import Settings, SettingsError, unknown_settings

PACKAGES: Final = ("reelmate", "python-telegram-bot", "SQLAlchemy", "onnxruntime", "numpy", "tensorflow", "keras")
# A starter model takes a few megabytes, ml-32m with its download about two gigabytes.
LOW_DISK_GB: Final = 1.0
# TensorFlow needs 2-9 s to load, more on a busy machine.
GPU_TIMEOUT_S: Final = 90.0
TELEGRAM_TIMEOUT_S: Final = 10.0
# The child prints how many GPUs TensorFlow sees; the bot's own process never loads TensorFlow.
COUNT_GPUS: Final = "import tensorflow; print(len(tensorflow.config.list_physical_devices('GPU')))"


def check_python(settings: Settings) -> Iterator[Finding]:
    """Look at the interpreter and at the packages that matter."""
    found = sys.version.split()[0]
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        yield Finding("Python", "ok", found)
    else:
        yield Finding(
            "Python", "fault", found, "Install Python 3.11, 3.12 or 3.13: TensorFlow has no wheel for others."
        )
    yield Finding("Packages", "ok", ", ".join(f"{name} {_version(name)}" for name in PACKAGES))


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Show every setting, secrets hidden, and what looks like one and is none."""
    hidden = {"telegram_token", "webhook_secret", "redis_url"}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        text = "set (hidden)" if name in hidden and value is not None else without_password(as_written(value))
        yield Finding(f"REELMATE_{name.upper()}", "ok", "off" if name == "retrain_every" and value is None else text)
    for unknown, meant in unknown_settings().items():
        yield Finding(unknown, "note", "no such setting", f"Did you mean {meant}?" if meant else "It is not read.")


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Look at the data directory and the room it has."""
    try:
        make_data_dir(settings.data_dir)
    except CommandError as error:
        yield Finding("Data directory", "fault", str(settings.data_dir), str(error))
        return
    free_gb = shutil.disk_usage(settings.data_dir).free / 1e9
    yield Finding("Data directory", "ok", str(settings.data_dir))
    state: State = "ok" if free_gb >= LOW_DISK_GB else "note"
    yield Finding("Free disk", state, f"{free_gb:.1f} GB", "" if state == "ok" else "Free some room before importing.")


def check_training(settings: Settings) -> Iterator[Finding]:
    """Look for the train extra and, in a process of its own, for a GPU."""
    if not can_train():
        advice = "To train here: pip install 'reelmate[train]'. Else run `reelmate retrain` in the trainer image."
        yield Finding("Training", "note", "the train extra is absent, so the bot's own schedule is off", advice)
        return
    yield Finding("Training", "ok", f"TensorFlow {_version('tensorflow')}")
    yield _look_for_gpu()


def check_telegram(settings: Settings) -> Iterator[Finding]:
    """Ask Telegram who the token's bot is."""
    import httpx

    try:
        url = f"{settings.bot_api_url}{settings.require_token()}/getMe"
        reply = httpx.get(url, timeout=TELEGRAM_TIMEOUT_S, trust_env=not is_own_machine(url)).json()
    except SettingsError:
        advice = "Set REELMATE_TELEGRAM_TOKEN to the token from @BotFather; `reelmate demo` needs none."
        yield Finding("Telegram", "note", "no token is set", advice)
    except (ImportError, httpx.InvalidURL) as error:
        yield Finding("Telegram", "fault", "it cannot be called", f"Correct the variable: {proxy_fault(error)}.")
    except (httpx.HTTPError, ValueError) as error:
        # The error's own text may quote the address, and with it the token.
        advice = f"Check the network and REELMATE_TELEGRAM_API_URL ({without_password(settings.telegram_api_url)})."
        yield Finding("Telegram", "fault", f"no usable answer ({type(error).__name__})", advice)
    else:
        yield _judge_reply(reply)
        yield from _judge_inline(reply)


def _judge_reply(reply: object) -> Finding:
    if isinstance(reply, dict) and reply.get("ok") and isinstance(reply.get("result"), dict):
        return Finding("Telegram", "ok", f"@{reply['result'].get('username')} answers")
    fact = reply.get("description") if isinstance(reply, dict) else None
    advice = "Compare REELMATE_TELEGRAM_TOKEN with the one @BotFather shows."
    return Finding("Telegram", "fault", f"the token is refused: {fact or 'no reason given'}", advice)


def _judge_inline(reply: object) -> Iterator[Finding]:
    result = reply.get("result") if isinstance(reply, dict) else None
    if isinstance(result, dict) and result.get("supports_inline_queries") is False:
        advice = "Send /setinline to @BotFather, and `@your_bot matrix` works in every chat."
        yield Finding("Inline mode", "note", "it is off for this bot", advice)


def _look_for_gpu() -> Finding:
    try:
        child = subprocess.run(
            [sys.executable, "-c", COUNT_GPUS], capture_output=True, text=True, timeout=GPU_TIMEOUT_S, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        return Finding("GPU", "fault", f"TensorFlow does not load ({type(error).__name__})", "Run `make sync` again.")
    count = int(child.stdout.split()[-1])
    return Finding("GPU", "ok", f"{count} seen by TensorFlow" if count else "none seen; training uses the CPU")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
