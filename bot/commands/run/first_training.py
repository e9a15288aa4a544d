"""The demo's first training: a process beside the bot, which serves popular films until the model is there."""

from __future__ import annotations

import os
import subprocess
import threading
from typing import Final

from bot.commands.output import say
from bot.retraining.process import retrain_command
from bot.settings import Settings

STOP_TIMEOUT_S: Final = 5.0
# Below the bot beside it, whose answers must not notice the training; above idle work (nice(1)).
NICENESS: Final = 5


class FirstTraining:
    """Trains once where nothing is published yet."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the training, unless there is a model or nothing to train with."""
        command = retrain_command(self._settings)
        if (self._settings.bundles_dir / "current").exists():
            return
        if command is None:
            say("TensorFlow is not installed, so lists go by popularity. `make sync` installs it.")
            return
        say("Training your first model. Until it is ready, lists go by popularity in your genres.")
        self._child = subprocess.Popen(
            [part for part in command if part != "--json"], preexec_fn=lambda: os.nice(NICENESS)
        )
        threading.Thread(target=self._announce, args=(self._child,), daemon=True).start()

    def stop(self) -> None:
        """End a training under way: it publishes as its last step, so nothing is left half done."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.terminate()
        try:
            self._child.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _announce(self, child: subprocess.Popen[bytes]) -> None:
        code = child.wait()
        if code == 0:
            say("Your first model is ready: the next list is made by it.")
        elif code > 0:
            say("The first training failed; lists go by popularity. The line above says why.")
