"""What stands before every command: the global options, and the settings they lead to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings, load_settings


def expanded(path: Path | str) -> Path:
    """Return a path with the home for its ~: quoted, or in a service's file, no shell puts it there."""
    return Path(os.path.expanduser(path))


@dataclass(frozen=True, slots=True)
class Invocation:
    data_dir: Path | None = None
    debug: bool = False

    def settings(self) -> Settings:
        """Return the environment's settings, the command line's on top.

        Raises:
            SettingsError: a variable holds what it must not.
        """
        return load_settings(data_dir=self.data_dir)
