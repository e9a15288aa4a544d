"""Publishes a bundle again and again, killed at one more step each time, and tells what readers then met.

python -m tests.recommender.publishing FOLDER: FOLDER/files holds a bundle's files, FOLDER/bundles a published one.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from recommender.ranking.bundle import BundleStore

# What a publish does to the disk, as Python's audit hooks name it.
STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "shutil.rmtree")


def main(folder: Path) -> None:
    """Print one JSON object per attempt: the step killed at, the version met, and whether it loads."""
    bundles, manifest = BundleStore(folder / "bundles"), json.loads((folder / "manifest.json").read_text())
    files = {path.name: path.read_bytes() for path in (folder / "files").iterdir()}
    for step in range(1, 200):
        version = f"20260201-{step:06}"
        child = os.fork()
        if not child:
            die_at(step)
            bundles.publish(files, manifest, version)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        current = str(bundles.current())
        found = {"killed": killed, "is_new": current == version, "loaded": bundles.load(current).version == current}
        print(json.dumps(found))
        if not killed:
            break


def die_at(step: int) -> None:
    """Kill this process just before its `step`-th touch of the disk."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in STEPS:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
