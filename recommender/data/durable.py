"""Files that outlast a crash: what was written is on the disk before anything points at it."""

from __future__ import annotations

import os
from pathlib import Path


def make_durable(path: Path) -> None:
    """Bring a file or a folder to the disk: a rename may not outrun what it points at."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
