from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, sys
from bot.commands.quiet import silenced
with silenced():
    os.write(2, b"native\\n")
    print("python", file=sys.stderr)
os.write(2, b"after\\n")
"""


@pytest.mark.processes
def test_native_noise_is_dropped_and_python_is_heard() -> None:
    child = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    assert child.stderr.split() == ["python", "after"]
