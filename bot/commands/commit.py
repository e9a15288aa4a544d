"""Which commit of the code runs: asked of git here, by the command line, never by the core."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def find_commit() -> str | None:
    """Return the code's commit, where it is a git checkout or an image that was told its own."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return os.environ.get("REELMATE_GIT_COMMIT")
    found = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
